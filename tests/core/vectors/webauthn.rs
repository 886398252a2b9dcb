//! Passkey ceremonies of the W3C, and Wycheproof's signatures in the forms that
//! WebAuthn uses.

#[expect(dead_code, reason = "shared with the tests beside the source")]
#[path = "../../../src/webauthn/tests/cbor_writer.rs"]
mod cbor_writer;

use super::bytes;
use crate::here;
use cbor_writer::Item;
use gatehouse::{
    Aaguid, Algorithm, AssertionExpectation, AssertionResponse, AttestationKind, AttestationObject,
    AttestationPolicy, CeremonyExpectation, Counter, CounterPolicy, CredentialRecord, CrossOrigin,
    ExpectedUser, OriginPolicy, PublicKey, RegistrationExpectation, RegistrationResponse,
    WebauthnError, verify_assertion, verify_registration,
};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct W3c {
    rp_id: String,
    origin: String,
    top_origin: String,
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    id: String,
    registration: BTreeMap<String, String>,
    authentication: BTreeMap<String, String>,
}

/// Both ceremonies of a W3C vector, in bytes.
struct Ceremonies {
    id: Vec<u8>,
    registration: [Vec<u8>; 3],
    authentication: [Vec<u8>; 4],
}

impl Vector {
    fn ceremonies(&self) -> Ceremonies {
        let made = |name: &str| bytes(&self.registration[name]);
        let used = |name: &str| bytes(&self.authentication[name]);
        Ceremonies {
            id: made("credential_id"),
            registration: [
                made("challenge"),
                made("clientDataJSON"),
                made("attestationObject"),
            ],
            authentication: [
                used("challenge"),
                used("clientDataJSON"),
                used("authenticatorData"),
                used("signature"),
            ],
        }
    }
}

/// The handle of the user whose credentials these are. The W3C vectors have
/// none.
const USER_HANDLE: &[u8] = b"user";

/// What every ceremony of the W3C has to be. Some users were not verified.
fn w3c_ceremony<'a>(
    challenge: &'a [u8],
    rp_id: &'a str,
    origins: &'a [String],
    top_origins: &'a [String],
) -> CeremonyExpectation<'a> {
    CeremonyExpectation {
        challenge,
        rp_id,
        origins: OriginPolicy {
            origins,
            cross_origin: CrossOrigin::Allowed { top_origins },
        },
        requires_user_verification: false,
    }
}

/// The kind of attestation that a vector has. Only `none` and `packed` are
/// verified.
fn kind_of(id: &str) -> AttestationKind {
    if id.starts_with("none-") {
        AttestationKind::None
    } else if id.starts_with("packed-self-") {
        AttestationKind::SelfSigned
    } else if id.starts_with("packed-") {
        AttestationKind::Basic
    } else {
        AttestationKind::Unverified
    }
}

