//! Registrations (WebAuthn Level 3 §7.1).

use proptest::prelude::*;
use proptest::sample::Index;

use super::authenticator::*;
use super::cbor_writer::Item;
use crate::webauthn::attestation::MAX_ATTESTATION_OBJECT_BYTES;
use crate::webauthn::client_data::MAX_CLIENT_DATA_BYTES;
use crate::webauthn::{
    Aaguid, Algorithm, AttestationKind, AttestationPolicy, CrossOrigin, RegistrationExpectation,
    WebauthnError, register,
};

fn refusal(
    expect: &RegistrationExpectation<'_>,
    registration: &Registration,
) -> Option<WebauthnError> {
    register(expect, &registration.response()).err()
}

/// What the registration of an authenticator is refused for.
fn refusal_of(authenticator: &Authenticator) -> Option<WebauthnError> {
    refusal(&registration_expectation(), &authenticator.register())
}

#[test]
fn a_credential_of_every_algorithm_is_registered() {
    for algorithm in Algorithm::ALL {
        let mut authenticator = Authenticator::new(algorithm);
        authenticator.flags |= BACKUP_ELIGIBLE | BACKED_UP;
        let made = authenticator.register();
        let registered = register(&registration_expectation(), &made.response()).unwrap();
        assert_eq!(registered.id, authenticator.id);
        assert_eq!(registered.public_key, authenticator.public_key());
        assert_eq!(registered.algorithm, algorithm);
        assert_eq!(registered.sign_count, 7);
        assert!(registered.user_present && registered.user_verified);
        assert!(registered.backup_eligible && registered.backed_up);
        assert_eq!(registered.aaguid, Aaguid::from_bytes(MODEL));
        assert_eq!(registered.transports, ["internal"]);
        assert_eq!(registered.attestation.kind, AttestationKind::None);
        assert_eq!(registered.attestation.format, "none");
    }
}

#[test]
fn every_fault_has_its_refusal() {
    type Change = fn(&mut Authenticator);
    let faults: &[(Change, WebauthnError)] = &[
        (|it| it.challenge[0] ^= 1, WebauthnError::Challenge),
        (|it| it.challenge.clear(), WebauthnError::Challenge),
        (
            |it| it.origin = "https://evil.example",
            WebauthnError::Origin,
        ),
        (
            |it| it.members = r#","crossOrigin":true"#,
            WebauthnError::CrossOrigin,
        ),
        (
            |it| it.members = r#","topOrigin":"https://example.com""#,
            WebauthnError::TopOrigin,
        ),
        (
            |it| it.members = r#","type":"webauthn.create""#,
            WebauthnError::ClientData,
        ),
        (|it| it.rp_id = "evil.example", WebauthnError::RpIdHash),
        (|it| it.flags = USER_VERIFIED, WebauthnError::UserPresence),
        (
            |it| it.flags = USER_PRESENT,
            WebauthnError::UserVerification,
        ),
        (|it| it.flags |= BACKED_UP, WebauthnError::BackupState),
        (
            |it| it.flags |= EXTENSIONS,
            WebauthnError::AuthenticatorData,
        ),
        (|it| it.id.clear(), WebauthnError::CredentialIdLength),
        (
            |it| it.id = vec![1; 1024],
            WebauthnError::CredentialIdLength,
        ),
        (
            |it| it.public_key = Some(vec![0xa0]),
            WebauthnError::PublicKey,
        ),
        (
            |it| {
                it.public_key =
                    Some(Item::key(&[(1, Item::Integer(2)), (3, Item::Integer(-53))]).encode())
            },
            WebauthnError::Algorithm,
        ),
    ];
    for (change, error) in faults {
        let mut authenticator = Authenticator::new(Algorithm::Es256);
        assert_eq!(refusal_of(&authenticator), None);
        change(&mut authenticator);
        assert_eq!(refusal_of(&authenticator), Some(*error));
    }
}

#[test]
fn an_authentication_is_no_registration() {
    let authenticator = Authenticator::new(Algorithm::Es256);
    let data = authenticator.assert().authenticator_data;
    let expect = registration_expectation();
    let made = authenticator.register_as("webauthn.get", &data);
    assert_eq!(refusal(&expect, &made), Some(WebauthnError::CeremonyType));
    let made = authenticator.register_as("webauthn.create", &data);
    assert_eq!(refusal(&expect, &made), Some(WebauthnError::NoCredential));
}

#[test]
fn the_longest_credential_id_is_accepted() {
    let mut authenticator = Authenticator::new(Algorithm::Es256);
    authenticator.id = vec![1; 1023];
    assert_eq!(refusal_of(&authenticator), None);
}

#[test]
fn the_id_beside_the_credential_is_its_own() {
    let mut made = Authenticator::new(Algorithm::Es256).register();
    made.id.push(0);
    let expect = registration_expectation();
    assert_eq!(refusal(&expect, &made), Some(WebauthnError::CredentialId));
}

#[test]
fn an_algorithm_that_was_not_offered_is_refused() {
    let expect = RegistrationExpectation {
        algorithms: &[Algorithm::EdDsa, Algorithm::Rs256],
        ..registration_expectation()
    };
    for algorithm in Algorithm::ALL {
        let made = Authenticator::new(algorithm).register();
        let expected =
            (!expect.algorithms.contains(&algorithm)).then_some(WebauthnError::Algorithm);
        assert_eq!(refusal(&expect, &made), expected);
    }
}

