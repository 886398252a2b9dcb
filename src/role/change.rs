//! Changing a role.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::audit::AuditEvent;
use crate::group::{GroupRow, GroupsConfig};
use crate::origin::Origin;
use crate::permission::{CustomRoleRow, StandingRows, Statement};
use crate::refusal::Refusal;
use crate::time::UnixMillis;

/// A change to a role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RoleUpdateCall {
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
    /// What it is for; empty to take it away.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What it allows from now on.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Vec<Statement>>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum RoleUpdate {
    /// It is changed.
    Done {
        /// What it is for; empty to take it away.
        #[tsify(optional)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        description: Option<String>,
        /// What it allows from now on.
        #[tsify(optional)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        permissions: Option<Vec<Statement>>,
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

/// Decides whether a role is changed: who changes it must hold what it allowed
/// and what it will allow.
pub fn update(call: RoleUpdateCall) -> RoleUpdate {
    todo!()
}
