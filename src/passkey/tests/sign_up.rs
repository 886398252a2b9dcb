//! Signing up with a passkey alone: the proof of the address.

use crate::passkey::row::PasskeyCeremony;
use proptest::prelude::*;

use super::rows::{NOW, later, user};
use super::sign_up_rows::*;
use crate::limiter::CODE_TRIES;
use crate::origin::Origin;
use crate::passkey::{
    PasskeyRegisterOptions, PasskeySignUpLookup, PasskeySignUpOptionsCall,
    PasskeySignUpRequestCall, request_sign_up, sign_up_lookup,
};
use crate::refusal::ErrorCode;
use crate::sign_in::{CodeWrite, DeliveryPurpose, SignInAnswer, SignInOutcome, UserWrite};
use crate::time::Millis;
use crate::webauthn::encoding;

#[test]
fn an_address_is_one() {
    for email in ["", "eve", "@example.com", &"e".repeat(400)] {
        assert!(matches!(
            sign_up_lookup("passkey", email, &Origin::default()),
            PasskeySignUpLookup::Refused { refusal } if refusal.code == ErrorCode::InvalidEmail
        ));
    }
}

#[test]
fn whether_an_address_is_taken_is_told_to_its_mailbox_only() {
    let free = request_sign_up(&request_call(), &mut entropy());
    let taken_call = PasskeySignUpRequestCall {
        owner: owner(),
        ..request_call()
    };
    let taken = request_sign_up(&taken_call, &mut entropy());
    assert_eq!(free.limits, taken.limits);
    assert_eq!(free.limits.len(), 3);
    assert_eq!(free.admission, taken.admission);
    assert_eq!(
        (&free.user, &taken.user),
        (&UserWrite::Keep, &UserWrite::Keep)
    );
    assert!(free.session.is_none() && taken.session.is_none());
    assert_eq!((free.audit.len(), taken.audit.len()), (1, 1));
    let started = |answer: SignInAnswer| match answer.outcome {
        SignInOutcome::Started { delivery, verifier } => (delivery, verifier.unwrap()),
        other => panic!("{other:?}"),
    };
    assert_eq!(taken.code, CodeWrite::Keep);
    let ((free, free_verifier), (taken, taken_verifier)) = (started(free), started(taken));
    assert_eq!(free.purpose, DeliveryPurpose::EmailVerification);
    assert_eq!(taken.purpose, DeliveryPurpose::AccountExists);
    assert_eq!((free.identifier, taken.code), (taken.identifier, None));
    assert_eq!(free_verifier.len(), taken_verifier.len());
}

#[test]
fn an_address_that_was_only_claimed_is_nobodys() {
    let mut unproven = user("eve");
    unproven.email_verification_time = None;
    let call = PasskeySignUpRequestCall {
        owner: Some(unproven),
        ..request_call()
    };
    let answer = request_sign_up(&call, &mut entropy());
    assert!(matches!(answer.code, CodeWrite::Replace { .. }));
}

#[test]
fn what_cannot_be_sent_is_refused_before_anything_is_counted() {
    let with = |change: fn(&mut PasskeySignUpRequestCall)| {
        let mut call = request_call();
        change(&mut call);
        let answer = request_sign_up(&call, &mut entropy());
        assert!(answer.limits.is_empty() && answer.audit.is_empty());
        match answer.outcome {
            SignInOutcome::Refused { refusal } => refusal.code,
            other => panic!("{other:?}"),
        }
    };
    let invalid = ErrorCode::InvalidParameters;
    assert_eq!(with(|call| call.name = Some("e".repeat(300))), invalid);
    assert_eq!(with(|call| call.name = Some("\0".to_owned())), invalid);
    assert_eq!(
        with(|call| call.custom_code = Some("1".to_owned())),
        invalid
    );
    assert_eq!(
        with(|call| call.config.origins.clear()),
        ErrorCode::PasskeyMissingConfig
    );
    let full = |call: &mut PasskeySignUpRequestCall| {
        for _ in 0..30 {
            for write in call.request.sign_up(NOW).unwrap() {
                call.request.sign_up_from.row = write.row;
            }
        }
    };
    assert_eq!(with(full), ErrorCode::RateLimited);
}

