//! Second factors: who owes one, which ones count, how a try at one is made,
//! and what a session must have proved for a sensitive operation.

mod attempt;
mod authority;
mod challenge;
mod method;
mod requirement;
mod step_up;
#[cfg(test)]
pub(crate) mod tests;
mod verify;

pub(crate) use attempt::{Attempt, AttemptPurpose, AttemptRequest};
pub use attempt::{AttemptContext, ChallengeWrite, SecondFactorProof};
pub use authority::FactorAuthority;
pub use challenge::{
    CHALLENGE_LIFETIME, ChallengeStart, ChallengeStartCall, PresentedVerifier,
    SecondFactorChallengeRow, present, start,
};
pub use method::{EnrolledFactor, FirstFactor, ProvedFactor, SecondFactorMethod};
pub use requirement::{Requirement, RequirementCall, SecondFactorPolicy, requirement};
pub use step_up::{
    FreshSession, FreshnessCall, MAX_AGE, StepUp, StepUpNeed, fresh, needs as step_up_needs,
};
pub(crate) use verify::reseal;
pub use verify::{
    SecondFactorOutcome, SecondFactorResponse, SecondFactorSecrets, SecondFactorVerification,
    SecondFactorVerifyCall, SecondFactorWrites, verify,
};
