//! A role that an organization has made, as it is stored.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::statement::Statement;

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
