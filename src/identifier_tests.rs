//! Tests of the normalisation of addresses, identifiers and names.

use super::*;
use proptest::prelude::*;

fn email(raw: &str) -> Result<String, IdentifierError> {
    Email::normalize(raw).map(|email| email.as_str().to_owned())
}

#[test]
fn addresses_are_trimmed_lowered_and_composed() {
    for (raw, normal) in [
        ("ada@example.com", "ada@example.com"),
        ("  Ada@Example.COM\n", "ada@example.com"),
        ("ada+tag@mail.example.co.uk", "ada+tag@mail.example.co.uk"),
        (
            "o'brien/x=y@xn--bcher-kva.example",
            "o'brien/x=y@xn--bcher-kva.example",
        ),
        ("Ａｄａ@ｅｘａｍｐｌｅ．com", "ada@example.com"),
        ("Zoe\u{308}@example.com", "zoë@example.com"),
        ("ZOË@example.com", "zoë@example.com"),
        ("\u{212A}elvin@example.com", "kelvin@example.com"),
        ("用户@example.com", "用户@example.com"),
        ("a@1.example1", "a@1.example1"),
    ] {
        assert_eq!(email(raw).as_deref(), Ok(normal), "{raw:?}");
    }
}

#[test]
fn look_alikes_of_the_at_sign_are_refused() {
    for raw in [
        "ada\u{FF20}example.com",
        "ada\u{FE6B}example.com",
        "a\u{FF20}evil.example@example.com",
    ] {
        assert_eq!(email(raw), Err(IdentifierError::HomoglyphAt), "{raw:?}");
    }
}

#[test]
fn there_is_exactly_one_at_sign() {
    for raw in [
        "ada",
        "ada@x@example.com",
        "ada@@example.com",
        "example.com",
    ] {
        assert_eq!(email(raw), Err(IdentifierError::AtSign), "{raw:?}");
    }
}

#[test]
fn invisible_and_broken_characters_are_refused() {
    for odd in [
        '\0',
        '\u{7}',
        '\u{7f}',
        '\u{85}',
        '\u{fffd}',
        ' ',
        '\t',
        '\u{200b}',
        '\u{200d}',
        '\u{202e}',
        '\u{2066}',
        '\u{feff}',
        '\u{ad}',
        '\u{a8}',
        '\u{3164}',
        '\u{fe0f}',
        '\u{e0041}',
        '\u{2028}',
    ] {
        let raw = format!("a{odd}da@example.com");
        assert_eq!(
            email(&raw),
            Err(IdentifierError::InvalidCharacter),
            "{odd:?}"
        );
    }
}

#[test]
fn the_local_part_is_a_dot_atom() {
    for local_part in [
        "",
        ".ada",
        "ada.",
        "a..da",
        "\"ada\"",
        "a,da",
        "<ada>",
        "a(da)",
        "a:da",
        "a;da",
        "a[da]",
        "a\\da",
        "😀",
        "a\u{2024}.da",
    ] {
        let raw = format!("{local_part}@example.com");
        assert_eq!(email(&raw), Err(IdentifierError::LocalPart), "{raw:?}");
    }
}

#[test]
fn the_domain_is_a_host_name_with_a_dot() {
    for domain in [
        "",
        "localhost",
        "example",
        "example.",
        ".example",
        "a..example",
        "-a.example",
        "a-.example",
        "a_b.example",
        "bücher.example",
        "[127.0.0.1]",
        "127.0.0.1",
        "example.123",
        "exa\u{3002}mple",
        "a/b.example",
        "a.example:25",
        "\u{2100}.example",
    ] {
        let raw = format!("ada@{domain}");
        assert_eq!(email(&raw), Err(IdentifierError::Domain), "{raw:?}");
    }
    let label = "a".repeat(63);
    assert!(email(&format!("ada@{label}.example")).is_ok());
    assert_eq!(
        email(&format!("ada@{label}a.example")),
        Err(IdentifierError::Domain)
    );
}

