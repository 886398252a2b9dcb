//! Who creates groups, and where.

use super::super::*;
use super::rows::*;
use crate::audit::AuditOutcome;
use crate::group::config::GroupCreators;
use crate::permission::StandingRows;
use crate::refusal::ErrorCode;
use crate::time::UnixMillis;
use crate::tree::GroupRow;
use crate::tree::GroupSettings;

fn created_by(actor: StandingRows) -> GroupCreateCall {
    GroupCreateCall {
        actor: Some(actor),
        ..create_call()
    }
}

fn below_by(actor: StandingRows) -> GroupCreateCall {
    GroupCreateCall {
        actor: Some(actor),
        ..create_below(line(&["acme"]))
    }
}

#[test]
fn whoever_creates_an_organization_owns_it() {
    let GroupCreation::Done {
        group,
        owner,
        audit,
        ..
    } = create(created_by(actor("ada", &[])))
    else {
        return assert_eq!(creation_refused(created_by(actor("ada", &[]))), None);
    };
    assert!(group.is_root);
    assert_eq!(group.created_by_user_id.as_deref(), Some("ada"));
    let owner = owner.map(|owner| (owner.role, owner.roles, owner.is_owner, owner.status));
    let roles = vec!["owner".to_owned()];
    assert_eq!(
        owner,
        Some(("owner".to_owned(), roles, true, "active".to_owned()))
    );
    let recorded: Vec<_> = audit
        .iter()
        .map(|event| (event.outcome, event.actor_user_id.as_deref()))
        .collect();
    assert_eq!(recorded, [(AuditOutcome::Success, Some("ada"))]);
}

#[test]
fn nobody_owns_what_the_app_creates_or_what_is_below_a_group() {
    for call in [
        create_call(),
        create_below(line(&["acme"])),
        below_by(actor("ada", &[("acme", "founder")])),
    ] {
        let owner = match create(call.clone()) {
            GroupCreation::Done { owner, .. } => Ok(owner),
            GroupCreation::Refused { refusal, .. } => Err(refusal),
        };
        assert_eq!(owner, Ok(None), "{call:?}");
    }
}

#[test]
fn a_group_needs_a_name() {
    let mut call = create_call();
    call.fields.name = None;
    assert_eq!(creation_refused(call), Some(ErrorCode::InvalidParameters));
}

#[test]
fn who_creates_organizations_is_the_apps_decision() {
    let mut proved = actor("ada", &[]);
    let mut called = actor("ada", &[]);
    if let (Some(proved), Some(called)) = (&mut proved.user, &mut called.user) {
        proved.email_verification_time = Some(NOW);
        called.phone_verification_time = Some(NOW);
    }
    let refused = Some(ErrorCode::GroupCreationRefused);
    for (creation, actor, outcome) in [
        (None, actor("ada", &[]), None),
        (Some(GroupCreators::Everyone), actor("ada", &[]), None),
        (Some(GroupCreators::Verified), actor("ada", &[]), refused),
        (Some(GroupCreators::Verified), proved.clone(), None),
        (Some(GroupCreators::Verified), called, None),
        (Some(GroupCreators::Nobody), proved, refused),
    ] {
        let mut call = created_by(actor);
        call.config.creation = creation;
        assert_eq!(creation_refused(call), outcome, "{creation:?}");
    }
    let mut call = create_call();
    call.config.creation = Some(GroupCreators::Nobody);
    assert_eq!(
        creation_refused(call),
        None,
        "the app creates what it wants"
    );
}

#[test]
fn users_who_are_gone_or_banned_create_nothing() {
    let mut gone = actor("ada", &[]);
    gone.user = None;
    let mut other = actor("ada", &[]);
    other.user = Some(user("bob"));
    let mut banned = actor("ada", &[("acme", "owner")]);
    if let Some(user) = &mut banned.user {
        user.banned_time = Some(UnixMillis(0.0));
    }
    for (actor, root) in [
        (gone, ErrorCode::UserNotFound),
        (other, ErrorCode::UserNotFound),
        (banned, ErrorCode::UserBanned),
    ] {
        assert_eq!(creation_refused(created_by(actor.clone())), Some(root));
        assert_eq!(
            creation_refused(below_by(actor)),
            Some(ErrorCode::Forbidden)
        );
    }
}

#[test]
fn a_user_owns_as_many_groups_as_allowed() {
    for (limit, owned, refused) in [
        (None, 99, false),
        (None, 100, true),
        (Some(3.0), 2, false),
        (Some(3.0), 3, true),
        (Some(0.0), 0, true),
        (Some(-1.0), 0, true),
        (Some(1e9), 499, false),
        (Some(1e9), 500, true),
        (Some(f64::NAN), 99, false),
        (Some(f64::INFINITY), 100, true),
    ] {
        let mut call = GroupCreateCall {
            owned_groups: owned,
            ..created_by(actor("ada", &[]))
        };
        call.config.groups_per_user = limit;
        let code = refused.then_some(ErrorCode::GroupLimitReached);
        assert_eq!(creation_refused(call), code, "{limit:?} {owned}");
    }
    let call = GroupCreateCall {
        owned_groups: 1_000,
        ..create_call()
    };
    assert_eq!(creation_refused(call), None, "the app owns nothing");
}

