//! Deleting a role.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::audit::AuditEvent;
use crate::group::{GroupRow, GroupsConfig};
use crate::origin::Origin;
use crate::permission::{CustomRoleRow, StandingRows};
use crate::refusal::Refusal;
use crate::time::UnixMillis;

/// A role to delete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RoleDeleteCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The organization, alone; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// Who does it; missing when the app does.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<StandingRows>,
    /// The role, if there is one.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<CustomRoleRow>,
    /// Whether a member has it.
    pub is_assigned: bool,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum RoleDeletion {
    /// It is deleted.
    Done {
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

/// Decides whether a role is deleted: not while somebody has it.
pub fn delete(call: RoleDeleteCall) -> RoleDeletion {
    todo!()
}
