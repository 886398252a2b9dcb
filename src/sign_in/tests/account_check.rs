//! Accounts that the app makes and checks on its own.

use super::*;
use crate::audit::{AuditEventName, AuditOutcome};
use crate::entropy::Entropy;
use crate::refusal::ErrorCode;
use crate::sign_in::account_secret::AccountSecret;
use crate::sign_in::{PrepareAccountCall, PreparedAccount, prepare_account};

fn with_ada() -> Store {
    let mut store = Store::new(false);
    store.sign_up(ADA, PASSWORD);
    store
}

#[test]
fn a_missing_account_and_a_wrong_password_are_the_same() {
    let mut seen = vec![];
    for email in [ADA, "nobody@example.com"] {
        let mut store = with_ada();
        let limits = store.tables.limits.len();
        let code = store.check_account(email, STRANGERS_PASSWORD);
        assert_eq!(code, Some(ErrorCode::AccountNotFound));
        seen.push((store.work, store.tables.limits.len() - limits));
    }
    assert_eq!(seen, [(ONE_HASH, 3), (ONE_HASH, 3)]);
}

#[test]
fn checks_and_sign_ins_share_their_limits() {
    let mut store = with_ada();
    for _ in 0..5 {
        store.check_account(ADA, STRANGERS_PASSWORD);
    }
    let locked = AuditEventName::AccountLocked;
    assert_eq!(store.tables.count(locked, AuditOutcome::Refused), 1);
    let right = store.check_account(ADA, PASSWORD);
    assert_eq!(right, Some(ErrorCode::RateLimited));
    assert_eq!(store.work, 0);
    let at_the_door = store.sign_in(ADA, PASSWORD);
    assert_eq!(at_the_door.code(), Some(ErrorCode::RateLimited));
}

#[test]
fn the_right_password_is_found_and_forgets_failures() {
    let mut store = with_ada();
    for _ in 0..4 {
        store.check_account(ADA, STRANGERS_PASSWORD);
    }
    assert_eq!(store.check_account("ADA@Example.com", PASSWORD), None);
    for _ in 0..4 {
        let code = store.check_account(ADA, STRANGERS_PASSWORD);
        assert_eq!(code, Some(ErrorCode::AccountNotFound));
    }
    assert_eq!(store.check_account(ADA, PASSWORD), None);
}

fn prepared(account_id: &str, secret: AccountSecret) -> PreparedAccount {
    let call = PrepareAccountCall {
        provider: "password".to_owned(),
        account_id: account_id.to_owned(),
        secret,
        policy: crate::password::PasswordPolicy::default(),
        argon2: quick(),
        origin: network(1),
    };
    prepare_account(call, &mut Entropy::from_seed([1; 32]))
}

#[test]
fn accounts_that_the_app_names_are_bounded_and_normalised() {
    let password = |text: &str| AccountSecret::Password {
        password: text.to_owned(),
    };
    let hash = |text: &str| AccountSecret::Hash {
        hash: text.to_owned(),
    };
    let long = "a".repeat(1 << 20);
    for (account_id, secret, expected) in [
        (ADA, AccountSecret::None, None),
        (" ADA@Example.com", password(PASSWORD), None),
        ("employee-17", AccountSecret::None, None),
        ("", AccountSecret::None, Some(ErrorCode::InvalidParameters)),
        (
            "a\0b",
            AccountSecret::None,
            Some(ErrorCode::InvalidParameters),
        ),
        (
            &long,
            AccountSecret::None,
            Some(ErrorCode::InvalidParameters),
        ),
        ("a@", AccountSecret::None, Some(ErrorCode::InvalidEmail)),
        (ADA, password("short"), Some(ErrorCode::PasswordTooShort)),
        (ADA, password(&long), Some(ErrorCode::PasswordTooLong)),
        (ADA, hash("plain"), Some(ErrorCode::UnsupportedPasswordHash)),
        (ADA, hash(&long), Some(ErrorCode::UnsupportedPasswordHash)),
    ] {
        let code = match prepared(account_id, secret) {
            PreparedAccount::Ready { .. } => None,
            PreparedAccount::Refused { refusal } => Some(refusal.code),
        };
        assert_eq!(code, expected);
    }
}
