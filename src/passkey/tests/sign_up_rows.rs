//! Calls of a sign-up with a passkey alone.

use super::rows::{NOW, authenticator, config, later, pepper, register_call, session_config, user};
use crate::audit::AuditOutcome;
use crate::entropy::Entropy;
use crate::limiter::{AttemptLimits, LimitEntry, RequestLimits};
use crate::origin::Origin;
use crate::passkey::row::CeremonyRow;
use crate::passkey::{
    PasskeyRegisterOptions, PasskeySignUp, PasskeySignUpCall, PasskeySignUpLookup,
    PasskeySignUpOptions, PasskeySignUpOptionsCall, PasskeySignUpRequestCall, request_sign_up,
    sign_up_lookup, sign_up_options,
};
use crate::refusal::ErrorCode;
use crate::second_factor::SecondFactorConfig;
use crate::sign_in::{CodeRow, CodeWrite, SignInAnswer, SignInOutcome};
use crate::time::Millis;
use crate::user::UserRow;

pub(super) const EMAIL: &str = "eve@example.com";

pub(super) fn entropy() -> Entropy {
    Entropy::from_seed([5; 32])
}

pub(super) fn owner() -> Option<UserRow> {
    Some(user("eve"))
}

pub(super) fn entry(key: String) -> LimitEntry {
    LimitEntry { key, row: None }
}

pub(super) fn limits() -> (AttemptLimits, RequestLimits) {
    let PasskeySignUpLookup::Found {
        identifier,
        attempt,
        request,
    } = sign_up_lookup("passkey", " Eve@Example.com ", &Origin::default())
    else {
        panic!("refused");
    };
    assert_eq!(identifier, EMAIL);
    let attempt = AttemptLimits {
        lock: entry(attempt.lock),
        account: entry(attempt.account),
        origin: entry(attempt.origin),
    };
    let request = RequestLimits {
        send_to: entry(request.send_to),
        send_from: entry(request.send_from),
        sign_up_from: entry(request.sign_up_from),
    };
    (attempt, request)
}

pub(super) fn request_call() -> PasskeySignUpRequestCall {
    PasskeySignUpRequestCall {
        now: NOW,
        config: config(),
        origin: Origin::default(),
        pepper: pepper(),
        identifier: EMAIL.to_owned(),
        name: Some(" Eve ".to_owned()),
        custom_code: None,
        owner: None,
        request: limits().1,
    }
}

/// What the mailbox and the client get, and what is stored.
pub(super) fn requested() -> (String, String, CodeRow) {
    let answer = request_sign_up(&request_call(), &mut entropy());
    let CodeWrite::Replace { row, .. } = answer.code else {
        panic!("{:?}", answer.code);
    };
    let SignInOutcome::Started { delivery, verifier } = answer.outcome else {
        panic!("{:?}", answer.outcome);
    };
    (delivery.code.unwrap(), verifier.unwrap(), row)
}

pub(super) fn options_call() -> PasskeySignUpOptionsCall {
    let (code, verifier, stored) = requested();
    PasskeySignUpOptionsCall {
        now: later(Millis::MINUTE.0),
        config: config(),
        origin: Origin::default(),
        pepper: pepper(),
        identifier: EMAIL.to_owned(),
        code,
        verifier,
        owner: None,
        stored: Some(stored),
        attempt: limits().0,
    }
}

pub(super) fn code_of(decided: &PasskeySignUpOptions) -> Option<ErrorCode> {
    match &decided.outcome {
        PasskeyRegisterOptions::Begun { .. } => None,
        PasskeyRegisterOptions::Refused { refusal, .. } => Some(refusal.code),
    }
}

pub(super) fn decide(call: &PasskeySignUpOptionsCall) -> PasskeySignUpOptions {
    sign_up_options(call, &mut Entropy::from_seed([6; 32]))
}

pub(super) fn begun() -> CeremonyRow {
    match decide(&options_call()).outcome {
        PasskeyRegisterOptions::Begun { row, .. } => *row,
        PasskeyRegisterOptions::Refused { refusal, .. } => panic!("{refusal:?}"),
    }
}

pub(super) fn finish_call() -> PasskeySignUpCall {
    let row = begun();
    let made = register_call(row.clone(), &authenticator(&row));
    PasskeySignUpCall {
        second_factor: SecondFactorConfig::default(),
        now: later(Millis::MINUTE.0 * 2.0),
        config: config(),
        session_config: session_config(),
        origin: Origin::default(),
        ceremony: Some(row),
        owner: None,
        existing: None,
        response: made.response,
    }
}

/// The code of a refusal, of which nothing is left but what is recorded.
pub(super) fn refusal(decided: &PasskeySignUp) -> Option<ErrorCode> {
    let SignInOutcome::Refused { refusal } = &decided.answer.outcome else {
        return None;
    };
    let nothing = SignInAnswer {
        audit: decided.answer.audit.clone(),
        ..SignInAnswer::refuse(refusal.clone())
    };
    assert_eq!(decided.answer, nothing);
    assert_eq!(decided.passkey, None);
    assert!(
        decided
            .answer
            .audit
            .iter()
            .all(|event| event.outcome == AuditOutcome::Refused)
    );
    Some(refusal.code)
}
