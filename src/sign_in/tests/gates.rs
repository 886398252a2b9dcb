//! The app's own gates: who may sign up, who may open a session.

use super::*;
use crate::audit::{AuditEventName, AuditOutcome};
use crate::refusal::ErrorCode;
use crate::sign_in::{
    RefuseAdmissionCall, RefuseSessionCall, SignInOutcome, refuse_admission, refuse_session,
};

const SUCCESS: AuditOutcome = AuditOutcome::Success;
const REFUSED: AuditOutcome = AuditOutcome::Refused;

#[test]
fn an_admission_that_is_refused_keeps_the_counters_and_writes_nothing_else() {
    for require_email_verification in [false, true] {
        let mut store = Store::new(require_email_verification);
        store.admission = Some("by invitation only");
        let before = store.tables.clone();
        let reply = store.sign_up(ADA, PASSWORD);
        assert_eq!(reply.code(), Some(ErrorCode::SignUpRefused));
        let Reply::Refused(refusal) = reply else {
            panic!("the gate is closed");
        };
        assert_eq!(refusal.message, "by invitation only");
        assert_eq!(store.tables.without_traces(), before.without_traces());
        let counters = if require_email_verification { 3 } else { 1 };
        assert_eq!(store.tables.limits.len(), counters);
        assert_eq!(store.tables.count(AuditEventName::SignUp, REFUSED), 1);
        assert_eq!(store.tables.audit.len(), 1);
        assert!(store.mails.is_empty());
    }
}

#[test]
fn a_gate_that_refuses_is_no_way_around_the_limit_of_sign_ups() {
    let mut store = Store::new(false);
    store.admission = Some("closed");
    for _ in 0..30 {
        let code = store.sign_up(ADA, PASSWORD).code();
        assert_eq!(code, Some(ErrorCode::SignUpRefused));
    }
    let code = store.sign_up(ADA, PASSWORD).code();
    assert_eq!(code, Some(ErrorCode::RateLimited));
}

#[test]
fn a_session_that_is_refused_is_recorded_as_a_refused_sign_in() {
    let mut store = Store::new(false);
    for _ in 0..4 {
        store.sign_up(ADA, PASSWORD);
        store.sign_in(ADA, PASSWORD);
    }
    assert_eq!(store.tables.sessions.len(), 4);
    let before = store.tables.clone();
    store.session_gate = Some("not today");
    let reply = store.sign_in(ADA, PASSWORD);
    assert_eq!(reply.code(), Some(ErrorCode::SignInRefused));
    assert_eq!(store.tables.sessions, before.sessions);
    let sign_in = AuditEventName::SignIn;
    let successes = before.count(sign_in, SUCCESS);
    assert_eq!(store.tables.count(sign_in, SUCCESS), successes);
    assert_eq!(store.tables.count(sign_in, REFUSED), 1);
    // No session was ended for one that was not opened.
    let evicted = AuditEventName::SessionEvicted;
    let evictions = before.count(evicted, SUCCESS);
    assert_eq!(store.tables.count(evicted, SUCCESS), evictions);
}

#[test]
fn a_sign_up_whose_session_is_refused_stays_a_sign_up() {
    let mut store = Store::new(false);
    store.session_gate = Some("not today");
    let reply = store.sign_up(ADA, PASSWORD);
    assert_eq!(reply.code(), Some(ErrorCode::SignInRefused));
    assert_eq!(store.tables.count(AuditEventName::SignUp, SUCCESS), 1);
    assert_eq!(store.tables.count(AuditEventName::SignIn, REFUSED), 1);
    store.session_gate = None;
    assert!(store.sign_in(ADA, PASSWORD).is_signed_in());
}

#[test]
fn what_an_app_says_is_cut_and_an_empty_text_is_the_codes_own() {
    let long = "é".repeat(10_000);
    for (message, expected) in [
        (Some(long.as_str()), "é".repeat(500)),
        (Some(""), ErrorCode::SignInRefused.message().to_owned()),
        (None, ErrorCode::SignInRefused.message().to_owned()),
    ] {
        let refused = refuse_session(RefuseSessionCall {
            audit: vec![],
            message: message.map(str::to_owned),
        });
        assert_eq!(refused.refusal.message, expected);
    }
    let answer = refuse_admission(RefuseAdmissionCall {
        limits: vec![],
        provider: "password".to_owned(),
        message: Some(long),
        origin: network(1),
    });
    let SignInOutcome::Refused { refusal } = answer.outcome else {
        panic!("an admission is refused");
    };
    assert_eq!(refusal.message.chars().count(), 500);
}
