//! The first proof of a new second factor, which makes it live.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::attempt::{Attempt, AttemptContext, AttemptPurpose, AttemptRequest, SecondFactorProof};
use super::authority::FactorAuthority;
use super::method::ProvedFactor;
use super::recovery_code::{self, IssuedRecoveryCodes, RecoveryCodesRow};
use super::requirement::SecondFactorPolicy;
use super::standing::SecondFactors;
use super::writes::SecondFactorWrites;
use crate::audit::{AuditEvent, AuditEventName};
use crate::code::Pepper;
use crate::entropy::Entropy;
use crate::limiter::LimitEntry;
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::session::SessionRow;
use crate::time::UnixMillis;

/// How old the proof of a session may be in which a factor becomes live that was
/// begun in time: ten years, in seconds.
const ANY_AGE: f64 = 315_360_000.0;

/// What every first proof needs to know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ConfirmCall {
    /// The time.
    pub now: UnixMillis,
    /// The session in which the factor is set up, if it goes on.
    #[serde(default)]
    pub session: Option<SessionRow>,
    /// The user's factors, as they are now.
    pub factors: SecondFactors,
    /// The counter of the user (`second_factor_key`).
    pub lock: LimitEntry,
    /// The user's recovery codes, if there are any.
    #[serde(default)]
    pub recovery_codes: Option<RecoveryCodesRow>,
    /// Where the request came from.
    pub origin: Origin,
}

/// Whether a factor that was begun in a session may become live in it. It was
/// begun in a fresh one; meanwhile the owner may have set another factor up,
/// which this session has not proved.
///
/// # Errors
/// `NOT_SIGNED_IN`, `STEP_UP_REQUIRED`.
pub(crate) fn may_add(
    session: &SessionRow,
    factors: &SecondFactors,
    now: UnixMillis,
) -> Result<(), Refusal> {
    let authority = FactorAuthority::Session {
        session: session.clone(),
        max_age: Some(ANY_AGE),
    };
    authority.check(&session.user_id, factors, now)
}

/// The decision. The writes are stored in both cases.
#[derive(Debug)]
pub enum FactorConfirmation {
    /// The factor is live.
    Done {
        /// The proof that the session has both factors now.
        proof: SecondFactorProof,
        /// Recovery codes, if the user had none.
        recovery_codes: Option<IssuedRecoveryCodes>,
        /// What is written.
        writes: SecondFactorWrites,
    },
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
        /// What is written.
        writes: SecondFactorWrites,
    },
}

impl FactorConfirmation {
    /// A refusal that writes nothing.
    pub(crate) fn refuse(refusal: impl Into<Refusal>) -> Self {
        FactorConfirmation::Refused {
            refusal: refusal.into(),
            writes: SecondFactorWrites::default(),
        }
    }
}

impl ConfirmCall {
    /// Takes a try of the user.
    ///
    /// # Errors
    /// The refusal, when the session is over or the user is locked.
    pub(crate) fn take(&self) -> Result<Attempt, Box<FactorConfirmation>> {
        let Some(session) = self.session.clone() else {
            return Err(Box::new(FactorConfirmation::refuse(ErrorCode::NotSignedIn)));
        };
        if self.factors.config.policy() == SecondFactorPolicy::Off {
            let refused = FactorConfirmation::refuse(ErrorCode::SecondFactorsOff);
            return Err(Box::new(refused));
        }
        if let Err(refusal) = may_add(&session, &self.factors, self.now) {
            return Err(Box::new(FactorConfirmation::refuse(refusal)));
        }
        let request = AttemptRequest {
            now: self.now,
            context: &AttemptContext::Enrollment { session },
            purpose: AttemptPurpose::Enroll,
            lock: &self.lock,
        };
        Attempt::take(&request).map_err(|refused| {
            let event = self.event(Some(refused.refusal.code));
            let (refusal, writes) = refused.record(event);
            Box::new(FactorConfirmation::Refused { refusal, writes })
        })
    }

    /// The proof was wrong: the try is counted.
    pub(crate) fn fail(&self, attempt: Attempt, code: ErrorCode) -> FactorConfirmation {
        FactorConfirmation::Refused {
            refusal: code.into(),
            writes: attempt.fail(self.event(Some(code)), &self.origin),
        }
    }

    /// The proof was right: the factor is live, and the user gets recovery codes
    /// if there are none. `writes` has what changes in the factor.
    pub(crate) fn done(
        &self,
        attempt: Attempt,
        factor: ProvedFactor,
        writes: SecondFactorWrites,
        pepper: &Pepper,
        entropy: &mut Entropy,
    ) -> FactorConfirmation {
        let user_id = attempt.user_id().to_owned();
        let mut audit = vec![self.event(None).of_user(Some(&user_id))];
        let has_codes = self
            .recovery_codes
            .as_ref()
            .is_some_and(|row| row.user_id == user_id && !row.codes.is_empty());
        let recovery_codes =
            (!has_codes).then(|| recovery_code::issue(&user_id, pepper, self.now, entropy));
        if recovery_codes.is_some() {
            let issued = AuditEvent::success(AuditEventName::RecoveryCodesIssued, &self.origin);
            audit.push(issued.of_user(Some(&user_id)));
        }
        let (proof, left) = attempt.enroll(factor);
        FactorConfirmation::Done {
            proof,
            recovery_codes,
            writes: SecondFactorWrites {
                challenge: left.challenge,
                limits: left.limits,
                audit,
                ..writes
            },
        }
    }

    fn event(&self, refused: Option<ErrorCode>) -> AuditEvent {
        let name = AuditEventName::SecondFactorEnrolled;
        match refused {
            None => AuditEvent::success(name, &self.origin),
            Some(code) => AuditEvent::refused(name, code, &self.origin),
        }
    }
}
