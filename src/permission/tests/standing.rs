//! Which memberships count.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::model::{Case, UNIVERSE, some_case};
use super::rows::{
    NOW, config, group, line, membership, standing_rows, strings, user, with_second_factor,
};
use crate::permission::{PermissionListCall, Standing, list};
use crate::refusal::ErrorCode;
use crate::time::UnixMillis;

fn standing(case: &Case) -> Standing {
    case.rows().standing(NOW, Some(&config()), &case.lineage())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Active memberships of a user who may come in, in the group or above it,
    /// that no removal bars, and the second factor that the organization asks
    /// for.
    #[test]
    fn a_standing_is_what_the_memberships_that_count_give(case in some_case()) {
        let standing = standing(&case);
        for (resource, action) in UNIVERSE {
            let expected = case.allows(resource, action);
            prop_assert_eq!(standing.permissions().holds(resource, action), expected);
            let required = standing.require(resource, action).map_err(|refusal| refusal.code);
            prop_assert_eq!(required.is_ok(), expected);
        }
        let roles: BTreeSet<&str> = standing.roles().iter().map(String::as_str).collect();
        prop_assert_eq!(roles.len(), standing.roles().len());
        prop_assert_eq!(roles, case.roles());
        prop_assert_eq!(standing.is_owner(), case.roles().contains("owner"));
        prop_assert_eq!(standing.is_member(), !case.roles().is_empty());
        let would_count = (0..case.seats.len()).any(|level| case.would_count(level));
        prop_assert_eq!(standing.block().is_some(), would_count && case.lacks_second_factor());
    }

    /// Whatever is held besides: suspending a membership is as good as taking it
    /// away.
    #[test]
    fn an_inactive_membership_is_none(case in some_case(), level in any::<prop::sample::Index>()) {
        let level = level.index(case.seats.len());
        let mut inactive = case.clone();
        let mut absent = case;
        if let Some(Some(seat)) = inactive.seats.get_mut(level) {
            seat.is_active = false;
            seat.is_being_removed = false;
        }
        if let Some(seat) = absent.seats.get_mut(level) {
            *seat = None;
        }
        prop_assert_eq!(standing(&inactive), standing(&absent));
    }

    /// The list says what checks say.
    #[test]
    fn the_list_is_what_checks_allow(case in some_case()) {
        let listed = list(PermissionListCall {
            now: NOW,
            permissions: Some(config()),
            lineage: case.lineage(),
            standing: case.rows(),
        });
        let all: Vec<(&str, &str)> = listed
            .permissions
            .iter()
            .flat_map(|s| s.actions.iter().map(|action| (s.resource.as_str(), action.as_str())))
            .collect();
        for (resource, action) in UNIVERSE {
            prop_assert_eq!(all.contains(&(*resource, *action)), case.allows(resource, action));
        }
        let resources: BTreeSet<&str> = all.iter().map(|(resource, _)| *resource).collect();
        prop_assert_eq!(resources.len(), listed.permissions.len());
        prop_assert_eq!(
            listed.second_factor_required,
            standing(&case).block() == Some(ErrorCode::SecondFactorRequired)
        );
    }
}

#[test]
fn a_membership_counts_in_the_groups_below_and_not_in_those_above() {
    let rows = standing_rows(vec![membership(1, &["admin"])]);
    let lineage = line(3);
    assert!(rows.standing(NOW, None, &lineage).is_member());
    let above = lineage.get(2..).unwrap_or_default();
    assert!(!rows.standing(NOW, None, above).is_member());
}

#[test]
fn a_removal_bars_the_groups_below_and_not_those_above() {
    let mut removed = membership(1, &["admin"]);
    removed.removed_time = Some(UnixMillis(1.0));
    let rows = standing_rows(vec![
        membership(0, &["owner"]),
        removed,
        membership(2, &["member"]),
    ]);
    let standing = rows.standing(NOW, None, &line(3));
    assert_eq!(standing.roles(), strings(&["member"]));
}

#[test]
fn a_second_factor_is_asked_of_members_only() {
    let lineage = with_second_factor(line(2), true);
    let stranger = standing_rows(vec![]).standing(NOW, None, &lineage);
    let code = |standing: &Standing| standing.require("role", "read").map_err(|r| r.code);
    assert_eq!(code(&stranger), Err(ErrorCode::Forbidden));
    let mut rows = standing_rows(vec![membership(1, &["member"])]);
    let member = rows.standing(NOW, None, &lineage);
    assert_eq!(code(&member), Err(ErrorCode::SecondFactorRequired));
    assert!(!member.is_member() && member.roles().is_empty());
    if let Some(user) = &mut rows.user {
        user.second_factor_time = Some(UnixMillis(1.0));
    }
    assert_eq!(code(&rows.standing(NOW, None, &lineage)), Ok(()));
}

/// It is the organization that asks: what a group below has settled when it was
/// an organization is over.
#[test]
fn only_the_organizations_settings_hold() {
    let mut lineage = with_second_factor(line(2), false);
    if let (Some(child), Some(settings)) = (
        lineage.first_mut(),
        with_second_factor(line(1), true)
            .pop()
            .map(|root| root.settings),
    ) {
        child.settings = settings;
    }
    let rows = standing_rows(vec![membership(0, &["member"])]);
    assert!(rows.standing(NOW, None, &lineage).is_member());
}

/// Without an organization at the end, nobody knows what bars a membership.
#[test]
fn a_lineage_that_leads_to_no_organization_grants_nothing() {
    let rows = standing_rows(vec![membership(0, &["owner"]), membership(1, &["owner"])]);
    let deep: Vec<_> = (0..33).map(|level| group(level, Some(level + 1))).collect();
    for lineage in [
        vec![],
        vec![group(0, Some(1))],
        vec![group(0, Some(1)), group(2, None)],
        vec![group(0, Some(1)), group(1, Some(0)), group(0, Some(1))],
        vec![group(0, Some(0))],
        deep,
    ] {
        assert_eq!(rows.standing(NOW, None, &lineage), Standing::default());
    }
    assert!(rows.standing(NOW, None, &line(33)).is_owner());
}

#[test]
fn a_ban_that_is_over_bars_nobody() {
    let mut rows = standing_rows(vec![membership(0, &["member"])]);
    let mut banned = user();
    banned.banned_time = Some(UnixMillis(1.0));
    banned.ban_expiration_time = Some(NOW);
    rows.user = Some(banned);
    assert!(rows.standing(NOW, None, &line(1)).is_member());
    let before = UnixMillis(NOW.0 - 1.0);
    assert!(!rows.standing(before, None, &line(1)).is_member());
}
