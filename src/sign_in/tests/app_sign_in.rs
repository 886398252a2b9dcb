//! Sign-ins that the app has checked itself.

use super::*;
use crate::audit::{AuditEventName, AuditOutcome};
use crate::refusal::ErrorCode;
use crate::time::{Millis, UnixMillis};
use crate::user::UserFields;

fn with_user() -> (Store, String) {
    let mut store = Store::new(false);
    let id = store.insert_user(UserFields::default());
    (store, id)
}

#[test]
fn a_user_whom_the_app_has_named_gets_a_session() {
    let (mut store, id) = with_user();
    let session = store.app_sign_in(Some(ADA), Some(&id), None).session();
    assert_eq!(session.user_id, id);
    assert!(store.tables.limits.is_empty());
}

#[test]
fn a_user_who_is_banned_or_missing_gets_none() {
    let (mut store, id) = with_user();
    let missing = store.app_sign_in(Some(ADA), Some("missing"), None);
    assert_eq!(missing.code(), Some(ErrorCode::InvalidCredentials));
    let user = store.tables.users.first_mut().unwrap();
    user.row.banned_time = Some(UnixMillis(0.0));
    let banned = store.app_sign_in(Some(ADA), Some(&id), None);
    assert_eq!(banned.code(), Some(ErrorCode::UserBanned));
    assert!(store.tables.sessions.is_empty());
}

#[test]
fn failures_are_counted_and_lock_even_the_right_secret_out() {
    let (mut store, id) = with_user();
    for attempt in 1..=5 {
        let reply = store.app_sign_in(Some(ADA), None, None);
        assert_eq!(
            reply.code(),
            Some(ErrorCode::InvalidCredentials),
            "{attempt}"
        );
    }
    let locked = AuditEventName::AccountLocked;
    assert_eq!(store.tables.count(locked, AuditOutcome::Refused), 1);
    let before = store.tables.clone();
    let right = store.app_sign_in(Some(ADA), Some(&id), None);
    let wrong = store.app_sign_in(Some(ADA), None, None);
    assert_eq!(right.code(), Some(ErrorCode::RateLimited));
    assert_eq!(right, wrong, "a lock does not tell right from wrong");
    assert_eq!(store.tables, before);
    store.wait(Millis(300_000.0));
    assert!(store.app_sign_in(Some(ADA), Some(&id), None).is_signed_in());
}

/// Attempts that the limiter refuses are not counted, so that while it does,
/// nothing may depend on the secret: not even in the network of the user's own
/// session, where strangers may be, too.
#[test]
fn a_closed_account_answers_alike_in_the_owners_network() {
    let (mut store, id) = with_user();
    store.app_sign_in(Some(ADA), Some(&id), None).session();
    for host in 10..40 {
        store.origin = network(host);
        store.app_sign_in(Some(ADA), None, None);
    }
    store.origin = network(1);
    let wrong = store.app_sign_in(Some(ADA), None, None);
    let right = store.app_sign_in(Some(ADA), Some(&id), None);
    assert_eq!(wrong.code(), Some(ErrorCode::RateLimited));
    assert_eq!(right, wrong);
}

#[test]
fn forms_without_an_identifier_share_a_counter_in_each_network() {
    let (mut store, id) = with_user();
    for _ in 0..5 {
        store.app_sign_in(None, None, None);
    }
    let locked = store.app_sign_in(None, Some(&id), None);
    assert_eq!(locked.code(), Some(ErrorCode::RateLimited));
    assert!(store.app_sign_in(Some(ADA), Some(&id), None).is_signed_in());
    store.origin = network(2);
    assert!(store.app_sign_in(None, Some(&id), None).is_signed_in());
}

#[test]
fn a_session_that_the_check_has_opened_is_not_opened_twice() {
    let (mut store, id) = with_user();
    let session = store.app_sign_in(Some(ADA), Some(&id), None).session();
    let reply = store.app_sign_in(Some(ADA), Some(&id), Some(&session));
    assert_eq!(reply, Reply::Kept);
    assert_eq!(store.tables.sessions.len(), 1);
}

#[test]
fn the_cap_holds_for_these_sessions_too() {
    let (mut store, id) = with_user();
    for _ in 0..10 {
        store.app_sign_in(Some(ADA), Some(&id), None).session();
    }
    assert_eq!(store.tables.sessions.len(), 4);
}

#[test]
fn an_identifier_that_cannot_be_one_is_refused_without_a_trace() {
    let (mut store, id) = with_user();
    let long = "a".repeat(1 << 20);
    let before = store.tables.clone();
    for identifier in ["", "a\0b", "a\u{fffd}b", long.as_str()] {
        let reply = store.app_sign_in(Some(identifier), Some(&id), None);
        assert_eq!(reply.code(), Some(ErrorCode::InvalidParameters));
    }
    assert_eq!(store.tables, before);
}
