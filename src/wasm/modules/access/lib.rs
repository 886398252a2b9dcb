//! The WebAssembly module `access`. What runs on every request: permission checks, membership, the use of API keys, and
//! refreshes of sessions.

#![allow(
    unsafe_code,
    reason = "the wasm_bindgen macro generates the only unsafe code"
)]

use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// Asks for a decision. The call and the answer are JSON.
///
/// # Errors
/// The name is not one of this module, the call cannot be read, or the host has no
/// randomness.
#[wasm_bindgen]
pub fn decide(name: &str, call: &str) -> Result<String, JsError> {
    gatehouse::decide_access(name, call)
}
