//! A passkey that Chromium has made, and signed with.

use crate::here;
use gatehouse::{
    Algorithm, AssertionExpectation, AssertionResponse, AttestationKind, AttestationObject,
    AttestationPolicy, CeremonyExpectation, Counter, CounterPolicy, CredentialRecord, CrossOrigin,
    ExpectedUser, OriginPolicy, PasskeyRegisterCall, PasskeyRegistration, PasskeySignInCall,
    RegistrationExpectation, RegistrationResponse, SignInOutcome, WebauthnError, decode_base64url,
    encode_base64url, register_passkey, sign_in_with_passkey, verify_assertion,
    verify_registration,
};
use serde::Deserialize;

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
        decode_base64url(text, 64).unwrap()
    }

    /// A part of the response.
    fn part(&self, pointer: &str) -> Vec<u8> {
        let text = self.response.pointer(pointer).unwrap().as_str().unwrap();
        decode_base64url(text, 4096).unwrap()
    }
}

/// When Chromium's ceremonies are finished, in the decisions about them.
const NOW: f64 = 1e12;

/// A ceremony that was begun for Ada.
fn ceremony_row(ceremony: &str, challenge: &[u8], more: serde_json::Value) -> serde_json::Value {
    let mut row = serde_json::json!({
        "verifierHash": encode_base64url(&[0; 32]),
        "ceremony": ceremony,
        "challenge": encode_base64url(challenge),
        "userId": "ada",
        "allowed": [],
        "expirationTime": NOW + 1.0,
    });
    let (row_fields, more) = (row.as_object_mut().unwrap(), more.as_object().unwrap());
    row_fields.extend(more.clone());
    row
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
        let recorded = super::read::<Chromium>(path)?;
        let (made, used) = (&recorded.registration, &recorded.authentication);
        let user_handle = made.options.pointer("/user/id").unwrap().as_str().unwrap();
        Some(Recorded {
            user_handle: decode_base64url(user_handle, 64).unwrap(),
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
    ) -> Result<gatehouse::RegisteredCredential, WebauthnError> {
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
        verify_registration(&expect, &response)
    }

    /// The app's settings, as they have to be for this pair.
    fn config(&self) -> serde_json::Value {
        serde_json::json!({
            "provider": "passkey",
            "rpId": self.rp_id,
            "rpName": "Example",
            "origins": self.origins,
            "userVerification": "required",
            "acceptedAttestation": ["none"],
            "refusesCounterRegression": true,
        })
    }

    /// What is decided on when Ada adds this passkey.
    fn registration_call(&self) -> PasskeyRegisterCall {
        let session = serde_json::json!({
            "_id": "s", "userId": "ada", "provider": "password",
            "expirationTime": NOW + 1.0, "lastActiveTime": NOW,
            "authenticationTime": NOW, "authenticationMethods": ["pwd"],
        });
        let row = ceremony_row(
            "registration",
            &self.challenges[0],
            serde_json::json!({ "sessionId": "s", "userHandle": encode_base64url(&self.user_handle) }),
        );
        serde_json::from_value(serde_json::json!({
            "now": NOW, "config": self.config(), "origin": {},
            "pepper": gatehouse::Pepper::from_bytes([9; 32]),
            "user": { "_id": "ada" }, "session": session, "ceremony": row, "passkeys": [],
            "factors": gatehouse::SecondFactors::default(),
            "response": {
                "id": "", "clientDataJSON": "", "attestationObject": "", "transports": [],
            },
        }))
        .unwrap()
    }

    fn decide_registration(call: &PasskeyRegisterCall) -> PasskeyRegistration {
        register_passkey(call, || Err("no codes are issued")).unwrap()
    }

    /// Whether Ada adds a passkey with these parts: a decision that the
    /// verification alone must not differ from.
    fn is_added(call: &mut PasskeyRegisterCall, parts: &[Vec<u8>; 3]) -> bool {
        let [id, client_data_json, attestation_object] = parts;
        call.response.id = encode_base64url(id);
        call.response.client_data_json = encode_base64url(client_data_json);
        call.response.attestation_object = encode_base64url(attestation_object);
        match Self::decide_registration(call) {
            PasskeyRegistration::Registered { .. } => true,
            PasskeyRegistration::Refused { audit, stays, .. } => {
                assert_eq!(audit.len(), usize::from(!stays));
                false
            }
            PasskeyRegistration::Known { .. } => panic!("nothing is known"),
        }
    }

    /// What is decided on when somebody signs in with this passkey.
    fn sign_in_call(&self) -> PasskeySignInCall {
        let mut call = self.registration_call();
        assert!(Self::is_added(&mut call, &self.registration));
        let PasskeyRegistration::Registered { passkey, .. } = Self::decide_registration(&call)
        else {
            panic!("it was added");
        };
        let mut row = serde_json::to_value(passkey).unwrap();
        let stored = serde_json::json!({ "_id": "p", "userId": "ada" });
        let stored = stored.as_object().unwrap().clone();
        row.as_object_mut().unwrap().extend(stored);
        let challenge = &self.challenges[1];
        serde_json::from_value(serde_json::json!({
            "now": NOW,
            "config": self.config(),
            "sessionConfig": { "issuer": "https://example.convex.site" },
            "pepper": encode_base64url(&[9; 32]),
            "origin": {},
            "ceremony": ceremony_row("signIn", challenge, serde_json::json!({})),
            "passkey": row,
            "user": { "_id": "ada" },
            "sessions": [],
            "factors": gatehouse::SecondFactors::default(),
            "response": {
                "id": "", "clientDataJSON": "", "authenticatorData": "", "signature": "",
            },
        }))
        .unwrap()
    }

    /// Whether these parts sign Ada in. If not, nothing is written but what is
    /// recorded.
    fn is_signed_in(call: &mut PasskeySignInCall, parts: &[Vec<u8>; 5]) -> bool {
        let [
            id,
            client_data_json,
            authenticator_data,
            signature,
            user_handle,
        ] = parts;
        call.response.id = encode_base64url(id);
        call.response.client_data_json = encode_base64url(client_data_json);
        call.response.authenticator_data = encode_base64url(authenticator_data);
        call.response.signature = encode_base64url(signature);
        call.response.user_handle = Some(encode_base64url(user_handle));
        let decided = sign_in_with_passkey(call, &mut gatehouse::Entropy::from_seed([4; 32]));
        let is_refused = matches!(decided.answer.outcome, SignInOutcome::Refused { .. });
        assert_eq!(decided.answer.session.is_none(), is_refused);
        assert_eq!(decided.passkey.is_none(), is_refused);
        assert_eq!(decided.answer.audit.len(), usize::from(!decided.stays));
        !is_refused
    }
}

#[here]
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
    let mut call = recorded.sign_in_call();
    assert!(Recorded::is_signed_in(&mut call, &recorded.authentication));
    let mut seen = 0;
    for part in 0..recorded.authentication.len() {
        for place in 0..recorded.authentication[part].len() {
            for difference in 1..=255_u8 {
                let mut changed = recorded.authentication.clone();
                changed[part][place] ^= difference;
                assert!(verify(&changed).is_err(), "{part} {place} {difference}");
                // Each bit goes through the whole decision, too.
                if difference.is_power_of_two() {
                    let is_signed_in = Recorded::is_signed_in(&mut call, &changed);
                    assert!(!is_signed_in, "{part} {place} {difference}");
                }
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
#[here]
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

    let mut call = recorded.registration_call();
    assert!(Recorded::is_added(&mut call, &recorded.registration));
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
                let is_added = Recorded::is_added(&mut call, &changed);
                assert_eq!(is_added, is_unseen, "{part} {place} {byte:#x}");
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
