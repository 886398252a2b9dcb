//! Adding a member.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::row::{MembershipRow, NewMembership};
use crate::audit::AuditEvent;
use crate::group::{GroupCounts, GroupRow, GroupsConfig};
use crate::origin::Origin;
use crate::permission::{CustomRoleRow, StandingRows};
use crate::refusal::Refusal;
use crate::time::UnixMillis;

/// A member to add.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct MemberAddCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The group and those above it; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// What the group has already.
    pub counts: GroupCounts,
    /// Who adds; missing when the app does.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<StandingRows>,
    /// Who is added.
    pub user_id: String,
    /// Whether there is such a user.
    pub user_exists: bool,
    /// The user's membership in the group, if there is one.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub existing: Option<MembershipRow>,
    /// How many groups the user owns, counted up to one more than the limit.
    pub owned_groups: u32,
    /// The roles; `member` when missing.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    /// The organization's own roles of these names.
    pub custom_roles: Vec<CustomRoleRow>,
    /// The status; `active` when missing.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum MemberAddition {
    /// The user is a member.
    Done {
        /// The membership to store.
        membership: NewMembership,
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

/// Decides whether a user becomes a member of a group, and with which roles.
pub fn add(call: MemberAddCall) -> MemberAddition {
    todo!()
}
