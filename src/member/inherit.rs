//! Which membership counts for a user in a group.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::group::GroupRow;
use crate::permission::StandingRows;
use crate::time::UnixMillis;

/// A question for the membership that counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct MemberInheritCall {
    /// The time.
    pub now: UnixMillis,
    /// The group and those above it, nearest first; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// The user.
    pub standing: StandingRows,
    /// If present, only memberships with one of these roles match.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    /// How many levels above the group to look at: 32 by default and at most.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_depth: Option<f64>,
}

/// The direct membership, or else the nearest one above.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Inheritance {
    /// The group of the membership.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matched_group_id: Option<String>,
    /// The membership.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub membership_id: Option<String>,
    /// How many levels above the group it was found, zero for the group itself.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depth: Option<u32>,
    /// Whether it is a membership in the group itself.
    pub is_direct: bool,
    /// Whether it is one in a group above.
    pub is_inherited: bool,
    /// The groups that were looked at, nearest first.
    pub traversed_group_ids: Vec<String>,
    /// Whether the groups above lead back to one of them.
    pub cycle_detected: bool,
    /// Whether there are groups above that were not looked at.
    pub max_depth_reached: bool,
    /// Whether a membership does not count because the organization asks for a
    /// second factor and the user has none.
    pub second_factor_required: bool,
}

/// Finds the membership that counts for a user in a group.
pub fn inherit(call: MemberInheritCall) -> Inheritance {
    todo!()
}
