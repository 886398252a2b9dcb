//! Signing in with passkeys.

use super::rows::{
    NOW, authenticator, begun_sign_in, later, passkey, sign_in_call, sign_in_options_call, user,
};
use crate::audit::AuditEventName;
use crate::audit::AuditOutcome;
use crate::entropy::Entropy;
use crate::limiter::LimitRow;
use crate::passkey::config::UserVerification;
use crate::passkey::row::PasskeyCeremony;
use crate::passkey::{
    self, PasskeySignIn, PasskeySignInCall, PasskeySignInOptions, PasskeySignInOptionsCall,
    sign_in_options,
};
use crate::refusal::ErrorCode;
use crate::session::AuthenticationMethod;
use crate::sign_in::SignInOutcome;
use crate::time::Millis;
use crate::webauthn::{AttestationKind, counted, encoding};

const ADA: Option<&str> = Some("ada@example.com");

fn valid(identifier: Option<&str>) -> PasskeySignInCall {
    let row = begun_sign_in(identifier);
    let mut device = authenticator(&row);
    device.sign_count = 8;
    sign_in_call(row, &device)
}

fn sign_in(call: &PasskeySignInCall) -> PasskeySignIn {
    passkey::sign_in(call, &mut Entropy::from_seed([4; 32]))
}

fn code(call: &PasskeySignInCall) -> Option<ErrorCode> {
    let signed_in = sign_in(call);
    match signed_in.answer.outcome {
        SignInOutcome::Refused { refusal } => {
            assert!(signed_in.answer.session.is_none());
            assert!(signed_in.passkey.is_none() || refusal.code == ErrorCode::UserBanned);
            Some(refusal.code)
        }
        _ => None,
    }
}

fn options(call: &PasskeySignInOptionsCall) -> Vec<(String, Vec<String>)> {
    match sign_in_options(call, &mut Entropy::from_seed([2; 32])) {
        PasskeySignInOptions::Begun { options, row, .. } => {
            let ids: Vec<String> = options
                .allow_credentials
                .iter()
                .map(|one| one.id.clone())
                .collect();
            assert_eq!(ids, row.allowed);
            options
                .allow_credentials
                .into_iter()
                .map(|one| (one.id, one.transports))
                .collect()
        }
        PasskeySignInOptions::Refused { refusal } => panic!("{refusal:?}"),
    }
}

#[test]
fn a_passkey_that_verified_its_user_is_two_factors() {
    let signed_in = sign_in(&valid(None));
    let session = signed_in.answer.session.unwrap();
    assert_eq!(
        session.authentication_methods,
        [
            AuthenticationMethod::HardwareKey,
            AuthenticationMethod::UserPresence,
            AuthenticationMethod::MultipleFactors,
        ]
    );
    let used = signed_in.passkey.unwrap();
    assert_eq!((used.counter, used.last_used_time), (8.0, NOW));
    assert!(!signed_in.stays);
}

#[test]
fn an_address_has_the_users_passkeys_or_some_that_do_not_exist() {
    assert_eq!(
        options(&sign_in_options_call(ADA)),
        [(passkey().credential_id, passkey().transports)]
    );
    let nobody = options(&sign_in_options_call(Some("eve@example.com")));
    assert!(!nobody.is_empty());
    assert_eq!(
        nobody,
        options(&sign_in_options_call(Some("eve@example.com")))
    );
    assert_ne!(
        nobody,
        options(&sign_in_options_call(Some("bob@example.com")))
    );
    let mut without = sign_in_options_call(ADA);
    without.passkeys.clear();
    assert!(!options(&without).is_empty());
    assert!(options(&sign_in_options_call(None)).is_empty());
}

#[test]
fn a_network_begins_a_bounded_number_of_ceremonies() {
    let mut call = sign_in_options_call(None);
    call.begun.row = Some(LimitRow {
        value: 0.0,
        updated_time: NOW,
        locked_until: None,
        expiration_time: later(60_000.0),
    });
    assert!(matches!(
        sign_in_options(&call, &mut Entropy::from_seed([2; 32])),
        PasskeySignInOptions::Refused { refusal } if refusal.code == ErrorCode::RateLimited
    ));
}

