//! Changing the password of a signed-in user.

use super::*;
use crate::audit::{AuditEventName, AuditOutcome};
use crate::refusal::ErrorCode;
use crate::time::{Millis, UnixMillis};

fn with_two_sessions() -> (Store, OpenSession, OpenSession) {
    let mut store = Store::new(false);
    let first = store.sign_up(ADA, PASSWORD).session();
    let second = store.sign_in(ADA, PASSWORD).session();
    (store, first, second)
}

#[test]
fn a_change_ends_the_other_sessions_and_keeps_the_present_one() {
    let (mut store, mut first, mut second) = with_two_sessions();
    let reply = store.change(&second, PASSWORD, NEW_PASSWORD);
    assert_eq!(reply, Reply::Kept);
    assert_eq!(store.tables.sessions.len(), 1);
    assert_eq!(store.refresh(&mut second), Ok(()));
    let ended = Err(ErrorCode::InvalidRefreshToken);
    assert_eq!(store.refresh(&mut first), ended);
    let revoked = AuditEventName::SessionRevoked;
    assert_eq!(store.tables.count(revoked, AuditOutcome::Success), 1);
    let old = store.sign_in(ADA, PASSWORD);
    assert_eq!(old.code(), Some(ErrorCode::InvalidCredentials));
    assert!(store.sign_in(ADA, NEW_PASSWORD).is_signed_in());
}

#[test]
fn a_wrong_current_password_is_counted_like_one_at_the_door() {
    let (mut store, first, _) = with_two_sessions();
    let before = store.tables.without_traces();
    for attempt in 1..=5 {
        let reply = store.change(&first, STRANGERS_PASSWORD, NEW_PASSWORD);
        assert_eq!(
            reply.code(),
            Some(ErrorCode::InvalidCredentials),
            "{attempt}"
        );
    }
    assert_eq!(store.tables.without_traces(), before);
    let locked = AuditEventName::AccountLocked;
    assert_eq!(store.tables.count(locked, AuditOutcome::Refused), 1);
    let refused = store.change(&first, PASSWORD, NEW_PASSWORD);
    assert_eq!(refused.code(), Some(ErrorCode::RateLimited));
    assert_eq!(store.work, 0);
    let at_the_door = store.sign_in(ADA, PASSWORD);
    assert_eq!(at_the_door.code(), Some(ErrorCode::RateLimited));
    store.wait(Millis(300_000.0));
    let reply = store.change(&first, PASSWORD, NEW_PASSWORD);
    assert_eq!(reply, Reply::Kept);
}

#[test]
fn a_change_voids_the_codes_that_were_sent_before() {
    let (mut store, first, _) = with_two_sessions();
    store.request_reset(ADA);
    let code = store.mailed_code();
    assert_eq!(store.change(&first, PASSWORD, NEW_PASSWORD), Reply::Kept);
    let reply = store.reset(ADA, &code, PASSWORD);
    assert_eq!(reply.code(), Some(ErrorCode::InvalidVerificationCode));
    assert!(store.sign_in(ADA, NEW_PASSWORD).is_signed_in());
}

#[test]
fn nobody_changes_a_password_without_a_live_session_of_that_user() {
    let (mut store, first, second) = with_two_sessions();
    let eve = store.sign_up("eve@example.com", PASSWORD).session();
    let mixed = OpenSession {
        user_id: first.user_id.clone(),
        ..eve
    };
    let unknown = OpenSession {
        id: "unknown".to_owned(),
        ..first.clone()
    };
    let without_account = OpenSession {
        user_id: "unknown".to_owned(),
        ..first.clone()
    };
    let before = store.tables.clone();
    for (session, code) in [
        (&mixed, ErrorCode::NotSignedIn),
        (&unknown, ErrorCode::NotSignedIn),
        (&without_account, ErrorCode::AccountNotFound),
    ] {
        let reply = store.change(session, PASSWORD, NEW_PASSWORD);
        assert_eq!(reply.code(), Some(code));
        assert_eq!(store.work, 0);
    }
    assert_eq!(store.tables, before);
    store.wait(Millis::DAY.times(30.0));
    for session in [&first, &second] {
        let reply = store.change(session, PASSWORD, NEW_PASSWORD);
        assert_eq!(reply.code(), Some(ErrorCode::NotSignedIn));
    }
}

#[test]
fn a_banned_user_changes_nothing() {
    let (mut store, first, _) = with_two_sessions();
    let user = store.tables.users.first_mut().unwrap();
    user.row.banned_time = Some(UnixMillis(0.0));
    let before = store.tables.clone();
    let reply = store.change(&first, PASSWORD, NEW_PASSWORD);
    assert_eq!(reply.code(), Some(ErrorCode::NotSignedIn));
    assert_eq!(store.tables, before);
}

#[test]
fn a_new_password_that_the_policy_refuses_is_neither_compared_nor_counted() {
    let (mut store, first, _) = with_two_sessions();
    let before = store.tables.clone();
    let reply = store.change(&first, PASSWORD, "password");
    assert_eq!(reply.code(), Some(ErrorCode::PasswordTooCommon));
    assert_eq!(store.work, 0);
    assert_eq!(store.tables, before);
}
