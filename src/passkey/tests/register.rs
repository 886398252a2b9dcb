//! Adding passkeys.

use super::rows::{
    NOW, authenticator, begun_registration, config, later, passkey, register, register_call,
    register_options_call, registered, session, user,
};
use crate::entropy::Entropy;
use crate::passkey::config::{PasskeyConfig, UserVerification};
use crate::passkey::row::PasskeyCeremony;
use crate::passkey::{
    PasskeyRegisterCall, PasskeyRegisterOptions, PasskeyRegisterOptionsCall, PasskeyRegistration,
    register_options,
};
use crate::refusal::ErrorCode;
use crate::second_factor::tests::factors;
use crate::second_factor::{MAX_AGE, SecondFactorConfig, SecondFactorPolicy, SecondFactors};
use crate::session::AuthenticationMethod;
use crate::time::Millis;
use crate::webauthn::{AttestationKind, encoding};

fn code(call: &PasskeyRegisterCall) -> Option<ErrorCode> {
    match register(call) {
        PasskeyRegistration::Refused {
            refusal,
            audit,
            stays,
        } => {
            // Nobody fills the table with ceremonies that they made up, or that
            // can be repeated.
            let is_settings = refusal.code == ErrorCode::PasskeyMissingConfig;
            let is_silent = stays || is_settings || call.ceremony.is_none();
            assert_eq!(audit.len(), usize::from(!is_silent));
            Some(refusal.code)
        }
        PasskeyRegistration::Registered { .. } | PasskeyRegistration::Known { .. } => None,
    }
}

fn options_code(call: &PasskeyRegisterOptionsCall) -> Option<ErrorCode> {
    match register_options(call, &mut Entropy::from_seed([1; 32])) {
        PasskeyRegisterOptions::Begun { .. } => None,
        PasskeyRegisterOptions::Refused { refusal, .. } => Some(refusal.code),
    }
}

fn valid() -> PasskeyRegisterCall {
    let row = begun_registration();
    register_call(row.clone(), &authenticator(&row))
}

#[test]
fn what_the_browser_gets_names_the_user_by_a_handle_that_says_nothing() {
    let mut call = register_options_call();
    call.passkeys = vec![passkey()];
    let PasskeyRegisterOptions::Begun { row, options, .. } =
        register_options(&call, &mut Entropy::from_seed([1; 32]))
    else {
        panic!("refused");
    };
    assert_eq!(encoding::decode(&options.user.id, 64).unwrap().len(), 32);
    assert!(!options.user.id.contains("ada"));
    assert_eq!(options.user.name, "ada@example.com");
    assert_eq!(options.user.display_name, "Ada");
    assert_eq!(options.challenge, row.challenge);
    assert_eq!(encoding::decode(&row.challenge, 32).unwrap().len(), 32);
    assert_eq!(options.exclude_credentials.len(), 1);
    let algorithms: Vec<i32> = options
        .pub_key_cred_params
        .iter()
        .map(|one| one.alg)
        .collect();
    assert_eq!(algorithms, [-8, -7, -35, -257]);
    assert_eq!(row.expiration_time, later(Millis::MINUTE.0 * 5.0));
}

#[test]
fn a_passkey_is_stored_with_what_its_uses_are_verified_by() {
    let made = registered(&valid());
    assert_eq!(made.algorithm, -7);
    assert!(made.user_verified);
    assert_eq!(made.name, "Passkey");
    assert_eq!(made.attestation_format, "none");
    assert_eq!(made.attestation_kind, AttestationKind::None);
    assert_eq!(made.user_handle, None);
    let named = PasskeyRegisterCall {
        name: Some("  Laptop  ".to_owned()),
        ..valid()
    };
    assert_eq!(registered(&named).name, "Laptop");
}

#[test]
fn only_who_is_signed_in_adds_a_passkey() {
    let nobody = |user, session| PasskeyRegisterCall {
        user,
        session,
        ..valid()
    };
    let mut banned = user("ada");
    banned.banned_time = Some(NOW);
    let mut over = session("s", "ada");
    over.expiration_time = NOW;
    for call in [
        nobody(None, Some(session("s", "ada"))),
        nobody(Some(user("ada")), None),
        nobody(Some(user("ada")), Some(session("s", "eve"))),
        nobody(Some(banned), Some(session("s", "ada"))),
        nobody(Some(user("ada")), Some(over)),
    ] {
        assert_eq!(code(&call), Some(ErrorCode::PasskeyAuthRequired));
    }
    let begins = PasskeyRegisterOptionsCall {
        session: None,
        ..register_options_call()
    };
    assert_eq!(options_code(&begins), Some(ErrorCode::PasskeyAuthRequired));
}

