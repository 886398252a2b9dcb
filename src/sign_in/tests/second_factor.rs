//! No way to sign in passes a second factor.

use super::*;
use crate::audit::AuditEventName;
use crate::entropy::Entropy;
use crate::refusal::ErrorCode;
use crate::refusal::SecondFactorMethod;
use crate::second_factor::sent_code::{CodeFactorKind, CodeFactorRow};
use crate::second_factor::tests::{
    NOW, Store as Factors, challenge, code_at, factors, fresh_session, recovery,
    restricted_session, secrets, totp, wrong_code,
};
use crate::second_factor::totp::TotpConfirmCall;
use crate::second_factor::trusted_device::TrustedDeviceWrite;
use crate::second_factor::{
    AttemptContext, ChallengeWrite, ConfirmCall, SecondFactorConfig, SecondFactorPolicy,
    SecondFactorResponse, SecondFactorVerifyCall, SecondFactors,
};
use crate::session::{AuthenticationMethod, SessionConfig, SessionRestriction, SessionRow};
use crate::sign_in::*;
use crate::time::{Millis, UnixMillis};
use crate::user::UserRow;

const TOTP: &[SecondFactorMethod] = &[SecondFactorMethod::Totp];

/// Ada, who has proved her address and set up an authenticator app.
fn with_app() -> Store {
    let mut store = Store::new(true);
    let Reply::Started(verifier) = store.sign_up(ADA, PASSWORD) else {
        panic!("the address has to be proved");
    };
    let code = store.mailed_code();
    store.verify_email(ADA, &code, verifier.as_deref());
    store.factors = factors(1);
    store.tables.sessions.clear();
    store.tables.refresh_tokens.clear();
    store
}

#[test]
fn every_flow_that_opens_a_session_asks_for_the_second_factor() {
    let asked = Reply::SecondFactor(TOTP.to_vec());
    let mut store = with_app();
    store.request_reset(ADA);
    let code = store.mailed_code();
    assert_eq!(store.reset(ADA, &code, NEW_PASSWORD), asked);
    assert_eq!(store.sign_in(ADA, NEW_PASSWORD), asked);
    let user_id = store.tables.users.first().unwrap().row.id.clone();
    assert_eq!(store.app_sign_in(Some("ada"), Some(&user_id), None), asked);
    assert!(store.tables.sessions.is_empty());
    assert!(store.tables.refresh_tokens.is_empty());
    // The mailbox was proved before: proving it again asks, too.
    let mut store = Store::new(true);
    store.sign_up(ADA, PASSWORD);
    store.factors = factors(1);
    store
        .tables
        .users
        .first_mut()
        .unwrap()
        .row
        .email_verification_time = Some(store.now);
    let code = store.mailed_code();
    assert_eq!(store.verify_email(ADA, &code, None), asked);
    // Without proof of addresses, too.
    let mut store = Store::new(false);
    store.sign_up(ADA, PASSWORD);
    store.factors = factors(1);
    store.tables.sessions.clear();
    assert_eq!(store.sign_in(ADA, PASSWORD), asked);
    let taken = store.sign_up(ADA, PASSWORD);
    assert_eq!(taken.code(), Some(ErrorCode::AccountAlreadyExists));
    assert!(store.tables.sessions.is_empty());
}

#[test]
fn what_a_stranger_may_have_set_up_is_removed_and_not_asked_for() {
    let mut store = Store::new(false);
    store.sign_up(ADA, STRANGERS_PASSWORD);
    store.factors = factors(1);
    store.request_reset(ADA);
    let code = store.mailed_code();
    let reply = store.reset(ADA, &code, PASSWORD);
    assert!(matches!(reply, Reply::SignedIn(_)));
    let answer = store.answer.as_ref().unwrap();
    assert!(answer.removes_factors && answer.forgets_trusted_devices);
}

#[test]
fn a_new_password_forgets_the_trusted_devices() {
    let mut store = with_app();
    store.factors = SecondFactors::default();
    let session = store.sign_in(ADA, PASSWORD).session();
    assert!(!store.answer.as_ref().unwrap().forgets_trusted_devices);
    store.change(&session, PASSWORD, NEW_PASSWORD);
    assert!(store.answer.as_ref().unwrap().forgets_trusted_devices);
    store.request_reset(ADA);
    let code = store.mailed_code();
    store.reset(ADA, &code, PASSWORD);
    let answer = store.answer.as_ref().unwrap();
    assert!(answer.forgets_trusted_devices && !answer.removes_factors);
}

