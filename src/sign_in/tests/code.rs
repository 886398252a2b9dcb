//! Codes of both purposes: single use, bound, bounded in tries and time.

use super::*;
use crate::code::CodePurpose;
use crate::refusal::ErrorCode;
use crate::sign_in::DeliveryPurpose;
use crate::time::Millis;

/// The flows that redeem a code, as functions of a store with Ada's account.
const PURPOSES: [CodePurpose; 2] = [CodePurpose::EmailVerification, CodePurpose::PasswordReset];

fn with_ada() -> Store {
    let mut store = Store::new(true);
    store.sign_up(ADA, PASSWORD);
    store
}

fn request(store: &mut Store, purpose: CodePurpose) -> String {
    let reply = match purpose {
        CodePurpose::EmailVerification => store.sign_in(ADA, PASSWORD),
        CodePurpose::PasswordReset => store.request_reset(ADA),
        CodePurpose::PasskeySignUp => panic!("it is not redeemed with a password"),
    };
    assert!(reply.is_started(), "{reply:?}");
    store.mailed_code()
}

fn redeem(store: &mut Store, purpose: CodePurpose, email: &str, code: &str) -> Reply {
    match purpose {
        CodePurpose::EmailVerification => store.verify_email(email, code, None),
        CodePurpose::PasswordReset => store.reset(email, code, NEW_PASSWORD),
        CodePurpose::PasskeySignUp => panic!("it is not redeemed with a password"),
    }
}

/// A code of the same form that is another one.
fn wrong(code: &str) -> String {
    let flip = |digit: char| if digit == '0' { '1' } else { '0' };
    code.chars().map(flip).collect()
}

fn assert_wrong(reply: &Reply) {
    assert_eq!(reply.code(), Some(ErrorCode::InvalidVerificationCode));
}

#[test]
fn a_code_can_be_used_once() {
    for purpose in PURPOSES {
        let mut store = with_ada();
        let code = request(&mut store, purpose);
        assert!(redeem(&mut store, purpose, ADA, &code).is_signed_in());
        assert_wrong(&redeem(&mut store, purpose, ADA, &code));
        assert_eq!(store.tables.sessions.len(), 1);
    }
}

#[test]
fn a_code_is_worth_nothing_for_the_other_purpose() {
    for (asked, used) in [PURPOSES, [PURPOSES[1], PURPOSES[0]]].map(|[a, b]| (a, b)) {
        let mut store = with_ada();
        let code = request(&mut store, asked);
        assert_wrong(&redeem(&mut store, used, ADA, &code));
        assert!(store.tables.sessions.is_empty());
        assert!(redeem(&mut store, asked, ADA, &code).is_signed_in());
    }
}

#[test]
fn a_code_is_worth_nothing_for_another_address() {
    for purpose in PURPOSES {
        let mut store = with_ada();
        store.sign_up("eve@example.com", PASSWORD);
        let code = request(&mut store, purpose);
        for email in ["eve@example.com", "nobody@example.com"] {
            assert_wrong(&redeem(&mut store, purpose, email, &code));
        }
        assert!(redeem(&mut store, purpose, ADA, &code).is_signed_in());
    }
}

#[test]
fn a_stored_code_that_is_moved_to_another_address_is_worth_nothing() {
    for purpose in PURPOSES {
        let mut store = with_ada();
        store.sign_up("eve@example.com", PASSWORD);
        let code = request(&mut store, purpose);
        let row = store.tables.code(purpose, ADA).unwrap().clone();
        let key = tables::code_key("password", purpose, "eve@example.com");
        store.tables.codes.insert(key, row);
        assert_wrong(&redeem(&mut store, purpose, "eve@example.com", &code));
    }
}

#[test]
fn five_wrong_tries_end_a_code_wherever_they_come_from() {
    for purpose in PURPOSES {
        let mut store = with_ada();
        let code = request(&mut store, purpose);
        for host in 1..=5 {
            assert!(store.tables.code(purpose, ADA).is_some());
            store.origin = network(host);
            assert_wrong(&redeem(&mut store, purpose, ADA, &wrong(&code)));
        }
        assert!(store.tables.code(purpose, ADA).is_none());
        store.origin = network(6);
        assert_wrong(&redeem(&mut store, purpose, ADA, &code));
    }
}

#[test]
fn the_fifth_try_may_still_be_right() {
    for purpose in PURPOSES {
        let mut store = with_ada();
        let code = request(&mut store, purpose);
        for _ in 0..4 {
            assert_wrong(&redeem(&mut store, purpose, ADA, &wrong(&code)));
        }
        assert!(redeem(&mut store, purpose, ADA, &code).is_signed_in());
    }
}

