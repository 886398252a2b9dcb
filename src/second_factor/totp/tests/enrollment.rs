//! Setting up an authenticator app.

use super::*;
use crate::second_factor::totp::enroll::TotpConfig;
use crate::second_factor::totp::row::NewTotpFactor;
use proptest::prelude::*;

fn enrolled(call: &TotpEnrollCall) -> TotpEnrollment {
    enroll(call, &secrets().keyring, &mut Entropy::from_seed([8; 32]))
}

fn enroll_code(call: &TotpEnrollCall) -> Option<ErrorCode> {
    match enrolled(call) {
        TotpEnrollment::Done { .. } => None,
        TotpEnrollment::Refused { refusal, audit } => {
            assert_eq!(
                audit.first().and_then(|event| event.code),
                Some(refusal.code)
            );
            Some(refusal.code)
        }
    }
}

/// The row as it is stored.
fn stored(row: NewTotpFactor) -> TotpFactorRow {
    TotpFactorRow {
        id: "new".to_owned(),
        user_id: row.user_id,
        secret: row.secret,
        secret_id: row.secret_id,
        algorithm: row.algorithm,
        digits: row.digits,
        period: row.period,
        name: row.name,
        verified_time: None,
        last_used_step: None,
        creation_time: row.creation_time,
    }
}

#[test]
fn a_secret_is_shown_once_and_encrypted_at_rest() {
    let answer = enrolled(&enroll_call(fresh(), vec![]));
    let printed = format!("{answer:?}");
    let TotpEnrollment::Done {
        uri,
        secret,
        row,
        remove,
    } = answer
    else {
        panic!("{printed}");
    };
    assert_eq!(secret.len(), 32);
    assert!(uri.contains(&format!("secret={secret}&issuer=ACME")));
    let json = serde_json::to_string(&row).unwrap();
    assert!(!json.contains(&secret) && !printed.contains(&secret));
    assert!(remove.is_empty());
    let opened = stored(row).open(&secrets().keyring).unwrap();
    assert_eq!(*opened.secret.to_base32(), secret);
}

#[test]
fn settings_out_of_range_are_moved_to_the_nearest_bound() {
    let parameters = |digits, period| {
        let config = TotpConfig {
            digits,
            period,
            ..TotpConfig::default()
        };
        let parameters = config.parameters();
        (u8::from(parameters.digits), parameters.period.seconds())
    };
    assert_eq!(parameters(None, None), (6, 30));
    assert_eq!(parameters(Some(0), Some(1)), (6, 15));
    assert_eq!(parameters(Some(7), Some(45)), (6, 45));
    assert_eq!(parameters(Some(8), Some(90)), (8, 60));
    assert_eq!(parameters(Some(99), None), (8, 30));
}

#[test]
fn enrolment_asks_for_the_old_factor_and_obeys_the_policy() {
    let live = || vec![live_factor("app", "ada")];
    let step_up = Some(ErrorCode::StepUpRequired);
    assert_eq!(enroll_code(&enroll_call(fresh(), live())), None);
    let password = || of(password_session("ada"));
    assert_eq!(enroll_code(&enroll_call(password(), vec![])), None);
    assert_eq!(enroll_code(&enroll_call(password(), live())), step_up);
    assert_eq!(
        enroll_code(&enroll_call(of(stale_session("ada")), vec![])),
        step_up
    );
    let restricted = || of(restricted_session("ada"));
    assert_eq!(enroll_code(&enroll_call(restricted(), vec![])), None);
    assert_eq!(enroll_code(&enroll_call(restricted(), live())), step_up);
    let mut with_key = enroll_call(password(), vec![]);
    with_key.factors.passkeys = 1;
    assert_eq!(enroll_code(&with_key), None);
    with_key.factors.config = policy(SecondFactorPolicy::Required);
    assert_eq!(enroll_code(&with_key), step_up);
    let eve = enroll_call(of(fresh_session("eve")), vec![]);
    assert_eq!(enroll_code(&eve), Some(ErrorCode::NotSignedIn));
    let mut off = enroll_call(fresh(), vec![]);
    off.factors.config = policy(SecondFactorPolicy::Off);
    assert_eq!(enroll_code(&off), Some(ErrorCode::SecondFactorsOff));
    let five = (0..5).map(|n| live_factor(&n.to_string(), "ada")).collect();
    let full = enroll_call(fresh(), five);
    assert_eq!(enroll_code(&full), Some(ErrorCode::TotpLimitReached));
}

#[test]
fn names_of_apps_issuers_and_accounts_are_checked() {
    for (issuer, account, name) in [
        ("A:B", "ada", "x"),
        ("", "ada", "x"),
        ("A", "ada", ""),
        ("A", "ada", "\u{202e}"),
    ] {
        let mut call = enroll_call(fresh(), vec![]);
        call.config.issuer = issuer.to_owned();
        call.account = account.to_owned();
        call.name = Some(name.to_owned());
        assert_eq!(
            enroll_code(&call),
            Some(ErrorCode::InvalidParameters),
            "{issuer} {account} {name}"
        );
    }
}

fn any_factor() -> impl Strategy<Value = TotpFactorRow> {
    (0_u32..1_000, any::<bool>(), any::<bool>()).prop_map(|(id, is_live, is_own)| {
        let user = if is_own { "ada" } else { "eve" };
        let make = if is_live { live_factor } else { pending_factor };
        make(&id.to_string(), user)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the user has, setting up another app touches pending rows of
    /// the user only.
    #[test]
    fn enrolment_never_changes_a_live_secret(factors in prop::collection::vec(any_factor(), 0..8)) {
        let call = enroll_call(fresh(), factors.clone());
        if let TotpEnrollment::Done { remove, row, .. } = enrolled(&call) {
            prop_assert!(stored(row).verified_time.is_none());
            for factor in &factors {
                let is_pending = !factor.is_live() && factor.user_id == "ada";
                let is_removed = remove.contains(&factor.id);
                let has_twin = factors.iter().filter(|other| other.id == factor.id).count() > 1;
                prop_assert!(has_twin || is_removed == is_pending);
            }
        }
    }
}
