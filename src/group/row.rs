//! A group as it is stored first.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::fields::GroupTag;
use crate::tree::GroupSettings;

/// A group to store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewGroup {
    /// The name.
    pub name: String,
    /// The name in addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// What kind of group it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(rename = "type")]
    pub group_type: Option<String>,
    /// Whether it is an organization.
    pub is_root: bool,
    /// Levels of groups below: none.
    pub height: u32,
    /// Labels.
    pub tags: Vec<GroupTag>,
    /// What the organization has settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<GroupSettings>,
    /// Who created it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_by_user_id: Option<String>,
}