#[test]
fn below_a_group_it_takes_the_permission_there() {
    let allowed = [("acme", "founder"), ("acme", "mover"), ("acme", "owner")];
    for role in allowed {
        assert_eq!(creation_refused(below_by(actor("ada", &[role]))), None);
    }
    for role in [("acme", "renamer"), ("acme", "editor"), ("other", "owner")] {
        let code = creation_refused(below_by(actor("ada", &[role])));
        assert_eq!(code, Some(ErrorCode::Forbidden), "{role:?}");
    }
    // What is held above counts below.
    let call = GroupCreateCall {
        actor: Some(actor("ada", &[("acme", "founder")])),
        ..create_below(line(&["team", "acme"]))
    };
    assert_eq!(creation_refused(call), None);
}

#[test]
fn a_group_above_must_be_there() {
    let mut deleted_above = line(&["team", "acme"]);
    if let Some(root) = deleted_above.last_mut() {
        root.deleted_time = Some(NOW);
    }
    let rootless = line(&["team", "acme"]).into_iter().take(1).collect();
    for lineage in [Vec::new(), deleted_above, rootless] {
        let call = create_below(lineage);
        assert_eq!(creation_refused(call), Some(ErrorCode::GroupNotFound));
    }
}

#[test]
fn a_slug_is_taken_once() {
    for (slug, slug_taken, code) in [
        (Some("acme"), true, Some(ErrorCode::SlugAlreadyTaken)),
        (Some("acme"), false, None),
        (Some(""), true, None),
        (None, true, None),
    ] {
        for mut call in [create_call(), create_below(line(&["acme"]))] {
            call.fields.slug = slug.map(str::to_owned);
            call.slug_taken = slug_taken;
            assert_eq!(creation_refused(call), code, "{slug:?}");
        }
    }
}

#[test]
fn an_empty_slug_or_type_is_none() {
    let mut call = create_call();
    call.fields.slug = Some(String::new());
    call.fields.group_type = Some(String::new());
    let GroupCreation::Done { group, .. } = create(call.clone()) else {
        return assert_eq!(creation_refused(call), None);
    };
    assert_eq!((group.slug, group.group_type), (None, None));
}

#[test]
fn teams_are_counted_below_a_group_only() {
    for (call, counted) in [(create_call(), 0), (create_below(line(&["acme"])), 1)] {
        for (group_type, counted) in [("team", counted), ("Team", 0), ("", 0)] {
            let mut call = call.clone();
            call.fields.group_type = Some(group_type.to_owned());
            let change = match create(call) {
                GroupCreation::Done { parent_teams, .. } => Some(parent_teams),
                GroupCreation::Refused { .. } => None,
            };
            assert_eq!(change, Some(counted), "{group_type}");
        }
    }
}

#[test]
fn an_organization_limits_the_teams_below_each_group() {
    let settings = GroupSettings {
        team_limit: Some(2.0),
        ..GroupSettings::default()
    };
    let teams_below = |lineage: Vec<GroupRow>, teams: Option<u32>, app: &GroupSettings| {
        let mut call = create_below(lineage);
        call.config = config_with(app.clone());
        call.fields.group_type = Some("team".to_owned());
        call.parent_counts = teams.map(|teams| counts(1, teams));
        creation_refused(call)
    };
    let full = Some(ErrorCode::TeamLimitReached);
    let none = GroupSettings::default();
    for lineage in [line(&["acme"]), line(&["unit", "acme"])] {
        let settled = settled(lineage.clone(), settings.clone());
        assert_eq!(teams_below(settled.clone(), Some(1), &none), None);
        assert_eq!(teams_below(settled.clone(), Some(2), &none), full);
        assert_eq!(teams_below(lineage.clone(), Some(2), &settings), full);
        assert_eq!(teams_below(lineage.clone(), Some(99), &none), None);
        assert_eq!(teams_below(lineage, Some(100), &none), full);
        assert_eq!(
            teams_below(settled, None, &none),
            full,
            "unknown is too many"
        );
    }
}

#[test]
fn settings_are_for_organizations() {
    let settings = Some(GroupSettings {
        slug_locked: Some(true),
        ..GroupSettings::default()
    });
    let call = GroupCreateCall {
        settings: settings.clone(),
        ..create_below(line(&["acme"]))
    };
    assert_eq!(creation_refused(call), Some(ErrorCode::InvalidParameters));
    let call = GroupCreateCall {
        settings: settings.clone(),
        ..create_call()
    };
    let stored = match create(call) {
        GroupCreation::Done { group, .. } => group.settings,
        GroupCreation::Refused { .. } => None,
    };
    assert_eq!(stored, settings);
}

#[test]
fn refusals_are_recorded_with_the_group_above() {
    let call = below_by(actor("eve", &[]));
    let GroupCreation::Refused { audit, .. } = create(call.clone()) else {
        return assert_eq!(creation_refused(call), Some(ErrorCode::Forbidden));
    };
    let recorded: Vec<_> = audit
        .iter()
        .map(|event| {
            (
                event.code,
                event.actor_user_id.as_deref(),
                event.group_id.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        recorded,
        [(Some(ErrorCode::Forbidden), Some("eve"), Some("acme"))]
    );
    let mut nameless = create_call();
    nameless.fields.name = None;
    for call in [nameless, create_below(Vec::new())] {
        let recorded = match create(call) {
            GroupCreation::Done { audit, .. } | GroupCreation::Refused { audit, .. } => audit.len(),
        };
        assert_eq!(recorded, 0, "mistakes are not recorded");
    }
}
