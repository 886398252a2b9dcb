//! Input that cannot be right is refused with a typed code, and neither
//! hashed, counted nor written.

use proptest::prelude::*;

use super::*;
use crate::refusal::ErrorCode;
use crate::user::UserFields;

/// Texts that are no e-mail addresses.
fn malformed_emails() -> Vec<String> {
    [
        "",
        " ",
        "@",
        "ada",
        "ada@",
        "@example.com",
        "ada@@example.com",
        "ada@example",
        "ada\u{ff20}example.com",
        "ada\u{fe6b}example.com",
        "ada\0@example.com",
        "ada@exam\u{fffd}ple.com",
        "ada@example.com\r\nbcc: eve@example.com",
        "ada @example.com",
        "<ada@example.com>",
        "ada@example.com,eve@example.com",
        "ada@exa\u{200b}mple.com",
        "ada\u{202e}@example.com",
    ]
    .into_iter()
    .map(str::to_owned)
    .chain([
        format!("{}@example.com", "a".repeat(65)),
        format!("ada@{}.com", "a".repeat(250)),
        "a".repeat(1 << 20),
        "@".repeat(1 << 20),
        format!("ada@example.com{}", " ".repeat(1 << 20)),
    ])
    .collect()
}

/// Texts that are no codes.
fn malformed_codes() -> Vec<String> {
    [
        "",
        "12345",
        "- - - -",
        "1234567\0",
        "1234567\u{fffd}",
        "１２３４５６７８",
    ]
    .into_iter()
    .map(str::to_owned)
    .chain(["1".repeat(129), "1".repeat(1 << 20), " ".repeat(1 << 20)])
    .collect()
}

/// Passwords that nobody can have, with the code of their refusal.
fn malformed_passwords() -> Vec<(String, ErrorCode)> {
    vec![
        ("x".repeat(1 << 20), ErrorCode::PasswordTooLong),
        ("\0".repeat(1 << 20), ErrorCode::PasswordTooLong),
        ("é".repeat(513), ErrorCode::PasswordTooLong),
        ("correct\0horse".to_owned(), ErrorCode::PasswordInvalid),
        (
            "correct\u{fffd}horse".to_owned(),
            ErrorCode::PasswordInvalid,
        ),
    ]
}

fn with_ada() -> (Store, OpenSession) {
    let mut store = Store::new(false);
    let session = store.sign_up(ADA, PASSWORD).session();
    store.request_reset(ADA);
    (store, session)
}

/// Asserts that a refused flow has left no trace.
fn assert_traceless(store: &Store, before: &tables::Tables) {
    assert_eq!(store.work, 0);
    assert_eq!(&store.tables, before);
}

#[test]
fn no_flow_takes_a_malformed_address() {
    let (mut store, _) = with_ada();
    store.work = 0;
    let code = store.mailed_code();
    let before = store.tables.clone();
    for email in malformed_emails() {
        for reply in [
            store.sign_up(&email, PASSWORD),
            store.sign_in(&email, PASSWORD),
            store.request_reset(&email),
            store.reset(&email, &code, NEW_PASSWORD),
            store.verify_email(&email, &code, None),
        ] {
            assert_eq!(reply.code(), Some(ErrorCode::InvalidEmail), "{email:.40}");
        }
        assert_traceless(&store, &before);
    }
}

#[test]
fn no_flow_takes_a_malformed_code() {
    let (mut store, _) = with_ada();
    store.work = 0;
    let before = store.tables.clone();
    for code in malformed_codes() {
        for reply in [
            store.reset(ADA, &code, NEW_PASSWORD),
            store.reset("nobody@example.com", &code, NEW_PASSWORD),
            store.verify_email(ADA, &code, None),
            store.verify_email("nobody@example.com", &code, None),
        ] {
            assert_eq!(reply.code(), Some(ErrorCode::InvalidVerificationCode));
        }
        assert_traceless(&store, &before);
    }
}

#[test]
fn no_flow_takes_a_malformed_password() {
    let (mut store, session) = with_ada();
    store.work = 0;
    let code = store.mailed_code();
    let before = store.tables.clone();
    for (password, expected) in malformed_passwords() {
        for reply in [
            store.sign_up("new@example.com", &password),
            store.sign_in(ADA, &password),
            store.sign_in("nobody@example.com", &password),
            store.reset(ADA, &code, &password),
            store.change(&session, &password, NEW_PASSWORD),
            store.change(&session, PASSWORD, &password),
        ] {
            assert_eq!(reply.code(), Some(expected));
        }
        assert_eq!(store.check_account(ADA, &password), Some(expected));
        assert_traceless(&store, &before);
    }
}

#[test]
fn a_malformed_verifier_or_session_is_none() {
    let long = "a".repeat(1 << 20);
    for text in ["", "\0", "vf_", long.as_str()] {
        let (mut store, session) = with_ada();
        let before = store.tables.clone();
        let odd = OpenSession {
            id: text.to_owned(),
            ..session
        };
        let reply = store.change(&odd, PASSWORD, NEW_PASSWORD);
        assert_eq!(reply.code(), Some(ErrorCode::NotSignedIn));
        assert_eq!(store.tables, before);
        let mut store = Store::new(true);
        store.sign_up(ADA, PASSWORD);
        let code = store.mailed_code();
        assert!(store.verify_email(ADA, &code, Some(text)).is_signed_in());
        assert_eq!(store.account(ADA).secret, None);
    }
}

#[test]
fn no_sign_up_takes_a_malformed_profile() {
    let mut store = Store::new(false);
    let before = store.tables.clone();
    let fields = UserFields::default;
    let text = |value: &str| Some(value.to_owned());
    let long = "a".repeat(1 << 20);
    for profile in [
        UserFields {
            name: text(&long),
            ..fields()
        },
        UserFields {
            name: text("a\0b"),
            ..fields()
        },
        UserFields {
            name: text("a\u{fffd}b"),
            ..fields()
        },
        UserFields {
            phone: text("12"),
            ..fields()
        },
        UserFields {
            phone: text(&format!("+15550100{}", " ".repeat(3_000))),
            ..fields()
        },
        UserFields {
            image: text("javascript:alert(1)"),
            ..fields()
        },
        UserFields {
            image: text(&format!("https://{long}")),
            ..fields()
        },
    ] {
        let reply = store.sign_up_as(ADA, PASSWORD, profile);
        assert_eq!(reply.code(), Some(ErrorCode::InvalidParameters));
        assert_traceless(&store, &before);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_a_flow_panic_or_signs_anybody_in(
        email in "\\PC{0,20}|[a-z]{1,5}@[a-z.]{1,10}",
        text in "\\PC{0,30}|[ -~]{0,40}",
    ) {
        let (mut store, session) = with_ada();
        let sessions = store.tables.sessions.clone();
        for reply in [
            store.sign_in(&email, &text),
            store.reset(&email, &text, &text),
            store.verify_email(&email, &text, Some(&text)),
            store.change(&session, &text, &text),
        ] {
            prop_assert!(reply.code().is_some());
        }
        prop_assert!(!store.request_reset(&email).is_signed_in());
        prop_assert_eq!(&store.tables.sessions, &sessions);
    }
}
