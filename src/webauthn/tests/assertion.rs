//! Authentications (WebAuthn Level 3 §7.2).

use proptest::prelude::*;
use proptest::sample::Index;

use super::authenticator::*;
use super::registration::mutate;
use crate::webauthn::assertion::{MAX_SIGNATURE_BYTES, MAX_USER_HANDLE_BYTES};
use crate::webauthn::authenticator_data::MAX_AUTHENTICATOR_DATA_BYTES;
use crate::webauthn::{
    Algorithm, AssertionExpectation, Counter, CounterPolicy, ExpectedUser, WebauthnError, register,
    verify_assertion,
};

fn refusal(expect: &AssertionExpectation<'_>, assertion: &Assertion) -> Option<WebauthnError> {
    verify_assertion(expect, &assertion.response()).err()
}

#[test]
fn a_registered_credential_of_every_algorithm_signs_in() {
    for algorithm in Algorithm::ALL {
        let authenticator = Authenticator::new(algorithm);
        let made = authenticator.register();
        let registered = register(&registration_expectation(), &made.response()).unwrap();
        let expect = assertion_expectation(&registered.public_key);
        let verified = verify_assertion(&expect, &authenticator.assert().response()).unwrap();
        assert_eq!(verified.credential_id, registered.id);
        assert_eq!(verified.sign_count, 7);
        assert_eq!(verified.counter, Counter::Advanced);
        assert!(verified.user_verified && !verified.backed_up);
    }
}

#[test]
fn every_fault_has_its_refusal() {
    type Change = fn(&mut Authenticator);
    let faults: &[(Change, WebauthnError)] = &[
        (|it| it.challenge[0] ^= 1, WebauthnError::Challenge),
        (
            |it| it.origin = "https://evil.example",
            WebauthnError::Origin,
        ),
        (
            |it| it.members = r#","crossOrigin":true"#,
            WebauthnError::CrossOrigin,
        ),
        (|it| it.members = ",", WebauthnError::ClientData),
        (|it| it.rp_id = "evil.example", WebauthnError::RpIdHash),
        (|it| it.flags = USER_VERIFIED, WebauthnError::UserPresence),
        (
            |it| it.flags = USER_PRESENT,
            WebauthnError::UserVerification,
        ),
        (|it| it.flags |= BACKED_UP, WebauthnError::BackupState),
        (
            |it| it.flags |= BACKUP_ELIGIBLE,
            WebauthnError::BackupEligibility,
        ),
        (|it| it.flags |= ATTESTED, WebauthnError::AuthenticatorData),
        (
            |it| it.flags |= EXTENSIONS,
            WebauthnError::AuthenticatorData,
        ),
        (|it| it.id.push(0), WebauthnError::UnknownCredential),
    ];
    for (change, error) in faults {
        let mut authenticator = Authenticator::new(Algorithm::Es256);
        let public_key = authenticator.public_key();
        let expect = assertion_expectation(&public_key);
        assert_eq!(refusal(&expect, &authenticator.assert()), None);
        change(&mut authenticator);
        assert_eq!(refusal(&expect, &authenticator.assert()), Some(*error));
    }
}

#[test]
fn a_registration_is_no_authentication() {
    let authenticator = Authenticator::new(Algorithm::Es256);
    let public_key = authenticator.public_key();
    let expect = assertion_expectation(&public_key);
    let flags = authenticator.flags;
    let other_type = authenticator.assert_as("webauthn.create", flags, &[]);
    assert_eq!(
        refusal(&expect, &other_type),
        Some(WebauthnError::CeremonyType)
    );
    // With the data of a registration, signed in a packed self attestation.
    let registered = authenticator.register().attestation_object;
    let credential = &registered[30 + 37..];
    let attested = authenticator.assert_as("webauthn.get", flags | ATTESTED, credential);
    assert_eq!(
        refusal(&expect, &attested),
        Some(WebauthnError::AuthenticatorData)
    );
}

