//! The only place that names `wasm_bindgen`: each export reads its arguments,
//! draws the randomness of the call, and asks the core.
//!
//! The package has several modules, so that a call loads no more than it uses;
//! the features of the crate choose what is exported.
//!
//! A call that cannot be read is a fault of the caller and becomes a
//! JavaScript exception; refusals are values.

#![allow(
    unsafe_code,
    reason = "the wasm_bindgen macro generates the only unsafe code"
)]
#![allow(
    missing_docs,
    reason = "the exports are documented where they are decided"
)]

#[cfg(feature = "access")]
mod access;
#[cfg(feature = "identity")]
mod account;
#[cfg(any(
    feature = "passkeys",
    feature = "passkeyAlgorithms",
    feature = "passkeyOptions",
    feature = "secondFactor"
))]
mod challenge;
#[cfg(feature = "identity")]
mod deployment;
#[cfg(feature = "groups")]
mod group;
#[cfg(feature = "groups")]
mod invite;
#[cfg(any(feature = "keys", feature = "keyUse"))]
mod key;
#[cfg(feature = "keys")]
mod one_time_token;
#[cfg(any(feature = "passkeys", feature = "passkeyAlgorithms"))]
mod passkey;
#[cfg(feature = "passkeyOptions")]
mod passkey_options;
#[cfg(feature = "identity")]
mod password;
#[cfg(feature = "secondFactor")]
mod second_factor;
#[cfg(feature = "identity")]
mod session;
#[cfg(any(
    feature = "identity",
    feature = "passkeys",
    feature = "passkeyAlgorithms",
    feature = "passkeyOptions",
    feature = "secondFactor"
))]
mod sign_in;
#[cfg(any(
    feature = "identity",
    feature = "keys",
    feature = "passkeys",
    feature = "passkeyAlgorithms",
    feature = "passkeyOptions",
    feature = "secondFactor"
))]
mod signing_key;
#[cfg(any(
    feature = "identity",
    feature = "keys",
    feature = "passkeyOptions",
    feature = "secondFactor"
))]
mod step_up;

#[cfg(not(any(feature = "passkeys", feature = "passkeyAlgorithms")))]
use tsify::{Ts, Tsify};
use wasm_bindgen::JsError;

#[cfg(any(
    feature = "identity",
    feature = "groups",
    feature = "keys",
    feature = "passkeys",
    feature = "passkeyAlgorithms",
    feature = "passkeyOptions",
    feature = "secondFactor"
))]
use crate::entropy::Entropy;

#[cfg(any(
    feature = "identity",
    feature = "groups",
    feature = "keys",
    feature = "passkeys",
    feature = "passkeyAlgorithms",
    feature = "passkeyOptions",
    feature = "secondFactor"
))]
/// The seed of one call. It is drawn inside the call, never while the module
/// is set up: Convex replays the randomness of that phase.
fn entropy() -> Result<Entropy, JsError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|_| JsError::new("no randomness"))?;
    Ok(Entropy::from_seed(seed))
}

#[cfg(any(feature = "passkeys", feature = "passkeyAlgorithms"))]
mod json;
#[cfg(any(feature = "passkeys", feature = "passkeyAlgorithms"))]
use json::{answer, read};

/// An answer as JavaScript sees it.
#[cfg(not(any(feature = "passkeys", feature = "passkeyAlgorithms")))]
fn answer<T>(value: T) -> Result<Ts<T>, JsError>
where
    T: Tsify + serde::Serialize,
    T::JsType: wasm_bindgen::JsCast,
{
    Ok(value.into_ts()?)
}

/// A call as JavaScript has made it.
#[cfg(all(
    any(
        feature = "identity",
        feature = "keys",
        feature = "passkeyOptions",
        feature = "secondFactor"
    ),
    not(any(feature = "passkeys", feature = "passkeyAlgorithms"))
))]
fn read<T>(call: &Ts<T>) -> Result<T, JsError>
where
    T: Tsify + serde::de::DeserializeOwned,
    T::JsType: wasm_bindgen::JsCast + Clone,
{
    Ok(call.to_rust()?)
}

#[cfg(all(test, feature = "identity"))]
#[expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
mod tests;
