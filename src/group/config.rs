//! The app's settings for groups.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::bounds::Bounds;
use super::settings::EffectiveSettings;
use crate::permission::PermissionConfig;
use crate::tree::GroupRow;
use crate::tree::GroupSettings;
use crate::tree::Lineage;

/// The most groups that a user can own, whatever the app sets. A user who is
/// removed must not be the only owner of any of them, which is looked up in
/// one transaction.
pub const MAX_OWNED_GROUPS: u32 = 500;

/// How many groups a user may own, when the app does not say.
const DEFAULT_OWNED_GROUPS: f64 = 100.0;

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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<PermissionConfig>,
    /// Who may create organizations: everyone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creation: Option<GroupCreators>,
    /// The most groups a user may own: 100, at most 500.
    #[serde(
        default,
        deserialize_with = "crate::number::read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub groups_per_user: Option<f64>,
    /// Defaults for what organizations can settle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<GroupSettings>,
}

impl GroupsConfig {
    /// The resources and roles that the app defines.
    pub fn permissions(&self) -> Option<&PermissionConfig> {
        self.permissions.as_ref()
    }

    /// What holds for a group, all defaults filled in. `lineage` is the group
    /// with those above it, nearest first; its organization has settled it.
    pub fn settings_of(&self, lineage: &[GroupRow]) -> EffectiveSettings {
        let stored = Lineage::of(lineage)
            .root()
            .and_then(|root| root.settings.clone())
            .unwrap_or_default();
        self.settings_with(&stored)
    }

    /// What holds for an organization that has settled this.
    pub(super) fn settings_with(&self, stored: &GroupSettings) -> EffectiveSettings {
        let defaults = self.settings.clone().unwrap_or_default();
        EffectiveSettings::resolve(stored, &defaults)
    }

    /// The most groups that a user may own and still create another: 100 by
    /// default, at most [`MAX_OWNED_GROUPS`].
    pub fn groups_per_user(&self) -> u32 {
        let bounds = Bounds {
            least: 0.0,
            most: f64::from(MAX_OWNED_GROUPS),
        };
        bounds.resolve_count([self.groups_per_user, None], DEFAULT_OWNED_GROUPS)
    }

    /// Who may create organizations.
    pub(super) fn creators(&self) -> GroupCreators {
        self.creation.unwrap_or(GroupCreators::Everyone)
    }
}
