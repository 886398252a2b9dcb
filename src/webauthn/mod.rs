//! Passkeys: the ceremonies of Web Authentication, as a relying party verifies
//! them (WebAuthn Level 3, w3.org/TR/webauthn-3).
//!
//! [`register`] and [`verify_assertion`] take what was expected and what the
//! client sent, and answer with a type that nothing else makes. Challenges,
//! users and stored credentials are looked up by the caller.

pub mod aaguid;
mod algorithm;
pub mod assertion;
pub mod attestation;
pub mod authenticator_data;
pub mod carried;
pub mod cbor;
mod ceremony;
mod certificate;
pub mod client_data;
pub mod cose;
pub mod decoy;
pub mod encoding;
mod error;
mod packed;
pub mod registration;
pub mod related_origins;
mod signature;
mod stand_in;
#[cfg(test)]
pub(crate) use signature::counted;
#[cfg(test)]
pub(crate) mod tests;
pub mod transport;

pub use aaguid::{Aaguid, name_of};
pub use algorithm::Algorithm;
pub use assertion::{
    AssertionExpectation, AssertionResponse, Counter, CounterPolicy, CredentialRecord,
    ExpectedUser, VerifiedAssertion, verify_assertion, verify_without_credential,
};
pub use attestation::{Attestation, AttestationKind, AttestationPolicy};
pub use ceremony::CeremonyExpectation;
pub use client_data::{CeremonyType, CollectedClientData, CrossOrigin, OriginPolicy};
pub use cose::{CoseKeyError, PublicKey};
pub use decoy::{DecoyCredential, decoys};
pub use error::WebauthnError;
pub use registration::{
    RegisteredCredential, RegistrationExpectation, RegistrationResponse, register,
};

/// That a value was made by the function that verified it. Only this module and
/// those in it can make one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Proof(());

impl Proof {
    const fn new() -> Self {
        Proof(())
    }
}
