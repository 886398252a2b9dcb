//! How many levels of groups are below a group, so that a move cannot make the
//! tree too deep.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::tree::GroupRow;

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

/// The heights that change above a place where a new group is put. `above` are
/// the groups above it, nearest first.
pub(super) fn after_creation(above: &[GroupRow]) -> Vec<HeightWrite> {
    let mut heights = Vec::new();
    raise(&mut heights, above, 0);
    heights
}

/// The heights that change above a group that goes away. `lineage` is the group
/// with those above it.
pub(super) fn after_deletion(lineage: &[GroupRow], children: &[ChildHeights]) -> Vec<HeightWrite> {
    lower(lineage, children)
}

/// The heights that change when a group goes from one place to another.
/// `lineage` is the group with those above it, and `above` are those above it
/// afterwards, nearest first; groups may be in both.
pub(super) fn after_move(
    lineage: &[GroupRow],
    above: &[GroupRow],
    children: &[ChildHeights],
) -> Vec<HeightWrite> {
    // The group is taken out first, and put back below what is left. Once the
    // heights without it are known, those with it need no look at other groups.
    let mut heights = lower(lineage, children);
    let height = lineage.first().map_or(0, |group| group.height);
    raise(&mut heights, above, height);
    heights.retain(|write| {
        !lineage
            .iter()
            .any(|group| group.id == write.group_id && group.height == write.height)
    });
    heights
}

/// The heights above the first group of `lineage` when it is taken out. The two
/// highest groups right below each are enough: one of them at most is on the
/// way up from the group.
fn lower(lineage: &[GroupRow], children: &[ChildHeights]) -> Vec<HeightWrite> {
    let mut heights = Vec::new();
    let mut groups = lineage.iter();
    let Some(leaving) = groups.next() else {
        return heights;
    };
    let mut changed = &leaving.id;
    let mut changed_height = None;
    for group in groups {
        // Without knowing what else is below, the height stays: too high is
        // safe, too low is not.
        let Some(below) = children.iter().find(|below| below.group_id == group.id) else {
            break;
        };
        let others = below
            .highest
            .iter()
            .filter(|child| child.group_id != *changed)
            .map(|child| child.height);
        let height = others
            .chain(changed_height)
            .max()
            .map_or(0, |highest| highest.saturating_add(1));
        if height == group.height {
            break;
        }
        heights.push(HeightWrite {
            group_id: group.id.clone(),
            height,
        });
        changed = &group.id;
        changed_height = Some(height);
    }
    heights
}

/// Raises the heights above a place where a group of this height is put. Where
/// `heights` has a height already, that one holds and not the stored one.
fn raise(heights: &mut Vec<HeightWrite>, above: &[GroupRow], height: u32) {
    let mut least = height;
    for group in above {
        least = least.saturating_add(1);
        let known = heights.iter_mut().find(|write| write.group_id == group.id);
        let present = known.as_ref().map_or(group.height, |write| write.height);
        if present >= least {
            break;
        }
        match known {
            Some(write) => write.height = least,
            None => heights.push(HeightWrite {
                group_id: group.id.clone(),
                height: least,
            }),
        }
    }
}
