//! The stored form of a membership.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::time::UnixMillis;

/// The columns of a row of the table `GroupMember` that decisions need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct MembershipRow {
    /// The document's id.
    #[serde(rename = "_id")]
    pub id: String,
    /// The group.
    pub group_id: String,
    /// Who belongs to it.
    pub user_id: String,
    /// The roles.
    pub roles: Vec<String>,
    /// Those of the roles that the organization has made itself.
    pub role_ids: Vec<String>,
    /// `active`, or any other word: then the membership grants nothing.
    pub status: String,
    /// Since when the user is being removed from the group and all below.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed_time: Option<UnixMillis>,
}

/// A membership to store, without the group and the user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewMembership {
    /// The first role.
    pub role: String,
    /// All roles, each once.
    pub roles: Vec<String>,
    /// Those of the roles that the organization has made itself.
    pub role_ids: Vec<String>,
    /// Whether the user owns the group: active, with the owner's role.
    pub is_owner: bool,
    /// The status.
    pub status: String,
}
