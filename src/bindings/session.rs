//! The tokens of sessions.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{answer, entropy};
use crate::session::{self, PresentedToken, RefreshAnswer, RefreshCall};

#[wasm_bindgen(js_name = sessionPresent)]
pub fn present(refresh_token: &str) -> Result<Ts<PresentedToken>, JsError> {
    answer(session::present(refresh_token))
}

#[wasm_bindgen(js_name = sessionRefresh)]
pub fn refresh(call: Ts<RefreshCall>) -> Result<Ts<RefreshAnswer>, JsError> {
    session::refresh(call.to_rust()?, &mut entropy()?)
        .map_err(|refusal| JsError::new(refusal.code.code()))
        .and_then(answer)
}
