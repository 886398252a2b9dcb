//! Second factors: who owes one, which ones count, how a try at one is made,
//! and what a session must have proved for a sensitive operation.

mod attempt;
mod authority;
mod challenge;
mod confirm;
mod method;
mod removal;
mod requirement;
mod response;
mod standing;
mod step_up;
#[cfg(test)]
pub(crate) mod tests;
mod verify;

pub(crate) use attempt::{Attempt, AttemptPurpose, AttemptRequest};
pub use attempt::{AttemptContext, ChallengeWrite, SecondFactorProof};
pub use authority::FactorAuthority;
pub use challenge::{
    CHALLENGE_LIFETIME, ChallengeStart, ChallengeStartCall, PresentedChallenge,
    SecondFactorChallengeRow, SentCode, present, start,
};
pub(crate) use confirm::may_add;
pub use confirm::{ConfirmCall, FactorConfirmation};
pub(crate) use method::is_key_only;
pub use method::{EnrolledFactor, FirstFactor, ProvedFactor, SecondFactorMethod};
pub use removal::{FactorRemoval, FactorRemovalDecision, removal};
pub(crate) use removal::{RemovalCall, remove_factor};
pub use requirement::{Requirement, RequirementCall, SecondFactorPolicy, requirement};
pub use response::SecondFactorResponse;
pub use standing::{Owed, RecognizedDevice, SecondFactorConfig, SecondFactors, owed};
pub use step_up::{
    FreshSession, FreshSessionCall, FreshnessCall, MAX_AGE, check_fresh, fresh,
    needs as step_up_needs,
};
pub(crate) use verify::reseal;
pub use verify::{
    SecondFactorOutcome, SecondFactorSecrets, SecondFactorVerification, SecondFactorVerifyCall,
    SecondFactorWrites, verify,
};
