//! What a browser answers, in the JSON forms of `PublicKeyCredential.toJSON`
//! (WebAuthn Level 3 §5.1.10 and §5.1.11).

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::row::MAX_CREDENTIAL_ID_BYTES;
use crate::webauthn::{AssertionResponse, RegistrationResponse, WebauthnError, encoding};

/// The longest client data, in bytes.
const MAX_CLIENT_DATA_BYTES: usize = 4_096;

/// The longest attestation object, in bytes: certificates are in it.
pub(super) const MAX_ATTESTATION_BYTES: usize = 65_536;

/// The longest authenticator data of an assertion, in bytes.
const MAX_AUTHENTICATOR_DATA_BYTES: usize = 8_192;

/// The longest signature, in bytes.
const MAX_SIGNATURE_BYTES: usize = 1_024;

/// The longest user handle, in bytes (WebAuthn Level 3 §4, "User Handle").
const MAX_USER_HANDLE_BYTES: usize = 64;

/// The parts of `RegistrationResponseJSON` that are looked at, in base64url.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyRegistrationInput {
    /// The credential's id.
    pub id: String,
    /// The client data.
    #[serde(rename = "clientDataJSON")]
    pub client_data_json: String,
    /// The attestation object.
    pub attestation_object: String,
    /// How the authenticator can be reached.
    pub transports: Vec<String>,
}

/// The parts of `AuthenticationResponseJSON` that are looked at, in base64url.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyAssertionInput {
    /// The credential's id.
    pub id: String,
    /// The client data.
    #[serde(rename = "clientDataJSON")]
    pub client_data_json: String,
    /// The authenticator data.
    pub authenticator_data: String,
    /// The signature.
    pub signature: String,
    /// The user handle, if the authenticator told it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_handle: Option<String>,
}

/// A registration in bytes.
pub(super) struct DecodedRegistration {
    id: Vec<u8>,
    client_data_json: Vec<u8>,
    attestation_object: Vec<u8>,
    transports: Vec<String>,
}

/// An assertion in bytes.
pub(super) struct DecodedAssertion {
    id: Vec<u8>,
    client_data_json: Vec<u8>,
    authenticator_data: Vec<u8>,
    signature: Vec<u8>,
    user_handle: Option<Vec<u8>>,
}

impl PasskeyRegistrationInput {
    /// The parts in bytes.
    ///
    /// # Errors
    /// [`WebauthnError::Base64url`].
    pub(super) fn decode(&self) -> Result<DecodedRegistration, WebauthnError> {
        Ok(DecodedRegistration {
            id: encoding::decode(&self.id, MAX_CREDENTIAL_ID_BYTES)?,
            client_data_json: encoding::decode(&self.client_data_json, MAX_CLIENT_DATA_BYTES)?,
            attestation_object: encoding::decode(&self.attestation_object, MAX_ATTESTATION_BYTES)?,
            transports: self.transports.clone(),
        })
    }
}

impl DecodedRegistration {
    /// What is verified.
    pub(super) fn response(&self) -> RegistrationResponse<'_> {
        RegistrationResponse {
            id: &self.id,
            client_data_json: &self.client_data_json,
            attestation_object: &self.attestation_object,
            transports: &self.transports,
        }
    }
}

impl PasskeyAssertionInput {
    /// The parts in bytes.
    ///
    /// # Errors
    /// [`WebauthnError::Base64url`].
    pub(super) fn decode(&self) -> Result<DecodedAssertion, WebauthnError> {
        let decode = encoding::decode;
        Ok(DecodedAssertion {
            id: decode(&self.id, MAX_CREDENTIAL_ID_BYTES)?,
            client_data_json: decode(&self.client_data_json, MAX_CLIENT_DATA_BYTES)?,
            authenticator_data: decode(&self.authenticator_data, MAX_AUTHENTICATOR_DATA_BYTES)?,
            signature: decode(&self.signature, MAX_SIGNATURE_BYTES)?,
            user_handle: self
                .user_handle
                .as_ref()
                .map(|handle| decode(handle, MAX_USER_HANDLE_BYTES))
                .transpose()?,
        })
    }
}

impl DecodedAssertion {
    /// What is verified.
    pub(super) fn response(&self) -> AssertionResponse<'_> {
        AssertionResponse {
            id: &self.id,
            client_data_json: &self.client_data_json,
            authenticator_data: &self.authenticator_data,
            signature: &self.signature,
            user_handle: self.user_handle.as_deref(),
        }
    }
}
