//! Removing an authenticator app.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::enroll::live_factors;
use super::row::TotpFactorRow;
use crate::audit::{AuditEvent, AuditEventName};
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::{EnrolledFactor, FactorAuthority, SecondFactorPolicy};
use crate::time::UnixMillis;

/// An app to remove.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TotpRemoveCall {
    /// The time.
    pub now: UnixMillis,
    /// The id of the app.
    pub totp_id: String,
    /// The authenticator apps of the user whose app it is, live and pending.
    /// Empty when there is no such app.
    pub factors: Vec<TotpFactorRow>,
    /// The user's other live factors.
    pub other_factors: Vec<EnrolledFactor>,
    /// The policy of the app and the user's groups.
    pub policy: SecondFactorPolicy,
    /// Who asks.
    pub authority: FactorAuthority,
    /// Where the request came from.
    pub origin: Origin,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum TotpRemoval {
    /// The row is deleted.
    Done {
        /// Whether it was the user's last live factor: the recovery codes go
        /// with it, and the user has no second factor any more.
        ends_second_factor: bool,
        /// Whether all trusted devices of the user are forgotten.
        forgets_trusted_devices: bool,
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

/// Decides whether an authenticator app is removed.
///
/// A live one needs a session that has just proved a second factor: what the
/// factor protects against cannot remove it. The last one stays while the
/// policy asks for one, unless the app's own server code removes it.
pub fn remove(call: &TotpRemoveCall) -> TotpRemoval {
    let event = AuditEventName::SecondFactorRemoved;
    let factor = call.factors.iter().find(|factor| factor.id == call.totp_id);
    let Some(factor) = factor else {
        return TotpRemoval::Refused {
            refusal: ErrorCode::TotpNotFound.into(),
            audit: vec![],
        };
    };
    let user_id = Some(factor.user_id.as_str());
    let enrolled = live_factors(&call.factors, &factor.user_id, &call.other_factors);
    match check(call, factor, &enrolled) {
        Ok(()) => TotpRemoval::Done {
            ends_second_factor: factor.is_live() && enrolled.len() == 1,
            // An app that is removed may have gone with a device.
            forgets_trusted_devices: factor.is_live(),
            audit: vec![AuditEvent::success(event, &call.origin).of_user(user_id)],
        },
        Err(refusal) => TotpRemoval::Refused {
            audit: vec![AuditEvent::refused(event, refusal.code, &call.origin).of_user(user_id)],
            refusal,
        },
    }
}

fn check(
    call: &TotpRemoveCall,
    factor: &TotpFactorRow,
    enrolled: &[EnrolledFactor],
) -> Result<(), Refusal> {
    let is_owner = call.authority.check_owner(&factor.user_id, call.now);
    if is_owner.is_err() {
        // Nobody learns whose app it is.
        return Err(ErrorCode::TotpNotFound.into());
    }
    if !factor.is_live() {
        return Ok(());
    }
    call.authority.check(&factor.user_id, enrolled, call.now)?;
    let is_needed = call.policy == SecondFactorPolicy::Required
        && call.authority != FactorAuthority::Application;
    if is_needed && enrolled.len() == 1 {
        return Err(ErrorCode::LastSecondFactor.into());
    }
    Ok(())
}
