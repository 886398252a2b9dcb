//! The only place that names `wasm_bindgen`. A function for each WebAssembly module
//! of the package finds a decision by its name, reads the call, draws the randomness,
//! and asks the core.
//!
//! The package has two modules, so that what runs on every request loads little:
//! `access` decides what does, `accounts` decides all else. What both need is in
//! [`shared`]. A decision is the same in both. The crates in `modules/` export the
//! functions to JavaScript.
//!
//! A call that cannot be read is a fault of the caller and becomes a JavaScript
//! exception. Refusals are values.

#![allow(
    unsafe_code,
    reason = "the wasm_bindgen macro generates the only unsafe code"
)]

use wasm_bindgen::JsError;

use boundary::Decisions;

#[macro_use]
mod boundary;

mod access;
mod accounts;
mod calls;
mod json;
mod shared;

/// Asks for a decision of the module `access`. The call and the answer are JSON.
///
/// # Errors
/// The name is not one of the module, the call cannot be read, or the host has no
/// randomness.
pub fn decide_access(name: &str, call: &str) -> Result<String, JsError> {
    decide(&[shared::DECISIONS, access::DECISIONS], name, call)
}

/// Asks for a decision of the module `accounts`. The call and the answer are JSON.
///
/// # Errors
/// The name is not one of the module, the call cannot be read, or the host has no
/// randomness.
pub fn decide_accounts(name: &str, call: &str) -> Result<String, JsError> {
    decide(&[shared::DECISIONS, accounts::DECISIONS], name, call)
}

fn decide(tables: &[Decisions], name: &str, call: &str) -> Result<String, JsError> {
    let mut decisions = tables.iter().flat_map(|table| table.iter());
    match decisions.find(|(known, _)| *known == name) {
        Some((_, decision)) => decision(call),
        None => Err(JsError::new(&format!(
            "this module of the core has no decision `{name}`"
        ))),
    }
}