#[test]
fn whether_a_passkey_exists_is_not_told() {
    let mut missing = valid(ADA);
    missing.passkey = None;
    missing.user = None;
    let mut forged = valid(ADA);
    forged.response.signature = encoding::encode(&[1; 70]);
    let mut anothers = valid(ADA);
    anothers.passkey.as_mut().unwrap().user_id = "eve".to_owned();
    anothers.user = Some(user("eve"));
    let mut unasked = valid(ADA);
    unasked.ceremony.as_mut().unwrap().allowed = vec!["b3RoZXI".to_owned()];
    let faults: [fn(&mut PasskeySignInCall); 4] = [
        |_| {},
        |call| call.config.origins = vec!["https://b.example".to_owned()],
        |call| call.config.rp_id = "b.example".to_owned(),
        |call| call.response.client_data_json = encoding::encode(b"{}"),
    ];
    for fault in faults {
        let codes: Vec<_> = [&missing, &forged, &anothers, &unasked]
            .into_iter()
            .map(|call| {
                let mut call = call.clone();
                fault(&mut call);
                let answer = sign_in(&call);
                (code(&call), answer.stays)
            })
            .collect();
        assert!(codes.iter().all(|one| *one == codes[0]), "{codes:?}");
        assert!(codes[0].0.is_some());
    }
    assert_eq!(code(&forged), Some(ErrorCode::PasskeyUnknownCredential));
}

/// A decoy, a passkey that did not sign, one of another user, and one that says
/// to be another user's: each takes as many verifications as a sign-in.
#[test]
fn whether_a_passkey_exists_cannot_be_measured() {
    let forgeries: [fn(&mut PasskeySignInCall); 7] = [
        |_| {},
        |call| {
            call.passkey = None;
            call.user = None;
        },
        |call| call.response.signature = encoding::encode(&valid_der()),
        |call| call.passkey.as_mut().unwrap().user_id = "eve".to_owned(),
        |call| call.response.user_handle = Some(encoding::encode(&[7; 32])),
        |call| call.ceremony.as_mut().unwrap().allowed = vec!["b3RoZXI".to_owned()],
        |call| call.passkey.as_mut().unwrap().backup_eligible = true,
    ];
    for identifier in [None, ADA] {
        for forge in forgeries {
            let mut call = valid(identifier);
            forge(&mut call);
            let (verifications, _) = counted::during(|| sign_in(&call));
            assert_eq!(verifications, 1);
        }
        // What cannot be an assertion of anybody is refused before that.
        let mut elsewhere = valid(identifier);
        elsewhere.config.origins = vec!["https://b.example".to_owned()];
        assert_eq!(counted::during(|| sign_in(&elsewhere)).0, 0);
        elsewhere.passkey = None;
        assert_eq!(counted::during(|| sign_in(&elsewhere)).0, 0);
    }
}

/// A signature of two numbers that are ones.
fn valid_der() -> Vec<u8> {
    vec![0x30, 6, 2, 1, 1, 2, 1, 1]
}

