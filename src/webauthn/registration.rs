//! Registering a new credential (WebAuthn Level 3 §7.1).

use super::Proof;
use super::aaguid::Aaguid;
use super::algorithm::Algorithm;
use super::attestation::{self, Attestation, AttestationObject, AttestationPolicy};
use super::authenticator_data::{AuthenticatorData, MAX_CREDENTIAL_ID_BYTES};
use super::ceremony::CeremonyExpectation;
use super::client_data::CeremonyType;
use super::cose::PublicKey;
use super::error::WebauthnError;
use super::transport;

/// What a registration has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegistrationExpectation<'a> {
    /// What every ceremony has to be.
    pub ceremony: CeremonyExpectation<'a>,
    /// Whether the user has to have been present. Only for a passkey that was
    /// made beside a password, with `mediation: "conditional"`, does the
    /// specification ask for no presence (WebAuthn Level 3 §5.1.3).
    pub requires_user_presence: bool,
    /// The algorithms that were offered: `pubKeyCredParams`.
    pub algorithms: &'a [Algorithm],
    /// Which authenticators are accepted.
    pub attestation: AttestationPolicy<'a>,
}

/// The client's answer to `navigator.credentials.create()` (WebAuthn Level 3
/// §5.1, §5.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegistrationResponse<'a> {
    /// The credential's id: `rawId`.
    pub id: &'a [u8],
    /// The client data: `response.clientDataJSON`.
    pub client_data_json: &'a [u8],
    /// The attestation object: `response.attestationObject`.
    pub attestation_object: &'a [u8],
    /// How the authenticator can be reached: `response.getTransports()`.
    pub transports: &'a [String],
}

/// A credential that was made for this relying party in the expected ceremony.
/// Only [`register`] makes it. Whether its id is another user's already is to
/// be looked up before it is stored (WebAuthn Level 3 §7.1 step 27).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredCredential {
    /// The id.
    pub id: Vec<u8>,
    /// The public key, an encoded COSE key, to be stored as it is.
    pub public_key: Vec<u8>,
    /// The algorithm of the key.
    pub algorithm: Algorithm,
    /// The signature counter.
    pub sign_count: u32,
    /// Whether the user was present.
    pub user_present: bool,
    /// Whether the user was verified: only then is the credential more than
    /// something that somebody has.
    pub user_verified: bool,
    /// Whether the credential may be backed up: a synced passkey. It never
    /// changes.
    pub backup_eligible: bool,
    /// Whether it is backed up now.
    pub backed_up: bool,
    /// The model of the authenticator, as it says.
    pub aaguid: Aaguid,
    /// How the authenticator can be reached, to be given back in
    /// `allowCredentials` and `excludeCredentials`.
    pub transports: Vec<String>,
    /// What was proved about the authenticator.
    pub attestation: Attestation,
    /// Keeps others from making one.
    proof: Proof,
}

/// Verifies a registration, in the order of the specification (WebAuthn Level 3
/// §7.1).
///
/// # Errors
/// The [`WebauthnError`] of the first step that fails.
pub fn register(
    expect: &RegistrationExpectation<'_>,
    response: &RegistrationResponse<'_>,
) -> Result<RegisteredCredential, WebauthnError> {
    let client_data_hash = expect
        .ceremony
        .verify_client_data(CeremonyType::Create, response.client_data_json)?;
    let object = AttestationObject::parse(response.attestation_object)?;
    let data = AuthenticatorData::parse(object.authenticator_data)?;
    expect
        .ceremony
        .verify_authenticator_data(&data, expect.requires_user_presence)?;
    let credential = data
        .attested_credential
        .as_ref()
        .ok_or(WebauthnError::NoCredential)?;
    let public_key = PublicKey::decode(credential.public_key)?;
    if !expect.algorithms.contains(&public_key.algorithm()) {
        return Err(WebauthnError::Algorithm);
    }
    let attestation = attestation::verify(&object, credential, &public_key, &client_data_hash)?;
    expect
        .attestation
        .check(&attestation.format, attestation.kind, credential.aaguid)?;
    if credential.credential_id.is_empty()
        || credential.credential_id.len() > MAX_CREDENTIAL_ID_BYTES
    {
        return Err(WebauthnError::CredentialIdLength);
    }
    if credential.credential_id != response.id {
        return Err(WebauthnError::CredentialId);
    }
    Ok(RegisteredCredential {
        id: credential.credential_id.to_vec(),
        public_key: credential.public_key.to_vec(),
        algorithm: public_key.algorithm(),
        sign_count: data.sign_count,
        user_present: data.flags.user_present(),
        user_verified: data.flags.user_verified(),
        backup_eligible: data.flags.backup_eligible(),
        backed_up: data.flags.backed_up(),
        aaguid: credential.aaguid,
        transports: transport::bounded(response.transports),
        attestation,
        proof: Proof::new(),
    })
}
