//! Making roles.

use crate::role::create::NewRole;
use proptest::prelude::*;

use super::*;
use crate::permission::tests::rows::group;
use crate::role::{RoleCreation, create};
use crate::tree::GroupSettings;

const APP: Scene = Scene { actor: None };

fn code(creation: &RoleCreation) -> Option<ErrorCode> {
    match creation {
        RoleCreation::Done { .. } => None,
        RoleCreation::Refused { refusal, .. } => Some(refusal.code),
    }
}

fn made(call: RoleCreateCall) -> Option<NewRole> {
    match create(call) {
        RoleCreation::Done { role, .. } => Some(role),
        RoleCreation::Refused { .. } => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whoever makes a role may make roles and holds all that it allows.
    #[test]
    fn nobody_makes_a_role_above_themselves(
        scene in some_scene(),
        pairs in some_pairs(),
        role in prop::sample::select(vec!["planner", "Planner", "owner", "EDITOR", "no name"]),
        exists in prop::bool::weighted(0.2),
        roles in prop::sample::select(vec![0, 49, 50, 51]),
    ) {
        let mut call = scene.creation(role, &pairs);
        call.exists = exists;
        call.counts.roles = roles;
        let creation = create(call);
        let expected = if !scene.holds("role", "create") {
            Some(scene.forbidden())
        } else if role == "no name" {
            Some(ErrorCode::InvalidParameters)
        } else if !are_known(&pairs) {
            Some(ErrorCode::UnknownPermission)
        } else if !scene.holds_all(&pairs) {
            Some(ErrorCode::Forbidden)
        } else if exists || !role.eq_ignore_ascii_case("planner") {
            Some(ErrorCode::RoleAlreadyExists)
        } else if roles >= 50 {
            Some(ErrorCode::RoleLimitReached)
        } else {
            None
        };
        prop_assert_eq!(code(&creation), expected);
        let (RoleCreation::Done { audit, .. } | RoleCreation::Refused { audit, .. }) = &creation;
        assert_recorded(&scene, AuditEventName::RoleCreated, expected, audit);
        if let RoleCreation::Done { role, .. } = creation {
            prop_assert_eq!(role.role, "planner");
            for (resource, action) in UNIVERSE {
                let is_stored = role.permissions.iter().any(|statement| {
                    statement.resource == *resource && statement.actions.iter().any(|a| a == action)
                });
                prop_assert_eq!(is_stored, pairs.contains(&(*resource, *action)));
            }
        }
    }
}

#[test]
fn only_organizations_have_roles_of_their_own() {
    let call = |lineage| RoleCreateCall {
        lineage,
        ..APP.creation("planner", &vec![])
    };
    for (lineage, expected) in [
        (vec![], ErrorCode::GroupNotFound),
        (vec![group(0, Some(1))], ErrorCode::InvalidParameters),
        (
            vec![group(0, Some(1)), group(1, None)],
            ErrorCode::InvalidParameters,
        ),
    ] {
        let creation = create(call(lineage));
        assert_eq!(code(&creation), Some(expected));
        let audit = match creation {
            RoleCreation::Done { audit, .. } | RoleCreation::Refused { audit, .. } => audit,
        };
        assert!(audit.is_empty());
    }
}

#[test]
fn the_organizations_limit_holds() {
    let mut call = APP.creation("planner", &vec![]);
    if let Some(organization) = call.lineage.first_mut() {
        organization.settings = Some(GroupSettings {
            role_limit: Some(1.0),
            ..GroupSettings::default()
        });
    }
    assert_eq!(
        code(&create(call.clone())),
        Some(ErrorCode::RoleLimitReached)
    );
    call.counts.roles = 0;
    assert_eq!(code(&create(call)), None);
}

#[test]
fn a_description_is_text_to_show() {
    let describe = |text: &str| {
        made(RoleCreateCall {
            description: Some(text.to_owned()),
            ..APP.creation("planner", &vec![])
        })
        .map(|role| role.description)
    };
    assert_eq!(describe(" Plans it "), Some(Some("Plans it".to_owned())));
    assert_eq!(describe(""), Some(None));
    let longest = "é".repeat(256);
    assert_eq!(describe(&longest), Some(Some(longest.clone())));
    for odd in [longest + "é", "a\u{202E}b".to_owned(), "\u{0}".to_owned()] {
        assert_eq!(describe(&odd), None, "{odd:.20}");
    }
}

/// A name that only looks like one of the app's is no name at all.
#[test]
fn no_role_takes_a_name_that_there_is() {
    for name in ["owner", "Admin", "MEMBER", "editor"] {
        let creation = create(APP.creation(name, &vec![]));
        assert_eq!(
            code(&creation),
            Some(ErrorCode::RoleAlreadyExists),
            "{name}"
        );
    }
    for name in ["οwner", "owner\u{200B}", "\u{FF4F}wner"] {
        let creation = create(APP.creation(name, &vec![]));
        assert_eq!(
            code(&creation),
            Some(ErrorCode::InvalidParameters),
            "{name}"
        );
    }
}
