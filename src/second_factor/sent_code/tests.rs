//! The rules of codes that are sent as a second factor.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use super::*;
use crate::entropy::Entropy;
use crate::limiter::{LimitEntry, LimitWrite, RequestLimits};
use crate::origin::Origin;
use crate::refusal::ErrorCode;
use crate::refusal::SecondFactorMethod;
use crate::second_factor::FactorRemovalDecision;
use crate::second_factor::response::SecondFactorResponse;
use crate::second_factor::sent_code::row::SecondFactorDelivery;
use crate::second_factor::sent_code::send::SendCodeWrite;
use crate::second_factor::tests::{
    NOW, Store, challenge, factors, fresh_session, password_session, secrets, stale_session,
};
use crate::second_factor::{
    AttemptContext, ConfirmCall, FactorAuthority, FactorConfirmation, SecondFactorChallengeRow,
    SecondFactorConfig, SecondFactorPolicy, SecondFactors,
};
use crate::session::SessionRow;
use crate::time::{Millis, UnixMillis};

const ADDRESS: &str = "ada@example.com";

fn request() -> RequestLimits {
    let entry = |key: &str| LimitEntry {
        key: key.to_owned(),
        row: None,
    };
    RequestLimits {
        send_to: entry("to"),
        send_from: entry("from"),
        sign_up_from: entry("up"),
    }
}

fn of(session: SessionRow) -> FactorAuthority {
    FactorAuthority::Session {
        session,
        max_age: None,
    }
}

fn enroll_call(authority: FactorAuthority, factors: SecondFactors) -> CodeFactorEnrollCall {
    CodeFactorEnrollCall {
        now: NOW,
        user_id: "ada".to_owned(),
        method: CodeFactorKind::EmailCode,
        address: ADDRESS.to_owned(),
        factors,
        authority,
        request: request(),
        origin: Origin::default(),
    }
}

fn enrolled(
    call: &CodeFactorEnrollCall,
) -> Result<(SecondFactorDelivery, CodeFactorRow, Vec<LimitWrite>), ErrorCode> {
    match enroll(call, &secrets().pepper, &mut Entropy::from_seed([1; 32])) {
        CodeFactorEnrollment::Refused { refusal, .. } => Err(refusal.code),
        CodeFactorEnrollment::Done {
            delivery,
            row,
            limits,
            ..
        } => Ok((
            delivery,
            CodeFactorRow {
                id: "code".to_owned(),
                user_id: row.user_id,
                method: row.method,
                address: row.address,
                verified_time: None,
                code_hash: Some(row.code_hash),
                creation_time: row.creation_time,
            },
            limits,
        )),
    }
}

fn pending() -> (String, CodeFactorRow) {
    let call = enroll_call(of(fresh_session("ada")), SecondFactors::default());
    let (delivery, row, _) = enrolled(&call).unwrap();
    (delivery.code, row)
}

fn live() -> CodeFactorRow {
    CodeFactorRow {
        verified_time: Some(NOW),
        code_hash: None,
        ..pending().1
    }
}

fn with_codes(codes: Vec<CodeFactorRow>) -> SecondFactors {
    SecondFactors {
        codes,
        ..SecondFactors::default()
    }
}

#[test]
fn addresses_are_normalised_and_the_users_own_by_default() {
    let origin = Origin::default();
    let valid = |kind, to| match address(kind, to, None, &origin) {
        CodeFactorAddress::Valid { address, .. } => Ok(address),
        CodeFactorAddress::Refused { refusal } => Err(refusal.code),
    };
    use CodeFactorKind::{EmailCode, PhoneCode};
    assert_eq!(valid(EmailCode, Some("Ada@Example.com")).unwrap(), ADDRESS);
    assert_eq!(valid(PhoneCode, Some("+1 555 0100")).unwrap(), "+15550100");
    assert_eq!(valid(EmailCode, None), Err(ErrorCode::InvalidEmail));
    assert_eq!(valid(EmailCode, Some("x")), Err(ErrorCode::InvalidEmail));
    for to in [None, Some("ada"), Some("")] {
        assert_eq!(valid(PhoneCode, to), Err(ErrorCode::InvalidParameters));
    }
}

