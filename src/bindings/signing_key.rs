//! The keys that sign access tokens.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{answer, entropy, read};
#[cfg(feature = "identity")]
use crate::jose::JwkSet;
#[cfg(feature = "identity")]
use crate::signing_key::SigningKeySuccessor;
use crate::signing_key::{self, SigningKeyCall, SigningKeyChoice};

#[wasm_bindgen(js_name = signingKeyChoose)]
pub fn choose(call: Ts<SigningKeyCall>) -> Result<Ts<SigningKeyChoice>, JsError> {
    let SigningKeyCall { now, keys } = read(&call)?;
    answer(signing_key::choose(now, &keys, &mut entropy()?))
}

#[cfg(feature = "identity")]
#[wasm_bindgen(js_name = signingKeySuccessor)]
pub fn successor(call: Ts<SigningKeyCall>) -> Result<Ts<SigningKeySuccessor>, JsError> {
    let SigningKeyCall { now, keys } = read(&call)?;
    answer(SigningKeySuccessor {
        key: signing_key::successor(now, &keys, &mut entropy()?),
    })
}

#[cfg(feature = "identity")]
#[wasm_bindgen(js_name = signingKeySet)]
pub fn key_set(call: Ts<SigningKeyCall>) -> Result<Ts<JwkSet>, JsError> {
    let SigningKeyCall { now, keys } = read(&call)?;
    answer(signing_key::key_set(now, &keys))
}
