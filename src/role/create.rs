//! Making a role.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::audit::AuditEvent;
use crate::group::{GroupCounts, GroupRow, GroupsConfig};
use crate::origin::Origin;
use crate::permission::{CustomRoleRow, StandingRows, Statement};
use crate::refusal::Refusal;
use crate::time::UnixMillis;

/// A role to make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RoleCreateCall {
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
    /// What the organization has.
    pub counts: GroupCounts,
    /// The name.
    pub role: String,
    /// What it is for.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What it allows.
    pub permissions: Vec<Statement>,
    /// Whether the organization has a role with the prepared name.
    pub exists: bool,
}

/// A role to store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewRole {
    /// The name.
    pub role: String,
    /// What it is for.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What it allows, each resource and action once.
    pub permissions: Vec<Statement>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum RoleCreation {
    /// It is made.
    Done {
        /// The role to store.
        role: NewRole,
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

/// Decides whether a role is made: never with more than who makes it holds.
pub fn create(call: RoleCreateCall) -> RoleCreation {
    todo!()
}
