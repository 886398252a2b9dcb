//! Challenges, tries and what they prove.

use super::*;
use crate::refusal::SecondFactorMethod;
use crate::second_factor::challenge::CHALLENGE_LIFETIME;

#[test]
fn a_challenge_has_a_verifier_that_is_stored_as_a_hash_and_no_session() {
    let ChallengeStart { verifier, row } = started("ada", &[SecondFactorMethod::Totp]);
    assert_eq!(
        present(&verifier),
        PresentedChallenge::Wellformed {
            verifier_hash: row.verifier_hash.clone()
        }
    );
    assert!(!serde_json::to_string(&row).unwrap().contains(&verifier));
    assert_eq!(row.expiration_time, NOW.plus(Millis::MINUTE.times(10.0)));
    assert_eq!(row.tries, 0);
    assert_eq!(present("mfa_nonsense"), PresentedChallenge::Malformed);
}

#[test]
fn a_right_code_finishes_the_sign_in_once() {
    let mut store = Store::new();
    let proof = store.answer(totp(&code_at(NOW, 0))).unwrap();
    assert_eq!((proof.user_id.as_str(), proof.session_id), ("ada", None));
    assert_eq!(proof.provider, "password");
    assert_eq!(
        proof.proof.methods(),
        [
            AuthenticationMethod::Password,
            AuthenticationMethod::OneTimeCode,
            AuthenticationMethod::MultipleFactors,
        ]
    );
    assert_eq!(store.challenge, None);
    assert_eq!(store.events, [AuditEventName::SecondFactorVerified]);
    let again = store.answer_code(totp(&code_at(NOW, 1)));
    assert_eq!(again, ErrorCode::TotpInvalidVerifier);
}

#[test]
fn a_code_that_was_used_does_not_finish_another_sign_in() {
    let mut store = Store::new();
    store.answer(totp(&code_at(NOW, 0))).unwrap();
    for steps in [0, -1] {
        store.start_challenge();
        let replayed = store.answer_code(totp(&code_at(NOW, steps)));
        assert_eq!(replayed, ErrorCode::TotpInvalidCode, "{steps}");
    }
    store.start_challenge();
    assert!(store.answer(totp(&code_at(NOW, 1))).is_ok());
}

#[test]
fn a_challenge_is_void_after_five_tries() {
    let mut store = Store::new();
    for tries in 1..=5 {
        let refused = store.answer_code(totp(&wrong_code(NOW)));
        assert_eq!(refused, ErrorCode::TotpInvalidCode);
        let stored = store.challenge.as_ref().map(|challenge| challenge.tries);
        assert_eq!(stored, (tries < 5).then_some(tries));
    }
    let right = store.answer_code(totp(&code_at(NOW, 0)));
    assert_eq!(right, ErrorCode::TotpInvalidVerifier);
    let right = store.codes.first().unwrap().clone();
    assert_eq!(
        store.answer_code(recovery(&right)),
        ErrorCode::InvalidVerifier
    );
    assert_eq!(store.failures(), 5.0);
    // A row that was not deleted is refused as well.
    store.start_challenge();
    store.challenge.as_mut().unwrap().tries = 5;
    let right = store.answer_code(totp(&code_at(NOW, 0)));
    assert_eq!(right, ErrorCode::TotpInvalidVerifier);
    assert_eq!(store.challenge, None);
}

#[test]
fn a_challenge_ends_after_ten_minutes() {
    for now in [NOW.plus(CHALLENGE_LIFETIME), UnixMillis(f64::NAN)] {
        let mut store = Store::new();
        store.now = now;
        let late = store.answer_code(totp("123456"));
        assert_eq!(late, ErrorCode::TotpInvalidVerifier);
        assert_eq!((store.challenge.as_ref(), store.failures()), (None, 0.0));
    }
    let mut store = Store::new();
    store.now = UnixMillis(NOW.0 + CHALLENGE_LIFETIME.0 - 1.0);
    assert!(store.answer(totp(&code_at(store.now, 0))).is_ok());
}

