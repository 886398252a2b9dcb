//! The heights that change when groups come, go and move.

use super::super::*;
use super::forest::Forest;
use super::rows::{delete_call, line, move_call};
use crate::group::height::{ChildHeight, ChildHeights, HeightWrite};
use crate::refusal::ErrorCode;
use crate::tree::GroupRow;

/// The heights that are written, by group.
fn sorted(heights: Vec<HeightWrite>) -> Vec<(String, u32)> {
    let mut heights: Vec<(String, u32)> = heights
        .into_iter()
        .map(|write| (write.group_id, write.height))
        .collect();
    heights.sort();
    heights
}

fn pairs(heights: &[(&str, u32)]) -> Vec<(String, u32)> {
    let heights = heights.iter();
    heights
        .map(|(id, height)| ((*id).to_owned(), *height))
        .collect()
}

fn children(group: &str, highest: &[(&str, u32)]) -> ChildHeights {
    ChildHeights {
        group_id: group.to_owned(),
        highest: highest
            .iter()
            .map(|(id, height)| ChildHeight {
                group_id: (*id).to_owned(),
                height: *height,
            })
            .collect(),
    }
}

fn after_deletion(lineage: Vec<GroupRow>, children: Vec<ChildHeights>) -> Vec<(String, u32)> {
    match delete(GroupDeleteCall {
        children,
        ..delete_call(lineage)
    }) {
        GroupDeletion::Done { heights, .. } => sorted(heights),
        GroupDeletion::Refused { refusal, .. } => vec![(refusal.message, 0)],
    }
}

#[test]
fn a_deleted_group_lowers_what_is_above_as_far_as_nothing_else_is_as_high() {
    let lineage = || line(&["leaf", "mid", "root"]);
    let alone = vec![
        children("mid", &[("leaf", 0)]),
        children("root", &[("mid", 1)]),
    ];
    assert_eq!(
        after_deletion(lineage(), alone),
        pairs(&[("mid", 0), ("root", 1)])
    );
    let beside_mid = vec![
        children("mid", &[("leaf", 0)]),
        children("root", &[("other", 1), ("mid", 1)]),
    ];
    assert_eq!(after_deletion(lineage(), beside_mid), pairs(&[("mid", 0)]));
    let beside_leaf = vec![
        children("mid", &[("leaf", 0), ("twin", 0)]),
        children("root", &[("mid", 1)]),
    ];
    assert_eq!(after_deletion(lineage(), beside_leaf), pairs(&[]));
}

#[test]
fn a_height_is_too_high_rather_than_too_low_when_the_children_are_unknown() {
    let lineage = line(&["leaf", "mid", "root"]);
    assert_eq!(after_deletion(lineage, Vec::new()), pairs(&[]));
}

#[test]
fn heights_that_stay_are_not_written() {
    // From one branch of the same height to another below the same root.
    let mut left = line(&["leaf", "left", "root"]);
    let mut right = line(&["right", "root"]);
    for root in [left.last_mut(), right.last_mut()].into_iter().flatten() {
        root.height = 2;
    }
    let call = GroupUpdateCall {
        children: vec![
            children("left", &[("leaf", 0)]),
            children("root", &[("left", 1), ("right", 0)]),
        ],
        ..move_call(left, right)
    };
    let heights = match update(call) {
        GroupUpdate::Done { heights, .. } => sorted(heights),
        GroupUpdate::Refused { refusal, .. } => vec![(refusal.message, 0)],
    };
    assert_eq!(heights, pairs(&[("left", 0), ("right", 1)]));
}

#[test]
fn there_are_at_most_32_levels_above_a_group() {
    let mut forest = Forest::chain(33);
    assert_eq!(forest.groups.len(), 33);
    assert_eq!(forest.groups.get("000").map(|root| root.height), Some(32));
    let last = forest.create(Some("032"), false);
    assert_eq!(last, Err(ErrorCode::GroupTooDeep));
    assert!(forest.create(Some("031"), false).is_ok());
}

#[test]
fn a_moved_group_takes_its_height_along() {
    for (levels, outcome) in [(3, None), (4, Some(ErrorCode::GroupTooDeep))] {
        // The 30th group has 29 levels above it.
        let mut forest = Forest::chain(30);
        let mut parent = forest.create(None, false).ok();
        let branch = parent.clone().unwrap_or_default();
        for _ in 1..levels {
            parent = forest.create(parent.as_deref(), false).ok();
        }
        let before = forest.clone();
        let moved = forest.move_to(&branch, Some("029"));
        assert_eq!(moved.err(), outcome, "{levels}");
        assert_eq!(outcome.is_some(), before == forest);
    }
}

#[test]
fn no_number_of_levels_overflows() {
    let mut lineage = line(&["a"]);
    for group in &mut lineage {
        group.height = u32::MAX;
    }
    let call = move_call(lineage, line(&["b"]));
    let code = match update(call) {
        GroupUpdate::Done { .. } => None,
        GroupUpdate::Refused { refusal, .. } => Some(refusal.code),
    };
    assert_eq!(code, Some(ErrorCode::GroupTooDeep));
}