#[test]
fn a_code_begins_one_ceremony_for_its_address() {
    let decided = decide(&options_call());
    assert_eq!(decided.code, CodeWrite::Delete);
    assert_eq!(decided.audit.len(), 1);
    let PasskeyRegisterOptions::Begun { row, options, .. } = decided.outcome else {
        panic!("refused");
    };
    assert_eq!(row.ceremony, PasskeyCeremony::SignUp);
    assert_eq!(row.email.as_deref(), Some(EMAIL));
    assert_eq!((row.user_id, row.session_id), (None, None));
    assert_eq!(row.expiration_time, later(Millis::MINUTE.0 * 6.0));
    assert_eq!(encoding::decode(&row.challenge, 32).unwrap().len(), 32);
    assert_eq!(options.user.name, EMAIL);
    assert_eq!(options.user.display_name, "Eve");
    assert_eq!(Some(options.user.id), row.user_handle);
}

#[test]
fn a_wrong_code_is_counted_and_returned() {
    let with = |change: fn(&mut PasskeySignUpOptionsCall)| {
        let mut call = options_call();
        change(&mut call);
        decide(&call)
    };
    let wrong = Some(ErrorCode::InvalidVerificationCode);
    type Change = fn(&mut PasskeySignUpOptionsCall);
    let cases: [(Change, CodeWrite); 5] = [
        (
            |call| call.code = "00000000".to_owned(),
            CodeWrite::Tried { tries: 1 },
        ),
        (
            |call| {
                call.code = "00000000".to_owned();
                call.stored.as_mut().unwrap().tries = CODE_TRIES - 1;
            },
            CodeWrite::Delete,
        ),
        (|call| call.stored = None, CodeWrite::Keep),
        (|call| call.now = later(Millis::HOUR.0), CodeWrite::Delete),
        // Right, and from another client: somebody else has read it.
        (
            |call| call.verifier = "vf_nonsense".to_owned(),
            CodeWrite::Delete,
        ),
    ];
    for (change, write) in cases {
        let decided = with(change);
        assert_eq!(code_of(&decided), wrong);
        assert_eq!(decided.code, write);
        assert_eq!(decided.limits.len(), 3);
        assert_eq!(decided.audit.len(), 1);
    }
    // Another address than the one that it was sent to.
    assert_eq!(
        code_of(&with(|call| call.identifier = "ada@example.com".to_owned())),
        wrong
    );
    // What can be no code is no guess.
    let malformed = with(|call| call.code = "x".to_owned());
    assert_eq!(code_of(&malformed), wrong);
    assert!(malformed.limits.is_empty() && malformed.audit.is_empty());
    assert_eq!(malformed.code, CodeWrite::Keep);
}

#[test]
fn guesses_are_limited() {
    let mut call = options_call();
    call.code = "00000000".to_owned();
    let mut codes = vec![];
    for _ in 0..6 {
        let decided = decide(&call);
        codes.push(code_of(&decided).unwrap());
        for write in decided.limits {
            for entry in [
                &mut call.attempt.lock,
                &mut call.attempt.account,
                &mut call.attempt.origin,
            ] {
                if entry.key == write.key {
                    entry.row.clone_from(&write.row);
                }
            }
        }
    }
    assert_eq!(codes[..5], [ErrorCode::InvalidVerificationCode; 5]);
    assert_eq!(codes[5], ErrorCode::RateLimited);
    call.code = options_call().code;
    assert_eq!(code_of(&decide(&call)), Some(ErrorCode::RateLimited));
}

#[test]
fn the_mailbox_learns_that_the_address_was_taken_in_between() {
    let call = PasskeySignUpOptionsCall {
        owner: owner(),
        ..options_call()
    };
    let decided = decide(&call);
    assert_eq!(code_of(&decided), Some(ErrorCode::AccountAlreadyExists));
    assert_eq!(decided.code, CodeWrite::Delete);
}

proptest! {
    #[test]
    fn no_text_begins_a_sign_up(code: String, verifier: String) {
        let valid = options_call();
        prop_assume!(code != valid.code);
        for call in [
            PasskeySignUpOptionsCall { code, ..valid.clone() },
            PasskeySignUpOptionsCall { verifier, ..valid },
        ] {
            prop_assert!(code_of(&decide(&call)).is_some());
        }
    }
}