#[test]
fn a_passkey_whose_model_or_kind_is_no_longer_accepted_does_not_sign_in() {
    let model = passkey().aaguid;
    let other = "00000000-0000-0000-0000-000000000001".to_owned();
    let changes: [&dyn Fn(&mut PasskeySignInCall); 5] = [
        &|call| call.config.refused_models = Some(vec![model.clone()]),
        &|call| call.config.allowed_models = Some(vec![other.clone()]),
        &|call| call.config.allowed_models = Some(vec![]),
        &|call| call.config.accepted_attestation = Some(vec![AttestationKind::Basic]),
        &|call| {
            call.config.accepted_attestation = Some(vec![AttestationKind::None]);
            call.passkey.as_mut().unwrap().attestation_kind = AttestationKind::Unverified;
        },
    ];
    for change in changes {
        let mut call = valid(ADA);
        change(&mut call);
        assert_eq!(code(&call), Some(ErrorCode::PasskeyInvalidAttestation));
        let refused = sign_in(&call);
        assert!(!refused.stays);
        let [event] = refused.answer.audit.as_slice() else {
            panic!("{:?}", refused.answer.audit);
        };
        assert_eq!(
            (event.event, event.outcome, event.code),
            (
                AuditEventName::SignIn,
                AuditOutcome::Refused,
                Some(ErrorCode::PasskeyInvalidAttestation)
            )
        );
        assert_eq!(event.user_id.as_deref(), Some("ada"));
        // Only its owner learns that: to anybody else it does not exist.
        call.response.signature = encoding::encode(&valid_der());
        assert_eq!(code(&call), Some(ErrorCode::PasskeyUnknownCredential));
    }
    let mut accepted = valid(ADA);
    accepted.config.allowed_models = Some(vec![other, model]);
    accepted.config.accepted_attestation = Some(vec![AttestationKind::None]);
    assert_eq!(code(&accepted), None);
}

#[test]
fn a_challenge_is_for_one_ceremony_for_five_minutes() {
    let with = |change: fn(&mut PasskeySignInCall)| {
        let mut call = valid(None);
        change(&mut call);
        code(&call)
    };
    let invalid = Some(ErrorCode::PasskeyInvalidChallenge);
    assert_eq!(with(|_| {}), None);
    assert_eq!(with(|call| call.ceremony = None), invalid);
    assert_eq!(
        with(|call| call.now = later(Millis::MINUTE.0 * 5.0)),
        invalid
    );
    for ceremony in [PasskeyCeremony::Registration, PasskeyCeremony::StepUp] {
        let mut call = valid(None);
        call.ceremony.as_mut().unwrap().ceremony = ceremony;
        assert_eq!(code(&call), invalid);
    }
}

#[test]
fn a_discovered_passkey_says_whose_it_is() {
    let mut silent = valid(None);
    silent.response.user_handle = None;
    assert_eq!(code(&silent), Some(ErrorCode::PasskeyUnknownCredential));
    let mut anothers = valid(None);
    anothers.response.user_handle = Some(encoding::encode(&[7; 32]));
    assert_eq!(code(&anothers), Some(ErrorCode::PasskeyUnknownCredential));
    let mut named = valid(ADA);
    named.response.user_handle = None;
    assert_eq!(code(&named), None);
}

#[test]
fn a_banned_user_is_not_let_in() {
    let mut call = valid(None);
    call.user.as_mut().unwrap().banned_time = Some(NOW);
    assert_eq!(code(&call), Some(ErrorCode::UserBanned));
}

#[test]
fn a_counter_that_goes_back_is_recorded_and_refused_if_the_app_says_so() {
    let mut copied = valid(None);
    copied.passkey.as_mut().unwrap().counter = 100.0;
    let recorded = sign_in(&copied).answer.audit;
    assert!(
        recorded
            .iter()
            .any(|event| event.event == AuditEventName::PasskeyCounterRegressed)
    );
    assert_eq!(code(&copied), None);
    copied.config.refuses_counter_regression = Some(true);
    assert_eq!(code(&copied), Some(ErrorCode::PasskeyCounterError));
}

#[test]
fn a_required_verification_is_required() {
    let row = begun_sign_in(None);
    let mut device = authenticator(&row);
    device.flags = 1;
    device.sign_count = 8;
    let mut call = sign_in_call(row, &device);
    let session = sign_in(&call).answer.session.unwrap();
    assert!(
        !session
            .authentication_methods
            .contains(&AuthenticationMethod::MultipleFactors)
    );
    call.config.user_verification = Some(UserVerification::Required);
    assert_eq!(code(&call), Some(ErrorCode::PasskeyUserVerification));
}
