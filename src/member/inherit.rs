//! Which membership counts for a user in a group.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::permission::{RoleName, StandingRows};
use crate::time::UnixMillis;
use crate::tree::MembershipRow;
use crate::tree::{GroupRow, Lineage};

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
    /// If present, only memberships with one of these roles match; with none in
    /// the list, no membership does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    /// How many levels above the group to look at: 32 by default and at most. A
    /// fraction is rounded down, and what is negative or no number is zero.
    #[serde(
        default,
        deserialize_with = "crate::number::read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub max_depth: Option<f64>,
}

/// The direct membership, or else the nearest one above.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Inheritance {
    /// The group of the membership.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched_group_id: Option<String>,
    /// The membership.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub membership_id: Option<String>,
    /// How many levels above the group it was found, zero for the group itself.
    #[serde(skip_serializing_if = "Option::is_none")]
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

/// Finds the membership that counts for a user in a group: the direct one, or
/// else the nearest above. How far it looks does not change what counts: what
/// bars a membership does so from any level.
pub fn inherit(call: MemberInheritCall) -> Inheritance {
    let path = Lineage::within(&call.lineage, call.max_depth);
    let roles = call.roles.as_deref().map(normalize_all);
    let counting = call.standing.counting(call.now, &call.lineage);
    let matched = counting
        .memberships
        .iter()
        .filter(|(level, _)| *level < path.groups().len())
        .find(|(_, membership)| has_one_of(membership, roles.as_deref()));
    let found = matched.filter(|_| counting.block.is_none());
    let depth = found.and_then(|(level, _)| u32::try_from(*level).ok());
    // Who finds a membership looks no further.
    let looked_at = found.map_or(path.groups().len(), |(level, _)| level.saturating_add(1));
    Inheritance {
        matched_group_id: found.map(|(_, membership)| membership.group_id.clone()),
        membership_id: found.map(|(_, membership)| membership.id.clone()),
        depth,
        is_direct: depth == Some(0),
        is_inherited: depth.is_some_and(|depth| depth > 0),
        traversed_group_ids: path
            .groups()
            .iter()
            .take(looked_at)
            .map(|group| group.id.clone())
            .collect(),
        cycle_detected: found.is_none() && path.is_cycle(),
        max_depth_reached: found.is_none() && path.is_cut(),
        second_factor_required: matched.is_some() && found.is_none(),
    }
}

/// The names as they are stored. What is no name of a role is nobody's role.
fn normalize_all(names: &[String]) -> Vec<RoleName> {
    names
        .iter()
        .filter_map(|name| RoleName::normalize(name).ok())
        .collect()
}

fn has_one_of(membership: &MembershipRow, roles: Option<&[RoleName]>) -> bool {
    roles.is_none_or(|roles| {
        roles
            .iter()
            .any(|wanted| membership.roles.iter().any(|role| role == wanted.as_str()))
    })
}

#[cfg(test)]
#[path = "inherit_tests.rs"]
mod tests;
