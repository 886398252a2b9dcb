//! Tests of the way from a group up to its organization.

use proptest::prelude::*;

use super::*;
use crate::group::{Ancestors, AncestorsCall, ancestors};
use crate::permission::tests::rows::{group, line};

/// The rows that the component reads: upward, 33 at most.
fn read(parents: &[Option<usize>], start: usize) -> Vec<GroupRow> {
    let mut rows = Vec::new();
    let mut next = Some(start);
    while let (Some(number), true) = (next, rows.len() < 33) {
        let parent = parents.get(number).copied().flatten();
        rows.push(group(number, parent));
        next = parent;
    }
    rows
}

/// The ids on the way up, and whether it ends in a circle or at the depth.
fn walk(parents: &[Option<usize>], start: usize, depth: usize) -> (Vec<String>, bool, bool) {
    let mut passed = vec![start];
    loop {
        let last = passed.last().copied().unwrap_or(start);
        match parents.get(last).copied().flatten() {
            None => return (ids(&passed), false, false),
            Some(_) if passed.len() > depth => return (ids(&passed), false, true),
            Some(parent) if passed.contains(&parent) => return (ids(&passed), true, false),
            Some(parent) => passed.push(parent),
        }
    }
}

fn ids(groups: &[usize]) -> Vec<String> {
    groups.iter().map(|number| format!("g{number}")).collect()
}

fn some_parents() -> impl Strategy<Value = Vec<Option<usize>>> {
    let any_parents = (1_usize..12).prop_flat_map(|groups| {
        prop::collection::vec(prop::option::weighted(0.8, 0..groups), groups)
    });
    // Long ways up, to an organization or back into the way.
    let long = (2_usize..40, prop::option::of(0_usize..40)).prop_map(|(groups, last)| {
        (1..=groups)
            .map(|parent| match last {
                _ if parent < groups => Some(parent),
                Some(last) => Some(last % groups),
                None => None,
            })
            .collect()
    });
    prop_oneof![any_parents, long]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Over trees and over tables in which groups are above themselves.
    #[test]
    fn the_way_up_is_what_the_model_walks(
        parents in some_parents(),
        depth in prop::option::of(0_u8..40),
        include_self in any::<bool>(),
    ) {
        let (mut expected, cycle_detected, max_depth_reached) =
            walk(&parents, 0, depth.map_or(32, |depth| usize::from(depth.min(32))));
        if !include_self {
            expected.remove(0);
        }
        let found = ancestors(AncestorsCall {
            lineage: read(&parents, 0),
            max_depth: depth.map(f64::from),
            include_self: Some(include_self),
        });
        prop_assert_eq!(found, Ancestors { ancestor_ids: expected, cycle_detected, max_depth_reached });
    }

    /// The organization is known when the whole way to it is, and only then.
    #[test]
    fn the_organization_is_at_the_end_of_the_way(parents in some_parents()) {
        let rows = read(&parents, 0);
        let (passed, cycle, cut) = walk(&parents, 0, 32);
        let root = Lineage::of(&rows).root().map(|root| root.id.clone());
        let expected = if cycle || cut { None } else { passed.last().cloned() };
        prop_assert_eq!(root, expected);
    }

    /// Any number from JavaScript is a number of levels between none and 32.
    #[test]
    fn any_depth_is_bounded(depth in prop_oneof![any::<f64>(), -3.0..40.0]) {
        let rows = line(40);
        let groups = Lineage::within(&rows, Some(depth)).groups().len();
        prop_assert!((1..=33).contains(&groups));
        if (0.0..=32.0).contains(&depth) {
            prop_assert_eq!(f64::from(u32::try_from(groups).unwrap_or(0)), depth.floor() + 1.0);
        }
    }
}

#[test]
fn odd_depths_mean_what_a_reader_expects() {
    let rows = line(40);
    for (depth, groups) in [
        (None, 33),
        (Some(f64::INFINITY), 33),
        (Some(1e9), 33),
        (Some(2.99), 3),
        (Some(0.5), 1),
        (Some(0.0), 1),
        (Some(-0.0), 1),
        (Some(-3.0), 1),
        (Some(f64::NEG_INFINITY), 1),
        (Some(f64::NAN), 1),
    ] {
        let lineage = Lineage::within(&rows, depth);
        assert_eq!(lineage.groups().len(), groups, "{depth:?}");
        assert!(lineage.is_cut());
    }
}

#[test]
fn a_row_that_was_not_read_ends_the_way() {
    let rows = [group(0, Some(1)), group(2, None)];
    let lineage = Lineage::of(&rows);
    assert_eq!(lineage.groups().len(), 1);
    assert!(lineage.root().is_none() && !lineage.is_cycle() && !lineage.is_cut());
}

#[test]
fn there_is_nothing_above_no_group() {
    let nothing = Ancestors {
        ancestor_ids: vec![],
        cycle_detected: false,
        max_depth_reached: false,
    };
    let call = AncestorsCall {
        lineage: vec![],
        max_depth: None,
        include_self: Some(true),
    };
    assert_eq!(ancestors(call), nothing);
}
