//! Accounts that a stranger opens in the name of somebody else, before or
//! while the owner of the mailbox does. Whatever the order, the stranger's
//! password never works and nothing of the stranger's stays.

use super::*;
use crate::audit::{AuditEventName, AuditOutcome};
use crate::refusal::ErrorCode;
use crate::user::UserRow;

/// The stranger's and the owner's networks.
fn stranger(store: &mut Store) {
    store.origin = network(66);
}

fn owner(store: &mut Store) {
    store.origin = network(1);
}

fn assert_stranger_is_out(store: &mut Store) {
    let ways_in = store.tables.sessions.len();
    stranger(store);
    let reply = store.sign_in(ADA, STRANGERS_PASSWORD);
    assert_eq!(reply.code(), Some(ErrorCode::InvalidCredentials));
    assert_eq!(store.tables.sessions.len(), ways_in);
    assert_eq!(store.tables.accounts.len(), 1);
    owner(store);
}

#[test]
fn the_stranger_signs_up_first_and_the_owner_proves() {
    let mut store = Store::new(true);
    stranger(&mut store);
    store.sign_up(ADA, STRANGERS_PASSWORD).verifier();
    owner(&mut store);
    let verifier = store.sign_up(ADA, PASSWORD).verifier();
    let code = store.mailed_code();
    store.verify_email(ADA, &code, Some(&verifier)).session();
    assert_stranger_is_out(&mut store);
    assert!(store.sign_in(ADA, PASSWORD).is_signed_in());
    let name = store.tables.users.first().unwrap().name.clone();
    assert_eq!(name, Some(format!("signed up with {PASSWORD}")));
}

/// The owner may type the code from an e-mail that the stranger has caused.
#[test]
fn the_stranger_signs_up_and_the_owner_types_the_code_without_having_signed_up() {
    let mut store = Store::new(true);
    stranger(&mut store);
    store.sign_up(ADA, STRANGERS_PASSWORD).verifier();
    owner(&mut store);
    let code = store.mailed_code();
    store.verify_email(ADA, &code, None).session();
    assert_stranger_is_out(&mut store);
}

#[test]
fn the_stranger_signs_up_between_the_owners_sign_up_and_proof() {
    let mut store = Store::new(true);
    let verifier = store.sign_up(ADA, PASSWORD).verifier();
    let first = store.mailed_code();
    stranger(&mut store);
    store.sign_up(ADA, STRANGERS_PASSWORD).verifier();
    owner(&mut store);
    let stale = store.verify_email(ADA, &first, Some(&verifier));
    assert_eq!(stale.code(), Some(ErrorCode::InvalidVerificationCode));
    let second = store.mailed_code();
    store.verify_email(ADA, &second, Some(&verifier)).session();
    assert_stranger_is_out(&mut store);
}

/// The stranger's account is there, so that the stranger can sign in to it and
/// have a code sent that trusts the stranger's client.
#[test]
fn the_stranger_signs_in_between_the_owners_sign_up_and_proof() {
    let mut store = Store::new(true);
    stranger(&mut store);
    store.sign_up(ADA, STRANGERS_PASSWORD).verifier();
    owner(&mut store);
    let verifier = store.sign_up(ADA, PASSWORD).verifier();
    stranger(&mut store);
    assert!(store.sign_in(ADA, STRANGERS_PASSWORD).is_started());
    owner(&mut store);
    let code = store.mailed_code();
    store.verify_email(ADA, &code, Some(&verifier)).session();
    assert_eq!(store.account(ADA).secret, None);
    assert_stranger_is_out(&mut store);
}

#[test]
fn a_strangers_session_accounts_and_tokens_end_with_the_owners_reset() {
    let mut store = Store::new(false);
    stranger(&mut store);
    let mut session = store.sign_up(ADA, STRANGERS_PASSWORD).session();
    let mut other = store.account(ADA).clone();
    other.id = "other".to_owned();
    other.provider = "app".to_owned();
    store.tables.accounts.push(other);
    owner(&mut store);
    let taken = store.sign_up(ADA, PASSWORD);
    assert_eq!(taken.code(), Some(ErrorCode::AccountAlreadyExists));
    store.request_reset(ADA);
    let code = store.mailed_code();
    store.reset(ADA, &code, NEW_PASSWORD).session();
    assert_stranger_is_out(&mut store);
    let ended = Err(ErrorCode::InvalidRefreshToken);
    assert_eq!(store.refresh(&mut session), ended);
    assert!(store.sign_in(ADA, NEW_PASSWORD).is_signed_in());
    let revoked = AuditEventName::UnprovenAccessRevoked;
    assert_eq!(store.tables.count(revoked, AuditOutcome::Success), 1);
}