#[test]
fn a_code_expires_when_its_e_mail_says() {
    for purpose in PURPOSES {
        let mut store = with_ada();
        let code = request(&mut store, purpose);
        let expiration = store.mails.last().unwrap().expiration_time.unwrap();
        assert_eq!(expiration, store.now.plus(Millis::HOUR));
        let before = store.tables.clone();
        store.now = expiration;
        assert_wrong(&redeem(&mut store, purpose, ADA, &code));
        store.tables = before;
        store.now = expiration.plus(Millis(-1.0));
        assert!(redeem(&mut store, purpose, ADA, &code).is_signed_in());
    }
}

#[test]
fn a_new_code_takes_the_place_of_the_one_before() {
    for purpose in PURPOSES {
        let mut store = with_ada();
        let first = request(&mut store, purpose);
        let second = request(&mut store, purpose);
        assert_wrong(&redeem(&mut store, purpose, ADA, &first));
        assert!(redeem(&mut store, purpose, ADA, &second).is_signed_in());
    }
}

#[test]
fn a_right_code_is_refused_while_the_network_is_locked_out() {
    for purpose in PURPOSES {
        let mut store = with_ada();
        for _ in 0..5 {
            assert_wrong(&redeem(&mut store, purpose, ADA, "99999990"));
        }
        let code = request(&mut store, purpose);
        let refused = redeem(&mut store, purpose, ADA, &code);
        assert_eq!(refused.code(), Some(ErrorCode::RateLimited));
        assert_eq!(refused.wait(), Some(300_000.0));
        assert_eq!(store.tables.code(purpose, ADA).unwrap().tries, 0);
        store.wait(Millis(300_000.0));
        assert!(redeem(&mut store, purpose, ADA, &code).is_signed_in());
    }
}

#[test]
fn codes_have_the_digits_and_the_lifetime_of_the_configuration() {
    for (digits, length) in [(None, 8), (Some(1), 6), (Some(10), 10), (Some(200), 12)] {
        let mut store = with_ada();
        store.config.code_digits = digits;
        store.config.code_lifetime_ms = Some(Millis(1.0));
        let code = request(&mut store, CodePurpose::PasswordReset);
        assert_eq!(code.len(), length);
        assert!(code.bytes().all(|byte| byte.is_ascii_digit()));
        let expiration = store.mails.last().unwrap().expiration_time;
        assert_eq!(expiration, Some(store.now.plus(Millis::MINUTE)));
    }
}

#[test]
fn codes_may_be_typed_with_spaces_and_hyphens() {
    let mut store = with_ada();
    let code = request(&mut store, CodePurpose::PasswordReset);
    let (left, right) = code.split_at(4);
    let typed = format!(" {left} - {right}\n");
    assert!(store.reset(ADA, &typed, NEW_PASSWORD).is_signed_in());
}

#[test]
fn an_app_may_make_its_own_codes() {
    for purpose in PURPOSES {
        let mut store = with_ada();
        store.custom_code = Some("Zq-77-aa-B".to_owned());
        let code = request(&mut store, purpose);
        assert_eq!(code, "Zq77aaB");
        assert_wrong(&redeem(&mut store, purpose, ADA, "zq77aab"));
        assert!(redeem(&mut store, purpose, ADA, "Zq77 aaB").is_signed_in());
    }
}

/// Otherwise a mistake in the app's generator would show who has an account.
#[test]
fn a_code_of_the_app_that_is_unfit_is_refused_for_every_address() {
    let long = "1".repeat(129);
    for unfit in ["", "12345", "12345\0", "pässwörd", long.as_str()] {
        let mut store = with_ada();
        let code = request(&mut store, CodePurpose::EmailVerification);
        store.verify_email(ADA, &code, None).session();
        store.custom_code = Some(unfit.to_owned());
        let before = store.tables.clone();
        for email in [ADA, "nobody@example.com"] {
            for reply in [
                store.request_reset(email),
                store.sign_up(email, STRANGERS_PASSWORD),
            ] {
                assert_eq!(reply.code(), Some(ErrorCode::InvalidParameters), "{unfit}");
            }
        }
        assert_eq!(store.tables, before);
    }
}

#[test]
fn e_mails_that_only_inform_carry_no_code() {
    let mut store = with_ada();
    let code = request(&mut store, CodePurpose::EmailVerification);
    store.verify_email(ADA, &code, None).session();
    store.sign_up(ADA, STRANGERS_PASSWORD);
    store.request_reset("nobody@example.com");
    let informed: Vec<_> = store.mails.iter().rev().take(2).collect();
    let purposes: Vec<_> = informed.iter().map(|mail| mail.purpose).collect();
    let expected = [
        DeliveryPurpose::AccountMissing,
        DeliveryPurpose::AccountExists,
    ];
    assert_eq!(purposes, expected);
    assert!(informed.iter().all(|mail| mail.code.is_none()));
}
