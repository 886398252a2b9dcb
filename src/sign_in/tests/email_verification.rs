//! Proving an address, and what becomes of the password that was set before.

use super::*;
use crate::refusal::ErrorCode;

fn signed_up() -> (Store, String) {
    let mut store = Store::new(true);
    let verifier = store.sign_up(ADA, PASSWORD).verifier();
    (store, verifier)
}

#[test]
fn the_password_stays_when_the_client_that_set_it_proves_the_address() {
    let (mut store, verifier) = signed_up();
    let code = store.mailed_code();
    let session = store.verify_email(ADA, &code, Some(&verifier)).session();
    assert!(store.sign_in(ADA, PASSWORD).is_signed_in());
    let name = store.tables.users.first().unwrap().name.clone();
    assert_eq!(name, Some(format!("signed up with {PASSWORD}")));
    assert_eq!(session.user_id, store.tables.users.first().unwrap().row.id);
}

#[test]
fn the_password_is_cleared_when_another_client_proves_the_address() {
    let (_, foreign) = {
        let mut store = Store::new(true);
        store.sign_up("eve@example.com", PASSWORD);
        (0, store.sign_up("eve@example.com", PASSWORD).verifier())
    };
    for verifier in [None, Some(foreign.as_str()), Some(""), Some("vf_broken")] {
        let (mut store, _) = signed_up();
        let code = store.mailed_code();
        assert!(store.verify_email(ADA, &code, verifier).is_signed_in());
        assert_eq!(store.account(ADA).secret, None);
        let reply = store.sign_in(ADA, PASSWORD);
        assert_eq!(reply.code(), Some(ErrorCode::InvalidCredentials));
        assert_eq!(
            store.work, ONE_HASH,
            "no secret costs what a wrong one costs"
        );
        // The owner of the mailbox sets a new one.
        store.request_reset(ADA);
        let code = store.mailed_code();
        assert!(store.reset(ADA, &code, NEW_PASSWORD).is_signed_in());
        assert!(store.sign_in(ADA, NEW_PASSWORD).is_signed_in());
    }
}

#[test]
fn a_verifier_without_the_code_is_worth_nothing() {
    let (mut store, verifier) = signed_up();
    let reply = store.verify_email(ADA, "00000000", Some(&verifier));
    assert_eq!(reply.code(), Some(ErrorCode::InvalidVerificationCode));
    assert!(store.tables.sessions.is_empty());
    assert_eq!(store.account(ADA).verified_time, None);
}

#[test]
fn a_proof_ends_what_an_unproved_user_had_but_not_what_a_proved_one_has() {
    for user_is_proved in [false, true] {
        let (mut store, verifier) = signed_up();
        let user_id = store.account(ADA).user_id.clone();
        let mut other = store.account(ADA).clone();
        other.id = "other".to_owned();
        other.provider = "app".to_owned();
        store.tables.accounts.push(other);
        let session = store.app_sign_in(Some(ADA), Some(&user_id), None).session();
        if user_is_proved {
            let user = store.tables.users.first_mut().unwrap();
            user.row.email_verification_time = Some(store.now);
        }
        let code = store.mailed_code();
        store.verify_email(ADA, &code, Some(&verifier)).session();
        let accounts = store.tables.accounts.len();
        let mut sessions = store.tables.sessions.iter();
        let went_on = sessions.any(|row| row.id == session.id);
        assert_eq!(
            (accounts, went_on),
            (if user_is_proved { 2 } else { 1 }, user_is_proved)
        );
    }
}

/// A code that proves somebody else's address must not prove the user's.
#[test]
fn the_users_address_is_proved_only_if_it_is_the_accounts() {
    let (mut store, verifier) = signed_up();
    let user = store.tables.users.first_mut().unwrap();
    user.row.email = Some("elsewhere@example.com".to_owned());
    let code = store.mailed_code();
    let session = store.verify_email(ADA, &code, Some(&verifier)).session();
    let user = store.tables.user(&session.user_id).unwrap();
    assert_eq!(user.email_verification_time, None);
    assert_eq!(store.account(ADA).verified_time, Some(store.now));
}
