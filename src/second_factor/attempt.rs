//! One try at a second factor: counted first, compared then.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::challenge::SecondFactorChallengeRow;
use super::method::{EnrolledFactor, ProvedFactor};
use super::standing::SecondFactors;
use super::step_up::needs;
use super::writes::{ChallengeWrite, SecondFactorWrites};
use crate::audit::{AuditEvent, AuditEventName};
use crate::limiter::{
    CHALLENGE_TRIES, LimitEntry, LimitWrite, NoSlot, Permit, SecondFactorSlot, second_factor_key,
    take_second_factor_slot,
};
use crate::origin::Origin;
use crate::refusal::SecondFactorMethod;
use crate::refusal::{ErrorCode, Refusal};
use crate::session::{Authenticated, AuthenticationMethod, SessionRow};
use crate::time::UnixMillis;

/// For what a factor is proved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum AttemptContext {
    /// To finish a sign-in.
    Challenge {
        /// The challenge, if there is one with the client's verifier.
        #[serde(default)]
        challenge: Option<SecondFactorChallengeRow>,
    },
    /// To make a session fresh.
    StepUp {
        /// The session.
        session: SessionRow,
        /// The user's factors.
        factors: Box<SecondFactors>,
    },
    /// To set up a factor in a session.
    Enrollment {
        /// The session.
        session: SessionRow,
    },
}

/// What was proved.
#[derive(Debug)]
pub struct SecondFactorProof {
    /// The user.
    pub user_id: String,
    /// The provider through which the person came in.
    pub provider: String,
    /// The session that a fresh one takes the place of, if the person was signed
    /// in.
    pub session_id: Option<String>,
    /// Whether it is worth nothing without that session: the first factor was
    /// proved in it, and nowhere else.
    pub needs_session: bool,
    /// The proof of both factors.
    pub proof: Authenticated,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AttemptPurpose {
    /// A live factor, by this method.
    Verify(SecondFactorMethod),
    /// A factor that is being set up.
    Enroll,
}

/// A try that is asked for.
pub(crate) struct AttemptRequest<'a> {
    pub(crate) now: UnixMillis,
    pub(crate) context: &'a AttemptContext,
    pub(crate) purpose: AttemptPurpose,
    /// The counter of the user.
    pub(crate) lock: &'a LimitEntry,
}

/// Why there is no try.
#[derive(Debug)]
pub(crate) struct RefusedAttempt {
    pub(crate) refusal: Refusal,
    pub(crate) challenge: ChallengeWrite,
    /// The user whose factor was to be tried, if that is known.
    pub(crate) user_id: Option<String>,
}

impl RefusedAttempt {
    /// The refusal with what is written: `refused` is recorded of the user. What
    /// is about nobody is not recorded: strangers could fill the table with what
    /// they made up.
    pub(crate) fn record(self, refused: AuditEvent) -> (Refusal, SecondFactorWrites) {
        let audit = self
            .user_id
            .as_deref()
            .map(|user_id| refused.of_user(Some(user_id)))
            .into_iter()
            .collect();
        let writes = SecondFactorWrites {
            challenge: self.challenge,
            audit,
            ..SecondFactorWrites::default()
        };
        (self.refusal, writes)
    }
}

/// A try that was allowed, and is counted.
#[derive(Debug)]
pub(crate) struct Attempt {
    slot: SecondFactorSlot,
    tries: Option<u32>,
    user_id: String,
    provider: String,
    session_id: Option<String>,
    needs_session: bool,
    first: Vec<AuthenticationMethod>,
}

/// What a try leaves behind.
#[derive(Debug)]
pub(crate) struct AttemptWrites {
    pub(crate) challenge: ChallengeWrite,
    pub(crate) limits: Vec<LimitWrite>,
}

