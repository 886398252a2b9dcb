//! The rules of setting up, confirming, using and removing apps.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use proptest::prelude::*;

use super::*;
use crate::audit::AuditEventName;
use crate::entropy::Entropy;
use crate::limiter::Permit;
use crate::origin::Origin;
use crate::recovery_code::IssuedRecoveryCodes;
use crate::refusal::ErrorCode;
use crate::second_factor::tests::{
    NOW, SECRET, Store, code_at, fresh_session, live_factor, password_session, pending_factor,
    restricted_session, secrets, stale_session, totp, wrong_code,
};
use crate::second_factor::{
    ConfirmCall, FactorAuthority, FactorConfirmation, SecondFactorConfig, SecondFactorPolicy,
    SecondFactorProof, SecondFactors,
};
use crate::session::SessionRow;
use crate::time::{Millis, UnixMillis};

fn step_of(code: &str, last_used_step: Option<u32>, now: UnixMillis) -> Option<u32> {
    matching_step(
        &Permit::for_test(),
        &TotpSecret::from_bytes(SECRET),
        TotpParameters::default(),
        &TotpCode::parse(code).unwrap(),
        last_used_step,
        now,
    )
}

fn now_step(now: UnixMillis) -> u32 {
    time_step(now, TotpPeriod::default()).unwrap()
}

#[test]
fn time_steps_are_counted_from_the_epoch_and_never_wrap() {
    let step = |seconds: f64, period| {
        let period = TotpPeriod::nearest(period);
        time_step(UnixMillis(seconds * 1_000.0), period)
    };
    for (seconds, expected) in [(0.0, 0), (29.999, 0), (30.0, 1), (59.0, 1), (60.0, 2)] {
        assert_eq!(step(seconds, 30), Some(expected), "{seconds}");
    }
    assert_eq!(step(2e10, 30), Some(666_666_666));
    assert_eq!(step(2e10, 60), Some(333_333_333));
    assert_eq!(step(4_294_967_295.0 * 15.0, 15), Some(u32::MAX));
    for odd in [
        -1.0,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        4_294_967_296.0 * 15.0,
        1e300,
    ] {
        assert_eq!(step(odd, 15), None, "{odd}");
    }
}

#[test]
fn the_window_is_one_step_before_and_after() {
    for steps in -5..=5 {
        let matched = step_of(&code_at(NOW, steps), None, NOW);
        let expected = now_step(NOW).checked_add_signed(steps);
        assert_eq!(matched, expected.filter(|_| steps.abs() <= 1), "{steps}");
    }
    // The edges of time neither panic nor match by chance.
    assert_eq!(step_of("000000", None, UnixMillis(0.0)), None);
    assert_eq!(step_of("000000", None, UnixMillis(f64::NAN)), None);
}

#[test]
fn a_code_has_as_many_digits_as_was_agreed() {
    let eight = TotpParameters {
        digits: TotpDigits::Eight,
        ..TotpParameters::default()
    };
    let step = now_step(NOW);
    let value = hotp(
        TotpAlgorithm::Sha1,
        SECRET,
        u64::from(step),
        TotpDigits::Eight,
    )
    .unwrap();
    let matched = |typed: String| {
        matching_step(
            &Permit::for_test(),
            &TotpSecret::from_bytes(SECRET),
            eight,
            &TotpCode::parse(&typed).unwrap(),
            None,
            NOW,
        )
    };
    assert_eq!(matched(format!("{value:08}")), Some(step));
    assert_eq!(matched(format!("{:06}", value % 1_000_000)), None);
    // The same number in six digits, with the two zeros left out.
    assert_eq!(step_of(&format!("00{}", code_at(NOW, 0)), None, NOW), None);
}

#[test]
fn of_two_steps_with_the_same_code_the_later_one_is_used_up() {
    // Found by search: both steps have this code.
    let (first, code) = (31_476_425_u32, "213700");
    let now = UnixMillis(f64::from(first) * 30_000.0);
    assert_eq!(step_of(code, None, now), Some(first + 1));
    assert_eq!(step_of(code, Some(first + 1), now), None);
}

proptest! {
    /// Whatever is presented when, a step works once, and steps only go up.
    #[test]
    fn a_step_works_once_whatever_the_order_of_calls(
        calls in prop::collection::vec((-3_i32..=3, -90_000.0_f64..90_000.0), 1..60),
    ) {
        let mut last: Option<u32> = None;
        let mut used: Vec<u32> = vec![];
        for (steps, offset) in calls {
            let now = NOW.plus(Millis(offset));
            if let Some(step) = step_of(&code_at(now, steps), last, now) {
                prop_assert!(now_step(now).abs_diff(step) <= 1);
                prop_assert!(used.iter().all(|earlier| *earlier < step));
                used.push(step);
                last = Some(step);
            }
        }
    }
}

