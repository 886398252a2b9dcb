//! What organizations settle, and who may settle it.

use crate::group::settings::EffectiveSettings;
use crate::tree::GroupSettings;
use proptest::prelude::*;

use super::super::*;
use super::rows::*;
use crate::refusal::ErrorCode;
use crate::time::Millis;

/// A setting that is a number: its name, how it is set, and its bounds.
type NumberSetting = (&'static str, fn(f64) -> GroupSettings, f64, f64);

const DAY: f64 = 86_400_000.0;

fn numbers() -> [NumberSetting; 7] {
    [
        (
            "memberLimit",
            |value| GroupSettings {
                member_limit: Some(value),
                ..none()
            },
            1.0,
            1e7,
        ),
        (
            "pendingInviteLimit",
            |value| GroupSettings {
                pending_invite_limit: Some(value),
                ..none()
            },
            0.0,
            10_000.0,
        ),
        (
            "inviteLifetimeMs",
            |value| GroupSettings {
                invite_lifetime_ms: Some(Millis(value)),
                ..none()
            },
            300_000.0,
            90.0 * DAY,
        ),
        (
            "teamLimit",
            |value| GroupSettings {
                team_limit: Some(value),
                ..none()
            },
            0.0,
            10_000.0,
        ),
        (
            "teamMemberLimit",
            |value| GroupSettings {
                team_member_limit: Some(value),
                ..none()
            },
            1.0,
            1e7,
        ),
        (
            "roleLimit",
            |value| GroupSettings {
                role_limit: Some(value),
                ..none()
            },
            0.0,
            500.0,
        ),
        (
            "deletionGraceMs",
            |value| GroupSettings {
                deletion_grace_ms: Some(Millis(value)),
                ..none()
            },
            0.0,
            90.0 * DAY,
        ),
    ]
}

fn none() -> GroupSettings {
    GroupSettings::default()
}

fn setting(settings: GroupSettings) -> GroupUpdateCall {
    GroupUpdateCall {
        settings: Some(settings),
        ..update_call(line(&["acme"]))
    }
}

#[test]
fn numbers_out_of_bounds_are_refused_by_name() {
    for (name, set, least, most) in numbers() {
        for value in [least, least + 1.0, most] {
            assert_eq!(update_refused(setting(set(value))), None, "{name} {value}");
        }
        for value in [
            least - 1.0,
            most + 1.0,
            least + 0.5,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            -1e300,
        ] {
            let refusals = [
                match update(setting(set(value))) {
                    GroupUpdate::Done { .. } => None,
                    GroupUpdate::Refused { refusal, .. } => Some(refusal),
                },
                match create(GroupCreateCall {
                    settings: Some(set(value)),
                    ..create_call()
                }) {
                    GroupCreation::Done { .. } => None,
                    GroupCreation::Refused { refusal, .. } => Some(refusal),
                },
            ];
            for refusal in refusals {
                let refusal = refusal.map(|refusal| (refusal.code, refusal.message.contains(name)));
                let expected = Some((ErrorCode::InvalidParameters, true));
                assert_eq!(refusal, expected, "{name} {value}");
            }
        }
    }
}

/// All numbers that hold, in the order of [`numbers`].
fn held(settings: &EffectiveSettings) -> [f64; 7] {
    [
        f64::from(settings.member_limit),
        f64::from(settings.pending_invite_limit),
        settings.invite_lifetime.0,
        f64::from(settings.team_limit),
        f64::from(settings.team_member_limit),
        f64::from(settings.role_limit),
        settings.deletion_grace.0,
    ]
}

#[test]
fn there_is_a_default_for_everything() {
    let settings = GroupsConfig::default().settings_of(&line(&["team", "acme"]));
    assert_eq!(
        held(&settings),
        [100.0, 100.0, 7.0 * DAY, 100.0, 100.0, 50.0, 0.0]
    );
    let switches = [
        settings.keeps_last_team,
        settings.slug_locked,
        settings.deletion_protection,
    ];
    assert_eq!(switches, [false; 3]);
}

#[test]
fn what_holds_is_within_the_bounds_whoever_said_it() {
    for (index, (name, set, least, most)) in numbers().into_iter().enumerate() {
        for (value, holds) in [
            (least - 1.0, least),
            (-1e300, least),
            (most + 1.0, most),
            (1e300, most),
            (least + 1.5, least + 1.0),
        ] {
            let app = config_with(set(value)).settings_of(&line(&["acme"]));
            assert_eq!(held(&app).get(index), Some(&holds), "{name} {value}");
            let lineage = settled(line(&["team", "acme"]), set(value));
            let stored = config().settings_of(&lineage);
            assert_eq!(held(&stored).get(index), Some(&holds), "{name} {value}");
        }
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let app = config_with(set(value)).settings_of(&line(&["acme"]));
            let default = config().settings_of(&line(&["acme"]));
            assert_eq!(held(&app), held(&default), "{name} {value}");
        }
    }
}