#[here]
fn w3c_ceremonies_are_accepted() {
    let path = "webauthn/w3c-webauthn-l3-test-vectors.json";
    let Some(vectors) = super::read::<W3c>(path) else {
        return;
    };
    let (origins, tops) = ([vectors.origin], [vectors.top_origin]);
    let (mut accepted, mut refused) = (0, 0);
    let mut kinds = BTreeMap::<String, u32>::new();
    for vector in &vectors.vectors {
        let made = vector.ceremonies();
        let [challenge, client_data_json, attestation_object] = &made.registration;
        let expect = RegistrationExpectation {
            ceremony: w3c_ceremony(challenge, &vectors.rp_id, &origins, &tops),
            requires_user_presence: true,
            algorithms: &Algorithm::ALL,
            attestation: AttestationPolicy::ANY,
        };
        let response = RegistrationResponse {
            id: &made.id,
            client_data_json,
            attestation_object,
            transports: &[],
        };
        let registered = match verify_registration(&expect, &response) {
            Ok(registered) => registered,
            // Ed448 has no released implementation in Rust, so its credential
            // is refused, and there is nothing to sign in with.
            Err(error) => {
                assert_eq!(vector.id, "packed-ed448");
                assert_eq!(error, WebauthnError::Algorithm);
                refused += 2;
                continue;
            }
        };
        assert_eq!(registered.attestation.kind, kind_of(&vector.id));
        *kinds
            .entry(format!("{:?}", registered.attestation.kind))
            .or_default() += 1;
        let aaguid = bytes(&vector.registration["aaguid"]).try_into().unwrap();
        // U2F has no models: they are zero in what was signed.
        if vector.id != "fido-u2f-es256" {
            assert_eq!(registered.aaguid, Aaguid::from_bytes(aaguid));
        }

        let [challenge, client_data_json, authenticator_data, signature] = &made.authentication;
        let expect = AssertionExpectation {
            ceremony: w3c_ceremony(challenge, &vectors.rp_id, &origins, &tops),
            credential: CredentialRecord {
                id: &registered.id,
                public_key: &registered.public_key,
                sign_count: registered.sign_count,
                backup_eligible: registered.backup_eligible,
                user_handle: USER_HANDLE,
            },
            allowed_credentials: &[],
            user: ExpectedUser::Discovered,
            counter: CounterPolicy::Refuse,
        };
        let response = AssertionResponse {
            id: &made.id,
            client_data_json,
            authenticator_data,
            signature,
            user_handle: Some(USER_HANDLE),
        };
        let verified = verify_assertion(&expect, &response).unwrap();
        assert_eq!(verified.counter, Counter::Absent);
        accepted += 2;

        // Neither ceremony is the other, and a frame is only accepted where it
        // is allowed.
        let mut elsewhere = expect;
        elsewhere.ceremony.origins.cross_origin = CrossOrigin::Refused;
        let is_in_a_frame =
            ["none-es256-crossOrigin", "none-es256-topOrigin"].contains(&vector.id.as_str());
        assert_eq!(
            verify_assertion(&elsewhere, &response).err(),
            is_in_a_frame.then_some(WebauthnError::CrossOrigin)
        );
        let mut replayed = expect;
        replayed.ceremony.challenge = &made.registration[0];
        assert_eq!(
            verify_assertion(&replayed, &response).err(),
            Some(WebauthnError::Challenge)
        );
    }
    assert_eq!((accepted, refused), (28, 2));
    let expected = [
        ("Basic", 5),
        ("None", 4),
        ("SelfSigned", 1),
        ("Unverified", 4),
    ];
    let expected = expected.map(|(kind, count)| (kind.to_owned(), count));
    assert_eq!(kinds, BTreeMap::from(expected));
}

