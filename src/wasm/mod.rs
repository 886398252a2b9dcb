//! The only place that names `wasm_bindgen`: one export, [`decide`], finds a
//! decision by its name, reads the call, draws the randomness, and asks the core.
//!
//! The package has two modules, each made with one feature of the crate: `access`
//! decides what runs on every request, `accounts` decides all else. What both need
//! is in [`shared`]. A decision is the same in both.
//!
//! A call that cannot be read is a fault of the caller and becomes a JavaScript
//! exception. Refusals are values.

#![allow(
    unsafe_code,
    reason = "the wasm_bindgen macro generates the only unsafe code"
)]
#![allow(
    missing_docs,
    unreachable_pub,
    reason = "the exports are documented where they are decided"
)]

use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::entropy::Entropy;
use crate::refusal::Refusal;

/// A decision at the boundary: it takes a call and returns an answer, both as JSON.
type Decide = fn(&str) -> Result<String, JsError>;

/// Decisions by name.
type Decisions = &'static [(&'static str, Decide)];

/// A call or an answer that is a text alone.
type Text = String;

/// The call of a decision that asks for nothing.
type Nothing = ();

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
        pub(super) const DECISIONS: $crate::wasm::Decisions = &[$((
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

mod access;
mod accounts;
mod calls;
mod json;
mod shared;

/// Asks for a decision. The call and the answer are JSON.
///
/// # Errors
/// The name is not one of this module, the call cannot be read, or the host has no
/// randomness.
#[wasm_bindgen]
pub fn decide(name: &str, call: &str) -> Result<String, JsError> {
    let mut decision = find(shared::DECISIONS, name);
    if cfg!(feature = "access") {
        decision = decision.or_else(|| find(access::DECISIONS, name));
    }
    if cfg!(feature = "accounts") {
        decision = decision.or_else(|| find(accounts::DECISIONS, name));
    }
    match decision {
        Some(decision) => decision(call),
        None => Err(JsError::new(&format!(
            "this module of the core has no decision `{name}`"
        ))),
    }
}

fn find(decisions: Decisions, name: &str) -> Option<Decide> {
    let (_, decision) = decisions.iter().find(|(known, _)| *known == name)?;
    Some(*decision)
}

/// The seed of one call. It is drawn inside the call, never while the module
/// is set up: Convex replays the randomness of that phase.
fn entropy() -> Result<Entropy, JsError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|_| JsError::new("the host has no randomness"))?;
    Ok(Entropy::from_seed(seed))
}

/// An exception in place of a refusal that only a fault of the component causes.
fn fault(refusal: Refusal) -> JsError {
    JsError::new(refusal.code.code())
}
