//! Removing an address for codes.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::origin::Origin;
use crate::refusal::ErrorCode;
use crate::second_factor::{
    FactorAuthority, FactorRemovalDecision, RemovalCall, SecondFactors, remove_factor,
};
use crate::time::UnixMillis;

/// An address to remove.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CodeFactorRemoveCall {
    /// The time.
    pub now: UnixMillis,
    /// The id of the address.
    pub code_factor_id: String,
    /// The factors of the user whose address it is. Without addresses when there
    /// is no such one.
    pub factors: SecondFactors,
    /// Who asks.
    pub authority: FactorAuthority,
    /// Where the request came from.
    pub origin: Origin,
}

/// Decides whether an address is removed. One that waits for its first code
/// protects nothing, and goes at its owner's word.
pub fn remove(call: &CodeFactorRemoveCall) -> FactorRemovalDecision {
    let found = call
        .factors
        .codes
        .iter()
        .find(|row| row.id == call.code_factor_id);
    // Nobody learns whose address it is.
    let Some(row) = found.filter(|row| {
        let owner = call.authority.check_owner(&row.user_id, call.now);
        owner.is_ok()
    }) else {
        return FactorRemovalDecision::not_found(ErrorCode::CodeFactorNotFound);
    };
    let mut after = call.factors.clone();
    after.codes.retain(|other| other.id != row.id);
    remove_factor(
        &RemovalCall {
            now: call.now,
            authority: &call.authority,
            origin: &call.origin,
            before: &call.factors,
            after: &after,
        },
        &row.user_id,
        row.is_live(),
    )
}
