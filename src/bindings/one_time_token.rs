//! One-time tokens.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{answer, entropy};
use crate::one_time_token::{self, *};
use crate::refusal::Decision;

#[wasm_bindgen(js_name = oneTimeTokenCreate)]
pub fn create(call: Ts<OneTimeTokenCreateCall>) -> Result<Ts<OneTimeTokenCreation>, JsError> {
    answer(one_time_token::create(call.to_rust()?, &mut entropy()?))
}

#[wasm_bindgen(js_name = oneTimeTokenPresent)]
pub fn present(token: &str) -> Result<Ts<PresentedOneTimeToken>, JsError> {
    answer(one_time_token::present(token))
}

#[wasm_bindgen(js_name = oneTimeTokenVerify)]
pub fn verify(call: Ts<OneTimeTokenVerifyCall>) -> Result<Ts<Decision>, JsError> {
    answer(one_time_token::verify(&call.to_rust()?))
}
