//! The beginning and the end of a ceremony: challenges that are used once.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::row::{CeremonyRow, PasskeyCeremony};
use crate::audit::AuditEvent;
use crate::entropy::Entropy;
use crate::limiter::{Bucket, LimitEntry, LimitWrite, take};
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::{Millis, UnixMillis};
use crate::token::{self, HashedSecret, opaque_key};
use crate::webauthn::{WebauthnError, encoding};

/// What verifiers begin with.
const PREFIX: &str = "pkv";

/// Random bytes of a verifier and of a challenge. The specification asks for 16
/// at least (§13.4.3).
const LENGTH: usize = 32;

/// How long a ceremony can be finished.
const LIFETIME: Millis = Millis::MINUTE.times(5.0);

/// Ceremonies that one network begins: sixty at once, then one a second. Each
/// writes a row, and anybody can begin one.
const BEGUN_FROM_ORIGIN: Bucket = Bucket {
    capacity: 60.0,
    interval: Millis(1_000.0),
};

/// A verifier that a client presents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PresentedVerifier {
    /// It may be one.
    Wellformed {
        /// What recognises it.
        verifier_hash: HashedSecret,
    },
    /// It is none.
    Refused {
        /// `PASSKEY_INVALID_CHALLENGE`.
        refusal: Refusal,
    },
}

/// The key of the row that counts the ceremonies of a network.
pub fn begun_key(origin: &Origin) -> String {
    opaque_key("passkey-begun-origin", &[&origin.network()])
}

/// Counts a ceremony that a network begins.
///
/// # Errors
/// `RATE_LIMITED`; nothing is counted then.
pub(super) fn count(begun: &LimitEntry, now: UnixMillis) -> Result<LimitWrite, Refusal> {
    take(&BEGUN_FROM_ORIGIN, begun, now).map_err(Refusal::rate_limited)
}

/// A ceremony that was begun.
pub(super) struct Begun {
    /// What the client presents when it finishes.
    pub(super) verifier: String,
    /// The row to store.
    pub(super) row: CeremonyRow,
}

/// Begins a ceremony.
pub(super) fn begin(ceremony: PasskeyCeremony, now: UnixMillis, entropy: &mut Entropy) -> Begun {
    let secret = entropy.bytes::<LENGTH>();
    Begun {
        verifier: token::encode(PREFIX, &secret),
        row: CeremonyRow {
            verifier_hash: HashedSecret::of(&secret),
            ceremony,
            challenge: encoding::encode(&entropy.bytes::<LENGTH>()),
            user_id: None,
            session_id: None,
            second_factor_hash: None,
            allowed: Vec::new(),
            user_handle: None,
            email: None,
            name: None,
            expiration_time: now.plus(LIFETIME),
        },
    }
}

/// Reads a verifier without looking anything up.
pub fn present(verifier: &str) -> PresentedVerifier {
    match token::decode::<LENGTH>(PREFIX, verifier) {
        Ok(secret) => PresentedVerifier::Wellformed {
            verifier_hash: HashedSecret::of(secret.as_slice()),
        },
        Err(_) => PresentedVerifier::Refused {
            refusal: ErrorCode::PasskeyInvalidChallenge.into(),
        },
    }
}

/// The challenge of a ceremony that can be finished now, in bytes.
///
/// # Errors
/// `PASSKEY_INVALID_CHALLENGE` if it was used, has expired, or is for something
/// else or somebody else.
pub(super) fn challenge(
    row: Option<&CeremonyRow>,
    ceremony: PasskeyCeremony,
    session_id: Option<&str>,
    now: UnixMillis,
) -> Result<Vec<u8>, Refusal> {
    row.filter(|row| {
        row.ceremony == ceremony
            && now < row.expiration_time
            && row.session_id.as_deref() == session_id
    })
    .and_then(|row| encoding::decode(&row.challenge, LENGTH).ok())
    .ok_or_else(|| ErrorCode::PasskeyInvalidChallenge.into())
}

/// A refusal for what was wrong with a response.
pub(super) fn refusal(error: WebauthnError) -> Refusal {
    Refusal::with_message(error.code(), error.message().to_owned())
}

/// What is recorded of a refusal. Without a ceremony nothing was begun, and
/// nothing is worth a row; nor is what leaves the challenge as it was, since it
/// could be repeated without end.
pub(super) fn worth_a_row(
    ceremony: Option<&CeremonyRow>,
    refusal: &Refusal,
    event: AuditEvent,
) -> Vec<AuditEvent> {
    let is_over = ceremony.is_some() && !stays(refusal);
    if is_over && refusal.code != ErrorCode::PasskeyMissingConfig {
        vec![event]
    } else {
        Vec::new()
    }
}

/// Whether a ceremony that failed can be finished yet: another site, which may
/// have got hold of the options, must not use up the challenge.
pub(super) fn stays(refusal: &Refusal) -> bool {
    refusal.code == ErrorCode::PasskeyInvalidOrigin
}
