//! Packed attestation (WebAuthn Level 3 §8.2).

use sha2::{Digest as _, Sha256};

use super::authenticator::*;
use super::cbor_writer::Item;
use super::certificate::{COMMON_NAME, COUNTRY, Certificate, ORGANIZATION, UNIT, model};
use super::signer::Signer;
use crate::webauthn::{Algorithm, AttestationKind, WebauthnError, register};

const INVALID: Option<WebauthnError> = Some(WebauthnError::AttestationStatement);

fn refusal(registration: &Registration) -> Option<WebauthnError> {
    register(&registration_expectation(), &registration.response()).err()
}

/// An authenticator whose attestation has a certificate.
fn certified(certificate: Certificate) -> Authenticator {
    let mut authenticator = Authenticator::new(Algorithm::Es256);
    authenticator.attest = Attest::Certificate(certificate, Algorithm::Es256);
    authenticator
}

#[test]
fn self_attestation_of_every_algorithm_is_verified() {
    for algorithm in Algorithm::ALL {
        let mut authenticator = Authenticator::new(algorithm);
        authenticator.attest = Attest::SelfSigned;
        let made = authenticator.register();
        let registered = register(&registration_expectation(), &made.response()).unwrap();
        assert_eq!(registered.attestation.kind, AttestationKind::SelfSigned);
        assert!(registered.attestation.certificates.is_empty());
    }
}

#[test]
fn a_certificate_of_every_algorithm_is_verified() {
    for algorithm in Algorithm::ALL {
        let mut authenticator = Authenticator::new(Algorithm::Es256);
        let certificate = Certificate::valid();
        authenticator.attest = Attest::Certificate(certificate.clone(), algorithm);
        let made = authenticator.register();
        let registered = register(&registration_expectation(), &made.response()).unwrap();
        assert_eq!(registered.attestation.kind, AttestationKind::Basic);
        assert_eq!(
            registered.attestation.certificates,
            [certificate.encode(&Signer::new(algorithm))]
        );
    }
}

#[test]
fn a_certificate_may_name_the_model() {
    let certificate = Certificate {
        model: Some((model(&MODEL), false)),
        ..Certificate::valid()
    };
    assert_eq!(refusal(&certified(certificate).register()), None);
}

#[test]
fn certificates_that_are_not_an_authenticators_are_refused() {
    type Change = fn(&mut Certificate);
    let without = |attribute: u8| {
        let mut certificate = Certificate::valid();
        certificate.subject.retain(|(kind, _)| *kind != attribute);
        certificate
    };
    for attribute in [COUNTRY, ORGANIZATION, UNIT, COMMON_NAME] {
        assert_eq!(refusal(&certified(without(attribute)).register()), INVALID);
        // Empty, or with another text.
        let mut certificate = without(attribute);
        certificate.subject.push((attribute, ""));
        assert_eq!(refusal(&certified(certificate).register()), INVALID);
        // Twice.
        let mut certificate = Certificate::valid();
        certificate.subject.push((attribute, "CH"));
        assert_eq!(refusal(&certified(certificate).register()), INVALID);
    }
    let changes: &[Change] = &[
        |it| it.version = 0,
        |it| it.version = 1,
        |it| it.subject[0] = (COUNTRY, "CHE"),
        |it| it.subject[2] = (UNIT, "Authenticator attestation"),
        |it| it.is_authority = Some(true),
        |it| it.is_authority = None,
        |it| it.model = Some((model(b"another model   "), false)),
        |it| it.model = Some((model(&MODEL), true)),
        |it| it.model = Some((MODEL.to_vec(), false)),
        |it| it.model = Some((Vec::new(), false)),
        |it| {
            it.model = Some((model(&MODEL), false));
            it.repeats_model = true;
        },
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut certificate = Certificate::valid();
        change(&mut certificate);
        let made = certified(certificate).register();
        assert_eq!(refusal(&made), INVALID, "{number}");
    }
}

/// A registration with a statement made from what is to be signed.
fn with_statement(make: impl Fn(&[u8]) -> Vec<(Item, Item)>) -> Registration {
    let authenticator = Authenticator::new(Algorithm::Es256);
    let whole = authenticator.register();
    let data = whole.attestation_object.get(30..).unwrap();
    let signed = [data, &Sha256::digest(&whole.client_data_json)].concat();
    Registration {
        attestation_object: attestation_object("packed", make(&signed), data),
        ..whole
    }
}

#[test]
fn statements_of_another_form_are_refused() {
    let key = Signer::new(Algorithm::Es256);
    let signature = |signed: &[u8]| key.sign(signed);
    let certificate = || Item::Bytes(Certificate::valid().encode(&key));
    let es256 = Algorithm::Es256;
    // The form that the others differ from.
    let valid = with_statement(|signed| statement(es256, signature(signed), None));
    assert_eq!(refusal(&valid), None);
    let chain = |chain: Vec<Item>| {
        with_statement(|signed| statement(es256, signature(signed), Some(chain.clone())))
    };
    assert_eq!(refusal(&chain(vec![certificate()])), None);
    assert_eq!(refusal(&chain(vec![certificate(); 8])), None);
    for statement in [
        // Other algorithms than the key's, one unknown.
        with_statement(|signed| statement(Algorithm::Es384, signature(signed), None)),
        with_statement(|signed| {
            let mut members = statement(es256, signature(signed), None);
            members[0].1 = Item::Integer(-65535);
            members
        }),
        with_statement(|signed| {
            statement(
                Algorithm::EdDsa,
                signature(signed),
                Some(vec![certificate()]),
            )
        }),
        // Signatures of something else.
        with_statement(|_| statement(es256, key.sign(b""), None)),
        with_statement(|_| statement(es256, Vec::new(), None)),
        with_statement(|_| statement(es256, key.sign(b""), Some(vec![certificate()]))),
        // Chains of nothing, of too much, and of what is no certificate.
        chain(vec![]),
        chain(vec![certificate(); 9]),
        chain(vec![Item::Text("certificate")]),
        chain(vec![Item::Bytes(vec![0x30, 0])]),
        chain(vec![certificate(), Item::Integer(1)]),
        // Members that are missing, and more than there are.
        with_statement(|_| vec![]),
        with_statement(|signed| vec![(Item::Text("sig"), Item::Bytes(signature(signed)))]),
        with_statement(|_| vec![(Item::Text("alg"), Item::Integer(-7))]),
        with_statement(|signed| {
            let mut members = statement(es256, signature(signed), None);
            members.push((Item::Text("ecdaaKeyId"), Item::Bytes(vec![])));
            members
        }),
        with_statement(|signed| {
            let mut members = statement(es256, signature(signed), Some(vec![certificate()]));
            members.push((Item::Text("more"), Item::Boolean(true)));
            members
        }),
    ] {
        assert_eq!(refusal(&statement), INVALID);
    }
}

#[test]
fn a_statement_is_over_both_data() {
    let mut authenticator = Authenticator::new(Algorithm::Es256);
    authenticator.attest = Attest::SelfSigned;
    let made = authenticator.register();
    // The client data may have more members, but then it is other data.
    authenticator.members = r#","more":1"#;
    let other = authenticator.register();
    let mixed = Registration {
        client_data_json: other.client_data_json,
        ..made
    };
    assert_eq!(refusal(&mixed), INVALID);
}
