//! Changing a membership.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::row::{MembershipRow, NewMembership};
use crate::audit::AuditEvent;
use crate::group::{GroupRow, GroupsConfig};
use crate::origin::Origin;
use crate::permission::{CustomRoleRow, StandingRows};
use crate::refusal::Refusal;
use crate::time::UnixMillis;

/// A change to a membership.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct MemberUpdateCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The group and those above it; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// Who changes it; missing when the app does.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<StandingRows>,
    /// The membership, if there is one.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub membership: Option<MembershipRow>,
    /// The roles that the membership names by id.
    pub membership_roles: Vec<CustomRoleRow>,
    /// Whether another member owns the group.
    pub has_other_owner: bool,
    /// How many groups the user owns, counted up to one more than the limit.
    pub owned_groups: u32,
    /// The new roles, if they change.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    /// The organization's own roles of these names.
    pub custom_roles: Vec<CustomRoleRow>,
    /// The new status, if it changes.
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
pub enum MemberUpdate {
    /// It is changed.
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

/// Decides whether a membership gets other roles or another status.
pub fn update(call: MemberUpdateCall) -> MemberUpdate {
    todo!()
}
