//! A software authenticator with its client: makes ceremonies, valid or with
//! any one fault.

use sha2::{Digest as _, Sha256};

use super::cbor_writer::Item;
use super::certificate::Certificate;
use super::signer::Signer;
use crate::webauthn::encoding;
use crate::webauthn::{
    Algorithm, AssertionExpectation, AssertionResponse, AttestationPolicy, CeremonyExpectation,
    CounterPolicy, CredentialRecord, CrossOrigin, ExpectedUser, OriginPolicy,
    RegistrationExpectation, RegistrationResponse,
};

pub(crate) const CHALLENGE: &[u8] = b"a challenge that nobody has guessed";
pub(crate) const RP_ID: &str = "example.com";
pub(crate) const ORIGIN: &str = "https://example.com";
pub(crate) const USER_HANDLE: &[u8] = b"the handle of a user";
pub(crate) const MODEL: [u8; 16] = *b"a model of a key";

/// A list of one text that lives as long as the tests, so that expectations can
/// be made without anything that they borrow from.
fn list(text: &str) -> &'static [String] {
    Vec::leak(vec![text.to_owned()])
}

/// Flags of authenticator data.
pub(crate) const USER_PRESENT: u8 = 1;
pub(crate) const USER_VERIFIED: u8 = 1 << 2;
pub(crate) const BACKUP_ELIGIBLE: u8 = 1 << 3;
pub(crate) const BACKED_UP: u8 = 1 << 4;
pub(crate) const ATTESTED: u8 = 1 << 6;
pub(crate) const EXTENSIONS: u8 = 1 << 7;

/// How a registration is attested.
#[derive(Clone)]
pub(crate) enum Attest {
    None,
    SelfSigned,
    Certificate(Certificate, Algorithm),
}

/// An authenticator with one credential, and the client it is used with. Its
/// fields are what a test changes.
pub(crate) struct Authenticator {
    pub(crate) signer: Signer,
    pub(crate) algorithm: Algorithm,
    pub(crate) id: Vec<u8>,
    pub(crate) rp_id: &'static str,
    pub(crate) challenge: Vec<u8>,
    pub(crate) origin: &'static str,
    /// More members of the client data, each after a comma.
    pub(crate) members: &'static str,
    pub(crate) flags: u8,
    pub(crate) sign_count: u32,
    pub(crate) attest: Attest,
    /// The public key in place of the credential's own.
    pub(crate) public_key: Option<Vec<u8>>,
}

/// What the client sends for a registration.
#[derive(Clone, Debug)]
pub(crate) struct Registration {
    pub(crate) id: Vec<u8>,
    pub(crate) client_data_json: Vec<u8>,
    pub(crate) attestation_object: Vec<u8>,
}

/// What the client sends for an authentication.
#[derive(Clone, Debug)]
pub(crate) struct Assertion {
    pub(crate) id: Vec<u8>,
    pub(crate) client_data_json: Vec<u8>,
    pub(crate) authenticator_data: Vec<u8>,
    pub(crate) signature: Vec<u8>,
    pub(crate) user_handle: Option<Vec<u8>>,
}

impl Authenticator {
    pub(crate) fn new(algorithm: Algorithm) -> Self {
        Authenticator {
            signer: Signer::new(algorithm),
            algorithm,
            id: b"the id of a credential".to_vec(),
            rp_id: RP_ID,
            challenge: CHALLENGE.to_vec(),
            origin: ORIGIN,
            members: "",
            flags: USER_PRESENT | USER_VERIFIED,
            sign_count: 7,
            attest: Attest::None,
            public_key: None,
        }
    }

    /// The public key, as it is stored.
    pub(crate) fn public_key(&self) -> Vec<u8> {
        self.public_key
            .clone()
            .unwrap_or_else(|| Item::key(&self.signer.cose()).encode())
    }

