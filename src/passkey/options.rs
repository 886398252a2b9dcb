//! What a browser is asked for, in the JSON forms that it reads
//! (`PublicKeyCredential.parseCreationOptionsFromJSON` and
//! `parseRequestOptionsFromJSON`, WebAuthn Level 3 §5.1.8 and §5.1.9).

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::{AttestationConveyance, PasskeyConfig, UserVerification};
use super::row::PasskeyRow;
use crate::time::Millis;
use crate::webauthn::{Algorithm, encoding};

/// The only type of credential that there is (WebAuthn Level 3 §5.8.2).
const PUBLIC_KEY: &str = "public-key";

/// The relying party (WebAuthn Level 3 §5.4.2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
pub struct RelyingParty {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// The user (WebAuthn Level 3 §5.4.3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CredentialUser {
    /// The user handle, in base64url.
    pub id: String,
    /// What tells accounts apart for the person: an address.
    pub name: String,
    /// The person's name.
    pub display_name: String,
}

/// A kind of key (WebAuthn Level 3 §5.3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
pub struct CredentialParameters {
    /// `public-key`.
    pub r#type: String,
    /// The algorithm (IANA registry of COSE algorithms).
    pub alg: i32,
}

/// A credential that is named (WebAuthn Level 3 §5.8.3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
pub struct CredentialDescriptor {
    /// `public-key`.
    pub r#type: String,
    /// Its id, in base64url.
    pub id: String,
    /// How its authenticator can be reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transports: Vec<String>,
}

/// What authenticators may be used (WebAuthn Level 3 §5.4.4).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticatorSelection {
    /// Whether the authenticator finds the credential by itself.
    pub resident_key: String,
    /// The same for browsers that know Level 1 only.
    pub require_resident_key: bool,
    /// Whether the user is to be verified.
    pub user_verification: UserVerification,
}

/// Extensions that are asked for (WebAuthn Level 3 §10).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CreationExtensions {
    /// Whether the credential is discoverable is to be told (§10.1.3).
    pub cred_props: bool,
}

/// `PublicKeyCredentialCreationOptionsJSON`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CreationOptions {
    /// The relying party.
    pub rp: RelyingParty,
    /// The user.
    pub user: CredentialUser,
    /// The challenge, in base64url.
    pub challenge: String,
    /// The kinds of keys, best first.
    pub pub_key_cred_params: Vec<CredentialParameters>,
    /// How long the browser waits, in milliseconds.
    pub timeout: Millis,
    /// What the user has already.
    pub exclude_credentials: Vec<CredentialDescriptor>,
    /// What authenticators may be used.
    pub authenticator_selection: AuthenticatorSelection,
    /// What is asked of makers.
    pub attestation: AttestationConveyance,
    /// Extensions.
    pub extensions: CreationExtensions,
}

/// `PublicKeyCredentialRequestOptionsJSON`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RequestOptions {
    /// The relying party's id.
    pub rp_id: String,
    /// The challenge, in base64url.
    pub challenge: String,
    /// How long the browser waits, in milliseconds.
    pub timeout: Millis,
    /// What may be used; any discoverable one if there is none.
    pub allow_credentials: Vec<CredentialDescriptor>,
    /// Whether the user is to be verified.
    pub user_verification: UserVerification,
}

/// What a browser is asked to make.
pub(super) fn creation(
    config: &PasskeyConfig,
    algorithms: &[Algorithm],
    user: CredentialUser,
    challenge: String,
    passkeys: &[PasskeyRow],
) -> CreationOptions {
    CreationOptions {
        rp: RelyingParty {
            id: config.rp_id.clone(),
            name: config.rp_name.clone(),
        },
        user,
        challenge,
        pub_key_cred_params: algorithms
            .iter()
            .map(|algorithm| CredentialParameters {
                r#type: PUBLIC_KEY.to_owned(),
                alg: algorithm.identifier(),
            })
            .collect(),
        timeout: config.timeout(),
        exclude_credentials: passkeys.iter().map(descriptor).collect(),
        authenticator_selection: AuthenticatorSelection {
            resident_key: "preferred".to_owned(),
            require_resident_key: false,
            user_verification: config.user_verification(),
        },
        attestation: config.attestation.unwrap_or(AttestationConveyance::None),
        extensions: CreationExtensions { cred_props: true },
    }
}

/// What a browser is asked to sign.
pub(super) fn request(
    config: &PasskeyConfig,
    challenge: String,
    allow_credentials: Vec<CredentialDescriptor>,
) -> RequestOptions {
    RequestOptions {
        rp_id: config.rp_id.clone(),
        challenge,
        timeout: config.timeout(),
        allow_credentials,
        user_verification: config.user_verification(),
    }
}

/// A stored passkey.
pub(super) fn descriptor(passkey: &PasskeyRow) -> CredentialDescriptor {
    CredentialDescriptor {
        r#type: PUBLIC_KEY.to_owned(),
        id: passkey.credential_id.clone(),
        transports: passkey.transports.clone(),
    }
}

/// A passkey that does not exist.
pub(super) fn decoy_descriptor(id: &[u8], transports: &[&str]) -> CredentialDescriptor {
    CredentialDescriptor {
        r#type: PUBLIC_KEY.to_owned(),
        id: encoding::encode(id),
        transports: transports.iter().map(|name| (*name).to_owned()).collect(),
    }
}