#[test]
fn extensions_may_be_there() {
    let authenticator = Authenticator::new(Algorithm::Es256);
    let public_key = authenticator.public_key();
    let flags = authenticator.flags | EXTENSIONS;
    let with_extensions = authenticator.assert_as("webauthn.get", flags, b"\xa1\x61x\xf5");
    let expect = assertion_expectation(&public_key);
    assert_eq!(refusal(&expect, &with_extensions), None);
}

#[test]
fn the_signature_is_the_stored_keys() {
    for algorithm in Algorithm::ALL {
        let authenticator = Authenticator::new(algorithm);
        let made = authenticator.assert();
        for other in Algorithm::ALL {
            let public_key = Authenticator::new(other).public_key();
            let expected = (other != algorithm).then_some(WebauthnError::Signature);
            assert_eq!(
                refusal(&assertion_expectation(&public_key), &made),
                expected
            );
        }
    }
    let made = Authenticator::new(Algorithm::Es256).assert();
    assert_eq!(
        refusal(&assertion_expectation(&[0xa0]), &made),
        Some(WebauthnError::StoredPublicKey)
    );
}

#[test]
fn the_credential_is_one_that_was_asked_for() {
    let authenticator = Authenticator::new(Algorithm::Es256);
    let public_key = authenticator.public_key();
    let made = authenticator.assert();
    let other = b"another credential".to_vec();
    let both = [other.clone(), authenticator.id.clone()];
    let mut expect = assertion_expectation(&public_key);
    expect.allowed_credentials = &both;
    assert_eq!(refusal(&expect, &made), None);
    let only_other = [other];
    expect.allowed_credentials = &only_other;
    let unknown = Some(WebauthnError::UnknownCredential);
    assert_eq!(refusal(&expect, &made), unknown);
}

#[test]
fn the_credential_is_the_expected_users() {
    let authenticator = Authenticator::new(Algorithm::Es256);
    let public_key = authenticator.public_key();
    let unknown = Some(WebauthnError::UnknownCredential);
    let other: &[u8] = b"the handle of another";
    let identified = ExpectedUser::Identified;
    for (user, handle, expected) in [
        (ExpectedUser::Discovered, Some(USER_HANDLE), None),
        (ExpectedUser::Discovered, Some(other), unknown),
        (ExpectedUser::Discovered, Some(&[][..]), unknown),
        (ExpectedUser::Discovered, None, unknown),
        (identified(USER_HANDLE), Some(USER_HANDLE), None),
        (identified(USER_HANDLE), None, None),
        (identified(USER_HANDLE), Some(other), unknown),
        // A signed-in user with somebody else's passkey.
        (identified(other), Some(USER_HANDLE), unknown),
        (identified(other), Some(other), unknown),
        (identified(other), None, unknown),
    ] {
        let mut made = authenticator.assert();
        made.user_handle = handle.map(<[u8]>::to_vec);
        let mut expect = assertion_expectation(&public_key);
        expect.user = user;
        assert_eq!(refusal(&expect, &made), expected, "{user:?} {handle:?}");
    }
}

#[test]
fn counters_are_compared() {
    let mut authenticator = Authenticator::new(Algorithm::Es256);
    let public_key = authenticator.public_key();
    for (stored, received, counter) in [
        (0, 0, Counter::Absent),
        (0, 1, Counter::Advanced),
        (6, 7, Counter::Advanced),
        (0, u32::MAX, Counter::Advanced),
        (7, 7, Counter::Regressed),
        (8, 7, Counter::Regressed),
        (7, 0, Counter::Regressed),
        (u32::MAX, 0, Counter::Regressed),
    ] {
        authenticator.sign_count = received;
        let made = authenticator.assert();
        let mut expect = assertion_expectation(&public_key);
        expect.credential.sign_count = stored;
        let verified = verify_assertion(&expect, &made.response()).unwrap();
        assert_eq!((verified.counter, verified.sign_count), (counter, received));
        expect.counter = CounterPolicy::Refuse;
        let expected = (counter == Counter::Regressed).then_some(WebauthnError::Counter);
        assert_eq!(refusal(&expect, &made), expected);
    }
}