#[test]
fn addresses_are_bounded_as_in_rfc_5321() {
    let local_part = "a".repeat(64);
    let labels = ["b".repeat(63), "c".repeat(63), "d".repeat(61)].join(".");
    let longest = format!("{}@{labels}", "a".repeat(64));
    assert_eq!(longest.len(), MAX_EMAIL_BYTES);
    assert_eq!(email(&longest).as_deref(), Ok(longest.as_str()));
    assert_eq!(email(&format!("{longest}d")), Err(IdentifierError::TooLong));
    assert_eq!(
        email(&format!("a{local_part}@example.com")),
        Err(IdentifierError::TooLong)
    );
    assert_eq!(email(&"a".repeat(1_000_000)), Err(IdentifierError::TooLong));
    assert_eq!(
        email(&" ".repeat(MAX_RAW_EMAIL_BYTES)),
        Err(IdentifierError::Empty)
    );
    // U+FDFA is one character that becomes eighteen.
    let expanding = format!("{}@example.com", "\u{FDFA}".repeat(300));
    assert!(email(&expanding).is_err());
}

#[test]
fn account_ids_keep_their_case_and_are_bounded() {
    assert_eq!(account_id(" Ada Lovelace ").as_deref(), Ok("Ada Lovelace"));
    assert_eq!(account_id("Ａda").as_deref(), Ok("Ada"));
    assert_eq!(account_id(""), Err(IdentifierError::Empty));
    assert_eq!(account_id(" \u{a8}"), account_id("\u{308}"));
    assert_eq!(account_id(&"a".repeat(256)).map(|id| id.len()), Ok(256));
    assert_eq!(account_id(&"a".repeat(257)), Err(IdentifierError::TooLong));
    assert_eq!(
        account_id(&"\u{FDFA}".repeat(80)),
        Err(IdentifierError::TooLong)
    );
    for odd in [
        "a\0b",
        "a\nb",
        "a\u{fffd}b",
        "a\u{202e}b",
        "a\u{200b}b",
        "a  b",
        "a\tb",
    ] {
        assert_eq!(
            account_id(odd),
            Err(IdentifierError::InvalidCharacter),
            "{odd:?}"
        );
    }
}

#[test]
fn display_text_keeps_its_look_and_cannot_pose_as_another() {
    assert_eq!(display_text(" Zoe\u{308} ™ ", 40).as_deref(), Ok("Zoë ™"));
    assert_eq!(
        display_text("👩\u{200d}🚀 नि\u{200d}", 40).as_deref(),
        Ok("👩\u{200d}🚀 नि\u{200d}")
    );
    assert_eq!(display_text("ab", 1), Err(IdentifierError::TooLong));
    assert_eq!(
        display_text(&"a".repeat(1_000_000), 64),
        Err(IdentifierError::TooLong)
    );
    for empty in ["", "  ", "\u{200d}", "\u{200c} \u{200d}"] {
        assert_eq!(
            display_text(empty, 64),
            Err(IdentifierError::Empty),
            "{empty:?}"
        );
    }
    for odd in [
        "a\0b",
        "a\nb",
        "a\u{fffd}b",
        "a\u{202e}b",
        "a\u{2066}b",
        "a\u{200b}b",
        "a\u{2028}b",
    ] {
        assert_eq!(
            display_text(odd, 64),
            Err(IdentifierError::InvalidCharacter),
            "{odd:?}"
        );
    }
}

proptest! {
    #[test]
    fn normalising_is_idempotent(
        raw in "\\PC{1,12}@[a-zA-Zａ-ｚ0-9-]{1,8}\\.[a-z]{2,4}|\\PC{0,30}|[\\p{L}\\p{M}.]{1,20}@example\\.com"
    ) {
        if let Ok(normal) = Email::normalize(&raw) {
            prop_assert_eq!(Email::normalize(normal.as_str()), Ok(normal.clone()));
            prop_assert_eq!(normal.as_str().matches('@').count(), 1);
            prop_assert!(normal.as_str().len() <= MAX_EMAIL_BYTES);
        }
        if let Ok(normal) = account_id(&raw) {
            prop_assert_eq!(account_id(&normal), Ok(normal));
        }
        if let Ok(normal) = display_text(&raw, 40) {
            prop_assert_eq!(display_text(&normal, 40), Ok(normal));
        }
    }

    #[test]
    fn no_character_makes_a_second_at_sign(odd: char) {
        if let Ok(normal) = Email::normalize(&format!("a{odd}b@example.com")) {
            prop_assert!(normal.as_str().ends_with("@example.com"));
        }
    }
}
