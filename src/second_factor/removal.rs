//! Removing a second factor of any kind.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::authority::FactorAuthority;
use super::requirement::SecondFactorPolicy;
use super::standing::SecondFactors;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;

/// What goes with a factor that is removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct FactorRemoval {
    /// Whether the user is asked for no second factor any more: the recovery
    /// codes go, too.
    pub ends_second_factor: bool,
    /// Whether the user has nothing left that groups count as a second factor.
    pub clears_second_factor_time: bool,
    /// Whether all trusted devices of the user are forgotten: what is removed
    /// may have gone with one of them.
    pub forgets_trusted_devices: bool,
}

/// Decides whether a live factor may be removed: `after` is what the user has
/// without it.
///
/// It needs a session that has just proved a second factor: what a factor
/// protects against cannot remove it. The last one stays while the policy asks
/// for one, unless the app's own server code removes it.
///
/// # Errors
/// `NOT_SIGNED_IN`, `STEP_UP_REQUIRED`, `LAST_SECOND_FACTOR`.
pub fn removal(
    authority: &FactorAuthority,
    user_id: &str,
    before: &SecondFactors,
    after: &SecondFactors,
    now: UnixMillis,
) -> Result<FactorRemoval, Refusal> {
    authority.check(user_id, before, now)?;
    let ends = after.enrolled().is_empty();
    let is_asked_for = before.policy() == SecondFactorPolicy::Required
        && *authority != FactorAuthority::Application;
    if ends && is_asked_for {
        return Err(ErrorCode::LastSecondFactor.into());
    }
    Ok(FactorRemoval {
        ends_second_factor: ends,
        clears_second_factor_time: !after.has_any(),
        forgets_trusted_devices: true,
    })
}