#[test]
fn an_organization_goes_before_the_app() {
    let app = GroupSettings {
        member_limit: Some(7.0),
        slug_locked: Some(true),
        ..none()
    };
    let stored = GroupSettings {
        member_limit: Some(9.0),
        slug_locked: Some(false),
        ..none()
    };
    let config = config_with(app);
    let app = config.settings_of(&line(&["acme"]));
    assert_eq!((app.member_limit, app.slug_locked), (7, true));
    let own = config.settings_of(&settled(line(&["team", "acme"]), stored));
    assert_eq!((own.member_limit, own.slug_locked), (9, false));
    // A team has the limit of other groups, unless somebody says otherwise.
    assert_eq!((app.team_member_limit, own.team_member_limit), (7, 9));
}

#[test]
fn only_the_organization_settles_something() {
    let mut lineage = line(&["team", "acme"]);
    if let Some(team) = lineage.first_mut() {
        team.settings = Some(GroupSettings {
            member_limit: Some(3.0),
            ..none()
        });
    }
    assert_eq!(config().settings_of(&lineage).member_limit, 100);
    // Where the organization is not known, the app's defaults hold.
    lineage.truncate(1);
    assert_eq!(config().settings_of(&lineage).member_limit, 100);
}

#[test]
fn who_asks_for_a_second_factor_has_one() {
    let on = GroupSettings {
        require_second_factor: Some(true),
        ..none()
    };
    let off = GroupSettings {
        require_second_factor: Some(false),
        ..none()
    };
    let needed = Some(ErrorCode::SecondFactorRequired);
    let owner = actor("ada", &[("acme", "owner")]);
    for (settings, actor, code) in [
        (&on, Some(owner.clone()), needed),
        (&on, Some(with_second_factor(owner.clone())), None),
        (&off, Some(owner), None),
        (&on, None, None),
    ] {
        let call = GroupUpdateCall {
            actor: actor.clone(),
            ..setting(settings.clone())
        };
        assert_eq!(update_refused(call), code, "{settings:?}");
        let call = GroupCreateCall {
            settings: Some(settings.clone()),
            actor,
            ..create_call()
        };
        assert_eq!(creation_refused(call), code, "{settings:?}");
    }
}

#[test]
fn an_owner_whom_the_app_gave_less_settles_less_from_the_beginning() {
    let settings = Some(GroupSettings {
        deletion_protection: Some(true),
        ..none()
    });
    let mut call = GroupCreateCall {
        actor: Some(actor("ada", &[])),
        settings,
        ..create_call()
    };
    assert_eq!(creation_refused(call.clone()), None);
    if let Some(permissions) = &mut call.config.permissions {
        for role in &mut permissions.roles {
            if role.role == "editor" {
                "owner".clone_into(&mut role.role);
            }
        }
    }
    assert_eq!(creation_refused(call), Some(ErrorCode::Forbidden));
}

