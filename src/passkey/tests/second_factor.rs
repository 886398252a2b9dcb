//! Passkeys as second factors.

use super::rows::{
    NOW, authenticator, begun, config, later, passkey, pepper, session_config, sign_in_call, user,
};
use crate::audit::AuditEventName;
use crate::entropy::Entropy;
use crate::limiter::{LimitEntry, second_factor_key};
use crate::origin::Origin;
use crate::passkey::row::CeremonyRow;
use crate::passkey::{
    PasskeySecondFactor, PasskeySecondFactorCall, PasskeySecondFactorOptionsCall,
    PasskeySignInOptions, second_factor, second_factor_options,
};
use crate::refusal::ErrorCode;
use crate::refusal::SecondFactorMethod;
use crate::second_factor::tests::{challenge, factors, stale_session};
use crate::second_factor::{
    AttemptContext, ChallengeWrite, SecondFactorChallengeRow, SecondFactors,
};
use crate::session::{AuthenticationMethod, SessionRow};
use crate::sign_in::{SecondFactorSession, SignInOutcome};
use crate::token::HashedSecret;
use crate::webauthn::tests::authenticator::USER_VERIFIED;

/// Ada's factors: an app and a passkey.
fn both() -> SecondFactors {
    SecondFactors {
        passkeys: 1,
        ..factors(1)
    }
}

fn waiting() -> AttemptContext {
    let methods = [SecondFactorMethod::Totp, SecondFactorMethod::Passkey];
    AttemptContext::Challenge {
        challenge: Some(challenge("ada", &methods)),
    }
}

fn step_up(methods: Vec<AuthenticationMethod>) -> AttemptContext {
    AttemptContext::StepUp {
        session: SessionRow {
            authentication_methods: methods,
            ..stale_session("ada")
        },
        factors: Box::new(both()),
    }
}

fn options(context: AttemptContext) -> Result<CeremonyRow, ErrorCode> {
    let call = PasskeySecondFactorOptionsCall {
        now: NOW,
        config: config(),
        context,
        begun: begun(),
        passkeys: vec![passkey()],
    };
    match second_factor_options(&call, &mut Entropy::from_seed([2; 32])) {
        PasskeySignInOptions::Begun { row, options, .. } => {
            assert_eq!(options.allow_credentials.len(), 1);
            Ok(*row)
        }
        PasskeySignInOptions::Refused { refusal } => Err(refusal.code),
    }
}

fn call(context: AttemptContext, user_verified: bool) -> PasskeySecondFactorCall {
    let row = options(context.clone()).unwrap();
    let mut device = authenticator(&row);
    device.sign_count = 8;
    if !user_verified {
        device.flags &= !USER_VERIFIED;
    }
    let signed = sign_in_call(row, &device);
    PasskeySecondFactorCall {
        config: config(),
        pepper: pepper(),
        ceremony: signed.ceremony,
        context,
        passkey: signed.passkey,
        lock: LimitEntry {
            key: second_factor_key("ada"),
            row: None,
        },
        response: signed.response,
    }
}

fn decide(call: &PasskeySecondFactorCall) -> PasskeySecondFactor {
    let sessions = match &call.context {
        AttemptContext::StepUp { session, .. } => vec![session.clone()],
        _ => vec![],
    };
    let session = SecondFactorSession {
        now: NOW,
        session_config: session_config(),
        origin: Origin::default(),
        user: Some(user("ada")),
        sessions,
        factors: both(),
        trust_device: false,
    };
    second_factor(call, &session, &mut Entropy::from_seed([3; 32]))
}

fn code(call: &PasskeySecondFactorCall) -> Option<ErrorCode> {
    let decided = decide(call);
    match decided.sign_in.answer.outcome {
        SignInOutcome::Refused { refusal } => {
            assert_eq!(decided.sign_in.answer.session, None);
            assert_eq!(decided.passkey, None);
            Some(refusal.code)
        }
        _ => None,
    }
}

#[test]
fn a_passkey_finishes_a_sign_in() {
    for user_verified in [true, false] {
        let decided = decide(&call(waiting(), user_verified));
        let session = decided.sign_in.answer.session.unwrap();
        let methods = &session.authentication_methods;
        assert!(methods.contains(&AuthenticationMethod::Password));
        assert!(methods.contains(&AuthenticationMethod::MultipleFactors));
        assert_eq!(decided.sign_in.writes.challenge, ChallengeWrite::Delete);
        assert!(decided.passkey.is_some() && !decided.stays);
    }
}

