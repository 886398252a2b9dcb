//! Whole ceremonies, made by a software authenticator: each valid one is
//! accepted, and each fault is refused for its own reason.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod assertion;
pub(crate) mod authenticator;
mod cbor_writer;
mod certificate;
mod cose;
mod packed;
mod registration;
pub(crate) mod signer;
