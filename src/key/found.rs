//! A key with the rows that it depends on.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::row::ApiKeyRow;
use crate::permission::StandingRows;
use crate::tree::GroupRow;
use crate::user::UserRow;

/// A key, and what it depends on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct FoundKey {
    /// The key.
    pub key: ApiKeyRow,
    /// The user who owns it, if a user does and is still there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserRow>,
    /// The group that owns it with those above; empty if it is gone.
    pub lineage: Vec<GroupRow>,
    /// Who made it, in that group; missing when the app did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator: Option<StandingRows>,
}