/// The stranger's password would wait in the code from before the reset.
#[test]
fn a_code_from_before_a_reset_does_not_bring_the_strangers_password_back() {
    let mut store = Store::new(true);
    stranger(&mut store);
    let verifier = store.sign_up(ADA, STRANGERS_PASSWORD).verifier();
    let waiting = store.mailed_code();
    owner(&mut store);
    store.request_reset(ADA);
    let code = store.mailed_code();
    store.reset(ADA, &code, NEW_PASSWORD).session();
    let reply = store.verify_email(ADA, &waiting, Some(&verifier));
    assert_eq!(reply.code(), Some(ErrorCode::InvalidVerificationCode));
    assert_stranger_is_out(&mut store);
    assert!(store.sign_in(ADA, NEW_PASSWORD).is_signed_in());
}

#[test]
fn the_strangers_profile_goes_with_the_proof() {
    let name = |store: &Store| store.tables.users.first().unwrap().name.clone();
    let signed_up_by_stranger = || {
        let mut store = Store::new(true);
        stranger(&mut store);
        store.sign_up(ADA, STRANGERS_PASSWORD).verifier();
        owner(&mut store);
        store
    };

    let mut store = signed_up_by_stranger();
    let code = store.mailed_code();
    store.verify_email(ADA, &code, None).session();
    assert_eq!(name(&store), None, "proved elsewhere");

    let mut store = signed_up_by_stranger();
    store.request_reset(ADA);
    let code = store.mailed_code();
    store.reset(ADA, &code, NEW_PASSWORD).session();
    assert_eq!(name(&store), None, "reset");

    let mut store = signed_up_by_stranger();
    let verifier = store.sign_up(ADA, PASSWORD).verifier();
    let code = store.mailed_code();
    store.verify_email(ADA, &code, Some(&verifier)).session();
    let own = format!("signed up with {PASSWORD}");
    assert_eq!(name(&store), Some(own), "signed up, too");
}

#[test]
fn a_stranger_who_signs_up_after_the_proof_changes_nothing() {
    let mut store = Store::new(true);
    let verifier = store.sign_up(ADA, PASSWORD).verifier();
    let code = store.mailed_code();
    store.verify_email(ADA, &code, Some(&verifier)).session();
    let before = store.tables.without_traces();
    stranger(&mut store);
    assert!(store.sign_up(ADA, STRANGERS_PASSWORD).is_started());
    assert_eq!(store.tables.without_traces(), before);
    assert_stranger_is_out(&mut store);
    assert!(store.sign_in(ADA, PASSWORD).is_signed_in());
}

#[test]
fn an_address_that_a_user_has_proved_without_a_password_is_nobody_elses() {
    for requires_proof in [true, false] {
        let mut store = Store::new(requires_proof);
        let owner = UserRow {
            id: "passkey only".to_owned(),
            email: Some(ADA.to_owned()),
            email_verification_time: Some(store.now),
            phone_verification_time: None,
            banned_time: None,
            ban_expiration_time: None,
            role: None,
            second_factor_time: None,
        };
        // It is proved while a sign-up waits for its code.
        store.sign_up(ADA, STRANGERS_PASSWORD);
        if requires_proof {
            let code = store.mailed_code();
            store.owner = Some(owner.clone());
            let refused = store.verify_email(ADA, &code, None);
            assert_eq!(refused.code(), Some(ErrorCode::AccountAlreadyExists));
            assert!(store.tables.sessions.is_empty());
        }
        // It is proved before.
        let mut store = Store::new(requires_proof);
        store.owner = Some(owner);
        let reply = store.sign_up(ADA, PASSWORD);
        let refused = (!requires_proof).then_some(ErrorCode::AccountAlreadyExists);
        assert_eq!(reply.code(), refused);
        assert!(store.tables.users.is_empty() && store.tables.accounts.is_empty());
    }
}
