//! The core as other crates see it, natively and in WebAssembly: every test that
//! carries `here` runs in both.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[cfg(not(target_arch = "wasm32"))]
mod error_codes;
mod native_and_wasm;
mod vectors;
mod wasm_boundary;

#[cfg(not(target_arch = "wasm32"))]
use core::prelude::v1::test as here;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as here;
