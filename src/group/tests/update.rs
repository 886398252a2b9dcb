//! Changing a group where it is.

use super::super::*;
use super::rows::*;
use crate::group::update::GroupPatch;
use crate::permission::StandingRows;
use crate::refusal::ErrorCode;
use crate::tree::GroupRow;
use crate::tree::GroupSettings;

fn named(name: &str) -> GroupFields {
    GroupFields {
        name: Some(name.to_owned()),
        ..GroupFields::default()
    }
}

fn slugged(slug: &str) -> GroupFields {
    GroupFields {
        slug: Some(slug.to_owned()),
        ..GroupFields::default()
    }
}

fn typed(group_type: &str) -> GroupFields {
    GroupFields {
        group_type: Some(group_type.to_owned()),
        ..GroupFields::default()
    }
}

/// `acme` with the slug `acme` and what it has settled.
fn acme(settings: Option<GroupSettings>) -> Vec<GroupRow> {
    let mut lineage = line(&["acme"]);
    for group in &mut lineage {
        group.slug = Some("acme".to_owned());
        group.settings.clone_from(&settings);
    }
    lineage
}

fn locked(is_locked: bool) -> GroupSettings {
    GroupSettings {
        slug_locked: Some(is_locked),
        ..GroupSettings::default()
    }
}

#[test]
fn a_group_that_is_gone_is_not_changed() {
    let mut deleted = line(&["team", "acme"]);
    if let Some(root) = deleted.last_mut() {
        root.deleted_time = Some(NOW);
    }
    for lineage in [Vec::new(), deleted] {
        let code = update_refused(update_call(lineage));
        assert_eq!(code, Some(ErrorCode::GroupNotFound));
    }
}

#[test]
fn organizations_and_groups_below_take_different_permissions() {
    let by = |lineage: &[&str], actor: StandingRows| {
        update_refused(GroupUpdateCall {
            actor: Some(actor),
            fields: named("New"),
            ..update_call(line(lineage))
        })
    };
    let forbidden = Some(ErrorCode::Forbidden);
    for (role, on_root, on_child) in [
        ("editor", None, forbidden),
        ("renamer", forbidden, None),
        ("mover", forbidden, None),
        ("founder", forbidden, forbidden),
        ("member", forbidden, forbidden),
        ("owner", None, None),
    ] {
        let somebody = actor("ada", &[("acme", role)]);
        assert_eq!(by(&["acme"], somebody.clone()), on_root, "{role}");
        assert_eq!(by(&["team", "acme"], somebody), on_child, "{role}");
    }
    // A role in the group counts there, and not above it.
    let somebody = actor("ada", &[("team", "owner")]);
    assert_eq!(by(&["team", "acme"], somebody.clone()), None);
    assert_eq!(by(&["acme"], somebody), forbidden);
}

#[test]
fn a_change_of_nothing_still_takes_the_permission() {
    // The app's own data are changed without the core's knowing.
    let call = GroupUpdateCall {
        actor: Some(actor("eve", &[])),
        ..update_call(line(&["acme"]))
    };
    assert_eq!(update_refused(call), Some(ErrorCode::Forbidden));
}

#[test]
fn only_what_is_named_is_stored() {
    let patch = patch_of(update_call(acme(Some(locked(true)))));
    assert_eq!(
        patch,
        GroupPatch {
            name: None,
            slug: None,
            group_type: None,
            tags: None,
            settings: None,
        }
    );
    let patch = patch_of(GroupUpdateCall {
        fields: GroupFields {
            tags: Some(Vec::new()),
            ..named("New")
        },
        ..update_call(acme(None))
    });
    assert_eq!(patch.name.as_deref(), Some("New"));
    assert_eq!((patch.tags, patch.slug), (Some(Vec::new()), None));
}

#[test]
fn a_slug_is_changed_taken_away_or_left() {
    for (given, stored) in [("new", Some("new")), ("", Some("")), ("acme", None)] {
        let patch = patch_of(GroupUpdateCall {
            fields: slugged(given),
            ..update_call(acme(None))
        });
        assert_eq!(patch.slug.as_deref(), stored, "{given}");
    }
}

#[test]
fn a_slug_that_is_taken_is_refused_only_if_it_is_new() {
    for (given, code) in [
        ("new", Some(ErrorCode::SlugAlreadyTaken)),
        ("acme", None),
        ("", None),
    ] {
        let call = GroupUpdateCall {
            fields: slugged(given),
            slug_taken: true,
            ..update_call(acme(None))
        };
        assert_eq!(update_refused(call), code, "{given}");
    }
}