#[test]
fn ten_failures_lock_the_user_across_challenges_factors_and_sessions() {
    let mut store = Store::new();
    let step_up = AttemptContext::StepUp {
        session: stale_session("ada"),
        factors: Box::new(factors(1)),
    };
    for failure in 0..10 {
        store.start_challenge();
        let refused = match failure % 3 {
            0 => store.answer(totp(&wrong_code(NOW))),
            1 => store.answer(recovery("00000-00000")),
            _ => store.prove(step_up.clone(), totp(&wrong_code(NOW))),
        };
        assert!(refused.is_err_and(|refusal| refusal.code != ErrorCode::RateLimited));
    }
    assert!(store.events.contains(&AuditEventName::SecondFactorLocked));
    store.start_challenge();
    let before = (store.challenge.clone(), store.lock.clone());
    let code = store.codes.first().unwrap().clone();
    let right = code_at(NOW, 0);
    let refused = [
        store.answer(totp(&right)),
        store.answer(recovery(&code)),
        store.prove(step_up, totp(&right)),
    ];
    for refused in refused {
        let refusal = refused.unwrap_err();
        assert_eq!(refusal.code, ErrorCode::RateLimited);
        assert_eq!(refusal.retry_after_ms, Some(900_000.0));
    }
    // Nothing was compared, so nothing is used up.
    assert_eq!((store.challenge.clone(), store.lock.clone()), before);
    assert_eq!(store.recovery_codes.as_ref().unwrap().codes.len(), 10);
    store.now = NOW.plus(Millis::MINUTE.times(15.0));
    store.start_challenge();
    assert!(store.answer(totp(&code_at(store.now, 0))).is_ok());
    assert_eq!(store.lock.row, None);
}

#[test]
fn a_code_of_another_shape_costs_no_try() {
    let mut store = Store::new();
    for typed in ["", "12345", "letters", "1234567", &"9".repeat(1_000)] {
        assert_eq!(store.answer_code(totp(typed)), ErrorCode::TotpInvalidCode);
        let refused = store.answer_code(recovery(typed));
        assert_eq!(refused, ErrorCode::InvalidRecoveryCode);
    }
    assert_eq!(store.failures(), 0.0);
    assert_eq!(store.challenge.as_ref().unwrap().tries, 0);
    let spaced = code_at(NOW, 0);
    let (left, right) = spaced.split_at(3);
    assert!(store.answer(totp(&format!(" {left} {right} "))).is_ok());
}

#[test]
fn refusals_are_recorded_with_their_user_and_made_up_verifiers_are_not() {
    let mut store = Store::new();
    store.answer(totp(&wrong_code(NOW))).unwrap_err();
    assert_eq!(store.events, [AuditEventName::SecondFactorVerified]);
    store.now = NOW.plus(CHALLENGE_LIFETIME);
    store.answer(totp(&code_at(NOW, 0))).unwrap_err();
    assert_eq!(store.events.len(), 2);
    store.answer(totp(&code_at(NOW, 0))).unwrap_err();
    assert_eq!(store.events.len(), 2);
}

#[test]
fn only_the_methods_of_the_challenge_are_compared() {
    let mut store = Store::new();
    store.challenge = Some(challenge("ada", &[SecondFactorMethod::Totp]));
    let code = store.codes.first().unwrap().clone();
    let refused = store.answer_code(recovery(&code));
    assert_eq!(refused, ErrorCode::SecondFactorNotEnrolled);
    store.challenge = Some(challenge("ada", &[SecondFactorMethod::EmailCode]));
    let refused = store.answer_code(totp(&code_at(NOW, 0)));
    assert_eq!(refused, ErrorCode::TotpNoEnrollment);
    store.challenge = Some(challenge("ada", &[]));
    let refused = store.answer_code(totp(&code_at(NOW, 0)));
    assert_eq!(refused, ErrorCode::TotpNoEnrollment);
    assert_eq!(store.failures(), 0.0);
    let context = AttemptContext::Enrollment {
        session: fresh_session("ada"),
    };
    let refused = store.prove(context, totp(&code_at(NOW, 0))).unwrap_err();
    assert_eq!(refused.code, ErrorCode::TotpNoEnrollment);
}

#[test]
fn a_recovery_code_works_once_and_forgets_the_trusted_devices() {
    let mut store = Store::new();
    let code = store.codes.first().unwrap().clone();
    let proof = store.answer(recovery(&code)).unwrap();
    let methods = proof.proof.methods();
    assert!(methods.contains(&AuthenticationMethod::RecoveryCode));
    assert!(methods.contains(&AuthenticationMethod::MultipleFactors));
    assert!(store.forgot_devices);
    assert!(store.events.contains(&AuditEventName::RecoveryCodeUsed));
    assert_eq!(store.recovery_codes.as_ref().unwrap().codes.len(), 9);
    store.start_challenge();
    assert_eq!(
        store.answer_code(recovery(&code)),
        ErrorCode::InvalidRecoveryCode
    );
    let mut other = Store::new();
    other.answer(totp(&code_at(NOW, 0))).unwrap();
    assert!(!other.forgot_devices);
}

