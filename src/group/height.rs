//! How many levels of groups are below a group, so that a move cannot make the
//! tree too deep.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// A group right below another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ChildHeight {
    /// The group.
    pub group_id: String,
    /// Levels below it.
    pub height: u32,
}

/// The two highest of the groups right below another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ChildHeights {
    /// The group above.
    pub group_id: String,
    /// The two highest, the highest first.
    pub highest: Vec<ChildHeight>,
}

/// A height to store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct HeightWrite {
    /// Of which group.
    pub group_id: String,
    /// The height.
    pub height: u32,
}