impl Attempt {
    /// Takes a try, if there is one left.
    pub(crate) fn take(request: &AttemptRequest<'_>) -> Result<Self, RefusedAttempt> {
        let subject = Subject::read(request)?;
        let refused = |refusal: Refusal, challenge| RefusedAttempt {
            refusal,
            challenge,
            user_id: Some(subject.user_id.clone()),
        };
        // Another user's counter would never lock this one.
        if request.lock.key != second_factor_key(&subject.user_id) {
            return Err(refused(
                ErrorCode::InternalError.into(),
                ChallengeWrite::Keep,
            ));
        }
        match take_second_factor_slot(request.lock, subject.tries, request.now) {
            Ok(slot) => Ok(Attempt {
                slot,
                tries: subject.tries,
                user_id: subject.user_id,
                provider: subject.provider,
                session_id: subject.session_id,
                needs_session: subject.needs_session,
                first: subject.first,
            }),
            Err(NoSlot::Locked(wait)) => {
                Err(refused(Refusal::rate_limited(wait), ChallengeWrite::Keep))
            }
            Err(NoSlot::UsedUp) => Err(refused(
                request.purpose.invalid_verifier(),
                ChallengeWrite::Delete,
            )),
        }
    }

    /// The permission to compare.
    pub(crate) fn permit(&self) -> &Permit {
        self.slot.permit()
    }

    /// How the person proved the first factor, or the session.
    pub(crate) fn first(&self) -> &[AuthenticationMethod] {
        &self.first
    }

    /// The user whose factor is tried.
    pub(crate) fn user_id(&self) -> &str {
        &self.user_id
    }

    /// The factor was not proved: the try is counted, and `refused` is recorded
    /// of the user, with the lock if it was one try too many.
    pub(crate) fn fail(self, refused: AuditEvent, origin: &Origin) -> SecondFactorWrites {
        let challenge = match self.tries {
            None => ChallengeWrite::Keep,
            Some(tries) if tries.saturating_add(1) >= CHALLENGE_TRIES => ChallengeWrite::Delete,
            Some(tries) => ChallengeWrite::Tried { tries: tries + 1 },
        };
        let user_id = Some(self.user_id.as_str());
        let mut audit = vec![refused.of_user(user_id)];
        if self.slot.locks() {
            let locked = AuditEvent::success(AuditEventName::SecondFactorLocked, origin);
            audit.push(locked.of_user(user_id));
        }
        SecondFactorWrites {
            challenge,
            limits: self.slot.fail(),
            audit,
            ..SecondFactorWrites::default()
        }
    }

    /// A fault of ours stopped the comparison: the try does not count.
    pub(crate) fn give_back(self) {
        self.slot.give_back();
    }

    /// A live factor was proved: the challenge is used up, the failures are
    /// forgotten.
    pub(crate) fn succeed(self, factor: ProvedFactor) -> (SecondFactorProof, AttemptWrites) {
        let (challenge, slot, proof) = self.prove(factor);
        let limits = slot.succeed();
        (proof, AttemptWrites { challenge, limits })
    }

    /// A new factor was proved: the challenge is used up. The failures stay, as
    /// they are about other factors.
    pub(crate) fn enroll(self, factor: ProvedFactor) -> (SecondFactorProof, AttemptWrites) {
        let (challenge, slot, proof) = self.prove(factor);
        slot.give_back();
        let limits = vec![];
        (proof, AttemptWrites { challenge, limits })
    }

    fn prove(self, factor: ProvedFactor) -> (ChallengeWrite, SecondFactorSlot, SecondFactorProof) {
        let challenge = match self.tries {
            None => ChallengeWrite::Keep,
            Some(_) => ChallengeWrite::Delete,
        };
        let methods = factor.authentication_methods(&self.first);
        let proof = SecondFactorProof {
            user_id: self.user_id,
            provider: self.provider,
            session_id: self.session_id,
            needs_session: self.needs_session,
            proof: Authenticated::by_all(methods),
        };
        (challenge, self.slot, proof)
    }
}

impl AttemptPurpose {
    /// What a client is told whose challenge cannot be answered any more.
    fn invalid_verifier(self) -> Refusal {
        match self {
            AttemptPurpose::Enroll | AttemptPurpose::Verify(SecondFactorMethod::Totp) => {
                ErrorCode::TotpInvalidVerifier.into()
            }
            AttemptPurpose::Verify(_) => ErrorCode::InvalidVerifier.into(),
        }
    }

