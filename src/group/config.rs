//! The app's settings for groups.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::settings::GroupSettings;
use crate::permission::PermissionConfig;

/// Who may create organizations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum GroupCreators {
    /// Every user.
    Everyone,
    /// Users who have proved an e-mail address or a telephone number.
    Verified,
    /// Nobody but the app itself.
    Nobody,
}

/// The app's settings for groups.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct GroupsConfig {
    /// The resources and roles that the app defines. Without them, roles of any
    /// name can be given, and those that are not built in allow nothing.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions: Option<PermissionConfig>,
    /// Who may create organizations: everyone.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creation: Option<GroupCreators>,
    /// The most groups a user may own: 100, at most 500.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups_per_user: Option<f64>,
    /// Defaults for what organizations can settle.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<GroupSettings>,
}
