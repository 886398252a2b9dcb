//! What every way to sign in ends with, whichever module decides it.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{answer, entropy, read};
use crate::code::Pepper;
use crate::second_factor::trusted_device;
use crate::session::{self, IssueAnswer, IssueCall};
use crate::sign_in::{self, RefuseAdmissionCall, RefuseSessionCall, RefusedSession, SignInAnswer};
use crate::token::HashedSecret;

#[wasm_bindgen(js_name = generatePepper)]
pub fn generate_pepper() -> Result<String, JsError> {
    Ok(Pepper::generate(&mut entropy()?).to_base64().to_string())
}

#[wasm_bindgen(js_name = sessionIssue)]
pub fn issue(call: Ts<IssueCall>) -> Result<Ts<IssueAnswer>, JsError> {
    session::issue(read(&call)?, &mut entropy()?)
        .map_err(|refusal| JsError::new(refusal.code.code()))
        .and_then(answer)
}

/// The hash by which the row of a trusted device is found; nothing for a text
/// that is no token.
#[wasm_bindgen(js_name = trustedDevicePresent)]
pub fn trusted_device_present(token: &str) -> Result<Option<Ts<HashedSecret>>, JsError> {
    trusted_device::present(token).map(answer).transpose()
}

#[wasm_bindgen(js_name = refuseAdmission)]
pub fn refuse_admission(call: Ts<RefuseAdmissionCall>) -> Result<Ts<SignInAnswer>, JsError> {
    answer(sign_in::refuse_admission(read(&call)?))
}

#[wasm_bindgen(js_name = refuseSession)]
pub fn refuse_session(call: Ts<RefuseSessionCall>) -> Result<Ts<RefusedSession>, JsError> {
    answer(sign_in::refuse_session(read(&call)?))
}
