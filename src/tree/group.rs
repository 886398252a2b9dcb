//! The stored form of a group.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::settings::GroupSettings;
use crate::time::UnixMillis;

/// The type of the groups that have limits of their own.
const TEAM: &str = "team";

/// The columns of a row of the table `Group` that decisions need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct GroupRow {
    /// The document's id.
    #[serde(rename = "_id")]
    pub id: String,
    /// The group above; missing for an organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_group_id: Option<String>,
    /// The name in addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// What kind of group it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(rename = "type")]
    pub group_type: Option<String>,
    /// Levels of groups below.
    pub height: u32,
    /// What the organization has settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<GroupSettings>,
    /// When it was deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_time: Option<UnixMillis>,
}

impl GroupRow {
    /// Whether the group has the limits of teams.
    pub fn is_team(&self) -> bool {
        is_team(self.group_type.as_deref())
    }
}

/// Whether groups of this type have the limits of teams.
pub(crate) fn is_team(group_type: Option<&str>) -> bool {
    group_type == Some(TEAM)
}

/// What a group has, in a row of the table `GroupCount`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct GroupCounts {
    /// Memberships.
    pub members: u32,
    /// Invitations that wait for an answer.
    pub pending_invites: u32,
    /// Groups of the type `team` right below.
    pub teams: u32,
    /// Roles of the organization's own.
    pub roles: u32,
}