#[test]
fn a_passkey_makes_a_session_fresh() {
    let decided = decide(&call(step_up(vec![AuthenticationMethod::Password]), false));
    let answer = decided.sign_in.answer;
    assert_eq!(answer.evict_sessions, ["session"]);
    let mut events = answer.audit.iter().map(|event| event.event);
    assert!(events.any(|event| event == AuditEventName::SessionSteppedUp));
}

#[test]
fn the_same_key_twice_is_one_factor() {
    let key = vec![
        AuthenticationMethod::HardwareKey,
        AuthenticationMethod::UserPresence,
    ];
    let twice = call(step_up(key.clone()), false);
    assert_eq!(code(&twice), Some(ErrorCode::PasskeyUserVerification));
    assert_eq!(code(&call(step_up(key), true)), None);
}

#[test]
fn a_passkey_is_asked_for_only_where_it_counts() {
    let not_enrolled = Err(ErrorCode::SecondFactorNotEnrolled);
    let totp = AttemptContext::Challenge {
        challenge: Some(challenge("ada", &[SecondFactorMethod::Totp])),
    };
    assert_eq!(options(totp).map(|_| ()), not_enrolled);
    let alone = AttemptContext::StepUp {
        session: stale_session("ada"),
        factors: Box::new(SecondFactors {
            passkeys: 1,
            ..SecondFactors::default()
        }),
    };
    assert_eq!(options(alone).map(|_| ()), not_enrolled);
    let missing = AttemptContext::Challenge { challenge: None };
    let invalid = Err(ErrorCode::InvalidVerifier);
    assert_eq!(options(missing).map(|_| ()), invalid);
    let over = AttemptContext::Challenge {
        challenge: Some(SecondFactorChallengeRow {
            expiration_time: NOW,
            ..challenge("ada", &[SecondFactorMethod::Passkey])
        }),
    };
    assert_eq!(options(over).map(|_| ()), invalid);
}

#[test]
fn a_wrong_answer_is_counted_and_uses_the_challenge_up() {
    let mut wrong = call(waiting(), true);
    wrong.response.signature = wrong.response.authenticator_data.clone();
    let decided = decide(&wrong);
    assert_eq!(decided.sign_in.answer.limits.len(), 1);
    let tried = ChallengeWrite::Tried { tries: 1 };
    assert_eq!(decided.sign_in.writes.challenge, tried);
    assert!(!decided.stays);
    // Who has proved the first factor knows whose passkey it is.
    assert_eq!(code(&wrong), Some(ErrorCode::PasskeyInvalidSignature));
}

#[test]
fn a_ceremony_is_of_one_user_one_session_and_this_purpose() {
    type Change = fn(&mut PasskeySecondFactorCall);
    let changes: [Change; 7] = [
        // Begun for another sign-in of the same user.
        |call| {
            let other = Some(HashedSecret::of(&[7; 32]));
            call.ceremony.as_mut().unwrap().second_factor_hash = other;
        },
        |call| call.ceremony = None,
        |call| call.passkey = None,
        |call| call.passkey.as_mut().unwrap().user_id = "eve".to_owned(),
        |call| call.ceremony.as_mut().unwrap().user_id = Some("eve".to_owned()),
        |call| call.ceremony.as_mut().unwrap().expiration_time = NOW,
        |call| call.ceremony.as_mut().unwrap().session_id = Some("other".to_owned()),
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut changed = call(waiting(), true);
        change(&mut changed);
        assert!(code(&changed).is_some(), "{number}");
    }
    let mut in_session = call(step_up(vec![AuthenticationMethod::Password]), true);
    in_session.context = waiting();
    assert!(code(&in_session).is_some());
    let mut late = call(waiting(), true);
    if let AttemptContext::Challenge {
        challenge: Some(challenge),
    } = &mut late.context
    {
        challenge.expiration_time = later(-1.0);
    }
    assert_eq!(code(&late), Some(ErrorCode::InvalidVerifier));
}
