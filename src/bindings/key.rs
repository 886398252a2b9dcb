//! API keys.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::answer;
#[cfg(feature = "keys")]
use super::entropy;
use crate::key::{self, *};

#[wasm_bindgen(js_name = keyPresent)]
pub fn present(raw: &str) -> Result<Ts<PresentedKey>, JsError> {
    answer(key::present(raw))
}

#[cfg(feature = "keyUse")]
#[wasm_bindgen(js_name = keyVerify)]
pub fn verify(call: Ts<KeyVerifyCall>) -> Result<Ts<KeyVerification>, JsError> {
    answer(key::verify(call.to_rust()?))
}

#[cfg(feature = "keyUse")]
#[wasm_bindgen(js_name = keyAuthorize)]
pub fn authorize(call: Ts<KeyAuthorizeCall>) -> Result<Ts<KeyAuthorization>, JsError> {
    answer(key::authorize(call.to_rust()?))
}

#[cfg(feature = "keyUse")]
#[wasm_bindgen(js_name = keyUsage)]
pub fn usage(call: Ts<KeyUsageCall>) -> Result<Ts<KeyUsage>, JsError> {
    answer(key::usage(call.to_rust()?))
}

#[cfg(feature = "keys")]
#[wasm_bindgen(js_name = keyCreate)]
pub fn create(call: Ts<KeyCreateCall>) -> Result<Ts<KeyCreation>, JsError> {
    answer(key::create(call.to_rust()?, &mut entropy()?))
}

#[cfg(feature = "keys")]
#[wasm_bindgen(js_name = keyUpdate)]
pub fn update(call: Ts<KeyUpdateCall>) -> Result<Ts<KeyUpdate>, JsError> {
    answer(key::update(call.to_rust()?))
}

#[cfg(feature = "keys")]
#[wasm_bindgen(js_name = keyRotate)]
pub fn rotate(call: Ts<KeyRotateCall>) -> Result<Ts<KeyRotation>, JsError> {
    answer(key::rotate(call.to_rust()?, &mut entropy()?))
}

#[cfg(feature = "keys")]
#[wasm_bindgen(js_name = keyRevoke)]
pub fn revoke(call: Ts<KeyOperation>) -> Result<Ts<KeyRevocation>, JsError> {
    answer(key::revoke(call.to_rust()?))
}

#[cfg(feature = "keys")]
#[wasm_bindgen(js_name = keyRemove)]
pub fn remove(call: Ts<KeyOperation>) -> Result<Ts<KeyDeletion>, JsError> {
    answer(key::remove(call.to_rust()?))
}

#[cfg(feature = "keys")]
#[wasm_bindgen(js_name = keyLeave)]
pub fn leave(call: Ts<KeyLeaveCall>) -> Result<Ts<KeyLeave>, JsError> {
    answer(key::leave(call.to_rust()?))
}

#[cfg(feature = "keys")]
#[wasm_bindgen(js_name = keyExchangeFailures)]
pub fn failures_key(origin: Ts<crate::origin::Origin>) -> Result<String, JsError> {
    Ok(key::failures_key(&origin.to_rust()?))
}

#[cfg(feature = "keys")]
#[wasm_bindgen(js_name = keyExchange)]
pub fn exchange(call: Ts<KeyExchangeCall>) -> Result<Ts<KeyExchange>, JsError> {
    key::exchange(call.to_rust()?, &mut entropy()?)
        .map_err(|refusal| JsError::new(refusal.code.code()))
        .and_then(answer)
}