#[test]
fn enrolling_an_address_is_bound_to_a_fresh_session_and_the_policy() {
    let none = SecondFactors::default;
    let code = |call: &CodeFactorEnrollCall| enrolled(call).err();
    assert_eq!(
        code(&enroll_call(of(password_session("ada")), none())),
        None
    );
    let step_up = Some(ErrorCode::StepUpRequired);
    let stale = enroll_call(of(stale_session("ada")), none());
    assert_eq!(code(&stale), step_up);
    let weaker = enroll_call(of(password_session("ada")), factors(1));
    assert_eq!(code(&weaker), step_up);
    let mut off = enroll_call(of(fresh_session("ada")), none());
    off.factors.config = SecondFactorConfig {
        policy: Some(SecondFactorPolicy::Off),
        trusted_device_days: None,
    };
    assert_eq!(code(&off), Some(ErrorCode::SecondFactorsOff));
    let twice = enroll_call(of(fresh_session("ada")), with_codes(vec![live()]));
    let full = Some(ErrorCode::CodeFactorLimitReached);
    assert!(code(&twice) == full || code(&twice) == step_up);
    assert_eq!(code(&twice), full);
}

#[test]
fn the_code_is_sent_and_only_its_keyed_hash_is_stored() {
    let call = enroll_call(of(fresh_session("ada")), SecondFactors::default());
    let (delivery, row, limits) = enrolled(&call).unwrap();
    assert_eq!((delivery.code.len(), delivery.to.as_str()), (6, ADDRESS));
    assert_eq!(
        delivery.expiration_time,
        NOW.plus(Millis::MINUTE.times(10.0))
    );
    assert!(
        !serde_json::to_string(&row)
            .unwrap()
            .contains(&delivery.code)
    );
    assert_eq!(limits.len(), 2);
}

fn confirm_at(now: UnixMillis, row: Option<CodeFactorRow>, code: &str) -> Result<(), ErrorCode> {
    let store = Store::new();
    let call = CodeFactorConfirmCall {
        confirm: ConfirmCall {
            factors: SecondFactors::default(),
            now,
            session: Some(fresh_session("ada")),
            lock: store.lock.clone(),
            recovery_codes: None,
            origin: Origin::default(),
        },
        factor: row,
        code: code.to_owned(),
    };
    match confirm(&call, &secrets(), &mut Entropy::from_seed([2; 32])) {
        FactorConfirmation::Refused { refusal, writes } => {
            let is_guess = refusal.code == ErrorCode::InvalidSecondFactorCode;
            assert_eq!(
                writes.limits.len(),
                usize::from(is_guess && code.len() == 6)
            );
            Err(refusal.code)
        }
        FactorConfirmation::Done {
            recovery_codes,
            writes,
            ..
        } => {
            assert!(recovery_codes.is_some());
            let patch = writes.code_factor.unwrap();
            assert_eq!(
                (patch.code_factor_id.as_str(), patch.verified_time),
                ("code", now)
            );
            Ok(())
        }
    }
}

#[test]
fn an_address_is_live_after_its_first_code_and_no_other() {
    let (code, row) = pending();
    assert_eq!(confirm_at(NOW, Some(row.clone()), &code), Ok(()));
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let invalid = Err(ErrorCode::InvalidSecondFactorCode);
    assert_eq!(confirm_at(NOW, Some(row.clone()), wrong), invalid);
    assert_eq!(confirm_at(NOW, Some(row.clone()), ""), invalid);
    let missing = Err(ErrorCode::CodeFactorNotFound);
    assert_eq!(confirm_at(NOW, None, &code), missing);
    let late = NOW.plus(Millis::MINUTE.times(10.0));
    assert_eq!(confirm_at(late, Some(row.clone()), &code), missing);
    let of_eve = CodeFactorRow {
        user_id: "eve".to_owned(),
        ..row
    };
    assert_eq!(confirm_at(NOW, Some(of_eve), &code), missing);
    assert_eq!(confirm_at(NOW, Some(live()), &code), missing);
}

fn send_in(context: AttemptContext) -> Result<SendCodeAnswer, ErrorCode> {
    let call = SendCodeCall {
        now: NOW,
        method: CodeFactorKind::EmailCode,
        context,
        address: ADDRESS.to_owned(),
        request: request(),
    };
    match send(&call, &secrets().pepper, &mut Entropy::from_seed([3; 32])) {
        SendCodeAnswer::Refused { refusal } => Err(refusal.code),
        sent => Ok(sent),
    }
}

fn in_challenge(row: Option<SecondFactorChallengeRow>) -> AttemptContext {
    AttemptContext::Challenge { challenge: row }
}