fn with(totps: Vec<TotpFactorRow>) -> SecondFactors {
    SecondFactors {
        totps,
        ..SecondFactors::default()
    }
}

fn policy(policy: SecondFactorPolicy) -> SecondFactorConfig {
    SecondFactorConfig {
        policy: Some(policy),
        trusted_device_days: None,
    }
}

fn of(session: SessionRow) -> FactorAuthority {
    FactorAuthority::Session {
        session,
        max_age: None,
    }
}

fn enroll_call(authority: FactorAuthority, factors: Vec<TotpFactorRow>) -> TotpEnrollCall {
    TotpEnrollCall {
        now: NOW,
        config: TotpConfig {
            issuer: "ACME".to_owned(),
            ..TotpConfig::default()
        },
        user_id: "ada".to_owned(),
        account: "ada@example.com".to_owned(),
        name: Some("Phone".to_owned()),
        factors: with(factors),
        authority,
        origin: Origin::default(),
    }
}

fn fresh() -> FactorAuthority {
    of(fresh_session("ada"))
}

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
    let nobody = Some(ErrorCode::NotSignedIn);
    assert_eq!(enroll_code(&enroll_call(restricted(), live())), nobody);
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
        ("A", "a:b", "x"),
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

/// Confirms the app `new` of the store.
fn confirm_in(
    store: &mut Store,
    session: SessionRow,
    code: &str,
) -> Result<(SecondFactorProof, Option<IssuedRecoveryCodes>), ErrorCode> {
    let call = TotpConfirmCall {
        confirm: ConfirmCall {
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
    assert_eq!(factor.last_used_step, Some(now_step(NOW)));
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

fn remove_call(authority: FactorAuthority, factors: Vec<TotpFactorRow>) -> TotpRemoveCall {
    TotpRemoveCall {
        now: NOW,
        totp_id: "app".to_owned(),
        factors: with(factors),
        authority,
        origin: Origin::default(),
    }
}

/// Whether the second factor ends and whether devices are forgotten, or why
/// not.
fn removed(call: &TotpRemoveCall) -> Result<(bool, bool), ErrorCode> {
    match remove(call) {
        FactorRemovalDecision::Done { removal, .. } => {
            Ok((removal.ends_second_factor, removal.forgets_trusted_devices))
        }
        FactorRemovalDecision::Refused { refusal, .. } => Err(refusal.code),
    }
}

#[test]
fn a_factor_is_not_removed_by_what_it_protects_against() {
    let live = || vec![live_factor("app", "ada")];
    assert_eq!(removed(&remove_call(fresh(), live())), Ok((true, true)));
    let refused = Err(ErrorCode::StepUpRequired);
    assert_eq!(
        removed(&remove_call(of(password_session("ada")), live())),
        refused
    );
    assert_eq!(
        removed(&remove_call(of(stale_session("ada")), live())),
        refused
    );
    let app = FactorAuthority::Application;
    assert_eq!(removed(&remove_call(app, live())), Ok((true, true)));
}

#[test]
fn a_factor_is_removed_by_its_owner_and_others_do_not_learn_of_it() {
    let eve = || of(fresh_session("eve"));
    let missing = Err(ErrorCode::TotpNotFound);
    assert_eq!(removed(&remove_call(fresh(), vec![])), missing);
    assert_eq!(
        removed(&remove_call(eve(), vec![live_factor("app", "ada")])),
        missing
    );
    assert_eq!(
        removed(&remove_call(eve(), vec![pending_factor("app", "ada")])),
        missing
    );
}

#[test]
fn the_last_factor_stays_while_the_policy_asks_for_one() {
    let mut last = remove_call(fresh(), vec![live_factor("app", "ada")]);
    last.factors.config = policy(SecondFactorPolicy::Required);
    assert_eq!(removed(&last), Err(ErrorCode::LastSecondFactor));
    last.authority = FactorAuthority::Application;
    assert_eq!(removed(&last), Ok((true, true)));
    last.authority = fresh();
    last.factors.passkeys = 1;
    assert_eq!(removed(&last), Ok((false, true)));
    last.factors.passkeys = 0;
    last.factors.totps.push(live_factor("other", "ada"));
    assert_eq!(removed(&last), Ok((false, true)));
    last.factors.totps = vec![live_factor("app", "ada"), pending_factor("other", "ada")];
    assert_eq!(removed(&last), Err(ErrorCode::LastSecondFactor));
}

#[test]
fn an_app_that_waits_is_removed_without_a_step_up() {
    let session = stale_session("ada");
    let call = remove_call(of(session), vec![pending_factor("app", "ada")]);
    assert_eq!(removed(&call), Ok((false, false)));
}
