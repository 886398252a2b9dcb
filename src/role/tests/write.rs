//! Changing and deleting roles.

use proptest::prelude::*;

use super::*;
use crate::permission::tests::rows::group;
use crate::role::{RoleDeletion, RoleUpdate, delete, update};

const APP: Scene = Scene { actor: None };

fn update_code(answer: &RoleUpdate) -> Option<ErrorCode> {
    match answer {
        RoleUpdate::Done { .. } => None,
        RoleUpdate::Refused { refusal, .. } => Some(refusal.code),
    }
}

fn delete_code(answer: &RoleDeletion) -> Option<ErrorCode> {
    match answer {
        RoleDeletion::Done { .. } => None,
        RoleDeletion::Refused { refusal, .. } => Some(refusal.code),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whoever changes a role holds what it allowed and what it will allow.
    #[test]
    fn nobody_changes_a_role_above_themselves(
        scene in some_scene(),
        pairs in prop::option::of(some_pairs()),
        exists in prop::bool::weighted(0.9),
    ) {
        let mut call = scene.change(pairs.as_ref());
        call.role = call.role.filter(|_| exists);
        let answer = update(call);
        let expected = if !scene.holds("role", "update") {
            Some(scene.forbidden())
        } else if !exists {
            Some(ErrorCode::RoleNotFound)
        } else if !scene.holds_all(&of_auditors()) {
            Some(ErrorCode::Forbidden)
        } else if !pairs.as_ref().is_none_or(are_known) {
            Some(ErrorCode::UnknownPermission)
        } else if !pairs.as_ref().is_none_or(|pairs| scene.holds_all(pairs)) {
            Some(ErrorCode::Forbidden)
        } else {
            None
        };
        prop_assert_eq!(update_code(&answer), expected);
        let (RoleUpdate::Done { audit, .. } | RoleUpdate::Refused { audit, .. }) = &answer;
        assert_recorded(&scene, AuditEventName::RoleUpdated, expected, audit);
        if let RoleUpdate::Done { permissions, description, .. } = answer {
            prop_assert_eq!(permissions.is_some(), pairs.is_some());
            prop_assert_eq!(description, None);
        }
    }

    /// Whoever deletes a role holds what it allowed, and nobody has it.
    #[test]
    fn nobody_deletes_a_role_above_themselves(
        scene in some_scene(),
        exists in prop::bool::weighted(0.9),
        is_assigned in any::<bool>(),
    ) {
        let mut call = scene.deletion();
        call.role = call.role.filter(|_| exists);
        call.is_assigned = is_assigned;
        let answer = delete(call);
        let expected = if !scene.holds("role", "delete") {
            Some(scene.forbidden())
        } else if !exists {
            Some(ErrorCode::RoleNotFound)
        } else if !scene.holds_all(&of_auditors()) {
            Some(ErrorCode::Forbidden)
        } else if is_assigned {
            Some(ErrorCode::RoleInUse)
        } else {
            None
        };
        prop_assert_eq!(delete_code(&answer), expected);
        let (RoleDeletion::Done { audit } | RoleDeletion::Refused { audit, .. }) = &answer;
        assert_recorded(&scene, AuditEventName::RoleDeleted, expected, audit);
    }
}

#[test]
fn roles_of_other_organizations_are_not_found() {
    let other = Some(auditor(&group(7, None)));
    let mut change = APP.change(None);
    change.role.clone_from(&other);
    assert_eq!(update_code(&update(change)), Some(ErrorCode::RoleNotFound));
    let mut deletion = APP.deletion();
    deletion.role = other;
    assert_eq!(
        delete_code(&delete(deletion)),
        Some(ErrorCode::RoleNotFound)
    );
}

#[test]
fn a_role_that_is_not_there_is_not_found_with_its_organization() {
    let mut change = APP.change(None);
    change.role = None;
    change.lineage.clear();
    assert_eq!(update_code(&update(change)), Some(ErrorCode::RoleNotFound));
    let mut deletion = APP.deletion();
    deletion.role = None;
    deletion.lineage.clear();
    assert_eq!(
        delete_code(&delete(deletion)),
        Some(ErrorCode::RoleNotFound)
    );
}

#[test]
fn roles_of_groups_that_are_gone_are_not_written() {
    let mut change = APP.change(None);
    change.lineage.clear();
    assert_eq!(update_code(&update(change)), Some(ErrorCode::GroupNotFound));
    let mut deletion = APP.deletion();
    deletion.lineage.clear();
    assert_eq!(
        delete_code(&delete(deletion)),
        Some(ErrorCode::GroupNotFound)
    );
}

#[test]
fn a_description_changes_and_goes() {
    for (text, stored) in [(" Reads bills ", "Reads bills"), ("", "")] {
        let mut call = APP.change(None);
        call.description = Some(text.to_owned());
        let answer = update(call);
        assert!(
            matches!(&answer, RoleUpdate::Done { description: Some(now), permissions: None, .. } if now == stored),
            "{answer:?}"
        );
    }
    let mut call = APP.change(None);
    call.description = Some("a".repeat(257));
    assert_eq!(
        update_code(&update(call)),
        Some(ErrorCode::InvalidParameters)
    );
}
