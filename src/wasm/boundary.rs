//! What every table of decisions is made of.

use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::entropy::Entropy;
use crate::refusal::Refusal;

/// A decision at the boundary: it takes a call and returns an answer, both as JSON.
pub(super) type Decide = fn(&str) -> Result<String, JsError>;

/// Decisions by name.
pub(super) type Decisions = &'static [(&'static str, Decide)];

/// A call or an answer that is a text alone.
pub(super) type Text = String;

/// The call of a decision that asks for nothing.
pub(super) type Nothing = ();

#[wasm_bindgen(typescript_custom_section)]
const TEXT_TYPES: &str = "
/** A call or an answer that is a text alone. */
export type Text = string;

/** The call of a decision that asks for nothing. */
export type Nothing = null;
";

/// Makes a table of decisions, and the TypeScript interface that maps each name to
/// the types of its call and its answer.
///
/// The table holds pointers to functions, so that no optimiser merges the decisions
/// into one function: an engine compiles a function as a whole when it is first
/// called.
macro_rules! decisions {
    (
        interface $interface:literal;
        $($name:ident: $Call:ident => $Answer:ident, |$call:ident| $decide:expr;)*
    ) => {
        pub(super) const DECISIONS: $crate::wasm::boundary::Decisions = &[$((
            stringify!($name),
            |call| {
                let $call: $Call = $crate::wasm::json::read(call)?;
                let answer: $Answer = $decide;
                $crate::wasm::json::write(&answer)
            },
        )),*];

        #[::wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
        const TYPES: &str = concat!(
            "\n/** The call and the answer of each decision, by name. */\n",
            "export interface ", $interface, " {\n",
            $(
                "  ", stringify!($name), ": { call: ", stringify!($Call),
                "; answer: ", stringify!($Answer), " };\n",
            )*
            "}\n",
        );
    };
}

/// The seed of one call. It is drawn inside the call, never while the module
/// is set up: Convex replays the randomness of that phase.
pub(super) fn entropy() -> Result<Entropy, JsError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|_| JsError::new("the host has no randomness"))?;
    Ok(Entropy::from_seed(seed))
}

/// An exception in place of a refusal that only a fault of the component causes.
pub(super) fn fault(refusal: Refusal) -> JsError {
    JsError::new(refusal.code.code())
}
