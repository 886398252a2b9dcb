use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::second_factor::tests::{NOW, factors, fresh_session, stale_session};

fn pepper(byte: u8) -> Pepper {
    Pepper::from_bytes([byte; 32])
}

fn issued() -> IssuedRecoveryCodes {
    issue("ada", &pepper(1), NOW, &mut Entropy::from_seed([4; 32]))
}

fn try_code(row: &RecoveryCodesRow, typed: &str) -> Option<Vec<HashedCode>> {
    let code = RecoveryCode::parse(typed).unwrap();
    spend(&Permit::for_test(), &pepper(1), row, &code)
}

#[test]
fn ten_codes_of_fifty_bits_from_an_unambiguous_alphabet() {
    let issued = issued();
    assert_eq!(issued.codes.len(), 10);
    assert_eq!(issued.row.codes.len(), 10);
    assert_eq!(issued.codes.iter().collect::<HashSet<_>>().len(), 10);
    assert_eq!(ALPHABET.iter().collect::<HashSet<_>>().len(), 32);
    for code in &issued.codes {
        let (left, right) = code.split_once('-').unwrap();
        assert_eq!((left.len(), right.len()), (5, 5));
        assert!(code.chars().all(|c| !"ilouILOU".contains(c)));
    }
}

#[test]
fn a_code_works_once_and_the_others_go_on_working() {
    let issued = issued();
    let mut row = issued.row.clone();
    for (used, code) in issued.codes.iter().enumerate() {
        let left = try_code(&row, code).unwrap();
        assert_eq!(left.len(), 9 - used);
        row.codes = left;
        assert_eq!(try_code(&row, code), None);
    }
}

#[test]
fn codes_are_read_as_people_type_them() {
    let issued = issued();
    for code in &issued.codes {
        let shouted = code.to_uppercase().replace('-', " \u{2013} ");
        let confused = code.replace('0', "O").replace('1', "l").replace('-', "");
        for typed in [
            code.as_str(),
            &shouted,
            &confused,
            &confused.replace('l', "I"),
        ] {
            assert!(try_code(&issued.row, typed).is_some(), "{typed}");
        }
    }
    for typed in [
        "",
        "abcde",
        "abcde-fghjkm",
        "abcde-fghju",
        "abcdé-fghjk",
        "abcde_fghjk",
    ] {
        assert!(RecoveryCode::parse(typed).is_err(), "{typed}");
    }
    assert!(RecoveryCode::parse(&" ".repeat(1_000)).is_err());
}

#[test]
fn codes_are_bound_to_the_user_and_the_pepper_and_not_stored_in_the_clear() {
    let issued = issued();
    let code = issued.codes.first().unwrap();
    let of_eve = RecoveryCodesRow {
        user_id: "eve".to_owned(),
        ..issued.row.clone()
    };
    assert_eq!(try_code(&of_eve, code), None);
    let parsed = RecoveryCode::parse(code).unwrap();
    let other = spend(&Permit::for_test(), &pepper(2), &issued.row, &parsed);
    assert_eq!(other, None);
    let stored = serde_json::to_string(&issued.row).unwrap();
    assert!(
        issued
            .codes
            .iter()
            .all(|code| !stored.contains(&code.replace('-', "")))
    );
    assert!(!format!("{issued:?}{parsed:?}").contains(code.as_str()));
}

#[test]
fn the_hash_is_hmac_sha256_over_parts_with_lengths() {
    let code = RecoveryCode::parse("abcde-fghjk").unwrap();
    let hash = serde_json::to_string(&code.hash(&pepper(1), "ada")).unwrap();
    assert_eq!(hash, "\"p_qXnI5JYMdaihBmu7hYqS7WlYfnoYFtUBPMrrxN_Zw\"");
}

#[test]
fn new_codes_replace_all_and_need_a_fresh_session() {
    let call = |authority, factors| RecoveryCodesRegenerateCall {
        now: NOW,
        user_id: "ada".to_owned(),
        factors,
        authority,
        origin: Origin::default(),
    };
    let regenerated = |call: RecoveryCodesRegenerateCall| match regenerate(
        &call,
        &pepper(1),
        &mut Entropy::from_seed([8; 32]),
    ) {
        RecoveryCodesRegeneration::Done { issued, .. } => Ok(issued),
        RecoveryCodesRegeneration::Refused { refusal, audit } => {
            assert_eq!(
                audit.first().and_then(|event| event.code),
                Some(refusal.code)
            );
            Err(refusal.code)
        }
    };
    let session = |session| FactorAuthority::Session {
        session,
        max_age: None,
    };
    let totp = || factors(1);
    let new = regenerated(call(session(fresh_session("ada")), totp())).unwrap();
    assert!(
        issued()
            .codes
            .iter()
            .all(|old| try_code(&new.row, old).is_none())
    );
    assert!(try_code(&new.row, new.codes.last().unwrap()).is_some());
    let stale = regenerated(call(session(stale_session("ada")), totp()));
    assert_eq!(stale, Err(ErrorCode::StepUpRequired));
    let other = regenerated(call(session(fresh_session("eve")), totp()));
    assert_eq!(other, Err(ErrorCode::NotSignedIn));
    let none = regenerated(call(
        session(fresh_session("ada")),
        SecondFactors::default(),
    ));
    assert_eq!(none, Err(ErrorCode::SecondFactorNotEnrolled));
}

proptest! {
    #[test]
    fn parsing_never_panics_and_codes_read_back(typed in "\\PC{0,40}|[a-zA-Z0-9 -]{0,20}") {
        if let Ok(code) = RecoveryCode::parse(&typed) {
            prop_assert_eq!(RecoveryCode::parse(&code.expose()).unwrap(), code);
        }
    }
}
