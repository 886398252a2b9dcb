//! Removing a member.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::row::MembershipRow;
use crate::audit::AuditEvent;
use crate::group::{GroupRow, GroupsConfig};
use crate::origin::Origin;
use crate::permission::{CustomRoleRow, StandingRows};
use crate::refusal::Refusal;
use crate::time::UnixMillis;

/// Where another membership of the user is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct MembershipPlace {
    /// The membership.
    pub membership_id: String,
    /// Its group and those above it.
    pub lineage_ids: Vec<String>,
}

/// A member to remove.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct MemberRemoveCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The group and those above it; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// Who removes; missing when the app does.
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
    /// The user's other memberships, when the group is an organization.
    pub places: Vec<MembershipPlace>,
    /// Whether these are all of them.
    pub places_complete: bool,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum MemberRemoval {
    /// The user is no longer a member.
    Done {
        /// The memberships to delete, in the group and in those below.
        memberships: Vec<String>,
        /// If there are more of them than were read: when the removal began. The
        /// membership itself stays with this time until the job has deleted them.
        #[tsify(optional)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        removed_time: Option<UnixMillis>,
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

/// Decides whether a user leaves a group, alone or by another's hand. Who leaves
/// an organization leaves all groups below it.
pub fn remove(call: MemberRemoveCall) -> MemberRemoval {
    todo!()
}
