//! What a deployment has once.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::answer;
use crate::sign_in::{RedirectAnswer, RedirectCall, resolve_redirect};

#[wasm_bindgen(js_name = resolveRedirect)]
pub fn redirect(call: Ts<RedirectCall>) -> Result<Ts<RedirectAnswer>, JsError> {
    answer(resolve_redirect(&call.to_rust()?))
}
