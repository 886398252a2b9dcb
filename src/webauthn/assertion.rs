//! Verifying an authentication assertion (WebAuthn Level 3 §7.2).

use super::Proof;
use super::authenticator_data::{AuthenticatorData, MAX_AUTHENTICATOR_DATA_BYTES};
use super::ceremony::CeremonyExpectation;
use super::client_data::CeremonyType;
use super::cose::PublicKey;
use super::error::WebauthnError;
use super::stand_in;

/// Most bytes of a signature: one of RSA with 4096 bits has 512.
pub const MAX_SIGNATURE_BYTES: usize = 1024;

/// Most bytes of a user handle (WebAuthn Level 3 §5.4.3).
pub const MAX_USER_HANDLE_BYTES: usize = 64;

/// What was stored of a credential (WebAuthn Level 3 §4, "Credential Record").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CredentialRecord<'a> {
    /// The id, by which the record was found.
    pub id: &'a [u8],
    /// The public key, as it was registered.
    pub public_key: &'a [u8],
    /// The signature counter of the last ceremony.
    pub sign_count: u32,
    /// Whether the credential may be backed up.
    pub backup_eligible: bool,
    /// The user handle of the user whose credential it is.
    pub user_handle: &'a [u8],
}

/// Who is to be authenticated (WebAuthn Level 3 §7.2 step 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpectedUser<'a> {
    /// The user with this handle, who was identified before: by an e-mail
    /// address or by a session.
    Identified(&'a [u8]),
    /// Whoever has the credential. The response has to tell whose it is.
    Discovered,
}

/// What to do about a signature counter that did not advance (WebAuthn Level 3
/// §6.1.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CounterPolicy {
    /// To report it. Counters of synced passkeys are zero, and some others go
    /// back without anybody having copied a key.
    #[default]
    Report,
    /// To refuse the assertion.
    Refuse,
}

/// What an assertion has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AssertionExpectation<'a> {
    /// What every ceremony has to be.
    pub ceremony: CeremonyExpectation<'a>,
    /// The record that was found by the response's credential id.
    pub credential: CredentialRecord<'a>,
    /// The ids of the credentials that were asked for: `allowCredentials`. None
    /// if any credential was.
    pub allowed_credentials: &'a [Vec<u8>],
    /// Who is to be authenticated.
    pub user: ExpectedUser<'a>,
    /// What to do about a counter that did not advance.
    pub counter: CounterPolicy,
}

/// The client's answer to `navigator.credentials.get()` (WebAuthn Level 3 §5.1,
/// §5.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AssertionResponse<'a> {
    /// The credential's id: `rawId`.
    pub id: &'a [u8],
    /// The client data: `response.clientDataJSON`.
    pub client_data_json: &'a [u8],
    /// The authenticator data: `response.authenticatorData`.
    pub authenticator_data: &'a [u8],
    /// The signature: `response.signature`.
    pub signature: &'a [u8],
    /// The user handle: `response.userHandle`.
    pub user_handle: Option<&'a [u8]>,
}

/// What a signature counter tells (WebAuthn Level 3 §6.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counter {
    /// Nothing: the authenticator has none.
    Absent,
    /// It advanced, as it should.
    Advanced,
    /// It did not advance. The private key may be in two places, or two
    /// assertions have overtaken each other.
    Regressed,
}

/// An assertion that was verified. Only [`verify_assertion`] makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedAssertion {
    /// The id of the credential.
    pub credential_id: Vec<u8>,
    /// The signature counter, to be stored.
    pub sign_count: u32,
    /// What the counter tells.
    pub counter: Counter,
    /// Whether the user was verified: only then does the assertion stand for
    /// two factors.
    pub user_verified: bool,
    /// Whether the credential is backed up now, to be stored.
    pub backed_up: bool,
    /// Keeps others from making one.
    proof: Proof,
}

