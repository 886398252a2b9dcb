//! Deleting groups.

use super::super::*;
use super::rows::*;
use crate::refusal::ErrorCode;
use crate::time::{Millis, UnixMillis};
use crate::tree::GroupRow;
use crate::tree::GroupSettings;

/// When the rows begin to go, and by how many the teams change; or why not.
fn deleted(call: GroupDeleteCall) -> Result<(UnixMillis, i32), ErrorCode> {
    match delete(call) {
        GroupDeletion::Refused { refusal, .. } => Err(refusal.code),
        GroupDeletion::Done {
            deleted_time,
            due_time,
            parent_teams,
            ..
        } => {
            assert_eq!(deleted_time, NOW, "it is invisible at once");
            Ok((due_time, parent_teams))
        }
    }
}

#[test]
fn a_group_that_is_gone_is_not_deleted_again() {
    let mut twice = line(&["team", "acme"]);
    if let Some(group) = twice.first_mut() {
        group.deleted_time = Some(NOW);
    }
    for lineage in [Vec::new(), twice] {
        let code = deletion_refused(delete_call(lineage));
        assert_eq!(code, Some(ErrorCode::GroupNotFound));
    }
}

#[test]
fn organizations_and_groups_below_take_different_permissions() {
    let forbidden = Some(ErrorCode::Forbidden);
    for (role, on_root, on_child) in [
        ("breaker", None, forbidden),
        ("cleaner", forbidden, None),
        ("mover", forbidden, forbidden),
        ("admin", forbidden, None),
        ("owner", None, None),
    ] {
        for (ids, code) in [(&["acme"][..], on_root), (&["team", "acme"], on_child)] {
            let call = GroupDeleteCall {
                actor: Some(actor("ada", &[("acme", role)])),
                ..delete_call(line(ids))
            };
            assert_eq!(deletion_refused(call), code, "{role} {ids:?}");
        }
    }
}

#[test]
fn an_organization_may_be_protected_while_it_has_members() {
    let protected = GroupSettings {
        deletion_protection: Some(true),
        ..GroupSettings::default()
    };
    for (ids, members, code) in [
        (&["acme"][..], 2, Some(ErrorCode::GroupHasMembers)),
        (&["acme"], 1, None),
        (&["acme"], 0, None),
        (&["team", "acme"], 9, None),
    ] {
        // The app itself is refused, too.
        for by in [None, Some(actor("ada", &[("acme", "owner")]))] {
            let call = GroupDeleteCall {
                actor: by,
                counts: counts(members, 0),
                ..delete_call(settled(line(ids), protected.clone()))
            };
            assert_eq!(deletion_refused(call), code, "{ids:?} {members}");
        }
    }
    let unprotected = GroupDeleteCall {
        counts: counts(9, 0),
        ..delete_call(line(&["acme"]))
    };
    assert_eq!(deletion_refused(unprotected), None);
}

#[test]
fn a_grace_period_is_for_organizations() {
    let grace = |days: f64| GroupSettings {
        deletion_grace_ms: Some(Millis::DAY.times(days)),
        ..GroupSettings::default()
    };
    let due = |days: f64| Ok((NOW.plus(Millis::DAY.times(days)), 0));
    let lineage = || line(&["acme"]);
    assert_eq!(deleted(delete_call(lineage())), due(0.0));
    assert_eq!(
        deleted(delete_call(settled(lineage(), grace(30.0)))),
        due(30.0)
    );
    let by_default = |days: f64, lineage: Vec<GroupRow>| GroupDeleteCall {
        config: config_with(grace(days)),
        ..delete_call(lineage)
    };
    assert_eq!(deleted(by_default(7.0, lineage())), due(7.0));
    assert_eq!(deleted(by_default(1_000.0, lineage())), due(90.0));
    assert_eq!(
        deleted(by_default(7.0, settled(lineage(), grace(0.0)))),
        due(0.0)
    );
    assert_eq!(deleted(by_default(7.0, line(&["unit", "acme"]))), due(0.0));
}

#[test]
fn the_last_team_may_be_kept() {
    let keeps = GroupSettings {
        keeps_last_team: Some(true),
        ..GroupSettings::default()
    };
    let last = Err(ErrorCode::LastTeam);
    for (lineage, teams, outcome) in [
        (team(line(&["t", "acme"])), Some(1), last),
        (team(line(&["t", "acme"])), None, last),
        (team(line(&["t", "acme"])), Some(2), Ok((NOW, -1))),
        (line(&["unit", "acme"]), Some(1), Ok((NOW, 0))),
        (team(line(&["acme"])), None, Ok((NOW, 0))),
    ] {
        let call = GroupDeleteCall {
            parent_counts: teams.map(|teams| counts(1, teams)),
            ..delete_call(settled(lineage, keeps.clone()))
        };
        assert_eq!(deleted(call), outcome, "{teams:?}");
    }
    let call = delete_call(team(line(&["t", "acme"])));
    let alone = GroupDeleteCall {
        parent_counts: Some(counts(1, 1)),
        ..call
    };
    assert_eq!(deleted(alone), Ok((NOW, -1)), "nothing is kept by default");
}
