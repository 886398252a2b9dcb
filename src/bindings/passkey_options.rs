//! What browsers are asked for with passkeys, and what becomes of those that there
//! are.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{answer, entropy};
use crate::origin::Origin;
use crate::passkey::{self, *};
use crate::second_factor::FactorRemovalDecision;
use crate::sign_in::SignInAnswer;

#[wasm_bindgen(js_name = passkeyIdentifier)]
pub fn identifier(email: &str) -> Result<Ts<PasskeyIdentifier>, JsError> {
    answer(passkey::identifier(email))
}

#[wasm_bindgen(js_name = passkeyBegunKey)]
pub fn begun_key(origin: Ts<Origin>) -> Result<String, JsError> {
    Ok(passkey::begun_key(&origin.to_rust()?))
}

#[wasm_bindgen(js_name = passkeyRegisterOptions)]
pub fn register_options(
    call: Ts<PasskeyRegisterOptionsCall>,
) -> Result<Ts<PasskeyRegisterOptions>, JsError> {
    answer(passkey::register_options(&call.to_rust()?, &mut entropy()?))
}

#[wasm_bindgen(js_name = passkeySignInOptions)]
pub fn sign_in_options(
    call: Ts<PasskeySignInOptionsCall>,
) -> Result<Ts<PasskeySignInOptions>, JsError> {
    answer(passkey::sign_in_options(&call.to_rust()?, &mut entropy()?))
}

#[wasm_bindgen(js_name = passkeySignUpLookup)]
pub fn sign_up_lookup(
    provider: &str,
    email: &str,
    origin: Ts<Origin>,
) -> Result<Ts<PasskeySignUpLookup>, JsError> {
    answer(passkey::sign_up_lookup(provider, email, &origin.to_rust()?))
}

#[wasm_bindgen(js_name = passkeySignUpRequest)]
pub fn request_sign_up(call: Ts<PasskeySignUpRequestCall>) -> Result<Ts<SignInAnswer>, JsError> {
    answer(passkey::request_sign_up(&call.to_rust()?, &mut entropy()?))
}

#[wasm_bindgen(js_name = passkeySignUpOptions)]
pub fn sign_up_options(
    call: Ts<PasskeySignUpOptionsCall>,
) -> Result<Ts<PasskeySignUpOptions>, JsError> {
    answer(passkey::sign_up_options(&call.to_rust()?, &mut entropy()?))
}

#[wasm_bindgen(js_name = passkeyRename)]
pub fn rename(operation: Ts<PasskeyOperation>, name: &str) -> Result<Ts<PasskeyDecision>, JsError> {
    answer(passkey::rename(&operation.to_rust()?, name))
}

#[wasm_bindgen(js_name = passkeyRemove)]
pub fn remove(call: Ts<PasskeyRemoveCall>) -> Result<Ts<FactorRemovalDecision>, JsError> {
    answer(passkey::remove(&call.to_rust()?))
}

#[wasm_bindgen(js_name = passkeySecondFactorOptions)]
pub fn second_factor_options(
    call: Ts<PasskeySecondFactorOptionsCall>,
) -> Result<Ts<PasskeySignInOptions>, JsError> {
    answer(passkey::second_factor_options(
        &call.to_rust()?,
        &mut entropy()?,
    ))
}
