//! What a caller gets.

use crate::refusal::SecondFactorMethod;
use crate::refusal::{ErrorCode, Refusal};

/// A session, as its client holds it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OpenSession {
    pub(super) id: String,
    pub(super) user_id: String,
    pub(super) refresh_token: String,
}

/// The result of a flow.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Reply {
    Refused(Refusal),
    SignedIn(OpenSession),
    /// The present session goes on.
    Kept,
    Started(Option<String>),
    /// A second factor is owed, by one of these methods.
    SecondFactor(Vec<SecondFactorMethod>),
}

impl Reply {
    /// The code of a refusal.
    pub(super) fn code(&self) -> Option<ErrorCode> {
        match self {
            Reply::Refused(refusal) => Some(refusal.code),
            _ => None,
        }
    }

    /// The new session.
    pub(super) fn session(self) -> OpenSession {
        match self {
            Reply::SignedIn(session) => session,
            other => panic!("there is no session in {other:?}"),
        }
    }

    /// What the client keeps until it has the code.
    pub(super) fn verifier(self) -> String {
        match self {
            Reply::Started(Some(verifier)) => verifier,
            other => panic!("there is no verifier in {other:?}"),
        }
    }

    /// How long a refusal of the limiter asks to wait.
    pub(super) fn wait(&self) -> Option<f64> {
        match self {
            Reply::Refused(refusal) => refusal.retry_after_ms,
            _ => None,
        }
    }

    pub(super) fn is_signed_in(&self) -> bool {
        matches!(self, Reply::SignedIn(_))
    }

    pub(super) fn is_started(&self) -> bool {
        matches!(self, Reply::Started(_))
    }
}