#[test]
fn a_locked_slug_stays_whoever_asks() {
    let refused = Some(ErrorCode::SlugLocked);
    for somebody in [None, Some(actor("ada", &[("acme", "owner")]))] {
        for (stored, given, anew, code) in [
            (true, "new", None, refused),
            (true, "", None, refused),
            (true, "acme", None, None),
            (true, "new", Some(locked(true)), refused),
            (true, "new", Some(locked(false)), None),
            // The lock comes after the change.
            (false, "new", Some(locked(true)), None),
            (false, "new", None, None),
        ] {
            let call = GroupUpdateCall {
                actor: somebody.clone(),
                fields: slugged(given),
                settings: anew.clone(),
                ..update_call(acme(Some(locked(stored))))
            };
            assert_eq!(update_refused(call), code, "{stored} {given} {anew:?}");
        }
    }
    let by_default = GroupUpdateCall {
        config: config_with(locked(true)),
        fields: slugged("new"),
        ..update_call(acme(None))
    };
    assert_eq!(update_refused(by_default), refused);
}

#[test]
fn an_organization_locks_its_own_slug_only() {
    let call = GroupUpdateCall {
        fields: slugged("new"),
        ..update_call(settled(line(&["team", "acme"]), locked(true)))
    };
    assert_eq!(update_refused(call), None);
}

#[test]
fn settings_are_for_organizations() {
    let call = GroupUpdateCall {
        settings: Some(locked(true)),
        ..update_call(line(&["team", "acme"]))
    };
    assert_eq!(update_refused(call), Some(ErrorCode::InvalidParameters));
    // None at all may be named anywhere.
    let call = GroupUpdateCall {
        settings: Some(GroupSettings::default()),
        ..update_call(line(&["team", "acme"]))
    };
    assert_eq!(update_refused(call), None);
}

#[test]
fn a_group_becomes_a_team_while_there_is_room() {
    let limit = GroupSettings {
        team_limit: Some(3.0),
        ..GroupSettings::default()
    };
    for (lineage, word, teams, outcome) in [
        (line(&["unit", "acme"]), "team", 2, Ok(1)),
        (
            line(&["unit", "acme"]),
            "team",
            3,
            Err(ErrorCode::TeamLimitReached),
        ),
        (line(&["unit", "acme"]), "unit", 3, Ok(0)),
        (team(line(&["unit", "acme"])), "team", 3, Ok(0)),
        (team(line(&["unit", "acme"])), "unit", 3, Ok(-1)),
        (team(line(&["unit", "acme"])), "", 3, Ok(-1)),
        (line(&["acme"]), "team", 9, Ok(0)),
    ] {
        let call = GroupUpdateCall {
            fields: typed(word),
            parent_counts: Some(counts(1, teams)),
            ..update_call(settled(lineage, limit.clone()))
        };
        let changed = match update(call) {
            GroupUpdate::Refused { refusal, .. } => Err(refusal.code),
            GroupUpdate::Done {
                old_parent_teams,
                new_parent_teams,
                ..
            } => {
                assert_eq!(new_parent_teams, 0);
                Ok(old_parent_teams)
            }
        };
        assert_eq!(changed, outcome, "{word} {teams}");
    }
}

#[test]
fn the_last_team_does_not_become_something_else() {
    let keeps = |keeps_last_team| GroupSettings {
        keeps_last_team: Some(keeps_last_team),
        ..GroupSettings::default()
    };
    for (keeps_last_team, word, teams, code) in [
        (true, "unit", 1, Some(ErrorCode::LastTeam)),
        (true, "", 1, Some(ErrorCode::LastTeam)),
        (true, "team", 1, None),
        (true, "unit", 2, None),
        (false, "unit", 1, None),
    ] {
        let call = GroupUpdateCall {
            fields: typed(word),
            parent_counts: Some(counts(1, teams)),
            ..update_call(settled(
                team(line(&["unit", "acme"])),
                keeps(keeps_last_team),
            ))
        };
        assert_eq!(
            update_refused(call),
            code,
            "{keeps_last_team} {word} {teams}"
        );
    }
}

#[test]
fn refusals_of_permissions_are_recorded_and_mistakes_are_not() {
    let by_eve = GroupUpdateCall {
        actor: Some(actor("eve", &[])),
        ..update_call(line(&["acme"]))
    };
    let mistaken = GroupUpdateCall {
        settings: Some(locked(true)),
        ..update_call(line(&["team", "acme"]))
    };
    for (call, recorded) in [
        (
            by_eve,
            vec![(Some(ErrorCode::Forbidden), Some("eve"), Some("acme"))],
        ),
        (mistaken, Vec::new()),
        (update_call(Vec::new()), Vec::new()),
        (
            update_call(line(&["acme"])),
            vec![(None, None, Some("acme"))],
        ),
    ] {
        let audit = match update(call) {
            GroupUpdate::Done { audit, .. } | GroupUpdate::Refused { audit, .. } => audit,
        };
        let events: Vec<_> = audit
            .iter()
            .map(|event| {
                (
                    event.code,
                    event.actor_user_id.as_deref(),
                    event.group_id.as_deref(),
                )
            })
            .collect();
        assert_eq!(events, recorded);
    }
}
