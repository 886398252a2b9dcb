//! Removing an authenticator app.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::origin::Origin;
use crate::refusal::ErrorCode;
use crate::second_factor::{
    FactorAuthority, FactorRemovalDecision, RemovalCall, SecondFactors, remove_factor,
};
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
        return FactorRemovalDecision::not_found(ErrorCode::TotpNotFound);
    };
    let mut after = call.factors.clone();
    after.totps.retain(|other| other.id != factor.id);
    remove_factor(
        &RemovalCall {
            now: call.now,
            authority: &call.authority,
            origin: &call.origin,
            before: &call.factors,
            after: &after,
        },
        &factor.user_id,
        factor.is_live(),
    )
}
