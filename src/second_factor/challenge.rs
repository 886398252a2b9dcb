//! Challenges: sign-ins that wait for their second factor.
//!
//! There is no session and no token of one until the factor is proved; the
//! client holds a verifier, the row its hash.

use std::fmt;

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use zeroize::Zeroizing;

use super::method::SecondFactorMethod;
use super::requirement::Requirement;
use crate::entropy::Entropy;
use crate::session::{Authenticated, AuthenticationMethod};
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
    /// How the person proved the first factor.
    pub authentication_methods: Vec<AuthenticationMethod>,
    /// What the challenge can be answered with. Empty when the user has to set
    /// up a factor.
    pub methods: Vec<SecondFactorMethod>,
    /// How often it was tried.
    pub tries: u32,
    /// When the first factor was proved.
    pub creation_time: UnixMillis,
    /// Until when it can be answered.
    pub expiration_time: UnixMillis,
}

impl SecondFactorChallengeRow {
    /// Whether the user has to set up a factor, instead of proving one.
    pub fn enrolls(&self) -> bool {
        self.methods.is_empty()
    }
}

/// What the decision needs to know.
pub struct ChallengeStartCall<'a> {
    /// The time.
    pub now: UnixMillis,
    /// The proof of the first factor. It goes into the challenge: there is no
    /// session for it.
    pub proof: Authenticated,
    /// The user.
    pub user_id: &'a str,
    /// The provider.
    pub provider: &'a str,
    /// What is owed.
    pub requirement: Requirement,
}

/// A challenge that was started, or nothing to wait for.
pub enum ChallengeStart {
    /// The challenge.
    Started {
        /// The verifier for the client, this once.
        verifier: String,
        /// The row to insert.
        row: SecondFactorChallengeRow,
    },
    /// Nothing is owed: the proof is enough.
    NotOwed {
        /// The proof.
        proof: Authenticated,
    },
    /// No challenge helps: the user has to come in another way.
    AnotherMethod,
}

impl fmt::Debug for ChallengeStart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            ChallengeStart::Started { .. } => "Started(redacted)",
            ChallengeStart::NotOwed { .. } => "NotOwed",
            ChallengeStart::AnotherMethod => "AnotherMethod",
        })
    }
}

/// Starts a challenge for what is owed.
pub fn start(call: ChallengeStartCall<'_>, entropy: &mut Entropy) -> ChallengeStart {
    let methods = match call.requirement {
        Requirement::None => return ChallengeStart::NotOwed { proof: call.proof },
        Requirement::AnotherMethod => return ChallengeStart::AnotherMethod,
        // Without methods, it would ask for a factor to be set up.
        Requirement::Challenge { methods } if methods.is_empty() => {
            return ChallengeStart::AnotherMethod;
        }
        Requirement::Challenge { methods } => methods,
        Requirement::EnrollFirst => vec![],
    };
    let secret = Zeroizing::new(entropy.bytes::<LENGTH>());
    ChallengeStart::Started {
        verifier: token::encode(PREFIX, secret.as_slice()),
        row: SecondFactorChallengeRow {
            user_id: call.user_id.to_owned(),
            verifier_hash: HashedSecret::of(secret.as_slice()),
            provider: call.provider.to_owned(),
            authentication_methods: call.proof.methods().to_vec(),
            methods,
            tries: 0,
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
pub enum PresentedVerifier {
    /// It may be one.
    Wellformed {
        /// What the row is found by.
        verifier_hash: HashedSecret,
    },
    /// It is none; nothing has to be read.
    Malformed,
}

/// Reads a verifier without looking anything up.
pub fn present(verifier: &str) -> PresentedVerifier {
    match token::decode::<LENGTH>(PREFIX, verifier) {
        Ok(secret) => PresentedVerifier::Wellformed {
            verifier_hash: HashedSecret::of(secret.as_slice()),
        },
        Err(_) => PresentedVerifier::Malformed,
    }
}
