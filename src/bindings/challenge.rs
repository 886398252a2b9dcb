//! What every proof of a second factor begins with, whichever module decides it.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::answer;
use crate::limiter;
use crate::second_factor::{self, PresentedChallenge};

#[wasm_bindgen(js_name = secondFactorPresent)]
pub fn present(verifier: &str) -> Result<Ts<PresentedChallenge>, JsError> {
    answer(second_factor::present(verifier))
}

#[wasm_bindgen(js_name = secondFactorKey)]
pub fn key(user_id: &str) -> String {
    limiter::second_factor_key(user_id)
}
