//! The only place that names `wasm_bindgen`: one export, [`decide`], finds a
//! decision by its name, reads the call, draws the randomness, and asks the core.
//!
//! The package has two modules, each made with one feature of the crate: `access`
//! decides what runs on every request, `accounts` decides all else. What both need
//! is in [`shared`]. A decision is the same in both.
//!
//! A call that cannot be read is a fault of the caller and becomes a JavaScript
//! exception. Refusals are values.

#![allow(
    unsafe_code,
    reason = "the wasm_bindgen macro generates the only unsafe code"
)]

use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use boundary::{Decide, Decisions};

#[macro_use]
mod boundary;

mod access;
mod accounts;
mod calls;
mod json;
mod shared;

/// Asks for a decision. The call and the answer are JSON.
///
/// # Errors
/// The name is not one of this module, the call cannot be read, or the host has no
/// randomness.
#[wasm_bindgen]
pub fn decide(name: &str, call: &str) -> Result<String, JsError> {
    let mut decision = find(shared::DECISIONS, name);
    if cfg!(feature = "access") {
        decision = decision.or_else(|| find(access::DECISIONS, name));
    }
    if cfg!(feature = "accounts") {
        decision = decision.or_else(|| find(accounts::DECISIONS, name));
    }
    match decision {
        Some(decision) => decision(call),
        None => Err(JsError::new(&format!(
            "this module of the core has no decision `{name}`"
        ))),
    }
}

fn find(decisions: Decisions, name: &str) -> Option<Decide> {
    let (_, decision) = decisions.iter().find(|(known, _)| *known == name)?;
    Some(*decision)
}
