//! Removing an address for codes.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::origin::Origin;
use crate::refusal::ErrorCode;
use crate::second_factor::{FactorAuthority, FactorRemoval, SecondFactors, removal};
use crate::time::UnixMillis;
use crate::totp::{FactorRemovalDecision, removal_decision};

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
        return FactorRemovalDecision::Refused {
            refusal: ErrorCode::CodeFactorNotFound.into(),
            audit: vec![],
        };
    };
    let mut after = call.factors.clone();
    after.codes.retain(|other| other.id != row.id);
    let decided = if row.is_live() {
        removal(
            &call.authority,
            &row.user_id,
            &call.factors,
            &after,
            call.now,
        )
    } else {
        Ok(FactorRemoval::default())
    };
    removal_decision(decided, &row.user_id, &call.origin)
}
