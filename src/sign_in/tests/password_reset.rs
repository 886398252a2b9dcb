//! Resetting a password: the owner's way back.

use super::*;
use crate::audit::{AuditEventName, AuditOutcome};
use crate::refusal::ErrorCode;
use crate::time::{Millis, UnixMillis};

fn with_ada() -> (Store, OpenSession) {
    let mut store = Store::new(false);
    let session = store.sign_up(ADA, PASSWORD).session();
    (store, session)
}

fn reset_code(store: &mut Store) -> String {
    assert!(store.request_reset(ADA).is_started());
    store.mailed_code()
}

#[test]
fn a_reset_replaces_the_password_ends_all_sessions_and_proves_the_address() {
    let (mut store, mut session) = with_ada();
    let code = reset_code(&mut store);
    let opened = store.reset(ADA, &code, NEW_PASSWORD).session();
    assert_eq!(store.work, ONE_HASH);
    let left: Vec<_> = store.tables.sessions.iter().map(|row| &row.id).collect();
    assert_eq!(left, [&opened.id]);
    let ended = Err(ErrorCode::InvalidRefreshToken);
    assert_eq!(store.refresh(&mut session), ended);
    assert_eq!(store.account(ADA).verified_time, Some(store.now));
    let old = store.sign_in(ADA, PASSWORD);
    assert_eq!(old.code(), Some(ErrorCode::InvalidCredentials));
    assert!(store.sign_in(ADA, NEW_PASSWORD).is_signed_in());
}

#[test]
fn a_wrong_code_changes_nothing_but_the_counters() {
    let (mut store, _) = with_ada();
    reset_code(&mut store);
    let before = store.tables.clone();
    let reply = store.reset(ADA, "00000000", NEW_PASSWORD);
    assert_eq!(reply.code(), Some(ErrorCode::InvalidVerificationCode));
    assert_eq!(store.work, 0);
    assert_eq!(store.tables.accounts, before.accounts);
    assert_eq!(store.tables.sessions, before.sessions);
    assert_eq!(store.tables.limits.len(), before.limits.len() + 3);
    let refused = AuditOutcome::Refused;
    assert_eq!(
        store.tables.count(AuditEventName::PasswordReset, refused),
        1
    );
}

#[test]
fn a_new_password_that_the_policy_refuses_does_not_use_up_the_code() {
    let (mut store, _) = with_ada();
    let code = reset_code(&mut store);
    let before = store.tables.clone();
    let reply = store.reset(ADA, &code, "short");
    assert_eq!(reply.code(), Some(ErrorCode::PasswordTooShort));
    assert_eq!(store.tables, before);
    assert!(store.reset(ADA, &code, NEW_PASSWORD).is_signed_in());
}

#[test]
fn a_reset_lets_an_owner_in_who_was_locked_out_by_wrong_passwords() {
    let (mut store, _) = with_ada();
    store.tables.sessions.clear();
    // Everybody has guessed: the owner's network is locked, and the account is
    // closed for all others.
    for host in 1..=10 {
        store.origin = network(host);
        for _ in 0..6 {
            store.sign_in(ADA, STRANGERS_PASSWORD);
        }
    }
    store.origin = network(1);
    let locked = store.sign_in(ADA, PASSWORD);
    assert_eq!(locked.code(), Some(ErrorCode::RateLimited));
    let code = reset_code(&mut store);
    store.reset(ADA, &code, NEW_PASSWORD).session();
    assert!(store.sign_in(ADA, NEW_PASSWORD).is_signed_in());
    store.tables.sessions.clear();
    assert!(store.sign_in(ADA, NEW_PASSWORD).is_signed_in());
    store.origin = network(99);
    assert!(store.sign_in(ADA, NEW_PASSWORD).is_signed_in());
    // Whoever was locked out elsewhere stays so.
    store.origin = network(2);
    let locked = store.sign_in(ADA, NEW_PASSWORD);
    assert_eq!(locked.code(), Some(ErrorCode::RateLimited));
}

#[test]
fn resets_that_are_asked_for_are_bounded_for_a_mailbox() {
    let (mut store, _) = with_ada();
    for host in 1..=5 {
        store.origin = network(host);
        reset_code(&mut store);
    }
    store.origin = network(6);
    let before = store.tables.clone();
    let refused = store.request_reset(ADA);
    assert_eq!(refused.code(), Some(ErrorCode::RateLimited));
    assert_eq!(refused.wait(), Some(600_000.0));
    assert_eq!(store.tables, before);
    assert_eq!(store.mails.len(), 5);
    store.wait(Millis(600_000.0));
    reset_code(&mut store);
}

#[test]
fn a_banned_user_resets_the_password_but_gets_no_session() {
    let (mut store, _) = with_ada();
    let user = store.tables.users.first_mut().unwrap();
    user.row.banned_time = Some(UnixMillis(0.0));
    let code = reset_code(&mut store);
    let reply = store.reset(ADA, &code, NEW_PASSWORD);
    assert_eq!(reply.code(), Some(ErrorCode::UserBanned));
    assert!(store.tables.sessions.is_empty());
    let again = store.reset(ADA, &code, NEW_PASSWORD);
    assert_eq!(again.code(), Some(ErrorCode::InvalidVerificationCode));
}

#[test]
fn the_client_that_asks_for_a_reset_holds_nothing_that_helps() {
    let (mut store, _) = with_ada();
    assert_eq!(store.request_reset(ADA), Reply::Started(None));
}

#[test]
fn a_reset_ends_the_sessions_of_a_proved_user_too() {
    let (mut store, _) = with_ada();
    let code = reset_code(&mut store);
    let mut session = store.reset(ADA, &code, NEW_PASSWORD).session();
    let code = reset_code(&mut store);
    store.reset(ADA, &code, PASSWORD).session();
    assert_eq!(store.tables.sessions.len(), 1);
    let ended = Err(ErrorCode::InvalidRefreshToken);
    assert_eq!(store.refresh(&mut session), ended);
}