#[test]
fn a_counter_is_only_looked_at_in_a_signed_assertion() {
    let authenticator = Authenticator::new(Algorithm::Es256);
    let public_key = authenticator.public_key();
    let mut made = authenticator.assert();
    let last = made.authenticator_data.len() - 1;
    made.authenticator_data[last] = 0;
    let mut expect = assertion_expectation(&public_key);
    expect.counter = CounterPolicy::Refuse;
    assert_eq!(refusal(&expect, &made), Some(WebauthnError::Signature));
}

#[test]
fn backup_may_begin_and_end_where_it_is_possible() {
    let mut authenticator = Authenticator::new(Algorithm::Es256);
    let public_key = authenticator.public_key();
    let mut expect = assertion_expectation(&public_key);
    expect.credential.backup_eligible = true;
    let plain = authenticator.flags;
    authenticator.flags = plain | BACKUP_ELIGIBLE | BACKED_UP;
    let verified = verify_assertion(&expect, &authenticator.assert().response()).unwrap();
    assert!(verified.backed_up);
    authenticator.flags = plain | BACKUP_ELIGIBLE;
    let verified = verify_assertion(&expect, &authenticator.assert().response()).unwrap();
    assert!(!verified.backed_up);
    authenticator.flags = plain;
    let error = refusal(&expect, &authenticator.assert());
    assert_eq!(error, Some(WebauthnError::BackupEligibility));
}

#[test]
fn verification_is_reported_where_it_is_not_required() {
    let mut authenticator = Authenticator::new(Algorithm::Es256);
    let public_key = authenticator.public_key();
    let mut expect = assertion_expectation(&public_key);
    expect.ceremony.requires_user_verification = false;
    authenticator.flags = USER_PRESENT;
    let verified = verify_assertion(&expect, &authenticator.assert().response()).unwrap();
    assert!(!verified.user_verified);
}

#[test]
fn sizes_are_limited() {
    let authenticator = Authenticator::new(Algorithm::Es256);
    let public_key = authenticator.public_key();
    let expect = assertion_expectation(&public_key);
    let size = Some(WebauthnError::Size);
    let mut made = authenticator.assert();
    made.authenticator_data
        .resize(MAX_AUTHENTICATOR_DATA_BYTES + 1, 0);
    assert_eq!(refusal(&expect, &made), size);
    let mut made = authenticator.assert();
    made.signature.resize(MAX_SIGNATURE_BYTES + 1, 0);
    assert_eq!(refusal(&expect, &made), size);
    let mut made = authenticator.assert();
    made.user_handle = Some(vec![0; MAX_USER_HANDLE_BYTES + 1]);
    assert_eq!(refusal(&expect, &made), size);
}

proptest! {
    #[test]
    fn no_changed_assertion_is_accepted(
        algorithm in proptest::sample::select(&[Algorithm::Es256, Algorithm::EdDsa, Algorithm::Rs256][..]),
        part: Index, place: Index, kind: u8, byte: u8,
    ) {
        let authenticator = Authenticator::new(algorithm);
        let public_key = authenticator.public_key();
        let expect = assertion_expectation(&public_key);
        let mut changed = authenticator.assert();
        let mut handle = USER_HANDLE.to_vec();
        mutate(
            &mut [
                &mut changed.id,
                &mut changed.client_data_json,
                &mut changed.authenticator_data,
                &mut changed.signature,
                &mut handle,
            ],
            &part, &place, kind, byte,
        );
        changed.user_handle = Some(handle);
        prop_assert!(verify_assertion(&expect, &changed.response()).is_err());
    }

    #[test]
    fn no_assertion_makes_it_panic(
        data in proptest::collection::vec(any::<u8>(), 0..100),
        signature in proptest::collection::vec(any::<u8>(), 0..100),
        public_key in proptest::collection::vec(any::<u8>(), 0..100),
    ) {
        let authenticator = Authenticator::new(Algorithm::Es256);
        let mut changed = authenticator.assert();
        changed.signature = signature;
        prop_assert!(verify_assertion(&assertion_expectation(&public_key), &changed.response()).is_err());
        changed.authenticator_data = data;
        let public_key = authenticator.public_key();
        prop_assert!(verify_assertion(&assertion_expectation(&public_key), &changed.response()).is_err());
    }
}