#[test]
fn a_passkey_is_added_in_a_fresh_session_by_the_factors_that_there_are() {
    let with = |age: f64, factors: SecondFactors, methods: &[AuthenticationMethod]| {
        let mut call = register_options_call();
        let session = call.session.as_mut().unwrap();
        session.authentication_time = later(-age);
        session.authentication_methods = methods.to_vec();
        options_code(&PasskeyRegisterOptionsCall { factors, ..call })
    };
    let password = [AuthenticationMethod::Password];
    let two = [
        AuthenticationMethod::Password,
        AuthenticationMethod::MultipleFactors,
    ];
    let none = SecondFactors::default;
    let stale = Some(ErrorCode::StepUpRequired);
    assert_eq!(with(MAX_AGE.0, none(), &password), None);
    assert_eq!(with(MAX_AGE.0 + 1.0, none(), &password), stale);
    assert_eq!(with(MAX_AGE.0 + 1.0, none(), &two), stale);
    assert_eq!(with(0.0, factors(1), &password), stale);
    assert_eq!(with(0.0, factors(1), &two), None);
}

#[test]
fn a_challenge_is_for_one_user_session_and_ceremony_for_five_minutes() {
    let with = |change: fn(&mut PasskeyRegisterCall)| {
        let mut call = valid();
        change(&mut call);
        code(&call)
    };
    let invalid = Some(ErrorCode::PasskeyInvalidChallenge);
    assert_eq!(with(|_| {}), None);
    assert_eq!(with(|call| call.ceremony = None), invalid);
    assert_eq!(
        with(|call| call.ceremony.as_mut().unwrap().user_id = Some("eve".to_owned())),
        invalid
    );
    assert_eq!(
        with(|call| call.ceremony.as_mut().unwrap().session_id = Some("t".to_owned())),
        invalid
    );
    assert_eq!(
        with(|call| call.ceremony.as_mut().unwrap().ceremony = PasskeyCeremony::SignIn),
        invalid
    );
    assert_eq!(
        with(|call| call.now = later(Millis::MINUTE.0 * 5.0)),
        invalid
    );
    assert_eq!(
        with(|call| call.ceremony.as_mut().unwrap().challenge = encoding::encode(&[1; 32])),
        invalid
    );
}

#[test]
fn another_site_does_not_use_up_the_challenge() {
    let row = begun_registration();
    let mut elsewhere = authenticator(&row);
    elsewhere.origin = "https://evil.example";
    let stays = |call: &PasskeyRegisterCall| match register(call) {
        PasskeyRegistration::Refused { stays, refusal, .. } => (stays, refusal.code),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        stays(&register_call(row.clone(), &elsewhere)),
        (true, ErrorCode::PasskeyInvalidOrigin)
    );
    let mut absent = authenticator(&row);
    absent.flags = 0;
    assert_eq!(
        stays(&register_call(row, &absent)),
        (false, ErrorCode::PasskeyUserPresence)
    );
}

#[test]
fn a_passkey_is_one_users_and_adding_it_again_is_no_fault() {
    let mut again = valid();
    again.existing = Some(passkey());
    again.passkeys = vec![passkey()];
    assert!(matches!(
        register(&again),
        PasskeyRegistration::Known { passkey_id } if passkey_id == "p"
    ));
    let mut anothers = passkey();
    anothers.user_id = "eve".to_owned();
    again.existing = Some(anothers);
    assert_eq!(code(&again), Some(ErrorCode::PasskeyAlreadyRegistered));
}

#[test]
fn a_user_has_a_bounded_number_of_passkeys() {
    let full = vec![passkey(); 20];
    let begins = PasskeyRegisterOptionsCall {
        passkeys: full.clone(),
        ..register_options_call()
    };
    assert_eq!(options_code(&begins), Some(ErrorCode::PasskeyLimitReached));
    let mut call = valid();
    call.passkeys = full;
    assert_eq!(code(&call), Some(ErrorCode::PasskeyLimitReached));
}

#[test]
fn a_name_that_is_none_is_refused_before_there_is_a_passkey() {
    for name in ["", " ", "a\u{0}b", &"x".repeat(65)] {
        let begins = PasskeyRegisterOptionsCall {
            passkey_name: Some(name.to_owned()),
            ..register_options_call()
        };
        assert_eq!(options_code(&begins), Some(ErrorCode::InvalidParameters));
    }
}