/// In a packed attestation the authenticator data, the client data and the
/// signature are bound to each other, byte by byte.
#[here]
fn no_signed_byte_of_a_packed_attestation_can_change() {
    let path = "webauthn/w3c-webauthn-l3-test-vectors.json";
    let Some(vectors) = super::read::<W3c>(path) else {
        return;
    };
    let (origins, tops) = ([vectors.origin], [vectors.top_origin]);
    for vector in &vectors.vectors {
        if !["packed-self-es256", "packed-es256", "packed-eddsa"].contains(&vector.id.as_str()) {
            continue;
        }
        let made = vector.ceremonies();
        let [challenge, client_data_json, attestation_object] = &made.registration;
        let expect = RegistrationExpectation {
            ceremony: w3c_ceremony(challenge, &vectors.rp_id, &origins, &tops),
            requires_user_presence: true,
            algorithms: &Algorithm::ALL,
            attestation: AttestationPolicy {
                kinds: &[AttestationKind::SelfSigned, AttestationKind::Basic],
                ..AttestationPolicy::ANY
            },
        };
        let object = AttestationObject::parse(attestation_object).unwrap();
        let signature = object.statement.as_map().unwrap().get("sig").unwrap();
        let place_of = |part: &[u8]| {
            let windows = attestation_object.windows(part.len());
            let start = windows.into_iter().position(|window| window == part);
            start.unwrap()..start.unwrap() + part.len()
        };
        let signed = [
            place_of(object.authenticator_data),
            place_of(signature.as_bytes().unwrap()),
        ];
        let is_accepted = |client_data_json: &[u8], attestation_object: &[u8]| {
            let response = RegistrationResponse {
                id: &made.id,
                client_data_json,
                attestation_object,
                transports: &[],
            };
            verify_registration(&expect, &response).is_ok()
        };
        assert!(is_accepted(client_data_json, attestation_object));
        for place in signed.into_iter().flatten() {
            for bit in 0..8 {
                let mut changed = attestation_object.clone();
                changed[place] ^= 1 << bit;
                assert!(!is_accepted(client_data_json, &changed), "{place} {bit}");
            }
        }
        for place in 0..client_data_json.len() {
            for bit in 0..8 {
                let mut changed = client_data_json.clone();
                changed[place] ^= 1 << bit;
                assert!(!is_accepted(&changed, attestation_object), "{place} {bit}");
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wycheproof {
    number_of_tests: usize,
    test_groups: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    public_key: WycheproofKey,
    tests: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WycheproofKey {
    uncompressed: Option<String>,
    pk: Option<String>,
    modulus: Option<String>,
    public_exponent: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    tc_id: u32,
    comment: String,
    msg: String,
    sig: String,
    result: String,
}

impl WycheproofKey {
    /// The key as an authenticator would write it.
    fn cose(&self, algorithm: Algorithm) -> Vec<u8> {
        let number = Item::Integer(algorithm.identifier());
        let point = |curve| {
            let point = bytes(self.uncompressed.as_deref().unwrap());
            let (x, y) = point[1..].split_at(point.len() / 2);
            Item::key(&[
                (1, Item::Integer(2)),
                (3, number.clone()),
                (-1, Item::Integer(curve)),
                (-2, Item::Bytes(x.to_vec())),
                (-3, Item::Bytes(y.to_vec())),
            ])
        };
        let unsigned = |text: &Option<String>| {
            let digits = bytes(text.as_deref().unwrap());
            let zeros = digits.iter().take_while(|byte| **byte == 0).count();
            Item::Bytes(digits[zeros..].to_vec())
        };
        let key = match algorithm {
            Algorithm::Es256 => point(1),
            Algorithm::Es384 => point(2),
            Algorithm::Es512 => point(3),
            Algorithm::EdDsa => Item::key(&[
                (1, Item::Integer(1)),
                (3, number),
                (-1, Item::Integer(6)),
                (-2, Item::Bytes(bytes(self.pk.as_deref().unwrap()))),
            ]),
            Algorithm::Rs256 => Item::key(&[
                (1, Item::Integer(3)),
                (3, number),
                (-1, unsigned(&self.modulus)),
                (-2, unsigned(&self.public_exponent)),
            ]),
        };
        key.encode()
    }
}

/// Every signature of a set, through a COSE key: all of the path that an
/// assertion's signature takes. What comes before it, the authenticator data and
/// the client data, is the message, which these sets choose themselves. How many
/// are valid and how many not.
fn wycheproof(path: &str, algorithm: Algorithm) -> Option<(usize, usize)> {
    let vectors = super::read::<Wycheproof>(path)?;
    let (mut valid, mut invalid) = (0, 0);
    for group in &vectors.test_groups {
        let key = PublicKey::decode(&group.public_key.cose(algorithm)).unwrap();
        for case in &group.tests {
            // The one "acceptable" signature has an algorithm identifier
            // without the NULL that RFC 8017 requires. It is refused, because
            // a signature is compared with the one that there should be.
            let is_valid = case.result == "valid";
            assert!(is_valid || ["invalid", "acceptable"].contains(&case.result.as_str()));
            let accepted = key.verify(&bytes(&case.msg), &bytes(&case.sig));
            assert_eq!(accepted, is_valid, "{} {}", case.tc_id, case.comment);
            valid += usize::from(is_valid);
            invalid += usize::from(!is_valid);
        }
    }
    assert_eq!(valid + invalid, vectors.number_of_tests);
    Some((valid, invalid))
}

#[here]
fn wycheproof_signatures_are_accepted_if_and_only_if_valid() {
    for (name, algorithm, expected) in [
        ("ecdsa_secp256r1_sha256_test", Algorithm::Es256, (174, 310)),
        ("ecdsa_secp384r1_sha384_test", Algorithm::Es384, (194, 310)),
        ("ed25519_test", Algorithm::EdDsa, (88, 63)),
        ("rsa_signature_2048_sha256_test", Algorithm::Rs256, (9, 250)),
        ("rsa_signature_3072_sha256_test", Algorithm::Rs256, (8, 251)),
    ] {
        let path = format!("wycheproof/{name}.json");
        let Some(seen) = wycheproof(&path, algorithm) else {
            return;
        };
        assert_eq!(seen, expected, "{name}");
    }
}
