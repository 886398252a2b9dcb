//! Signing up.

use super::*;
use crate::audit::{AuditEventName, AuditOutcome};
use crate::refusal::ErrorCode;
use crate::sign_in::DeliveryPurpose;
use crate::time::{Millis, UnixMillis};
use crate::user::UserFields;

#[test]
fn a_sign_up_without_verification_opens_a_session() {
    let mut store = Store::new(false);
    let session = store.sign_up(" Ada@Example.COM ", PASSWORD).session();
    assert_eq!(store.work, ONE_HASH);
    let user = store.tables.user(&session.user_id).unwrap();
    assert_eq!(user.email.as_deref(), Some(ADA));
    assert_eq!(user.email_verification_time, None);
    assert_eq!(store.account(ADA).verified_time, None);
    for event in [AuditEventName::SignUp, AuditEventName::SignIn] {
        assert_eq!(store.tables.count(event, AuditOutcome::Success), 1);
    }
    assert!(store.sign_in(ADA, PASSWORD).is_signed_in());
}

#[test]
fn a_sign_up_with_verification_opens_a_session_after_the_proof_only() {
    let mut store = Store::new(true);
    let verifier = store.sign_up(ADA, PASSWORD).verifier();
    assert_eq!(store.work, ONE_HASH);
    assert!(store.tables.sessions.is_empty());
    let mail = store.mails.last().unwrap();
    assert_eq!(mail.purpose, DeliveryPurpose::EmailVerification);
    assert_eq!(mail.identifier, ADA);
    assert!(store.sign_in(ADA, PASSWORD).is_started());
    assert!(store.tables.sessions.is_empty());
    let code = store.mailed_code();
    let session = store.verify_email(ADA, &code, Some(&verifier)).session();
    let user = store.tables.user(&session.user_id).unwrap();
    assert_eq!(user.email_verification_time, Some(store.now));
    assert_eq!(store.account(ADA).verified_time, Some(store.now));
}

/// Signing up is no way around the limiter: the password is never compared
/// with the account's, right or wrong.
#[test]
fn a_sign_up_with_an_existing_accounts_password_neither_compares_nor_signs_in() {
    for require_email_verification in [false, true] {
        let mut store = Store::new(require_email_verification);
        store.sign_up(ADA, PASSWORD);
        store.tables.audit.clear();
        let before = store.tables.clone();
        let mut replies = vec![];
        for password in [PASSWORD, STRANGERS_PASSWORD] {
            store.tables = before.clone();
            let reply = store.sign_up(ADA, password);
            assert!(!reply.is_signed_in());
            assert_eq!(store.work, ONE_HASH, "one hash, and no comparison");
            assert_eq!(store.tables.sessions, before.sessions);
            assert_eq!(store.tables.accounts, before.accounts);
            replies.push((
                reply.code(),
                reply.is_started(),
                store.tables.limits.clone(),
            ));
        }
        assert_eq!(replies.first(), replies.last());
    }
}

#[test]
fn without_verification_an_existing_address_is_refused_and_counted() {
    let mut store = Store::new(false);
    store.sign_up(ADA, PASSWORD);
    let before = store.tables.clone();
    let reply = store.sign_up(ADA, STRANGERS_PASSWORD);
    assert_eq!(reply.code(), Some(ErrorCode::AccountAlreadyExists));
    assert_eq!(store.tables.without_traces(), before.without_traces());
    assert_ne!(store.tables.limits, before.limits);
    let refused = AuditOutcome::Refused;
    assert_eq!(store.tables.count(AuditEventName::SignUp, refused), 1);
}

#[test]
fn a_password_that_the_policy_refuses_changes_nothing() {
    let megabyte = "x".repeat(1 << 20);
    for (password, code) in [
        ("short", ErrorCode::PasswordTooShort),
        ("", ErrorCode::PasswordTooShort),
        ("password", ErrorCode::PasswordTooCommon),
        ("correct\0horse", ErrorCode::PasswordInvalid),
        ("correct\u{fffd}horse", ErrorCode::PasswordInvalid),
        (megabyte.as_str(), ErrorCode::PasswordTooLong),
    ] {
        for require_email_verification in [false, true] {
            let mut store = Store::new(require_email_verification);
            let before = store.tables.clone();
            assert_eq!(store.sign_up(ADA, password).code(), Some(code));
            assert_eq!(store.work, 0, "nothing is hashed");
            assert_eq!(store.tables, before, "nothing is written, no limit either");
        }
    }
}

#[test]
fn sign_ups_from_one_network_are_bounded_and_the_refusal_hashes_nothing() {
    let mut store = Store::new(false);
    for number in 0..30 {
        let email = format!("user{number}@example.com");
        assert!(store.sign_up(&email, PASSWORD).is_signed_in());
    }
    let before = store.tables.clone();
    let refused = store.sign_up(ADA, PASSWORD);
    assert_eq!(refused.code(), Some(ErrorCode::RateLimited));
    assert_eq!(refused.wait(), Some(60_000.0));
    assert_eq!(store.work, 0);
    assert_eq!(store.tables, before);
    store.origin = network(2);
    assert!(store.sign_up(ADA, PASSWORD).is_signed_in());
    store.origin = network(1);
    store.wait(Millis(60_000.0));
    assert!(store.sign_up("bob@example.com", PASSWORD).is_signed_in());
}

/// Otherwise a stranger could have hashes computed for ever, uncounted.
#[test]
fn a_sign_up_that_may_send_no_mail_hashes_nothing() {
    let mut store = Store::new(true);
    for _ in 0..5 {
        assert!(store.sign_up(ADA, PASSWORD).is_started());
    }
    let before = store.tables.clone();
    let refused = store.sign_up(ADA, PASSWORD);
    assert_eq!(refused.code(), Some(ErrorCode::RateLimited));
    assert_eq!(refused.wait(), Some(600_000.0));
    assert_eq!(store.work, 0);
    assert_eq!(store.tables, before);
}

#[test]
fn a_form_cannot_claim_another_address_or_a_proof() {
    let mut store = Store::new(false);
    let profile = UserFields {
        email: Some("victim@example.com".to_owned()),
        email_verification_time: Some(UnixMillis(1.0)),
        phone_verification_time: Some(UnixMillis(1.0)),
        ..UserFields::default()
    };
    let session = store.sign_up_as(ADA, PASSWORD, profile).session();
    let user = store.tables.user(&session.user_id).unwrap();
    assert_eq!(user.email.as_deref(), Some(ADA));
    assert_eq!(user.email_verification_time, None);
    assert_eq!(user.phone_verification_time, None);
}