#[test]
fn rows_of_another_user_prove_nothing() {
    let mut store = Store::new();
    store.factors = vec![live_factor("app", "eve")];
    assert_eq!(
        store.answer_code(totp(&code_at(NOW, 0))),
        ErrorCode::TotpInvalidCode
    );
    store.recovery_codes.as_mut().unwrap().user_id = "eve".to_owned();
    let code = store.codes.first().unwrap().clone();
    assert_eq!(
        store.answer_code(recovery(&code)),
        ErrorCode::InvalidRecoveryCode
    );
    let mut entropy = Entropy::from_seed([11; 32]);
    let of_eve = recovery_code::issue("eve", &store.secrets.pepper, NOW, &mut entropy);
    store.recovery_codes = Some(of_eve.row);
    let code = of_eve.codes.first().unwrap();
    let refused = store.answer_code(recovery(code));
    assert_eq!(refused, ErrorCode::InvalidRecoveryCode);
    // A row that was moved does not decrypt.
    let mut store = Store::new();
    store.factors = vec![TotpFactorRow {
        user_id: "ada".to_owned(),
        ..live_factor("app", "eve")
    }];
    assert_eq!(
        store.answer_code(totp(&code_at(NOW, 0))),
        ErrorCode::InternalError
    );
    // Nor does another user's counter count.
    let mut store = Store::new();
    store.lock.key = second_factor_key("eve");
    assert_eq!(
        store.answer_code(totp(&code_at(NOW, 0))),
        ErrorCode::InternalError
    );
}

#[test]
fn an_app_that_waits_for_its_first_code_proves_nothing() {
    let mut store = Store::new();
    store.factors = vec![pending_factor("app", "ada")];
    assert_eq!(
        store.answer_code(totp(&code_at(NOW, 0))),
        ErrorCode::TotpInvalidCode
    );
}

#[test]
fn a_step_up_makes_the_session_fresh_and_needs_a_live_one() {
    let step_up = |session, factors| AttemptContext::StepUp {
        session,
        factors: Box::new(factors),
    };
    let totp_only = || factors(1);
    let mut store = Store::new();
    let context = step_up(password_session("ada"), totp_only());
    let proof = store.prove(context, totp(&code_at(NOW, 0))).unwrap();
    assert_eq!(proof.session_id.as_deref(), Some("session"));
    let methods = proof.proof.methods();
    assert!(methods.contains(&AuthenticationMethod::MultipleFactors));
    assert!(store.challenge.is_some(), "it is about another sign-in");

    let mut over = stale_session("ada");
    over.expiration_time = NOW;
    let refused = store.prove(step_up(over, totp_only()), totp(&code_at(NOW, 1)));
    assert_eq!(refused.unwrap_err().code, ErrorCode::NotSignedIn);
    let refused = store.prove(
        step_up(stale_session("ada"), SecondFactors::default()),
        totp(&code_at(NOW, 1)),
    );
    assert_eq!(refused.unwrap_err().code, ErrorCode::TotpNoEnrollment);
    let refused = store.prove(
        step_up(stale_session("eve"), totp_only()),
        totp(&code_at(NOW, 1)),
    );
    assert_eq!(refused.unwrap_err().code, ErrorCode::InternalError);
}

#[test]
fn a_secret_that_cannot_be_read_costs_no_try() {
    let mut store = Store::new();
    store.secrets.keyring = FactorKeyring::new(vec![FactorKey::from_bytes(9, [9; 32])]);
    assert_eq!(
        store.answer_code(totp(&code_at(NOW, 0))),
        ErrorCode::InternalError
    );
    assert_eq!(store.failures(), 0.0);
    assert_eq!(store.challenge.as_ref().unwrap().tries, 0);
}

#[test]
fn a_secret_is_encrypted_anew_when_the_key_was_rotated() {
    let mut store = Store::new();
    let old = FactorKey::from_bytes(1, [2; 32]);
    let new = FactorKey::from_bytes(2, [3; 32]);
    store.secrets.keyring = FactorKeyring::new(vec![new.clone(), old]);
    store.answer(totp(&code_at(NOW, 0))).unwrap();
    store.secrets.keyring = FactorKeyring::new(vec![new]);
    store.start_challenge();
    assert!(store.answer(totp(&code_at(NOW, 1))).is_ok());
}

#[test]
fn a_success_resets_the_failures() {
    let mut store = Store::new();
    for _ in 0..4 {
        store.answer(totp(&wrong_code(NOW))).unwrap_err();
    }
    assert_eq!(store.failures(), 4.0);
    store.answer(totp(&code_at(NOW, 0))).unwrap();
    assert_eq!(store.lock.row, None::<LimitRow>);
}
