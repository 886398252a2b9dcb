//! The resources and roles that an app defines.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::statement::Statement;

/// A role that the app defines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RoleDefinition {
    /// Its name.
    pub role: String,
    /// All that it allows.
    pub permissions: Vec<Statement>,
}

/// What an app defines with `definePermissions`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PermissionConfig {
    /// The app's resources with all their actions.
    pub resources: Vec<Statement>,
    /// The app's roles. One of a built-in name takes the place of the built-in
    /// role.
    pub roles: Vec<RoleDefinition>,
}
