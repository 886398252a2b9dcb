//! Moving groups.

use super::super::*;
use super::rows::*;
use crate::refusal::ErrorCode;
use crate::tree::GroupSettings;

/// A move by somebody with these roles.
fn moved_by(call: GroupUpdateCall, id: &str, roles: &[(&str, &str)]) -> GroupUpdateCall {
    GroupUpdateCall {
        actor: Some(actor(id, roles)),
        actor_in_new_parent: call.has_new_parent.then(|| actor(id, roles)),
        ..call
    }
}

fn sideways() -> GroupUpdateCall {
    move_call(line(&["team", "left", "acme"]), line(&["right", "acme"]))
}

/// Whether it moves, and by how many the teams change; or why not.
fn teams_of(call: GroupUpdateCall) -> Result<(bool, i32, i32), ErrorCode> {
    match update(call) {
        GroupUpdate::Refused { refusal, .. } => Err(refusal.code),
        GroupUpdate::Done {
            moves,
            old_parent_teams,
            new_parent_teams,
            ..
        } => Ok((moves, old_parent_teams, new_parent_teams)),
    }
}

#[test]
fn a_group_is_never_below_itself() {
    for new_lineage in [
        line(&["unit", "acme"]),
        line(&["team", "unit", "acme"]),
        line(&["deep", "team", "unit", "acme"]),
    ] {
        let call = move_call(line(&["unit", "acme"]), new_lineage.clone());
        assert_eq!(update_refused(call), Some(ErrorCode::GroupCycle));
        // An organization below one of its own groups.
        let call = move_call(line(&["acme"]), new_lineage);
        assert_eq!(update_refused(call), Some(ErrorCode::GroupCycle));
    }
}

#[test]
fn a_move_to_where_the_group_is_changes_nothing() {
    for (lineage, new_lineage) in [
        (line(&["team", "left", "acme"]), line(&["left", "acme"])),
        (line(&["acme"]), Vec::new()),
    ] {
        let call = GroupUpdateCall {
            slug_taken: true,
            has_roles: true,
            new_parent_counts: None,
            ..move_call(team(lineage), new_lineage)
        };
        assert_eq!(teams_of(call.clone()), Ok((false, 0, 0)));
        let heights = match update(call) {
            GroupUpdate::Done { heights, .. } => heights.len(),
            GroupUpdate::Refused { .. } => 1,
        };
        assert_eq!(heights, 0);
    }
}

#[test]
fn the_new_group_above_must_be_there() {
    let mut deleted = line(&["right", "acme"]);
    for group in &mut deleted {
        group.deleted_time = Some(NOW);
    }
    for new_lineage in [Vec::new(), deleted] {
        let call = GroupUpdateCall {
            has_new_parent: true,
            ..move_call(line(&["team", "left", "acme"]), new_lineage)
        };
        assert_eq!(update_refused(call), Some(ErrorCode::GroupNotFound));
    }
}

#[test]
fn a_move_takes_a_permission_at_both_places() {
    let forbidden = Some(ErrorCode::Forbidden);
    for (roles, code) in [
        (vec![("acme", "mover")], None),
        (vec![("acme", "owner")], None),
        (vec![("left", "mover"), ("right", "founder")], None),
        (vec![("left", "mover"), ("right", "mover")], None),
        (vec![("left", "renamer")], forbidden),
        (vec![("left", "mover")], forbidden),
        (vec![("right", "founder")], forbidden),
        (vec![("acme", "founder")], forbidden),
        (vec![("acme", "renamer")], forbidden),
        (vec![], forbidden),
    ] {
        let call = moved_by(sideways(), "ada", &roles);
        assert_eq!(update_refused(call), code, "{roles:?}");
    }
    let nowhere = GroupUpdateCall {
        actor_in_new_parent: None,
        ..moved_by(sideways(), "ada", &[("acme", "owner")])
    };
    assert_eq!(update_refused(nowhere), forbidden);
    let somebody_else = GroupUpdateCall {
        actor_in_new_parent: Some(actor("bob", &[("acme", "owner")])),
        ..moved_by(sideways(), "ada", &[("left", "renamer")])
    };
    assert_eq!(update_refused(somebody_else), forbidden);
}

/// Else, who may move groups would get everything done to a group by moving it
/// to where they may do everything.
#[test]
fn nobody_moves_a_group_to_where_they_may_do_more_to_it() {
    for (roles, code) in [
        (vec![("acme", "mover"), ("right", "owner")], true),
        (vec![("acme", "mover"), ("right", "editor")], true),
        (vec![("left", "renamer"), ("right", "founder")], true),
        (vec![("acme", "owner"), ("right", "editor")], false),
        (vec![("left", "owner"), ("right", "owner")], false),
        (vec![("team", "owner"), ("right", "owner")], false),
    ] {
        let code = code.then_some(ErrorCode::Forbidden);
        let call = moved_by(sideways(), "ada", &roles);
        assert_eq!(update_refused(call), code, "{roles:?}");
    }
}

