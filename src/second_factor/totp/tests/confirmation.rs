//! The first code of an app.

use super::*;

/// Confirms the app `new` of the store.
fn confirm_in(
    store: &mut Store,
    session: SessionRow,
    code: &str,
) -> Result<(SecondFactorProof, Option<IssuedRecoveryCodes>), ErrorCode> {
    let call = TotpConfirmCall {
        confirm: ConfirmCall {
            factors: SecondFactors::default(),
            now: store.now,
            session: Some(session),
            lock: store.lock.clone(),
            recovery_codes: store.recovery_codes.clone(),
            origin: Origin::default(),
        },
        factor: store
            .factors
            .iter()
            .find(|factor| factor.id == "new")
            .cloned(),
        code: code.to_owned(),
    };
    match confirm(&call, &store.secrets, &mut store.entropy) {
        FactorConfirmation::Done {
            proof,
            recovery_codes,
            writes,
        } => {
            let touched = writes.factor.as_ref().map(|patch| patch.totp_id.clone());
            assert_eq!(touched.as_deref(), Some("new"));
            store.write(writes);
            Ok((proof, recovery_codes))
        }
        FactorConfirmation::Refused { refusal, writes } => {
            assert_eq!(writes.factor, None);
            store.write(writes);
            Err(refusal.code)
        }
    }
}

fn in_session(user: &str) -> SessionRow {
    fresh_session(user)
}

fn with_pending() -> Store {
    let mut store = Store::new();
    store.factors = vec![pending_factor("new", "ada")];
    store.recovery_codes = None;
    store
}

#[test]
fn the_first_right_code_makes_an_app_live_and_gives_recovery_codes() {
    let mut store = with_pending();
    let (proof, codes) = confirm_in(&mut store, in_session("ada"), &code_at(NOW, 0)).unwrap();
    assert_eq!(proof.session_id.as_deref(), Some("session"));
    assert_eq!(codes.unwrap().codes.len(), 10);
    let factor = store.factors.first().unwrap();
    assert!(factor.is_live());
    assert_eq!(factor.last_used_step, time_step(NOW, TotpPeriod::default()));
    assert_eq!(
        store.events,
        [
            AuditEventName::SecondFactorEnrolled,
            AuditEventName::RecoveryCodesIssued
        ]
    );
    // The code that proved it does not sign in.
    store.start_challenge();
    assert!(store.answer(totp(&code_at(NOW, 0))).is_err());
    assert!(store.answer(totp(&code_at(NOW, 1))).is_ok());
    let again = confirm_in(&mut store, in_session("ada"), &code_at(NOW, 1));
    assert_eq!(again.err(), Some(ErrorCode::TotpAlreadyVerified));
}

#[test]
fn recovery_codes_are_given_once() {
    let mut store = with_pending();
    store.recovery_codes = Store::new().recovery_codes;
    let (_, codes) = confirm_in(&mut store, in_session("ada"), &code_at(NOW, 0)).unwrap();
    assert_eq!(codes, None);
    let mut store = with_pending();
    store.recovery_codes = Store::new().recovery_codes;
    store.recovery_codes.as_mut().unwrap().codes.clear();
    let (_, codes) = confirm_in(&mut store, in_session("ada"), &code_at(NOW, 0)).unwrap();
    assert!(codes.is_some());
}

#[test]
fn a_secret_waits_ten_minutes_and_for_its_owner() {
    let mut store = with_pending();
    let of_eve = confirm_in(&mut store, in_session("ada"), &code_at(NOW, 0));
    assert!(of_eve.is_ok());
    for (user, late) in [("eve", 0.0), ("ada", 600_000.0)] {
        let mut store = with_pending();
        store.now = NOW.plus(Millis(late));
        store.lock.key = crate::limiter::second_factor_key(user);
        let code = code_at(store.now, 0);
        let refused = confirm_in(&mut store, in_session(user), &code);
        assert_eq!(
            refused.err(),
            Some(ErrorCode::TotpNotFound),
            "{user} {late}"
        );
        assert_eq!(store.failures(), 0.0);
    }
    let mut store = with_pending();
    store.factors.clear();
    let refused = confirm_in(&mut store, in_session("ada"), &code_at(NOW, 0));
    assert_eq!(refused.err(), Some(ErrorCode::TotpNotFound));
}

#[test]
fn a_wrong_first_code_counts_and_a_right_one_does_not_clear_the_failures() {
    let mut store = with_pending();
    let wrong = wrong_code(NOW);
    for failures in 1..=9 {
        let refused = confirm_in(&mut store, in_session("ada"), &wrong);
        assert_eq!(refused.err(), Some(ErrorCode::TotpInvalidCode));
        assert_eq!(store.failures(), f64::from(failures));
    }
    // Otherwise a new app of one's own would be a way to go on guessing.
    confirm_in(&mut store, in_session("ada"), &code_at(NOW, 0)).unwrap();
    assert_eq!(store.failures(), 9.0);
    let mut store = with_pending();
    for _ in 0..10 {
        confirm_in(&mut store, in_session("ada"), &wrong).unwrap_err();
    }
    let right = confirm_in(&mut store, in_session("ada"), &code_at(NOW, 0));
    assert_eq!(right.err(), Some(ErrorCode::RateLimited));
    assert!(!store.factors.first().unwrap().is_live());
}

#[test]
fn a_restricted_session_is_replaced_when_a_factor_is_set_up() {
    let mut store = with_pending();
    let session = restricted_session("ada");
    let (proof, codes) = confirm_in(&mut store, session, &code_at(NOW, 0)).unwrap();
    assert_eq!(proof.session_id.as_deref(), Some("session"));
    assert!(codes.is_some());
}
