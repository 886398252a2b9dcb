//! Giving invitations new tokens.

use crate::audit::AuditEventName;
use crate::member::tests::{Invitation, Issued, Membership, Store, email_of, words};
use crate::refusal::ErrorCode;
use crate::time::{Millis, UnixMillis};

/// A store in which the admin has invited `dan` to `acme`.
fn with_invite(role: &str) -> (Store, Issued) {
    let mut store = Store::with_owners();
    let new = Invitation::link("acme", &[role]).to(&email_of("dan"));
    let issued = store.invite(Some("cleo"), &new).unwrap();
    (store, issued)
}

fn demote(store: &mut Store, user: &str) {
    let id = store.tables.membership("acme", user).unwrap().id.clone();
    store
        .update(None, &id, Some(&words(&["member"])), None)
        .unwrap();
}

#[test]
fn the_token_before_is_void() {
    let (mut store, issued) = with_invite("member");
    store.wait(Millis::DAY.times(3.0));
    let token = store.renew(Some("cleo"), &issued.id, false).unwrap();
    let refused = store.accept("dan", &issued.token);
    assert_eq!(refused, Err(ErrorCode::InviteNotFound));
    assert_eq!(store.accept("dan", &token), Ok(true));
    let row = &store.tables.invite(&issued.id).unwrap().row;
    assert_eq!(row.expires_time, store.now.plus(Millis::DAY.times(7.0)));
    let mut audit = store.tables.audit.iter();
    assert!(audit.any(|event| event.event == AuditEventName::InviteRenewed));
}

#[test]
fn a_longer_time_stays() {
    let mut store = Store::with_owners();
    let expires_time = Some(store.now.plus(Millis::DAY.times(60.0)));
    let new = Invitation {
        expires_time,
        ..Invitation::link("acme", &["member"])
    };
    let issued = store.invite(None, &new).unwrap();
    store.renew(None, &issued.id, false).unwrap();
    let row = &store.tables.invite(&issued.id).unwrap().row;
    assert_eq!(Some(row.expires_time), expires_time);
}

#[test]
fn a_token_that_was_shown_proves_no_address() {
    let mut store = Store::with_owners();
    let new = Invitation::link("acme", &["member"])
        .to(&email_of("finn"))
        .sent();
    let issued = store.invite(None, &new).unwrap();
    let token = store.renew(None, &issued.id, false).unwrap();
    assert_eq!(store.accept("finn", &token), Ok(true));
    let user = store.tables.user("finn").unwrap();
    assert_eq!(user.email_verification_time, None);
}

#[test]
fn invite_not_found() {
    let (mut store, _) = with_invite("member");
    let refused = store.renew(None, "gone", false);
    assert_eq!(refused, Err(ErrorCode::InviteNotFound));
}

#[test]
fn group_not_found() {
    let (mut store, issued) = with_invite("member");
    store.tables.group_mut("acme").deleted_time = Some(store.now);
    let refused = store.renew(None, &issued.id, false);
    assert_eq!(refused, Err(ErrorCode::GroupNotFound));
}

#[test]
fn forbidden_to_who_may_not_invite_so() {
    let mut store = Store::with_owners();
    store
        .add(None, Membership::of("acme", "eve", &["member"]))
        .unwrap();
    let new = Invitation::link("acme", &["editor"]).to(&email_of("dan"));
    let issued = store.invite(Some("ada"), &new).unwrap();
    // The admin may invite, but not with this role.
    for actor in ["eve", "bob", "nobody", "cleo"] {
        let refused = store.renew(Some(actor), &issued.id, false);
        assert_eq!(refused, Err(ErrorCode::Forbidden), "{actor}");
    }
    assert!(store.renew(Some("ada"), &issued.id, false).is_ok());
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
        store.renew(Some("ada"), &issued.id, false),
        Err(ErrorCode::Forbidden)
    );
    assert!(store.renew(Some("eve"), &issued.id, false).is_ok());
    assert!(store.renew(None, &issued.id, false).is_ok());
}

#[test]
fn second_factor_required() {
    let (mut store, issued) = with_invite("member");
    store.settings_mut("acme").require_second_factor = Some(true);
    let refused = store.renew(Some("ada"), &issued.id, false);
    assert_eq!(refused, Err(ErrorCode::SecondFactorRequired));
}

#[test]
fn inviter_not_allowed() {
    let (mut store, issued) = with_invite("admin");
    demote(&mut store, "cleo");
    for actor in [None, Some("ada")] {
        let refused = store.renew(actor, &issued.id, false);
        assert_eq!(refused, Err(ErrorCode::InviterNotAllowed));
    }
}

#[test]
fn role_not_found() {
    let mut store = Store::with_owners();
    let role = store.create_role(None, "acme", "lead", &[]).unwrap();
    let issued = store
        .invite(Some("ada"), &Invitation::link("acme", &["lead"]))
        .unwrap();
    store.delete_role(None, &role).unwrap();
    let refused = store.renew(Some("ada"), &issued.id, false);
    assert_eq!(refused, Err(ErrorCode::RoleNotFound));
}

#[test]
fn invite_not_pending() {
    let (mut store, issued) = with_invite("member");
    store.revoke(None, &issued.id).unwrap();
    let refused = store.renew(None, &issued.id, false);
    assert_eq!(refused, Err(ErrorCode::InviteNotPending));
    let (mut store, issued) = with_invite("member");
    store.accept("dan", &issued.token).unwrap();
    let refused = store.renew(None, &issued.id, false);
    assert_eq!(refused, Err(ErrorCode::InviteNotPending));
    // Neither is one whose time is over, noted or not.
    let (mut store, issued) = with_invite("member");
    store.tables.invite_mut(&issued.id).row.expires_time = UnixMillis(f64::NAN);
    let refused = store.renew(None, &issued.id, false);
    assert_eq!(refused, Err(ErrorCode::InviteNotPending));
}

#[test]
fn invalid_parameters() {
    let mut store = Store::with_owners();
    let issued = store
        .invite(None, &Invitation::link("acme", &["member"]))
        .unwrap();
    let refused = store.renew(None, &issued.id, true);
    assert_eq!(refused, Err(ErrorCode::InvalidParameters));
}

#[test]
fn rate_limited() {
    let (mut store, issued) = with_invite("member");
    for _ in 0..5 {
        store.renew(Some("ada"), &issued.id, true).unwrap();
    }
    let refused = store.renew(Some("ada"), &issued.id, true);
    assert_eq!(refused, Err(ErrorCode::RateLimited));
}