#[test]
fn a_code_to_the_mailbox_is_no_second_factor_beside_the_mailbox() {
    let mut store = with_app();
    store.factors = SecondFactors {
        codes: vec![CodeFactorRow {
            id: "code".to_owned(),
            user_id: "ada".to_owned(),
            method: CodeFactorKind::EmailCode,
            address: ADA.to_owned(),
            verified_time: Some(store.now),
            code_hash: None,
            creation_time: store.now,
        }],
        ..SecondFactors::default()
    };
    let asked = Reply::SecondFactor(vec![SecondFactorMethod::EmailCode]);
    assert_eq!(store.sign_in(ADA, PASSWORD), asked);
    store.request_reset(ADA);
    let code = store.mailed_code();
    let refused = store.reset(ADA, &code, NEW_PASSWORD);
    assert_eq!(refused.code(), Some(ErrorCode::SecondFactorNotEnrolled));
}

fn session_call(sessions: Vec<SessionRow>, trust_device: bool) -> SecondFactorSession {
    SecondFactorSession {
        now: NOW,
        session_config: SessionConfig {
            issuer: "https://example.convex.site".to_owned(),
            audience: None,
            access_token_lifetime_ms: None,
            total_lifetime_ms: None,
            idle_lifetime_ms: None,
            refresh_grace_ms: None,
            max_sessions: None,
        },
        origin: network(1),
        user: Some(UserRow {
            id: "ada".to_owned(),
            email: None,
            email_verification_time: None,
            phone_verification_time: None,
            banned_time: None,
            ban_expiration_time: None,
            role: None,
            second_factor_time: Some(NOW),
        }),
        sessions,
        factors: factors(1),
        trust_device,
    }
}

fn answer(
    store: &Factors,
    context: AttemptContext,
    response: SecondFactorResponse,
    session: &SecondFactorSession,
) -> SecondFactorSignIn {
    let call = SecondFactorVerifyCall {
        now: NOW,
        context,
        response,
        lock: store.lock.clone(),
        factors: store.factors.clone(),
        recovery_codes: store.recovery_codes.clone(),
        origin: network(1),
    };
    verify_second_factor(&call, session, &secrets(), &mut Entropy::from_seed([5; 32]))
}

fn events(signed_in: &SecondFactorSignIn) -> Vec<AuditEventName> {
    let audit = signed_in.answer.audit.iter();
    audit.map(|event| event.event).collect()
}

#[test]
fn a_right_code_opens_the_session_of_both_factors() {
    let store = Factors::new();
    let session = session_call(vec![], false);
    let signed_in = answer(
        &store,
        store.in_challenge(),
        totp(&code_at(NOW, 0)),
        &session,
    );
    let opened = signed_in.answer.session.as_ref().unwrap();
    assert!(
        opened
            .authentication_methods
            .contains(&AuthenticationMethod::MultipleFactors)
    );
    assert_eq!(opened.provider, "password");
    let expected = [AuditEventName::SecondFactorVerified, AuditEventName::SignIn];
    assert_eq!(events(&signed_in), expected);
    assert_eq!(signed_in.answer.trusted_device, TrustedDeviceWrite::Keep);
}

#[test]
fn a_wrong_code_opens_nothing_and_is_counted() {
    let store = Factors::new();
    let session = session_call(vec![], true);
    let refused = answer(
        &store,
        store.in_challenge(),
        totp(&wrong_code(NOW)),
        &session,
    );
    assert_eq!(refused.answer.session, None);
    assert_eq!(refused.answer.trusted_device, TrustedDeviceWrite::Keep);
    assert_eq!(refused.answer.limits.len(), 1);
    assert!(refused.writes.limits.is_empty(), "each is written once");
    let banned = SecondFactorSession {
        user: session.user.clone().map(|user| UserRow {
            banned_time: Some(UnixMillis(0.0)),
            ..user
        }),
        ..session.clone()
    };
    let refused = answer(
        &store,
        store.in_challenge(),
        totp(&code_at(NOW, 0)),
        &banned,
    );
    assert_eq!(refused.answer.session, None);
    let eve = SecondFactorSession {
        user: session.user.map(|user| UserRow {
            id: "eve".to_owned(),
            ..user
        }),
        ..banned
    };
    let refused = answer(&store, store.in_challenge(), totp(&code_at(NOW, 0)), &eve);
    assert_eq!(refused.answer.session, None);
}

