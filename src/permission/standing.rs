//! What is known of a user in a group and the groups above.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::statement::Statement;
use crate::member::MembershipRow;
use crate::user::UserRow;

/// The columns of a row of the table `GroupRole` that decisions need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CustomRoleRow {
    /// The document's id.
    #[serde(rename = "_id")]
    pub id: String,
    /// The organization that made the role.
    pub group_id: String,
    /// The role's name.
    pub role: String,
    /// What it allows.
    pub permissions: Vec<Statement>,
}

/// What was read of a user for a group and the groups above it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct StandingRows {
    /// Of whom.
    pub user_id: String,
    /// The user, if there is one.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRow>,
    /// The user's memberships in the group and in those above.
    pub memberships: Vec<MembershipRow>,
    /// The roles that the memberships name by id.
    pub custom_roles: Vec<CustomRoleRow>,
}
