//! Signing up with a passkey alone: the end.

use proptest::prelude::*;

use super::rows::{
    authenticator, begun_registration, later, passkey, register, register_call, sign_in_call,
    stored,
};
use super::sign_up_rows::*;
use crate::audit::AuditEventName;
use crate::passkey::{
    PasskeyRegisterOptions, PasskeySignInCall, PasskeySignUp, PasskeySignUpCall, register_options,
    sign_in, sign_up,
};
use crate::refusal::ErrorCode;
use crate::sign_in::{SignInOutcome, UserWrite};
use crate::time::Millis;
use crate::webauthn::AttestationKind;

#[test]
fn a_verified_passkey_makes_a_user_with_a_proved_address_and_a_session() {
    let call = finish_call();
    let PasskeySignUp {
        answer,
        passkey,
        stays,
    } = sign_up(&call, &mut entropy());
    assert_eq!(answer.outcome, SignInOutcome::SignedIn);
    assert!(!stays && answer.session.is_some());
    let UserWrite::Create { fields } = answer.user else {
        panic!("{:?}", answer.user);
    };
    assert_eq!(answer.admission, Some(fields.clone()));
    assert_eq!(fields.email.as_deref(), Some(EMAIL));
    assert_eq!(fields.name.as_deref(), Some("Eve"));
    assert_eq!(fields.email_verification_time, Some(call.now));
    let events: Vec<_> = answer.audit.iter().map(|event| event.event).collect();
    assert_eq!(
        events,
        [
            AuditEventName::SignUp,
            AuditEventName::PasskeyRegistered,
            AuditEventName::SignIn
        ]
    );
    let handle = call.ceremony.unwrap().user_handle;
    assert_eq!(passkey.unwrap().user_handle, handle);
}

#[test]
fn who_signed_up_signs_in_and_adds_more_under_the_same_handle() {
    let call = finish_call();
    let handle = call.ceremony.clone().unwrap().user_handle;
    let made = stored(sign_up(&call, &mut entropy()).passkey.unwrap());
    let row = super::rows::begun_sign_in(None);
    let mut device = authenticator(&row);
    device.sign_count = 8;
    let signs_in = PasskeySignInCall {
        passkey: Some(made.clone()),
        ..sign_in_call(row, &device)
    };
    let with_handle = |handle: Option<String>| {
        let mut call = signs_in.clone();
        call.response.user_handle = handle;
        sign_in(&call, &mut entropy()).answer.session.is_some()
    };
    assert!(with_handle(handle.clone()));
    // The handle that would be computed is not this passkey's.
    assert!(!with_handle(signs_in.response.user_handle.clone()));
    let mut more = super::rows::register_options_call();
    more.passkeys = vec![passkey(), made];
    let PasskeyRegisterOptions::Begun { row, options, .. } =
        register_options(&more, &mut entropy())
    else {
        panic!("refused");
    };
    assert_eq!(Some(options.user.id), handle);
    assert_eq!(row.user_handle, handle);
    let added = register_call((*row).clone(), &authenticator(&row));
    assert_eq!(super::rows::registered(&added).user_handle, handle);
}

#[test]
fn a_sign_up_ends_once_in_time_for_an_address_that_is_still_free() {
    let with = |change: fn(&mut PasskeySignUpCall)| {
        let mut call = finish_call();
        change(&mut call);
        refusal(&sign_up(&call, &mut entropy()))
    };
    let invalid = Some(ErrorCode::PasskeyInvalidChallenge);
    assert_eq!(with(|_| {}), None);
    assert_eq!(with(|call| call.ceremony = None), invalid);
    assert_eq!(
        with(|call| call.now = later(Millis::MINUTE.0 * 6.0)),
        invalid
    );
    assert_eq!(
        with(|call| call.ceremony = Some(begun_registration())),
        invalid
    );
    assert_eq!(
        with(|call| call.ceremony.as_mut().unwrap().email = None),
        invalid
    );
    assert_eq!(
        with(|call| call.owner = owner()),
        Some(ErrorCode::AccountAlreadyExists)
    );
    assert_eq!(
        with(|call| call.existing = Some(passkey())),
        Some(ErrorCode::PasskeyAlreadyRegistered)
    );
    assert_eq!(
        with(|call| call.config.accepted_attestation = Some(vec![AttestationKind::Basic])),
        Some(ErrorCode::PasskeyInvalidAttestation)
    );
    // Nor is it the end of another ceremony.
    let row = begun();
    let call = register_call(row.clone(), &authenticator(&row));
    assert!(matches!(
        register(&call),
        crate::passkey::PasskeyRegistration::Refused { refusal, .. }
            if refusal.code == ErrorCode::PasskeyInvalidChallenge
    ));
}

#[test]
fn another_site_does_not_use_up_the_challenge() {
    let row = begun();
    let mut elsewhere = authenticator(&row);
    elsewhere.origin = "https://evil.example";
    let mut call = finish_call();
    call.response = register_call(row.clone(), &elsewhere).response;
    call.ceremony = Some(row);
    let decided = sign_up(&call, &mut entropy());
    assert_eq!(refusal(&decided), Some(ErrorCode::PasskeyInvalidOrigin));
    assert!(decided.stays);
}

proptest! {
    #[test]
    fn no_texts_end_a_sign_up(id: String, client_data_json: String, attestation_object: String) {
        let mut call = finish_call();
        call.response.id = id;
        prop_assert!(refusal(&sign_up(&call, &mut entropy())).is_some());
        call.response.client_data_json = client_data_json;
        call.response.attestation_object = attestation_object;
        prop_assert!(refusal(&sign_up(&call, &mut entropy())).is_some());
    }
}
