//! Passkey ceremonies of the W3C and of Chromium, and Wycheproof's signatures
//! in the forms that WebAuthn uses.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[expect(
    dead_code,
    unreachable_pub,
    reason = "shared with the tests beside the source"
)]
#[path = "../src/webauthn/tests/cbor_writer.rs"]
mod cbor_writer;
#[expect(unreachable_pub, reason = "shared between test programs")]
mod vectors;

use cbor_writer::Item;
use gatehouse::webauthn::attestation::AttestationObject;
use gatehouse::webauthn::{
    Aaguid, Algorithm, AssertionExpectation, AssertionResponse, AttestationKind, AttestationPolicy,
    CeremonyExpectation, Counter, CounterPolicy, CredentialRecord, CrossOrigin, ExpectedUser,
    OriginPolicy, PublicKey, RegistrationExpectation, RegistrationResponse, WebauthnError,
    encoding, register, verify_assertion,
};
use serde::Deserialize;
use std::collections::BTreeMap;

fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits: Vec<u8> = hexadecimal
        .chars()
        .map(|digit| u8::try_from(digit.to_digit(16).unwrap()).unwrap())
        .collect();
    let (pairs, rest) = digits.as_chunks::<2>();
    assert!(rest.is_empty());
    pairs.iter().map(|[high, low]| high * 16 + low).collect()
}

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

