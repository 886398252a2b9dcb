//! What browsers answer with passkeys, and the end of every sign-in with one.
//!
//! An answer is nothing where this module cannot decide, which is asked before
//! anything else: the module with every algorithm can.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{answer, entropy, read};
use crate::passkey::{self, *};
use crate::sign_in::SecondFactorSession;

#[wasm_bindgen(js_name = passkeyPresent)]
pub fn present(verifier: &str) -> Result<Ts<PresentedVerifier>, JsError> {
    answer(passkey::present(verifier))
}

#[wasm_bindgen(js_name = passkeyRegister)]
pub fn register(call: Ts<PasskeyRegisterCall>) -> Result<Option<Ts<PasskeyRegistration>>, JsError> {
    let call = read(&call)?;
    let decide = || answer(passkey::register(&call, entropy)?);
    call.is_carried().then(decide).transpose()
}

#[wasm_bindgen(js_name = passkeySignIn)]
pub fn sign_in(call: Ts<PasskeySignInCall>) -> Result<Option<Ts<PasskeySignIn>>, JsError> {
    let call = read(&call)?;
    let decide = || answer(passkey::sign_in(&call, &mut entropy()?));
    call.is_carried().then(decide).transpose()
}

#[wasm_bindgen(js_name = passkeySignUp)]
pub fn sign_up(call: Ts<PasskeySignUpCall>) -> Result<Option<Ts<PasskeySignUp>>, JsError> {
    let call = read(&call)?;
    let decide = || answer(passkey::sign_up(&call, &mut entropy()?));
    call.is_carried().then(decide).transpose()
}

#[wasm_bindgen(js_name = passkeySecondFactor)]
pub fn second_factor(
    call: Ts<PasskeySecondFactorCall>,
    session: Ts<SecondFactorSession>,
) -> Result<Option<Ts<PasskeySecondFactor>>, JsError> {
    let call = read(&call)?;
    let session = read(&session)?;
    let decide = || answer(passkey::second_factor(&call, &session, &mut entropy()?));
    call.is_carried().then(decide).transpose()
}
