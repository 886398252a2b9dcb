//! The flows of the password provider, and of the app's own checks.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{answer, entropy};
use crate::origin::Origin;
use crate::sign_in::{
    self, AppLookup, AppSignInCall, ChangeInput, EmailVerificationInput, PasswordCall,
    PasswordLookup, ResetInput, SignInAnswer, SignUpInput,
};

#[wasm_bindgen(js_name = passwordLookup)]
pub fn lookup(
    provider: &str,
    email: &str,
    origin: Ts<Origin>,
) -> Result<Ts<PasswordLookup>, JsError> {
    answer(sign_in::lookup(provider, email, &origin.to_rust()?))
}

#[wasm_bindgen(js_name = passwordSignUp)]
pub fn sign_up(
    call: Ts<PasswordCall>,
    input: Ts<SignUpInput>,
) -> Result<Ts<SignInAnswer>, JsError> {
    answer(sign_in::sign_up(
        call.to_rust()?,
        input.to_rust()?,
        &mut entropy()?,
    ))
}

#[wasm_bindgen(js_name = passwordSignIn)]
pub fn sign_in(call: Ts<PasswordCall>, password: &str) -> Result<Ts<SignInAnswer>, JsError> {
    answer(sign_in::sign_in(call.to_rust()?, password, &mut entropy()?))
}

#[wasm_bindgen(js_name = passwordRequestReset)]
pub fn request_reset(call: Ts<PasswordCall>) -> Result<Ts<SignInAnswer>, JsError> {
    answer(sign_in::request_reset(call.to_rust()?, &mut entropy()?))
}

#[wasm_bindgen(js_name = passwordReset)]
pub fn reset(call: Ts<PasswordCall>, input: Ts<ResetInput>) -> Result<Ts<SignInAnswer>, JsError> {
    answer(sign_in::reset(
        call.to_rust()?,
        input.to_rust()?,
        &mut entropy()?,
    ))
}

#[wasm_bindgen(js_name = passwordVerifyEmail)]
pub fn verify_email(
    call: Ts<PasswordCall>,
    input: Ts<EmailVerificationInput>,
) -> Result<Ts<SignInAnswer>, JsError> {
    answer(sign_in::verify_email(
        call.to_rust()?,
        input.to_rust()?,
        &mut entropy()?,
    ))
}

#[wasm_bindgen(js_name = passwordChange)]
pub fn change(call: Ts<PasswordCall>, input: Ts<ChangeInput>) -> Result<Ts<SignInAnswer>, JsError> {
    answer(sign_in::change(
        call.to_rust()?,
        input.to_rust()?,
        &mut entropy()?,
    ))
}

#[wasm_bindgen(js_name = appLookup)]
pub fn app_lookup(
    provider: &str,
    identifier: Option<String>,
    origin: Ts<Origin>,
) -> Result<Ts<AppLookup>, JsError> {
    answer(sign_in::app_lookup(
        provider,
        identifier.as_deref(),
        &origin.to_rust()?,
    ))
}

#[wasm_bindgen(js_name = appSignIn)]
pub fn app_sign_in(call: Ts<AppSignInCall>) -> Result<Ts<SignInAnswer>, JsError> {
    answer(sign_in::app_sign_in(call.to_rust()?, &mut entropy()?))
}
