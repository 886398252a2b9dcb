//! What is written after a try at a second factor.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::sent_code::CodeFactorPatch;
use super::totp::TotpFactorPatch;
use crate::audit::AuditEvent;
use crate::code::HashedCode;
use crate::limiter::LimitWrite;

/// What becomes of the challenge.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ChallengeWrite {
    /// It stays as it is, if there is one.
    #[default]
    Keep,
    /// It was tried once more.
    Tried {
        /// How often now.
        tries: u32,
    },
    /// It is answered, over or used up.
    Delete,
}

/// What is written, whatever the outcome.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SecondFactorWrites {
    /// What becomes of the challenge.
    pub challenge: ChallengeWrite,
    /// The counters to store.
    pub limits: Vec<LimitWrite>,
    /// What changes in an authenticator app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub factor: Option<TotpFactorPatch>,
    /// An address for codes that becomes live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_factor: Option<CodeFactorPatch>,
    /// The hashes of the recovery codes that are left, after one was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovery_codes: Option<Vec<HashedCode>>,
    /// Whether all trusted devices of the user are forgotten.
    pub forgets_trusted_devices: bool,
    /// What is recorded.
    pub audit: Vec<AuditEvent>,
}