    /// What a client is told who tries what does not count here.
    fn not_enrolled(self) -> Refusal {
        match self {
            AttemptPurpose::Verify(SecondFactorMethod::Totp) => ErrorCode::TotpNoEnrollment.into(),
            AttemptPurpose::Enroll | AttemptPurpose::Verify(_) => {
                ErrorCode::SecondFactorNotEnrolled.into()
            }
        }
    }
}

/// Whose factor is tried, and what was proved before.
struct Subject {
    user_id: String,
    provider: String,
    session_id: Option<String>,
    needs_session: bool,
    first: Vec<AuthenticationMethod>,
    tries: Option<u32>,
}

impl Subject {
    fn read(request: &AttemptRequest<'_>) -> Result<Self, RefusedAttempt> {
        let purpose = request.purpose;
        match (request.context, purpose) {
            (AttemptContext::Challenge { challenge }, _) => {
                Self::of_challenge(challenge.as_ref(), request)
            }
            (AttemptContext::StepUp { session, factors }, AttemptPurpose::Verify(method)) => {
                let subject = Self::of_session(session, request)?;
                if can_step_up(&factors.enrolled(), method) {
                    Ok(subject)
                } else {
                    Err(RefusedAttempt {
                        refusal: purpose.not_enrolled(),
                        challenge: ChallengeWrite::Keep,
                        user_id: Some(subject.user_id),
                    })
                }
            }
            (AttemptContext::Enrollment { session }, AttemptPurpose::Enroll) => {
                Self::of_session(session, request)
            }
            (AttemptContext::StepUp { .. } | AttemptContext::Enrollment { .. }, _) => {
                Err(RefusedAttempt {
                    refusal: purpose.not_enrolled(),
                    challenge: ChallengeWrite::Keep,
                    user_id: None,
                })
            }
        }
    }

    fn of_challenge(
        challenge: Option<&SecondFactorChallengeRow>,
        request: &AttemptRequest<'_>,
    ) -> Result<Self, RefusedAttempt> {
        let purpose = request.purpose;
        let Some(challenge) = challenge else {
            return Err(RefusedAttempt {
                refusal: purpose.invalid_verifier(),
                challenge: ChallengeWrite::Keep,
                user_id: None,
            });
        };
        let refused = |refusal, write| RefusedAttempt {
            refusal,
            challenge: write,
            user_id: Some(challenge.user_id.clone()),
        };
        // Written so that a time that is no number is over.
        let is_live = request.now < challenge.expiration_time;
        if !is_live {
            return Err(refused(purpose.invalid_verifier(), ChallengeWrite::Delete));
        }
        let is_allowed = match purpose {
            AttemptPurpose::Verify(method) => challenge.methods.contains(&method),
            AttemptPurpose::Enroll => false,
        };
        if !is_allowed {
            return Err(refused(purpose.not_enrolled(), ChallengeWrite::Keep));
        }
        Ok(Subject {
            user_id: challenge.user_id.clone(),
            provider: challenge.provider.clone(),
            session_id: challenge.session_id.clone(),
            needs_session: challenge.is_step_up,
            first: challenge.authentication_methods.clone(),
            tries: Some(challenge.tries),
        })
    }

    fn of_session(
        session: &SessionRow,
        request: &AttemptRequest<'_>,
    ) -> Result<Self, RefusedAttempt> {
        if session.is_live(request.now) {
            Ok(Subject {
                user_id: session.user_id.clone(),
                provider: session.provider.clone(),
                session_id: Some(session.id.clone()),
                needs_session: true,
                first: session.authentication_methods.clone(),
                tries: None,
            })
        } else {
            Err(RefusedAttempt {
                refusal: ErrorCode::NotSignedIn.into(),
                challenge: ChallengeWrite::Keep,
                user_id: None,
            })
        }
    }
}

/// Whether a user with these factors can step up by `method`.
fn can_step_up(enrolled: &[EnrolledFactor], method: SecondFactorMethod) -> bool {
    // Whether recovery codes are left is seen when one is compared.
    needs(enrolled, 1).contains(&method)
}