#[test]
fn what_is_not_required_may_be_missing() {
    let mut expect = registration_expectation();
    expect.requires_user_presence = false;
    expect.ceremony.requires_user_verification = false;
    let mut authenticator = Authenticator::new(Algorithm::Es256);
    authenticator.flags = 0;
    let made = authenticator.register();
    let registered = register(&expect, &made.response()).unwrap();
    assert!(!registered.user_present && !registered.user_verified);
}

#[test]
fn frames_are_accepted_where_they_are_allowed() {
    let tops = ["https://top.example".to_owned()];
    let mut expect = registration_expectation();
    expect.ceremony.origins.cross_origin = CrossOrigin::Allowed { top_origins: &tops };
    let mut authenticator = Authenticator::new(Algorithm::Es256);
    authenticator.members = r#","crossOrigin":true,"topOrigin":"https://top.example""#;
    assert_eq!(refusal(&expect, &authenticator.register()), None);
}

#[test]
fn sizes_are_limited() {
    let expect = registration_expectation();
    let mut made = Authenticator::new(Algorithm::Es256).register();
    made.attestation_object
        .resize(MAX_ATTESTATION_OBJECT_BYTES + 1, 0);
    assert_eq!(refusal(&expect, &made), Some(WebauthnError::Size));
    made.client_data_json
        .resize(MAX_CLIENT_DATA_BYTES + 1, b' ');
    assert_eq!(refusal(&expect, &made), Some(WebauthnError::Size));
}

#[test]
fn other_formats_are_kept_and_not_trusted() {
    let authenticator = Authenticator::new(Algorithm::Es256);
    let whole = authenticator.register();
    // The authenticator data begins after 30 bytes: the two texts, the empty
    // statement and the head of the byte string.
    let data = whole.attestation_object.get(30..).unwrap();
    let members = vec![(Item::Text("ver"), Item::Text("2.0"))];
    let made = Registration {
        attestation_object: attestation_object("tpm", members, data),
        ..whole
    };
    let registered = register(&registration_expectation(), &made.response()).unwrap();
    assert_eq!(registered.attestation.kind, AttestationKind::Unverified);
    assert_eq!(registered.attestation.format, "tpm");
    assert_eq!(registered.attestation.statement, b"\xa1\x63ver\x632.0");
    let strict = RegistrationExpectation {
        attestation: AttestationPolicy {
            kinds: &[AttestationKind::Basic],
            ..AttestationPolicy::ANY
        },
        ..registration_expectation()
    };
    let error = Some(WebauthnError::AttestationPolicy);
    assert_eq!(refusal(&strict, &made), error);
    assert_eq!(refusal(&strict, &authenticator.register()), error);
}

#[test]
fn a_statement_of_nothing_is_empty() {
    let authenticator = Authenticator::new(Algorithm::Es256);
    let whole = authenticator.register();
    let data = whole.attestation_object.get(30..).unwrap();
    let members = vec![(Item::Text("sig"), Item::Bytes(vec![]))];
    let made = Registration {
        attestation_object: attestation_object("none", members, data),
        ..whole
    };
    assert_eq!(
        refusal(&registration_expectation(), &made),
        Some(WebauthnError::AttestationStatement)
    );
}

/// Registrations in which all is signed that can be.
fn self_signed() -> (RegistrationExpectation<'static>, Registration) {
    let mut authenticator = Authenticator::new(Algorithm::EdDsa);
    authenticator.attest = Attest::SelfSigned;
    let expect = RegistrationExpectation {
        attestation: AttestationPolicy {
            kinds: &[AttestationKind::SelfSigned],
            ..AttestationPolicy::ANY
        },
        ..registration_expectation()
    };
    (expect, authenticator.register())
}

/// Changes one of the parts of a response at a place: a byte becomes another,
/// goes, or comes.
pub(super) fn mutate(parts: &mut [&mut Vec<u8>], part: &Index, place: &Index, kind: u8, byte: u8) {
    let part = &mut *parts[part.index(parts.len())];
    match kind % 4 {
        0 => {
            let place = place.index(part.len());
            part[place] ^= byte.max(1);
        }
        1 => {
            part.remove(place.index(part.len()));
        }
        2 => part.insert(place.index(part.len() + 1), byte),
        _ => part.truncate(place.index(part.len())),
    }
}

proptest! {
    #[test]
    fn no_changed_registration_with_a_signature_is_accepted(
        part: Index, place: Index, kind: u8, byte: u8,
    ) {
        let (expect, made) = self_signed();
        prop_assert!(register(&expect, &made.response()).is_ok());
        let mut changed = made.clone();
        mutate(
            &mut [&mut changed.id, &mut changed.client_data_json, &mut changed.attestation_object],
            &part, &place, kind, byte,
        );
        prop_assert!(register(&expect, &changed.response()).is_err());
    }

    #[test]
    fn no_registration_makes_it_panic(
        id: Vec<u8>,
        json in proptest::collection::vec(any::<u8>(), 0..200),
        object in proptest::collection::vec(any::<u8>(), 0..200),
        place: Index,
        byte: u8,
    ) {
        let expect = registration_expectation();
        let made = Authenticator::new(Algorithm::Es256).register();
        let random = Registration { id, client_data_json: json, attestation_object: object };
        prop_assert!(register(&expect, &random.response()).is_err());
        // With everything before it in order, each byte is reached.
        let mut changed = made.clone();
        let place = place.index(changed.attestation_object.len());
        changed.attestation_object[place] = byte;
        let _ = register(&expect, &changed.response());
    }
}
