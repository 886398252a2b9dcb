//! A stored passkey and what it has signed.

use super::ceremony;
use super::config::CheckedConfig;
use super::response::DecodedAssertion;
use super::row::PasskeyRow;
use super::user_handle::handle_of;
use crate::code::Pepper;
use crate::refusal::Refusal;
use crate::webauthn::{
    AssertionExpectation, ExpectedUser, VerifiedAssertion, WebauthnError, verify_assertion,
};

/// What a passkey is presented for.
#[derive(Clone, Copy)]
pub(super) enum PasskeyProof {
    /// To sign in.
    FirstFactor,
    /// After a first factor, which has shown whose account it is.
    SecondFactor,
}

/// A passkey that somebody presents, and what it has to sign.
pub(super) struct PresentedPasskey<'a> {
    pub(super) config: &'a CheckedConfig<'a>,
    pub(super) pepper: &'a Pepper,
    pub(super) challenge: &'a [u8],
    pub(super) response: &'a DecodedAssertion,
    /// The stored passkey.
    pub(super) passkey: &'a PasskeyRow,
    /// Whether it is known whose passkey was asked for.
    pub(super) is_identified: bool,
    pub(super) proves: PasskeyProof,
}

/// Verifies what a stored passkey has signed.
///
/// # Errors
/// What was wrong with the response.
pub(super) fn assert(presented: &PresentedPasskey<'_>) -> Result<VerifiedAssertion, Refusal> {
    let PresentedPasskey {
        config,
        passkey,
        response,
        ..
    } = presented;
    let stored = passkey.user_handle.as_deref();
    let handle = handle_of(presented.pepper, &passkey.user_id, stored)?;
    let decoded = passkey.decoded()?;
    let expect = AssertionExpectation {
        ceremony: config.ceremony(presented.challenge),
        credential: decoded.record(&handle),
        allowed_credentials: &[],
        user: if presented.is_identified {
            ExpectedUser::Identified(&handle)
        } else {
            ExpectedUser::Discovered
        },
        counter: config.counter(),
    };
    verify_assertion(&expect, &response.response())
        .map_err(|error| ceremony::refusal(presented.told(error)))
}

impl PresentedPasskey<'_> {
    /// What is told of what was wrong. Who has proved nothing yet does not learn
    /// whether it was the key or the signature.
    fn told(&self, error: WebauthnError) -> WebauthnError {
        match (self.proves, error) {
            (
                PasskeyProof::FirstFactor,
                WebauthnError::Signature | WebauthnError::BackupEligibility,
            ) => WebauthnError::UnknownCredential,
            (PasskeyProof::FirstFactor | PasskeyProof::SecondFactor, error) => error,
        }
    }
}
