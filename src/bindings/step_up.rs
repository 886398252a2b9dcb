//! Whether a session is fresh enough for a sensitive operation, for each module
//! that has one.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{answer, read};
use crate::refusal::Decision;
use crate::second_factor::{self, FreshSessionCall};

#[wasm_bindgen(js_name = sessionFresh)]
pub fn fresh(call: Ts<FreshSessionCall>) -> Result<Ts<Decision>, JsError> {
    answer(second_factor::check_fresh(&read(&call)?))
}