#[test]
fn nobody_but_the_app_takes_a_group_out_of_its_organization() {
    let everything = [("acme", "owner"), ("zeta", "owner")];
    for call in [
        move_call(line(&["team", "acme"]), line(&["zeta"])),
        move_call(line(&["team", "acme"]), Vec::new()),
        move_call(line(&["acme"]), line(&["zeta"])),
    ] {
        let code = update_refused(moved_by(call.clone(), "ada", &everything));
        assert_eq!(code, Some(ErrorCode::Forbidden));
        assert_eq!(update_refused(call), None);
    }
}

#[test]
fn an_organization_with_roles_of_its_own_stays_one() {
    for (lineage, has_roles, code) in [
        (line(&["acme"]), true, Some(ErrorCode::InvalidParameters)),
        (line(&["acme"]), false, None),
        (line(&["team", "acme"]), true, None),
    ] {
        let call = GroupUpdateCall {
            has_roles,
            ..move_call(lineage, line(&["zeta"]))
        };
        assert_eq!(update_refused(call), code);
    }
}

#[test]
fn settings_are_judged_by_the_place_afterwards() {
    let settings = Some(GroupSettings {
        member_limit: Some(5.0),
        ..GroupSettings::default()
    });
    for (lineage, new_lineage, code) in [
        (
            line(&["acme"]),
            line(&["zeta"]),
            Some(ErrorCode::InvalidParameters),
        ),
        (line(&["team", "acme"]), Vec::new(), None),
    ] {
        let call = GroupUpdateCall {
            settings: settings.clone(),
            ..move_call(lineage, new_lineage)
        };
        assert_eq!(update_refused(call), code);
    }
}

#[test]
fn a_slug_must_be_free_at_the_new_place() {
    for (slug, given, code) in [
        (Some("team"), None, Some(ErrorCode::SlugAlreadyTaken)),
        (
            Some("team"),
            Some("team"),
            Some(ErrorCode::SlugAlreadyTaken),
        ),
        (Some("team"), Some(""), None),
        (None, Some("new"), Some(ErrorCode::SlugAlreadyTaken)),
        (None, None, None),
    ] {
        let mut call = GroupUpdateCall {
            slug_taken: true,
            ..sideways()
        };
        call.fields.slug = given.map(str::to_owned);
        if let Some(group) = call.lineage.first_mut() {
            group.slug = slug.map(str::to_owned);
        }
        assert_eq!(update_refused(call), code, "{slug:?} {given:?}");
    }
}

#[test]
fn teams_are_counted_where_they_go_and_where_they_were() {
    let team_moves = |lineage: &[&str], new_lineage: &[&str]| {
        teams_of(move_call(team(line(lineage)), line(new_lineage)))
    };
    assert_eq!(
        team_moves(&["t", "left", "acme"], &["right", "acme"]),
        Ok((true, -1, 1))
    );
    assert_eq!(team_moves(&["t", "acme"], &[]), Ok((true, -1, 0)));
    assert_eq!(team_moves(&["t"], &["acme"]), Ok((true, 0, 1)));
    assert_eq!(teams_of(sideways()), Ok((true, 0, 0)));
    // It becomes a team, or something else, on the way.
    for (lineage, word, changes) in [
        (line(&["t", "left", "acme"]), "team", (true, 0, 1)),
        (team(line(&["t", "left", "acme"])), "", (true, -1, 0)),
    ] {
        let mut call = move_call(lineage, line(&["right", "acme"]));
        call.fields.group_type = Some(word.to_owned());
        assert_eq!(teams_of(call), Ok(changes), "{word}");
    }
}

#[test]
fn a_team_moves_to_where_there_is_room_and_not_away_as_the_last() {
    let settings = GroupSettings {
        team_limit: Some(2.0),
        keeps_last_team: Some(true),
        ..GroupSettings::default()
    };
    let full = Err(ErrorCode::TeamLimitReached);
    for (here, there, outcome) in [
        (Some(2), Some(1), Ok((true, -1, 1))),
        (Some(2), Some(2), full),
        (Some(2), None, full),
        (Some(1), Some(1), Err(ErrorCode::LastTeam)),
        (None, Some(1), Err(ErrorCode::LastTeam)),
    ] {
        let counts = |teams: Option<u32>| teams.map(|teams| counts(1, teams));
        let lineage = settled(team(line(&["t", "left", "acme"])), settings.clone());
        let call = GroupUpdateCall {
            parent_counts: counts(here),
            new_parent_counts: counts(there),
            ..move_call(lineage, settled(line(&["right", "acme"]), settings.clone()))
        };
        assert_eq!(teams_of(call), outcome, "{here:?} {there:?}");
    }
}