#[test]
fn w3c_ceremonies_are_accepted() {
    let path = "webauthn/w3c-webauthn-l3-test-vectors.json";
    let Some(vectors) = vectors::read::<W3c>(path) else {
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
        let registered = match register(&expect, &response) {
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
#[test]
fn no_signed_byte_of_a_packed_attestation_can_change() {
    let path = "webauthn/w3c-webauthn-l3-test-vectors.json";
    let Some(vectors) = vectors::read::<W3c>(path) else {
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
            register(&expect, &response).is_ok()
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
struct Chromium {
    origin: String,
    #[serde(rename = "rpId")]
    rp_id: String,
    registration: Exchange,
    authentication: Exchange,
}

#[derive(Deserialize)]
struct Exchange {
    options: serde_json::Value,
    response: serde_json::Value,
}

impl Exchange {
    fn challenge(&self) -> Vec<u8> {
        let text = self.options["challenge"].as_str().unwrap();
        encoding::decode(text, 64).unwrap()
    }

    /// A part of the response.
    fn part(&self, pointer: &str) -> Vec<u8> {
        let text = self.response.pointer(pointer).unwrap().as_str().unwrap();
        encoding::decode(text, 4096).unwrap()
    }
}

/// Both ceremonies that Chromium made.
struct Recorded {
    origins: [String; 1],
    rp_id: String,
    user_handle: Vec<u8>,
    challenges: [Vec<u8>; 2],
    /// The id, the client data and the attestation object.
    registration: [Vec<u8>; 3],
    /// The id, the client data, the authenticator data, the signature and the
    /// user handle.
    authentication: [Vec<u8>; 5],
}

impl Recorded {
    fn read() -> Option<Self> {
        let path = "webauthn/chromium-one-registration-assertion.json";
        let recorded = vectors::read::<Chromium>(path)?;
        let (made, used) = (&recorded.registration, &recorded.authentication);
        let user_handle = made.options.pointer("/user/id").unwrap().as_str().unwrap();
        Some(Recorded {
            user_handle: encoding::decode(user_handle, 64).unwrap(),
            challenges: [made.challenge(), used.challenge()],
            registration: [
                "/rawId",
                "/response/clientDataJSON",
                "/response/attestationObject",
            ]
            .map(|pointer| made.part(pointer)),
            authentication: [
                "/rawId",
                "/response/clientDataJSON",
                "/response/authenticatorData",
                "/response/signature",
                "/response/userHandle",
            ]
            .map(|pointer| used.part(pointer)),
            origins: [recorded.origin],
            rp_id: recorded.rp_id,
        })
    }

    fn ceremony(&self, number: usize) -> CeremonyExpectation<'_> {
        CeremonyExpectation {
            challenge: &self.challenges[number],
            rp_id: &self.rp_id,
            origins: OriginPolicy {
                origins: &self.origins,
                cross_origin: CrossOrigin::Refused,
            },
            requires_user_verification: true,
        }
    }

    fn register(
        &self,
        parts: &[Vec<u8>; 3],
    ) -> Result<gatehouse::webauthn::RegisteredCredential, WebauthnError> {
        let [id, client_data_json, attestation_object] = parts;
        let expect = RegistrationExpectation {
            ceremony: self.ceremony(0),
            requires_user_presence: true,
            algorithms: &[Algorithm::Es256],
            attestation: AttestationPolicy {
                kinds: &[AttestationKind::None],
                ..AttestationPolicy::ANY
            },
        };
        let response = RegistrationResponse {
            id,
            client_data_json,
            attestation_object,
            transports: &[],
        };
        register(&expect, &response)
    }
}

#[test]
fn the_pair_of_chromium_is_accepted_and_no_changed_assertion_is() {
    let Some(recorded) = Recorded::read() else {
        return;
    };
    let registered = recorded.register(&recorded.registration).unwrap();
    assert_eq!(registered.sign_count, 1);
    assert!(registered.user_verified && !registered.backup_eligible);
    assert_eq!(
        registered.aaguid.to_string(),
        "01020304-0506-0708-0102-030405060708"
    );
    let allowed = [registered.id.clone()];
    let expect = AssertionExpectation {
        ceremony: recorded.ceremony(1),
        credential: CredentialRecord {
            id: &registered.id,
            public_key: &registered.public_key,
            sign_count: registered.sign_count,
            backup_eligible: registered.backup_eligible,
            user_handle: &recorded.user_handle,
        },
        allowed_credentials: &allowed,
        user: ExpectedUser::Discovered,
        counter: CounterPolicy::Refuse,
    };
    let verify = |parts: &[Vec<u8>; 5]| {
        let [
            id,
            client_data_json,
            authenticator_data,
            signature,
            user_handle,
        ] = parts;
        let response = AssertionResponse {
            id,
            client_data_json,
            authenticator_data,
            signature,
            user_handle: Some(user_handle),
        };
        verify_assertion(&expect, &response)
    };
    let verified = verify(&recorded.authentication).unwrap();
    assert_eq!(
        (verified.sign_count, verified.counter),
        (2, Counter::Advanced)
    );
    let mut seen = 0;
    for part in 0..recorded.authentication.len() {
        for place in 0..recorded.authentication[part].len() {
            for difference in 1..=255 {
                let mut changed = recorded.authentication.clone();
                changed[part][place] ^= difference;
                assert!(verify(&changed).is_err(), "{part} {place} {difference}");
                seen += 1;
            }
        }
    }
    let total: usize = recorded.authentication.iter().map(Vec::len).sum();
    assert_eq!(seen, total * 255);
}

/// A registration without attestation is signed by nobody. What binds it is the
/// client data's challenge, and that its parts fit each other; whoever could
/// change the rest could as well have made a credential of their own. These are
/// the only bytes that can change unseen:
///
/// - in the client data, the name of `crossOrigin`, which makes it a member
///   that is not known, and one that is absent is false; and what is inside
///   members that are not known;
/// - in the authenticator data, the flags that are not looked at, the backup
///   flags, the counter and the model.
#[test]
fn only_what_nobody_signed_can_change_in_the_registration_of_chromium() {
    let Some(recorded) = Recorded::read() else {
        return;
    };
    let [_, client_data_json, attestation_object] = &recorded.registration;
    let object = AttestationObject::parse(attestation_object).unwrap();
    let data = attestation_object.len() - object.authenticator_data.len();
    // RP id hash, flags, counter, model (WebAuthn Level 3 §6.1, §6.5.1).
    let (flags, counter, model) = (data + 32, data + 33..data + 37, data + 37..data + 53);
    assert_eq!(attestation_object[flags], 0b0100_0101);
    let json = std::str::from_utf8(client_data_json).unwrap();
    let member = json.find("crossOrigin").unwrap();
    let name = member..member + "crossOrigin".len();

    let mut unseen = 0;
    for part in 0..recorded.registration.len() {
        for place in 0..recorded.registration[part].len() {
            for difference in 1..=255_u8 {
                let mut changed = recorded.registration.clone();
                changed[part][place] ^= difference;
                let byte = changed[part][place];
                let is_unseen = match part {
                    1 => name.contains(&place) && stays_a_name(byte, client_data_json[place + 1]),
                    2 if place == flags => {
                        let kept = 0b1100_0101;
                        let is_backed_up_only = byte & 0b0001_1000 == 0b0001_0000;
                        byte & kept == 0b0100_0101 && !is_backed_up_only
                    }
                    2 => counter.contains(&place) || model.contains(&place),
                    _ => false,
                };
                let is_accepted = recorded.register(&changed).is_ok();
                assert_eq!(is_accepted, is_unseen, "{part} {place} {byte:#x}");
                unseen += u32::from(is_unseen);
            }
        }
    }
    // Eleven characters that may be 93 others each and three of them a
    // backslash, four bits of which 12 combinations hold and one is there, and
    // 20 bytes.
    assert_eq!(unseen, 11 * 93 + 3 + 11 + 20 * 255);
}

/// Whether a character of a name in JSON (RFC 8259, section 7) can be another
/// one: no control character, no quotation mark, which ends the name, and no
/// backslash but before a letter that it makes a line break of.
fn stays_a_name(byte: u8, next: u8) -> bool {
    match byte {
        b'"' => false,
        b'\\' => matches!(next, b'n' | b'r'),
        _ => matches!(byte, 0x20..0x80),
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

/// Every signature of a set, through a COSE key. How many are valid and how
/// many not.
fn wycheproof(path: &str, algorithm: Algorithm) -> Option<(usize, usize)> {
    let vectors = vectors::read::<Wycheproof>(path)?;
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

#[test]
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
