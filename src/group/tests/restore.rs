//! Restoring organizations.

use super::super::*;
use super::rows::*;
use crate::origin::Origin;
use crate::permission::StandingRows;
use crate::refusal::ErrorCode;
use crate::tree::GroupSettings;

fn restore_call(actor: Option<StandingRows>) -> GroupRestoreCall {
    let mut group = line(&["acme"]).pop();
    if let Some(group) = &mut group {
        group.deleted_time = Some(NOW);
    }
    GroupRestoreCall {
        now: NOW,
        config: config(),
        origin: Origin::default(),
        group,
        is_waiting: true,
        actor,
    }
}

fn refused(call: GroupRestoreCall) -> Option<ErrorCode> {
    match restore(call) {
        GroupRestoration::Done { .. } => None,
        GroupRestoration::Refused { refusal, .. } => Some(refusal.code),
    }
}

#[test]
fn owners_and_the_app_restore_what_waits() {
    assert_eq!(refused(restore_call(None)), None);
    let owner = actor("ada", &[("acme", "owner")]);
    assert_eq!(refused(restore_call(Some(owner.clone()))), None);
    let mut asleep = owner.clone();
    for membership in &mut asleep.memberships {
        membership.status = "inactive".to_owned();
    }
    let mut removed = owner.clone();
    for membership in &mut removed.memberships {
        membership.removed_time = Some(NOW);
    }
    let mut banned = owner;
    if let Some(user) = &mut banned.user {
        user.banned_time = Some(NOW);
    }
    for somebody in [
        actor("ada", &[("acme", "breaker")]),
        actor("ada", &[("zeta", "owner")]),
        actor("ada", &[]),
        asleep,
        removed,
        banned,
    ] {
        let code = refused(restore_call(Some(somebody)));
        assert_eq!(code, Some(ErrorCode::Forbidden));
    }
}

#[test]
fn an_owner_without_the_second_factor_that_is_asked_for_is_told_so() {
    let mut call = restore_call(Some(actor("ada", &[("acme", "owner")])));
    if let Some(group) = &mut call.group {
        group.settings = Some(GroupSettings {
            require_second_factor: Some(true),
            ..GroupSettings::default()
        });
    }
    assert_eq!(refused(call.clone()), Some(ErrorCode::SecondFactorRequired));
    call.actor = call.actor.map(with_second_factor);
    assert_eq!(refused(call), None);
}

#[test]
fn what_is_not_waiting_cannot_be_restored() {
    let mut missing = restore_call(None);
    missing.group = None;
    let mut alive = restore_call(None);
    if let Some(group) = &mut alive.group {
        group.deleted_time = None;
    }
    let begun = GroupRestoreCall {
        is_waiting: false,
        ..restore_call(None)
    };
    for mut call in [missing, alive, begun] {
        for by in [None, Some(actor("ada", &[("acme", "owner")]))] {
            call.actor = by;
            assert_eq!(refused(call.clone()), Some(ErrorCode::GroupNotFound));
        }
    }
}
