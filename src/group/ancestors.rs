//! The groups above a group.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::tree::GroupRow;
use crate::tree::Lineage;

/// A question for the groups above.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AncestorsCall {
    /// The group and those above it, nearest first; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// How many levels above the group to give: 32 by default and at most. A
    /// fraction is rounded down, and what is negative or no number is zero.
    #[serde(
        default,
        deserialize_with = "crate::number::read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub max_depth: Option<f64>,
    /// Whether the group itself comes first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_self: Option<bool>,
}

/// The groups above a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Ancestors {
    /// Their ids, nearest first.
    pub ancestor_ids: Vec<String>,
    /// Whether they lead back to one of them.
    pub cycle_detected: bool,
    /// Whether there are more above.
    pub max_depth_reached: bool,
}

/// Lists the groups above a group.
pub fn ancestors(call: AncestorsCall) -> Ancestors {
    let lineage = Lineage::within(&call.lineage, call.max_depth);
    let includes_self = call.include_self.unwrap_or(false);
    Ancestors {
        ancestor_ids: lineage
            .groups()
            .iter()
            .skip(usize::from(!includes_self))
            .map(|group| group.id.clone())
            .collect(),
        cycle_detected: lineage.is_cycle(),
        max_depth_reached: lineage.is_cut(),
    }
}
