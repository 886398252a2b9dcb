//! Removing a second factor of any kind.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::authority::FactorAuthority;
use super::requirement::SecondFactorPolicy;
use super::standing::SecondFactors;
use crate::audit::{AuditEvent, AuditEventName};
use crate::origin::Origin;
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

/// The decision about a factor that is to be removed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum FactorRemovalDecision {
    /// The row is deleted.
    Done {
        /// What goes with it.
        removal: FactorRemoval,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
}

impl FactorRemovalDecision {
    /// There is no such factor, or it is somebody else's, which nobody learns.
    pub(crate) fn not_found(code: ErrorCode) -> Self {
        FactorRemovalDecision::Refused {
            refusal: code.into(),
            audit: vec![],
        }
    }

    /// The decision with what is recorded of it.
    pub(crate) fn of(
        decided: Result<FactorRemoval, Refusal>,
        event: AuditEventName,
        user_id: &str,
        origin: &Origin,
    ) -> Self {
        match decided {
            Ok(removal) => FactorRemovalDecision::Done {
                removal,
                audit: vec![AuditEvent::success(event, origin).of_user(Some(user_id))],
            },
            Err(refusal) => FactorRemovalDecision::Refused {
                audit: vec![
                    AuditEvent::refused(event, refusal.code, origin).of_user(Some(user_id)),
                ],
                refusal,
            },
        }
    }
}

/// Who removes a factor from which place.
pub(crate) struct RemovalCall<'a> {
    pub(crate) now: UnixMillis,
    pub(crate) authority: &'a FactorAuthority,
    pub(crate) origin: &'a Origin,
    /// What the user has.
    pub(crate) before: &'a SecondFactors,
    /// What is left.
    pub(crate) after: &'a SecondFactors,
}

/// Decides whether an authenticator app or an address of `user_id` is removed.
/// One that waits for its first code protects nothing, and goes at its owner's
/// word.
pub(crate) fn remove_factor(
    call: &RemovalCall<'_>,
    user_id: &str,
    is_live: bool,
) -> FactorRemovalDecision {
    let decided = if is_live {
        removal(call.authority, user_id, call.before, call.after, call.now)
    } else {
        Ok(FactorRemoval::default())
    };
    let event = AuditEventName::SecondFactorRemoved;
    FactorRemovalDecision::of(decided, event, user_id, call.origin)
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
