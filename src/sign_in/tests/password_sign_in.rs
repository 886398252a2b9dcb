//! Signing in with a password.

use super::*;
use crate::audit::{AuditEventName, AuditOutcome};
use crate::password::Argon2Parameters;
use crate::refusal::ErrorCode;
use crate::time::{Millis, UnixMillis};

fn with_ada() -> Store {
    let mut store = Store::new(false);
    store.sign_up(ADA, PASSWORD);
    store
}

#[test]
fn the_right_password_signs_in_and_writes_no_counter() {
    let mut store = with_ada();
    let limits = store.tables.limits.clone();
    assert!(store.sign_in("ADA@example.com", PASSWORD).is_signed_in());
    assert_eq!(store.work, ONE_HASH);
    assert_eq!(store.tables.limits, limits);
}

#[test]
fn a_wrong_password_is_refused_with_its_writes() {
    let mut store = with_ada();
    let before = store.tables.clone();
    let reply = store.sign_in(ADA, STRANGERS_PASSWORD);
    assert_eq!(reply.code(), Some(ErrorCode::InvalidCredentials));
    assert_eq!(store.tables.without_traces(), before.without_traces());
    assert_eq!(store.tables.limits.len(), before.limits.len() + 3);
    let refused = AuditOutcome::Refused;
    assert_eq!(store.tables.count(AuditEventName::SignIn, refused), 1);
}

#[test]
fn a_hash_of_other_parameters_is_upgraded_by_the_right_password_only() {
    let mut store = with_ada();
    let old = store.account(ADA).secret.clone();
    store.config.argon2 = Argon2Parameters {
        memory_kib: 9 * 1024,
        ..quick()
    };
    store.sign_in(ADA, STRANGERS_PASSWORD);
    assert_eq!(store.account(ADA).secret, old);
    assert!(store.sign_in(ADA, PASSWORD).is_signed_in());
    let upgraded = store.account(ADA).secret.clone();
    assert_ne!(upgraded, old);
    assert!(store.sign_in(ADA, PASSWORD).is_signed_in());
    assert_eq!(store.account(ADA).secret, upgraded);
    assert_eq!(store.work, 9 * 1024);
}

#[test]
fn the_oldest_session_ends_when_there_would_be_too_many() {
    let mut store = with_ada();
    let oldest = store.tables.sessions.first().unwrap().id.clone();
    for _ in 0..3 {
        assert!(store.sign_in(ADA, PASSWORD).is_signed_in());
    }
    assert!(store.tables.sessions.iter().any(|row| row.id == oldest));
    assert!(store.sign_in(ADA, PASSWORD).is_signed_in());
    assert_eq!(store.tables.sessions.len(), 4);
    assert_eq!(store.tables.refresh_tokens.len(), 4);
    assert!(store.tables.sessions.iter().all(|row| row.id != oldest));
    let evicted = AuditEventName::SessionEvicted;
    assert_eq!(store.tables.count(evicted, AuditOutcome::Success), 1);
}

#[test]
fn a_banned_user_is_told_so_after_the_right_password_only() {
    let mut store = with_ada();
    let until = store.now.plus(Millis::HOUR);
    let user = store.tables.users.first_mut().unwrap();
    user.row.banned_time = Some(UnixMillis(0.0));
    user.row.ban_expiration_time = Some(until);
    let sessions = store.tables.sessions.clone();
    let wrong = store.sign_in(ADA, STRANGERS_PASSWORD);
    assert_eq!(wrong.code(), Some(ErrorCode::InvalidCredentials));
    let right = store.sign_in(ADA, PASSWORD);
    assert_eq!(right.code(), Some(ErrorCode::UserBanned));
    assert_eq!(store.tables.sessions, sessions);
    let refused = AuditOutcome::Refused;
    assert_eq!(store.tables.count(AuditEventName::SignIn, refused), 2);
    store.wait(Millis::HOUR);
    assert!(store.sign_in(ADA, PASSWORD).is_signed_in());
}

#[test]
fn an_unproved_address_gets_a_code_after_the_right_password_only() {
    let mut store = Store::new(true);
    store.sign_up(ADA, PASSWORD);
    let code = store.mailed_code();
    assert_eq!(
        store.sign_in(ADA, STRANGERS_PASSWORD).code(),
        Some(ErrorCode::InvalidCredentials)
    );
    assert_eq!(store.mails.len(), 1);
    let verifier = store.sign_in(ADA, PASSWORD).verifier();
    assert_ne!(store.mailed_code(), code);
    // The new code is the one that counts, and the password stays.
    assert!(!store.verify_email(ADA, &code, None).is_signed_in());
    let code = store.mailed_code();
    assert!(
        store
            .verify_email(ADA, &code, Some(&verifier))
            .is_signed_in()
    );
    assert!(store.sign_in(ADA, PASSWORD).is_signed_in());
}

#[test]
fn an_account_without_its_user_signs_in_nobody() {
    let mut store = with_ada();
    store.tables.users.clear();
    let reply = store.sign_in(ADA, PASSWORD);
    assert_eq!(reply.code(), Some(ErrorCode::InvalidCredentials));
    assert_eq!(store.work, ONE_HASH);
    assert!(store.request_reset(ADA).is_started());
    assert_eq!(store.mailed_code(), "");
}

#[test]
fn an_address_that_was_never_seen_cannot_be_signed_in_with_an_empty_password() {
    let mut store = Store::new(false);
    let reply = store.sign_in(ADA, "");
    assert_eq!(reply.code(), Some(ErrorCode::InvalidCredentials));
    assert!(store.tables.users.is_empty());
}
