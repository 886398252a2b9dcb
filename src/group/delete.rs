//! Deleting a group.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::GroupsConfig;
use super::height::{ChildHeights, HeightWrite};
use super::row::{GroupCounts, GroupRow};
use crate::audit::AuditEvent;
use crate::origin::Origin;
use crate::permission::StandingRows;
use crate::refusal::Refusal;
use crate::time::UnixMillis;

/// A group to delete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct GroupDeleteCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The group and those above it; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// What the group has.
    pub counts: GroupCounts,
    /// What the group above has.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_counts: Option<GroupCounts>,
    /// The highest groups right below each group above.
    pub children: Vec<ChildHeights>,
    /// Who deletes it; missing when the app does.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<StandingRows>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum GroupDeletion {
    /// It is deleted.
    Done {
        /// Since when it is invisible.
        deleted_time: UnixMillis,
        /// When its rows begin to be removed: now, or after the grace period.
        due_time: UnixMillis,
        /// Groups above that are lower now.
        heights: Vec<HeightWrite>,
        /// By how many the teams below the group above change.
        parent_teams: i32,
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

/// Decides whether a group is deleted, with all below.
pub fn delete(call: GroupDeleteCall) -> GroupDeletion {
    todo!()
}