fn any_settings() -> impl Strategy<Value = GroupSettings> {
    let number = || proptest::option::weighted(0.3, (1_u32..500).prop_map(f64::from));
    let time = || {
        let minutes = (5_u32..1_000).prop_map(|minutes| Millis::MINUTE.times(f64::from(minutes)));
        proptest::option::weighted(0.3, minutes)
    };
    let switch = || proptest::option::weighted(0.3, any::<bool>());
    (
        [number(), number(), number(), number(), number()],
        [time(), time()],
        [switch(), switch(), switch(), switch()],
    )
        .prop_map(|(limits, times, switches)| {
            let [
                member_limit,
                pending_invite_limit,
                team_limit,
                team_member_limit,
                role_limit,
            ] = limits;
            let [invite_lifetime_ms, deletion_grace_ms] = times;
            let [
                keeps_last_team,
                slug_locked,
                require_second_factor,
                deletion_protection,
            ] = switches;
            GroupSettings {
                member_limit,
                pending_invite_limit,
                invite_lifetime_ms,
                team_limit,
                team_member_limit,
                role_limit,
                keeps_last_team,
                slug_locked,
                require_second_factor,
                deletion_protection,
                deletion_grace_ms,
            }
        })
}

/// The parts of settings that go together: the limits, how long invitations
/// are valid, and what guards the organization.
fn parts(settings: &GroupSettings) -> (GroupSettings, GroupSettings, GroupSettings) {
    let limits = GroupSettings {
        member_limit: settings.member_limit,
        pending_invite_limit: settings.pending_invite_limit,
        team_limit: settings.team_limit,
        team_member_limit: settings.team_member_limit,
        role_limit: settings.role_limit,
        ..none()
    };
    let invitations = GroupSettings {
        invite_lifetime_ms: settings.invite_lifetime_ms,
        ..none()
    };
    let guards = GroupSettings {
        keeps_last_team: settings.keeps_last_team,
        slug_locked: settings.slug_locked,
        require_second_factor: settings.require_second_factor,
        deletion_protection: settings.deletion_protection,
        deletion_grace_ms: settings.deletion_grace_ms,
        ..none()
    };
    (limits, invitations, guards)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn nobody_settles_more_than_the_role_allows(
        stored in any_settings(),
        anew in any_settings(),
        role in proptest::sample::select(vec!["owner", "guard", "editor", "renamer", "member"]),
    ) {
        // Somebody with a second factor, so that it is the permission that counts.
        let call = GroupUpdateCall {
            actor: Some(with_second_factor(actor("ada", &[("acme", role)]))),
            settings: Some(anew.clone()),
            ..update_call(settled(line(&["acme"]), stored.clone()))
        };
        let (limits, _, guards) = parts(&anew);
        let edits = matches!(role, "owner" | "guard" | "editor");
        let secures = matches!(role, "owner" | "guard");
        let may = edits && limits == none() && (secures || guards == none());
        let code = update_refused(call.clone());
        prop_assert_eq!(code, (!may).then_some(ErrorCode::Forbidden));
        if code.is_none() && let Some(settings) = patch_of(call).settings {
            let before = parts(&stored);
            let after = parts(&settings);
            prop_assert_eq!(&after.0, &before.0, "limits are the app's");
            prop_assert!(secures || after.2 == before.2, "guards take a permission");
        }
    }

    #[test]
    fn what_is_not_set_anew_stays(stored in any_settings(), anew in any_settings()) {
        let call = GroupUpdateCall {
            settings: Some(anew.clone()),
            ..update_call(settled(line(&["acme"]), stored.clone()))
        };
        let merged = patch_of(call).settings.unwrap_or_else(|| stored.clone());
        let columns = |settings: &GroupSettings| {
            let columns = serde_json::to_value(settings).unwrap_or_default();
            columns.as_object().cloned().unwrap_or_default()
        };
        let mut expected = columns(&stored);
        expected.extend(columns(&anew));
        prop_assert_eq!(columns(&merged), expected);
    }
}
