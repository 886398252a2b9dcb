//! Tests of which membership counts for a user.

use proptest::prelude::*;

use super::*;
use crate::permission::tests::model::{Case, some_case, some_roles};
use crate::permission::tests::rows::{
    NOW, group, line, membership, standing_rows, strings, with_second_factor,
};

fn ask(case: &Case, roles: Option<Vec<String>>, max_depth: Option<f64>) -> Inheritance {
    inherit(MemberInheritCall {
        now: NOW,
        lineage: case.lineage(),
        standing: case.rows(),
        roles,
        max_depth,
    })
}

/// The nearest level with a membership that would count and has a role.
fn nearest(case: &Case, roles: Option<&[&str]>, depth: usize) -> Option<usize> {
    for (level, seat) in case.seats.iter().enumerate() {
        let matches = seat.as_ref().is_some_and(|seat| match roles {
            None => true,
            Some(roles) => roles.iter().any(|role| seat.roles.contains(role)),
        });
        if level <= depth && matches && case.would_count(level) {
            return Some(level);
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// The direct membership, or else the nearest one above, with one of the
    /// roles if roles are asked for.
    #[test]
    fn what_is_inherited_is_what_the_model_finds(
        case in some_case(),
        roles in prop::option::of(some_roles()),
        depth in prop::option::of(0_u8..8),
    ) {
        let found = ask(
            &case,
            roles.as_deref().map(strings),
            depth.map(f64::from),
        );
        let depth = depth.map_or(32, usize::from);
        let would_match = nearest(&case, roles.as_deref(), depth);
        let matched = would_match.filter(|_| !case.lacks_second_factor());
        let levels = case.seats.len();
        let looked_at = matched.unwrap_or(depth.min(levels - 1)) + 1;
        prop_assert_eq!(found, Inheritance {
            matched_group_id: matched.map(|level| format!("g{level}")),
            membership_id: matched.map(|level| format!("m{level}")),
            depth: matched.and_then(|level| u32::try_from(level).ok()),
            is_direct: matched == Some(0),
            is_inherited: matched.is_some_and(|level| level > 0),
            traversed_group_ids: (0..looked_at).map(|level| format!("g{level}")).collect(),
            cycle_detected: false,
            max_depth_reached: matched.is_none() && depth < levels - 1,
            second_factor_required: would_match.is_some() && matched.is_none(),
        });
    }

    /// A membership is found exactly when a check finds one, whatever the depth
    /// at which it is.
    #[test]
    fn inheriting_and_checking_agree(case in some_case()) {
        let standing = case.rows().standing(NOW, None, &case.lineage());
        let found = ask(&case, None, None);
        prop_assert_eq!(found.membership_id.is_some(), standing.is_member());
        prop_assert_eq!(found.second_factor_required, standing.block().is_some());
    }

    /// A list without roles is not a missing list.
    #[test]
    fn no_role_matches_nobody(case in some_case()) {
        let found = ask(&case, Some(vec![]), None);
        prop_assert!(found.membership_id.is_none() && !found.second_factor_required);
    }

    /// Fewer roles, or less depth, never find what more would not.
    #[test]
    fn asking_more_narrowly_never_finds_more(
        case in some_case(),
        roles in some_roles(),
        depth in prop_oneof![any::<f64>(), -3.0..9.0],
    ) {
        if ask(&case, Some(strings(&roles)), Some(depth)).membership_id.is_some() {
            prop_assert!(ask(&case, None, Some(depth)).membership_id.is_some());
            prop_assert!(ask(&case, Some(strings(&roles)), None).membership_id.is_some());
        }
    }
}

#[test]
fn a_bar_holds_from_beyond_the_depth() {
    let mut removed = membership(2, &["member"]);
    removed.removed_time = Some(UnixMillis(1.0));
    let mut call = MemberInheritCall {
        now: NOW,
        lineage: line(3),
        standing: standing_rows(vec![membership(0, &["owner"]), removed]),
        roles: None,
        max_depth: Some(0.0),
    };
    assert_eq!(inherit(call.clone()).membership_id, None);
    call.standing.memberships.pop();
    assert_eq!(inherit(call.clone()).membership_id.as_deref(), Some("m0"));
    call.lineage = with_second_factor(call.lineage, true);
    let found = inherit(call);
    assert!(found.membership_id.is_none() && found.second_factor_required);
}

#[test]
fn a_nearer_membership_without_the_role_does_not_hide_one_above() {
    let found = inherit(MemberInheritCall {
        now: NOW,
        lineage: line(3),
        standing: standing_rows(vec![membership(0, &["member"]), membership(2, &["admin"])]),
        roles: Some(strings(&["ADMIN", "not a role"])),
        max_depth: None,
    });
    assert_eq!(found.matched_group_id.as_deref(), Some("g2"));
    assert!(found.is_inherited && !found.is_direct);
}

#[test]
fn groups_that_are_above_themselves_grant_nothing_and_are_told() {
    let found = inherit(MemberInheritCall {
        now: NOW,
        lineage: vec![group(0, Some(1)), group(1, Some(0)), group(0, Some(1))],
        standing: standing_rows(vec![membership(0, &["owner"])]),
        roles: None,
        max_depth: None,
    });
    assert_eq!(found.membership_id, None);
    assert_eq!(found.traversed_group_ids, strings(&["g0", "g1"]));
    assert!(found.cycle_detected && !found.max_depth_reached);
}

#[test]
fn a_group_that_there_is_not_has_no_members() {
    let found = inherit(MemberInheritCall {
        now: NOW,
        lineage: vec![],
        standing: standing_rows(vec![membership(0, &["owner"])]),
        roles: None,
        max_depth: None,
    });
    assert!(found.membership_id.is_none() && found.traversed_group_ids.is_empty());
}