/// Verifies an assertion (WebAuthn Level 3 §7.2).
///
/// That the credential is the right one of the right user (steps 5 and 6) is
/// told last of what comes before the signature, and the signature is verified
/// in any case: otherwise the order of the refusals, or the time that they
/// take, would tell a credential that exists from one that does not. See
/// [`verify_without_credential`].
///
/// # Errors
/// The [`WebauthnError`] of the first step that fails, in the order of the
/// specification but for that.
pub fn verify_assertion(
    expect: &AssertionExpectation<'_>,
    response: &AssertionResponse<'_>,
) -> Result<VerifiedAssertion, WebauthnError> {
    let credential = &expect.credential;
    if !is_the_expected(expect, response) {
        return Err(verify_without_credential(&expect.ceremony, response));
    }
    verify_sizes(response)?;
    let (client_data_hash, data) = verify_ceremony(&expect.ceremony, response)?;
    let public_key =
        PublicKey::decode(credential.public_key).map_err(|_| WebauthnError::StoredPublicKey)?;
    let signed = [response.authenticator_data, &client_data_hash].concat();
    let is_signed = public_key.verify(&signed, response.signature);
    if data.flags.backup_eligible() != credential.backup_eligible {
        return Err(WebauthnError::BackupEligibility);
    }
    if !is_signed {
        return Err(WebauthnError::Signature);
    }
    let counter = compare(credential.sign_count, data.sign_count);
    if counter == Counter::Regressed && expect.counter == CounterPolicy::Refuse {
        return Err(WebauthnError::Counter);
    }
    Ok(VerifiedAssertion {
        credential_id: credential.id.to_vec(),
        sign_count: data.sign_count,
        counter,
        user_verified: data.flags.user_verified(),
        backed_up: data.flags.backed_up(),
        proof: Proof::new(),
    })
}

/// Verifies what does not depend on the credential.
fn verify_ceremony<'a>(
    ceremony: &CeremonyExpectation<'_>,
    response: &AssertionResponse<'a>,
) -> Result<([u8; 32], AuthenticatorData<'a>), WebauthnError> {
    let client_data_hash =
        ceremony.verify_client_data(CeremonyType::Get, response.client_data_json)?;
    let data = AuthenticatorData::parse(response.authenticator_data)?;
    // No credential is made in an authentication (WebAuthn Level 3 §6.1).
    if data.attested_credential.is_some() {
        return Err(WebauthnError::AuthenticatorData);
    }
    ceremony.verify_authenticator_data(&data, true)?;
    Ok((client_data_hash, data))
}

/// Verifies what can be verified of an assertion whose credential is not there,
/// so that it is answered as one is whose signature is wrong, after the same
/// work. Whether a credential exists is not told to whoever asks with an address
/// (WebAuthn Level 3 §14.6.2).
pub fn verify_without_credential(
    ceremony: &CeremonyExpectation<'_>,
    response: &AssertionResponse<'_>,
) -> WebauthnError {
    match verify_sizes(response).and_then(|()| verify_ceremony(ceremony, response)) {
        Ok((client_data_hash, _)) => {
            let signed = [response.authenticator_data, &client_data_hash].concat();
            stand_in::verify_in_vain(&signed, response.signature);
            WebauthnError::UnknownCredential
        }
        Err(error) => error,
    }
}

/// Refuses parts that are longer than they can be, before anything is computed
/// from them. The client data has its own limit.
fn verify_sizes(response: &AssertionResponse<'_>) -> Result<(), WebauthnError> {
    let handle_length = response.user_handle.map_or(0, <[u8]>::len);
    if response.authenticator_data.len() > MAX_AUTHENTICATOR_DATA_BYTES
        || response.signature.len() > MAX_SIGNATURE_BYTES
        || handle_length > MAX_USER_HANDLE_BYTES
    {
        return Err(WebauthnError::Size);
    }
    Ok(())
}

/// Whether the credential is the one of the record, was asked for, and is the
/// expected user's (WebAuthn Level 3 §7.2 steps 5 and 6). Which of them it is
/// not, is not told.
fn is_the_expected(expect: &AssertionExpectation<'_>, response: &AssertionResponse<'_>) -> bool {
    let credential = &expect.credential;
    let is_allowed = expect.allowed_credentials.is_empty()
        || expect
            .allowed_credentials
            .iter()
            .any(|allowed| allowed == response.id);
    let is_owner = match (expect.user, response.user_handle) {
        (ExpectedUser::Identified(user), None) => user == credential.user_handle,
        (ExpectedUser::Identified(user), Some(handle)) => {
            user == credential.user_handle && handle == credential.user_handle
        }
        (ExpectedUser::Discovered, Some(handle)) => handle == credential.user_handle,
        (ExpectedUser::Discovered, None) => false,
    };
    response.id == credential.id && is_allowed && is_owner
}

/// What a counter tells beside the stored one (WebAuthn Level 3 §7.2 step 22).
fn compare(stored: u32, received: u32) -> Counter {
    if stored == 0 && received == 0 {
        Counter::Absent
    } else if received > stored {
        Counter::Advanced
    } else {
        Counter::Regressed
    }
}
