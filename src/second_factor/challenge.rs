//! Challenges: sign-ins that wait for their second factor.
//!
//! There is no session and no token of one until the factor is proved; the
//! client holds a verifier, the row its hash.

use std::fmt;

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use zeroize::Zeroizing;

use crate::code::HashedCode;
use crate::entropy::Entropy;
use crate::refusal::SecondFactorMethod;
use crate::session::AuthenticationMethod;
use crate::time::{Millis, UnixMillis};
use crate::token::{self, HashedSecret};

/// What verifiers of challenges begin with.
const PREFIX: &str = "mfa";

/// Random bytes of a verifier.
const LENGTH: usize = 32;

/// How long a challenge waits.
pub const CHALLENGE_LIFETIME: Millis = Millis::MINUTE.times(10.0);

/// A row of the table `SecondFactorChallenge`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SecondFactorChallengeRow {
    /// The user who proved the first factor.
    pub user_id: String,
    /// The hash of the client's verifier.
    pub verifier_hash: HashedSecret,
    /// The provider through which the person came in.
    pub provider: String,
    /// The session that the new one takes the place of, if the person was signed
    /// in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// Whether it makes that session fresh, and is worth nothing without it.
    pub is_step_up: bool,
    /// How the person proved the first factor.
    pub authentication_methods: Vec<AuthenticationMethod>,
    /// What the challenge can be answered with; at least one.
    pub methods: Vec<SecondFactorMethod>,
    /// How often it was tried.
    pub tries: u32,
    /// The code that was sent last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<SentCode>,
    /// When the first factor was proved.
    pub creation_time: UnixMillis,
    /// Until when it can be answered.
    pub expiration_time: UnixMillis,
}

/// A code that was sent to answer a challenge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SentCode {
    /// By which way it was sent.
    pub method: SecondFactorMethod,
    /// The keyed hash of the code.
    pub code_hash: HashedCode,
    /// Until when it can be used.
    pub expiration_time: UnixMillis,
}

/// What a challenge is made of.
pub struct ChallengeStartCall<'a> {
    /// The time.
    pub now: UnixMillis,
    /// How the person proved the first factor. It goes into the challenge:
    /// there is no session for it.
    pub authentication_methods: Vec<AuthenticationMethod>,
    /// The user.
    pub user_id: &'a str,
    /// The provider.
    pub provider: &'a str,
    /// The session that the new one takes the place of.
    pub session_id: Option<&'a str>,
    /// Whether it makes that session fresh, and is worth nothing without it.
    pub is_step_up: bool,
    /// With what it can be answered.
    pub methods: Vec<SecondFactorMethod>,
}

/// A challenge that was started.
pub struct ChallengeStart {
    /// The verifier for the client, this once.
    pub verifier: String,
    /// The row to insert.
    pub row: SecondFactorChallengeRow,
}

impl fmt::Debug for ChallengeStart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ChallengeStart")
            .field("row", &self.row)
            .finish_non_exhaustive()
    }
}

/// Starts a challenge.
pub fn start(call: ChallengeStartCall<'_>, entropy: &mut Entropy) -> ChallengeStart {
    let secret = Zeroizing::new(entropy.bytes::<LENGTH>());
    ChallengeStart {
        verifier: token::encode(PREFIX, secret.as_slice()),
        row: SecondFactorChallengeRow {
            user_id: call.user_id.to_owned(),
            verifier_hash: HashedSecret::of(secret.as_slice()),
            provider: call.provider.to_owned(),
            session_id: call.session_id.map(str::to_owned),
            is_step_up: call.is_step_up,
            authentication_methods: call.authentication_methods,
            methods: call.methods,
            tries: 0,
            sent: None,
            creation_time: call.now,
            expiration_time: call.now.plus(CHALLENGE_LIFETIME),
        },
    }
}

/// What a verifier says by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PresentedChallenge {
    /// It may be one.
    Wellformed {
        /// What the row is found by.
        verifier_hash: HashedSecret,
    },
    /// It is none; nothing has to be read.
    Malformed,
}

/// Reads a verifier without looking anything up.
pub fn present(verifier: &str) -> PresentedChallenge {
    match token::decode::<LENGTH>(PREFIX, verifier) {
        Ok(secret) => PresentedChallenge::Wellformed {
            verifier_hash: HashedSecret::of(secret.as_slice()),
        },
        Err(_) => PresentedChallenge::Malformed,
    }
}