#[test]
fn who_begins_without_end_waits() {
    let mut call = register_options_call();
    let mut begun = 0;
    while let PasskeyRegisterOptions::Begun { limits, .. } =
        register_options(&call, &mut Entropy::from_seed([1; 32]))
    {
        begun += 1;
        call.begun.row = limits[0].row.clone();
    }
    assert_eq!(begun, 60);
    assert_eq!(options_code(&call), Some(ErrorCode::RateLimited));
}

#[test]
fn a_passkey_that_is_the_first_second_factor_comes_with_recovery_codes() {
    let policy = |policy| SecondFactors {
        config: SecondFactorConfig {
            policy: Some(policy),
            trusted_device_days: None,
        },
        ..SecondFactors::default()
    };
    let codes = |factors: SecondFactors, methods: &[AuthenticationMethod]| {
        let mut call = valid();
        call.session.as_mut().unwrap().authentication_methods = methods.to_vec();
        match register(&PasskeyRegisterCall { factors, ..call }) {
            PasskeyRegistration::Registered {
                recovery_codes,
                audit,
                ..
            } => {
                let issued = recovery_codes.map(|issued| {
                    assert_eq!(issued.row.user_id, "ada");
                    issued.codes.len()
                });
                assert_eq!(audit.len(), 1 + usize::from(issued.is_some()));
                issued
            }
            other => panic!("{other:?}"),
        }
    };
    let required = policy(SecondFactorPolicy::Required);
    assert_eq!(codes(required.clone(), &[]), Some(10));
    let has_some = SecondFactors {
        recovery_codes_left: 1,
        ..required
    };
    assert_eq!(codes(has_some, &[]), None);
    // A way to sign in and nothing else.
    assert_eq!(codes(policy(SecondFactorPolicy::Optional), &[]), None);
    let two = [AuthenticationMethod::MultipleFactors];
    assert_eq!(codes(factors(1), &two), Some(10));
}

#[test]
fn a_passkey_is_not_added_beside_a_factor_that_was_set_up_meanwhile() {
    let mut call = valid();
    call.session.as_mut().unwrap().authentication_methods = vec![AuthenticationMethod::Password];
    call.factors = factors(1);
    assert_eq!(code(&call), Some(ErrorCode::StepUpRequired));
}

#[test]
fn the_app_says_which_authenticators_are_accepted() {
    let with = |config: PasskeyConfig| {
        let mut call = valid();
        call.config = config;
        code(&call)
    };
    let strict = PasskeyConfig {
        accepted_attestation: Some(vec![AttestationKind::Basic]),
        ..config()
    };
    assert_eq!(with(strict), Some(ErrorCode::PasskeyInvalidAttestation));
    let revoked = PasskeyConfig {
        refused_models: Some(vec![registered(&valid()).aaguid]),
        ..config()
    };
    assert_eq!(with(revoked), Some(ErrorCode::PasskeyInvalidAttestation));
    let odd = PasskeyConfig {
        allowed_models: Some(vec!["nonsense".to_owned()]),
        ..config()
    };
    assert_eq!(with(odd), Some(ErrorCode::PasskeyMissingConfig));
    let nowhere = PasskeyConfig {
        origins: Vec::new(),
        ..config()
    };
    assert_eq!(with(nowhere), Some(ErrorCode::PasskeyMissingConfig));
}

#[test]
fn a_required_verification_is_required() {
    let row = begun_registration();
    let mut unverified = authenticator(&row);
    unverified.flags = 1;
    let mut call = register_call(row, &unverified);
    assert_eq!(code(&call), None);
    call.config.user_verification = Some(UserVerification::Required);
    assert_eq!(code(&call), Some(ErrorCode::PasskeyUserVerification));
}

#[test]
fn malformed_responses_have_a_code() {
    for text in ["", "=", "é", "AA==", &"A".repeat(200_000)] {
        let parts: [fn(&mut PasskeyRegisterCall, String); 3] = [
            |call, text| call.response.id = text,
            |call, text| call.response.client_data_json = text,
            |call, text| call.response.attestation_object = text,
        ];
        for part in parts {
            let mut call = valid();
            part(&mut call, text.to_owned());
            assert!(code(&call).is_some(), "{text}");
        }
    }
}