#[test]
fn a_code_is_sent_only_where_the_challenge_allows_it() {
    let email = [SecondFactorMethod::EmailCode];
    assert!(send_in(in_challenge(Some(challenge("ada", &email)))).is_ok());
    let not_enrolled = Some(ErrorCode::SecondFactorNotEnrolled);
    let totp = challenge("ada", &[SecondFactorMethod::Totp]);
    assert_eq!(send_in(in_challenge(Some(totp))).err(), not_enrolled);
    let missing = send_in(in_challenge(None));
    assert_eq!(missing.err(), Some(ErrorCode::InvalidVerifier));
    let mut over = challenge("ada", &email);
    over.expiration_time = NOW;
    let late = send_in(in_challenge(Some(over)));
    assert_eq!(late.err(), Some(ErrorCode::InvalidVerifier));
    // Codes that are sent do not guard what is stronger.
    let step_up = |factors: SecondFactors| AttemptContext::StepUp {
        session: stale_session("ada"),
        factors: Box::new(factors),
    };
    assert!(send_in(step_up(with_codes(vec![live()]))).is_ok());
    let both = SecondFactors {
        codes: vec![live()],
        ..factors(1)
    };
    assert_eq!(send_in(step_up(both)).err(), not_enrolled);
}

#[test]
fn the_code_that_was_sent_last_answers_the_challenge_once() {
    let mut store = Store::new();
    store.challenge = Some(challenge("ada", &[SecondFactorMethod::EmailCode]));
    let SendCodeAnswer::Sent {
        delivery, write, ..
    } = send_in(store.in_challenge()).unwrap()
    else {
        panic!("it is sent");
    };
    let response = |code: &str| SecondFactorResponse::EmailCode {
        code: code.to_owned(),
    };
    let early = store.answer(response(&delivery.code)).unwrap_err();
    assert_eq!(early.code, ErrorCode::InvalidSecondFactorCode);
    let SendCodeWrite::Patch { sent } = write else {
        panic!("the challenge is there");
    };
    store.challenge.as_mut().unwrap().sent = Some(sent);
    let phone = SecondFactorResponse::PhoneCode {
        code: delivery.code.clone(),
    };
    let other = store.answer(phone).unwrap_err();
    assert_eq!(other.code, ErrorCode::SecondFactorNotEnrolled);
    assert!(store.answer(response(&delivery.code)).is_ok());
    let again = store.answer(response(&delivery.code)).unwrap_err();
    assert_eq!(again.code, ErrorCode::InvalidVerifier);
}

#[test]
fn a_code_for_a_step_up_makes_a_challenge_of_the_session() {
    let context = AttemptContext::StepUp {
        session: stale_session("ada"),
        factors: Box::new(with_codes(vec![live()])),
    };
    let SendCodeAnswer::Sent {
        delivery,
        verifier,
        write: SendCodeWrite::Insert { row },
        ..
    } = send_in(context).unwrap()
    else {
        panic!("it is a new challenge");
    };
    assert!(verifier.is_some());
    let mut store = Store::new();
    store.challenge = Some(*row);
    let proof = store
        .answer(SecondFactorResponse::EmailCode {
            code: delivery.code.clone(),
        })
        .unwrap();
    assert_eq!(proof.session_id.as_deref(), Some("session"));
}

#[test]
fn an_address_is_removed_like_any_second_factor() {
    let removed = |authority, row: CodeFactorRow| {
        let call = CodeFactorRemoveCall {
            now: NOW,
            code_factor_id: "code".to_owned(),
            factors: with_codes(vec![row]),
            authority,
            origin: Origin::default(),
        };
        match remove(&call) {
            FactorRemovalDecision::Done { removal, .. } => Ok(removal.ends_second_factor),
            FactorRemovalDecision::Refused { refusal, .. } => Err(refusal.code),
        }
    };
    assert_eq!(removed(of(fresh_session("ada")), live()), Ok(true));
    let step_up = Err(ErrorCode::StepUpRequired);
    assert_eq!(removed(of(password_session("ada")), live()), step_up);
    let (_, waiting) = pending();
    assert_eq!(removed(of(stale_session("ada")), waiting), Ok(false));
    let missing = Err(ErrorCode::CodeFactorNotFound);
    assert_eq!(removed(of(fresh_session("eve")), live()), missing);
}
