//! Removing an authenticator app.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::audit::{AuditEvent, AuditEventName};
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::{FactorAuthority, FactorRemoval, SecondFactors, removal};
use crate::time::UnixMillis;

/// An app to remove.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TotpRemoveCall {
    /// The time.
    pub now: UnixMillis,
    /// The id of the app.
    pub totp_id: String,
    /// The factors of the user whose app it is. Without apps when there is no
    /// such one.
    pub factors: SecondFactors,
    /// Who asks.
    pub authority: FactorAuthority,
    /// Where the request came from.
    pub origin: Origin,
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

/// Decides whether an authenticator app is removed. One that waits for its first
/// code protects nothing, and goes at its owner's word.
pub fn remove(call: &TotpRemoveCall) -> FactorRemovalDecision {
    let found = call
        .factors
        .totps
        .iter()
        .find(|factor| factor.id == call.totp_id);
    // Nobody learns whose app it is.
    let Some(factor) = found.filter(|factor| {
        let owner = call.authority.check_owner(&factor.user_id, call.now);
        owner.is_ok()
    }) else {
        return FactorRemovalDecision::Refused {
            refusal: ErrorCode::TotpNotFound.into(),
            audit: vec![],
        };
    };
    let mut after = call.factors.clone();
    after.totps.retain(|other| other.id != factor.id);
    let decided = if factor.is_live() {
        removal(
            &call.authority,
            &factor.user_id,
            &call.factors,
            &after,
            call.now,
        )
    } else {
        Ok(FactorRemoval::default())
    };
    decision(decided, &factor.user_id, &call.origin)
}

/// The decision with what is recorded of it.
pub(crate) fn decision(
    decided: Result<FactorRemoval, Refusal>,
    user_id: &str,
    origin: &Origin,
) -> FactorRemovalDecision {
    let event = AuditEventName::SecondFactorRemoved;
    match decided {
        Ok(removal) => FactorRemovalDecision::Done {
            removal,
            audit: vec![AuditEvent::success(event, origin).of_user(Some(user_id))],
        },
        Err(refusal) => FactorRemovalDecision::Refused {
            audit: vec![AuditEvent::refused(event, refusal.code, origin).of_user(Some(user_id))],
            refusal,
        },
    }
}