#[test]
fn a_device_is_trusted_by_choice_and_never_with_a_recovery_code() {
    let store = Factors::new();
    let session = session_call(vec![], true);
    let signed_in = answer(
        &store,
        store.in_challenge(),
        totp(&code_at(NOW, 0)),
        &session,
    );
    assert!(signed_in.answer.trusted_device_token.is_some());
    let insert = &signed_in.answer.trusted_device;
    assert!(matches!(insert, TrustedDeviceWrite::Insert { .. }));
    assert!(events(&signed_in).contains(&AuditEventName::DeviceTrusted));
    let code = store.codes.first().unwrap();
    let recovered = answer(&store, store.in_challenge(), recovery(code), &session);
    assert!(recovered.answer.session.is_some());
    assert!(recovered.answer.forgets_trusted_devices);
    assert_eq!(recovered.answer.trusted_device_token, None);
    let never = SecondFactorSession {
        factors: SecondFactors {
            config: SecondFactorConfig {
                policy: None,
                trusted_device_days: Some(0),
            },
            ..factors(1)
        },
        ..session
    };
    let signed_in = answer(&store, store.in_challenge(), totp(&code_at(NOW, 0)), &never);
    assert_eq!(signed_in.answer.trusted_device_token, None);
}

#[test]
fn a_step_up_replaces_the_session() {
    let store = Factors::new();
    let before = SessionRow {
        authentication_time: UnixMillis(NOW.0 - Millis::DAY.0),
        authentication_methods: vec![AuthenticationMethod::Password],
        ..fresh_session("ada")
    };
    let context = AttemptContext::StepUp {
        session: before.clone(),
        factors: Box::new(factors(1)),
    };
    let session = session_call(vec![before], false);
    let stepped_up = answer(&store, context, totp(&code_at(NOW, 0)), &session);
    assert_eq!(stepped_up.answer.evict_sessions, ["session"]);
    let opened = stepped_up.answer.session.as_ref().unwrap();
    assert_eq!(opened.authentication_time, NOW);
    assert!(events(&stepped_up).contains(&AuditEventName::SessionSteppedUp));
    assert!(!events(&stepped_up).contains(&AuditEventName::SignIn));
}

#[test]
fn a_restricted_session_is_lifted_by_a_factor_that_is_there() {
    let store = Factors::new();
    let restricted = restricted_session("ada");
    let context = AttemptContext::StepUp {
        session: restricted.clone(),
        factors: Box::new(factors(1)),
    };
    let session = session_call(vec![restricted.clone()], false);
    let lifted = answer(&store, context, totp(&code_at(NOW, 0)), &session);
    let opened = lifted.answer.session.as_ref().unwrap();
    assert_eq!(opened.restriction, None::<SessionRestriction>);
    assert_eq!(lifted.answer.evict_sessions, ["session"]);
}

#[test]
fn a_step_up_is_worth_nothing_without_its_session() {
    let mut challenge = challenge("ada", TOTP);
    challenge.session_id = Some("session".to_owned());
    challenge.is_step_up = true;
    let context = AttemptContext::Challenge {
        challenge: Some(challenge),
    };
    let mut over = fresh_session("ada");
    over.expiration_time = NOW;
    for sessions in [vec![], vec![over]] {
        let session = session_call(sessions, false);
        let store = Factors::new();
        let refused = answer(&store, context.clone(), totp(&code_at(NOW, 0)), &session);
        assert_eq!(refused.answer.session, None);
        assert_eq!(refused.writes.challenge, ChallengeWrite::Delete);
    }
}

#[test]
fn a_restricted_session_is_lifted_by_the_first_factor() {
    let mut store = Factors::new();
    let restricted = restricted_session("ada");
    let mut session = session_call(vec![restricted.clone()], false);
    let pending = crate::second_factor::tests::pending_factor("new", "ada");
    store.recovery_codes = None;
    session.factors = SecondFactors {
        config: SecondFactorConfig {
            policy: Some(SecondFactorPolicy::Required),
            trusted_device_days: None,
        },
        totps: vec![pending.clone()],
        ..SecondFactors::default()
    };
    let call = TotpConfirmCall {
        confirm: ConfirmCall {
            factors: SecondFactors::default(),
            now: NOW,
            session: Some(restricted),
            lock: store.lock.clone(),
            recovery_codes: None,
            origin: network(1),
        },
        factor: Some(pending),
        code: code_at(NOW, 0),
    };
    let mut entropy = Entropy::from_seed([6; 32]);
    let lifted = confirm_totp(&call, &session, &secrets(), &mut entropy);
    let opened = lifted.answer.session.as_ref().unwrap();
    assert_eq!(opened.restriction, None::<SessionRestriction>);
    assert_eq!(lifted.answer.evict_sessions, ["session"]);
    assert_eq!(lifted.answer.recovery_codes.as_ref().unwrap().len(), 10);
    assert!(lifted.recovery_codes.is_some());
}
