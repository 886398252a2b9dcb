//! Changing and moving a group.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::GroupsConfig;
use super::fields::{GroupFields, GroupTag};
use super::height::{ChildHeights, HeightWrite};
use super::row::{GroupCounts, GroupRow};
use super::settings::GroupSettings;
use crate::audit::AuditEvent;
use crate::origin::Origin;
use crate::permission::StandingRows;
use crate::refusal::Refusal;
use crate::time::UnixMillis;

/// A change to a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct GroupUpdateCall {
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
    /// What changes, prepared.
    pub fields: GroupFields,
    /// What the organization settles anew; what is missing stays.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<GroupSettings>,
    /// Whether the group above changes.
    pub moves: bool,
    /// Whether the group gets a new group above, and does not become a root.
    pub has_new_parent: bool,
    /// The new group above and those above it; empty if there is none.
    pub new_lineage: Vec<GroupRow>,
    /// What the new group above has.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_parent_counts: Option<GroupCounts>,
    /// Who moves it, with the standing in the new group above.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_in_new_parent: Option<StandingRows>,
    /// The highest groups right below each group above, the old and the new.
    pub children: Vec<ChildHeights>,
    /// Whether the group, as an organization, has roles of its own.
    pub has_roles: bool,
    /// Whether another group beside it, after a move, has or had the slug.
    pub slug_taken: bool,
}

/// What to store of a changed group. A missing field stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct GroupPatch {
    /// The name.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The name in addresses; empty to take it away.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// What kind of group it is; empty to take it away.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(rename = "type")]
    pub group_type: Option<String>,
    /// Labels.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<GroupTag>>,
    /// All that the organization has settled.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<GroupSettings>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum GroupUpdate {
    /// It is changed.
    Done {
        /// What to store.
        patch: GroupPatch,
        /// Whether the group above changes.
        moves: bool,
        /// Groups that are higher or lower now.
        heights: Vec<HeightWrite>,
        /// By how many the teams below the old group above change.
        old_parent_teams: i32,
        /// By how many the teams below the new group above change.
        new_parent_teams: i32,
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

/// Decides whether a group is changed or moved.
pub fn update(call: GroupUpdateCall) -> GroupUpdate {
    todo!()
}
