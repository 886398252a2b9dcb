//! The tokens of sessions, and the keys that sign them.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{answer, entropy};
use crate::jose::JwkSet;
use crate::session::{self, IssueAnswer, IssueCall, PresentedToken, RefreshAnswer, RefreshCall};
use crate::signing_key::{self, SigningKeyCall, SigningKeyChoice, SigningKeySuccessor};

#[wasm_bindgen(js_name = sessionIssue)]
pub fn issue(call: Ts<IssueCall>) -> Result<Ts<IssueAnswer>, JsError> {
    session::issue(call.to_rust()?, &mut entropy()?)
        .map_err(|refusal| JsError::new(refusal.code.code()))
        .and_then(answer)
}

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

#[wasm_bindgen(js_name = signingKeyChoose)]
pub fn choose(call: Ts<SigningKeyCall>) -> Result<Ts<SigningKeyChoice>, JsError> {
    let SigningKeyCall { now, keys } = call.to_rust()?;
    answer(signing_key::choose(now, &keys, &mut entropy()?))
}

#[wasm_bindgen(js_name = signingKeySuccessor)]
pub fn successor(call: Ts<SigningKeyCall>) -> Result<Ts<SigningKeySuccessor>, JsError> {
    let SigningKeyCall { now, keys } = call.to_rust()?;
    answer(SigningKeySuccessor {
        key: signing_key::successor(now, &keys, &mut entropy()?),
    })
}

#[wasm_bindgen(js_name = signingKeySet)]
pub fn key_set(call: Ts<SigningKeyCall>) -> Result<Ts<JwkSet>, JsError> {
    let SigningKeyCall { now, keys } = call.to_rust()?;
    answer(signing_key::key_set(now, &keys))
}
