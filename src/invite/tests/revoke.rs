//! Taking invitations back.

use crate::audit::AuditEventName;
use crate::invite::row::InviteStatus;
use crate::member::tests::{Invitation, Issued, Membership, Store, words};
use crate::refusal::ErrorCode;
use crate::time::Millis;

/// A store in which `dan`, who may invite but not cancel, has invited.
fn with_invite() -> (Store, Issued) {
    let mut store = Store::with_owners();
    let recruiter = Membership::of("acme", "dan", &["recruiter"]);
    let dan = store.add(None, recruiter).unwrap();
    let link = Invitation::link("acme", &["recruiter"]);
    let issued = store.invite(Some("dan"), &link).unwrap();
    store
        .update(None, &dan, Some(&words(&["member"])), None)
        .unwrap();
    (store, issued)
}

#[test]
fn who_made_it_may_always_revoke_it() {
    let (mut store, issued) = with_invite();
    store.revoke(Some("dan"), &issued.id).unwrap();
    let row = &store.tables.invite(&issued.id).unwrap().row;
    assert_eq!(row.status, InviteStatus::Revoked);
    assert_eq!(store.tables.counts("acme").pending_invites, 0);
    let event = store.tables.audit.last().unwrap();
    assert_eq!(event.event, AuditEventName::InviteRevoked);
    assert_eq!(event.actor_user_id.as_deref(), Some("dan"));
}

#[test]
fn who_may_cancel_may_revoke_what_others_have_made() {
    for actor in [None, Some("ada"), Some("cleo")] {
        let (mut store, issued) = with_invite();
        assert_eq!(store.revoke(actor, &issued.id), Ok(()), "{actor:?}");
    }
}

#[test]
fn invite_not_found() {
    let (mut store, _) = with_invite();
    for actor in [None, Some("ada"), Some("eve")] {
        let refused = store.revoke(actor, "gone");
        assert_eq!(refused, Err(ErrorCode::InviteNotFound));
    }
}

#[test]
fn group_not_found() {
    let (mut store, issued) = with_invite();
    store.tables.group_mut("acme").deleted_time = Some(store.now);
    let refused = store.revoke(None, &issued.id);
    assert_eq!(refused, Err(ErrorCode::GroupNotFound));
}

#[test]
fn forbidden_to_others() {
    let (mut store, issued) = with_invite();
    store.ban("dan");
    for actor in ["eve", "bob", "nobody", "dan"] {
        let refused = store.revoke(Some(actor), &issued.id);
        assert_eq!(refused, Err(ErrorCode::Forbidden), "{actor}");
    }
}

#[test]
fn forbidden_to_others_without_a_group() {
    let mut store = Store::with_owners();
    let new = Invitation {
        group: None,
        ..Invitation::link("", &["member"])
    };
    let issued = store.invite(Some("eve"), &new).unwrap();
    assert_eq!(
        store.revoke(Some("ada"), &issued.id),
        Err(ErrorCode::Forbidden)
    );
    assert_eq!(store.revoke(Some("eve"), &issued.id), Ok(()));
}

#[test]
fn second_factor_required() {
    let (mut store, issued) = with_invite();
    store.settings_mut("acme").require_second_factor = Some(true);
    let refused = store.revoke(Some("ada"), &issued.id);
    assert_eq!(refused, Err(ErrorCode::SecondFactorRequired));
    assert_eq!(store.revoke(Some("dan"), &issued.id), Ok(()));
}

#[test]
fn invite_not_pending() {
    let (mut store, issued) = with_invite();
    store.revoke(None, &issued.id).unwrap();
    let refused = store.revoke(None, &issued.id);
    assert_eq!(refused, Err(ErrorCode::InviteNotPending));
    let (mut store, issued) = with_invite();
    store.wait(Millis::DAY.times(7.0));
    let refused = store.revoke(None, &issued.id);
    assert_eq!(refused, Err(ErrorCode::InviteNotPending));
}