    fn client_data(&self, ceremony: &str) -> Vec<u8> {
        let challenge = encoding::encode(&self.challenge);
        let (origin, members) = (self.origin, self.members);
        format!(r#"{{"type":"{ceremony}","challenge":"{challenge}","origin":"{origin}"{members}}}"#)
            .into_bytes()
    }

    /// Authenticator data with what follows the counter.
    fn authenticator_data(&self, flags: u8, rest: &[u8]) -> Vec<u8> {
        let hash = Sha256::digest(self.rp_id).to_vec();
        let counter = self.sign_count.to_be_bytes();
        [&hash[..], &[flags], &counter, rest].concat()
    }

    /// Authenticator data of a registration.
    fn attested_data(&self) -> Vec<u8> {
        let length = u16::try_from(self.id.len()).unwrap().to_be_bytes();
        let credential = [&MODEL[..], &length, &self.id, &self.public_key()].concat();
        self.authenticator_data(self.flags | ATTESTED, &credential)
    }

    pub(crate) fn register(&self) -> Registration {
        self.register_as("webauthn.create", &self.attested_data())
    }

    pub(crate) fn register_as(&self, ceremony: &str, data: &[u8]) -> Registration {
        let client_data_json = self.client_data(ceremony);
        let signed = [data, &Sha256::digest(&client_data_json)].concat();
        let (format, statement) = match &self.attest {
            Attest::None => ("none", Vec::new()),
            Attest::SelfSigned => {
                let signature = self.signer.sign(&signed);
                ("packed", statement(self.algorithm, signature, None))
            }
            Attest::Certificate(certificate, algorithm) => {
                let key = Signer::new(*algorithm);
                let chain = vec![Item::Bytes(certificate.encode(&key))];
                let signature = key.sign(&signed);
                ("packed", statement(*algorithm, signature, Some(chain)))
            }
        };
        Registration {
            id: self.id.clone(),
            client_data_json,
            attestation_object: attestation_object(format, statement, data),
        }
    }

    pub(crate) fn assert(&self) -> Assertion {
        self.assert_as("webauthn.get", self.flags, &[])
    }

    pub(crate) fn assert_as(&self, ceremony: &str, flags: u8, rest: &[u8]) -> Assertion {
        let client_data_json = self.client_data(ceremony);
        let authenticator_data = self.authenticator_data(flags, rest);
        let signed = [&authenticator_data[..], &Sha256::digest(&client_data_json)].concat();
        Assertion {
            id: self.id.clone(),
            signature: self.signer.sign(&signed),
            client_data_json,
            authenticator_data,
            user_handle: Some(USER_HANDLE.to_vec()),
        }
    }
}

/// An attestation object (WebAuthn Level 3 §6.5.4).
pub(crate) fn attestation_object(
    format: &'static str,
    statement: Vec<(Item, Item)>,
    data: &[u8],
) -> Vec<u8> {
    Item::Map(vec![
        (Item::Text("fmt"), Item::Text(format)),
        (Item::Text("attStmt"), Item::Map(statement)),
        (Item::Text("authData"), Item::Bytes(data.to_vec())),
    ])
    .encode()
}

/// A packed statement (WebAuthn Level 3 §8.2).
pub(crate) fn statement(
    algorithm: Algorithm,
    signature: Vec<u8>,
    chain: Option<Vec<Item>>,
) -> Vec<(Item, Item)> {
    let mut members = vec![
        (Item::Text("alg"), Item::Integer(algorithm.identifier())),
        (Item::Text("sig"), Item::Bytes(signature)),
    ];
    if let Some(chain) = chain {
        members.push((Item::Text("x5c"), Item::Array(chain)));
    }
    members
}

impl Registration {
    pub(crate) fn response(&self) -> RegistrationResponse<'_> {
        RegistrationResponse {
            id: &self.id,
            client_data_json: &self.client_data_json,
            attestation_object: &self.attestation_object,
            transports: list("internal"),
        }
    }
}

impl Assertion {
    pub(crate) fn response(&self) -> AssertionResponse<'_> {
        AssertionResponse {
            id: &self.id,
            client_data_json: &self.client_data_json,
            authenticator_data: &self.authenticator_data,
            signature: &self.signature,
            user_handle: self.user_handle.as_deref(),
        }
    }
}

pub(crate) fn ceremony() -> CeremonyExpectation<'static> {
    CeremonyExpectation {
        challenge: CHALLENGE,
        rp_id: RP_ID,
        origins: OriginPolicy {
            origins: list(ORIGIN),
            cross_origin: CrossOrigin::Refused,
        },
        requires_user_verification: true,
    }
}

pub(crate) fn registration_expectation() -> RegistrationExpectation<'static> {
    RegistrationExpectation {
        ceremony: ceremony(),
        requires_user_presence: true,
        algorithms: &Algorithm::ALL,
        attestation: AttestationPolicy::ANY,
    }
}

/// What is expected of an authentication with a credential whose public key is
/// stored.
pub(crate) fn assertion_expectation(public_key: &[u8]) -> AssertionExpectation<'_> {
    AssertionExpectation {
        ceremony: ceremony(),
        credential: CredentialRecord {
            id: b"the id of a credential",
            public_key,
            sign_count: 6,
            backup_eligible: false,
            user_handle: USER_HANDLE,
        },
        allowed_credentials: &[],
        user: ExpectedUser::Discovered,
        counter: CounterPolicy::Report,
    }
}
