//! Second factors: who owes one, which ones count, how a try at one is made,
//! and what a session must have proved for a sensitive operation.

mod attempt;
mod authority;
mod challenge;
mod confirm;
mod method;
pub(crate) mod recovery_code;
mod removal;
mod requirement;
mod response;
pub(crate) mod sent_code;
mod standing;
mod step_up;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod totp;
pub(crate) mod trusted_device;
mod verify;
mod writes;

pub(crate) use attempt::{Attempt, AttemptPurpose, AttemptRequest};
pub use attempt::{AttemptContext, SecondFactorProof};
pub use authority::FactorAuthority;
pub use challenge::{
    ChallengeStart, ChallengeStartCall, PresentedChallenge, SecondFactorChallengeRow, SentCode,
    present, start,
};
pub(crate) use confirm::may_add;
pub use confirm::{ConfirmCall, FactorConfirmation};
pub(crate) use method::is_key_only;
pub use method::{EnrolledFactor, FirstFactor, ProvedFactor};
pub use removal::{FactorRemovalDecision, removal};
pub(crate) use removal::{RemovalCall, remove_factor};
pub use requirement::SecondFactorPolicy;
#[cfg(test)]
pub(crate) use response::SecondFactorResponse;
pub use standing::{Owed, SecondFactorConfig, SecondFactors, owed};
#[cfg(test)]
pub(crate) use step_up::MAX_AGE;
pub use step_up::{FreshSessionCall, check_fresh, needs as step_up_needs};
pub(crate) use verify::reseal;
pub use verify::{SecondFactorOutcome, SecondFactorSecrets, SecondFactorVerifyCall, verify};
#[cfg(test)]
pub(crate) use writes::ChallengeWrite;
pub use writes::SecondFactorWrites;
