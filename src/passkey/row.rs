//! A passkey as it is stored, and the beginning of a ceremony.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::token::HashedSecret;
use crate::webauthn::{Aaguid, AttestationKind, AttestationPolicy, CredentialRecord, encoding};

/// The longest id of a credential, in bytes (WebAuthn Level 3 §4,
/// "Credential ID").
pub(super) const MAX_CREDENTIAL_ID_BYTES: usize = 1_023;

/// The columns of a row of the table `Passkey` that decisions need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyRow {
    /// The document's id.
    #[serde(rename = "_id")]
    pub id: String,
    /// Whose it is.
    pub user_id: String,
    /// The credential's id, in base64url.
    pub credential_id: String,
    /// The public key: a COSE key, in base64url.
    pub public_key: String,
    /// The signature counter.
    #[serde(deserialize_with = "crate::number::read")]
    pub counter: f64,
    /// Whether it may be copied between devices: a synced passkey.
    pub backup_eligible: bool,
    /// Whether it was, when it was last used.
    pub backed_up: bool,
    /// How its authenticator can be reached.
    pub transports: Vec<String>,
    /// The name that its owner has given it.
    pub name: String,
    /// The model of the authenticator, as it says.
    pub aaguid: String,
    /// The format of its attestation.
    pub attestation_format: String,
    /// What its attestation has proved.
    pub attestation_kind: AttestationKind,
    /// The user handle that it was made with, in base64url, unless that is the
    /// one that is computed of the user's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_handle: Option<String>,
}

/// A passkey to store, all but its user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewPasskey {
    /// The credential's id, in base64url.
    pub credential_id: String,
    /// The public key: a COSE key, in base64url.
    pub public_key: String,
    /// The algorithm of the key (IANA registry of COSE algorithms).
    pub algorithm: i32,
    /// The signature counter.
    #[serde(deserialize_with = "crate::number::read")]
    pub counter: f64,
    /// Whether the authenticator verified the user when it was made.
    pub user_verified: bool,
    /// Whether it may be copied between devices.
    pub backup_eligible: bool,
    /// Whether it was.
    pub backed_up: bool,
    /// How its authenticator can be reached.
    pub transports: Vec<String>,
    /// The model of the authenticator, as it says.
    pub aaguid: String,
    /// Its name.
    pub name: String,
    /// The format of its attestation.
    pub attestation_format: String,
    /// What its attestation has proved.
    pub attestation_kind: AttestationKind,
    /// The user handle that it was made with, in base64url, unless that is the
    /// one that is computed of the user's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_handle: Option<String>,
}

/// What a use changes of a passkey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyUse {
    /// The signature counter.
    #[serde(deserialize_with = "crate::number::read")]
    pub counter: f64,
    /// Whether it is copied between devices now.
    pub backed_up: bool,
    /// When it was used.
    pub last_used_time: UnixMillis,
}

/// What a ceremony is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum PasskeyCeremony {
    /// To add a passkey to the signed-in user.
    Registration,
    /// To sign in.
    SignIn,
    /// To prove once more who one is, in a session.
    StepUp,
    /// To become a user, after an address was proved.
    SignUp,
}

/// The columns of a row of the table `AuthVerifier` that a ceremony uses. The
/// row is deleted by the first attempt to finish the ceremony.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CeremonyRow {
    /// What recognises the client that began it.
    pub verifier_hash: HashedSecret,
    /// What it is for.
    pub ceremony: PasskeyCeremony,
    /// The challenge, in base64url.
    pub challenge: String,
    /// The user whom it is about, if that is settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The session in which it was begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// What recognises the sign-in that waits for it as a second factor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second_factor_hash: Option<HashedSecret>,
    /// The credentials that were asked for, in base64url; any if there are none.
    pub allowed: Vec<String>,
    /// The user handle that the browser was given, in base64url, unless that is
    /// the one that is computed of the user's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_handle: Option<String>,
    /// The address that was proved, normalised, if it is a sign-up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The name that the person signs up with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Until when it can be finished.
    pub expiration_time: UnixMillis,
}

impl PasskeyRow {
    /// Whether the policy still accepts the passkey. Policies change, and
    /// models turn out to be broken after people have registered them.
    ///
    /// # Errors
    /// `PASSKEY_INVALID_ATTESTATION`, and `INTERNAL_ERROR` if what was stored
    /// cannot be read.
    pub(super) fn check_attestation(&self, policy: &AttestationPolicy<'_>) -> Result<(), Refusal> {
        let model =
            Aaguid::parse(&self.aaguid).ok_or_else(|| Refusal::from(ErrorCode::InternalError))?;
        policy
            .check(&self.attestation_format, self.attestation_kind, model)
            .map_err(Refusal::from)
    }

    /// The passkey's parts in bytes.
    ///
    /// # Errors
    /// `INTERNAL_ERROR` if what was stored cannot be read.
    pub(super) fn decoded(&self) -> Result<DecodedPasskey, Refusal> {
        let bytes = |text: &str, maximum| {
            encoding::decode(text, maximum).map_err(|_| Refusal::from(ErrorCode::InternalError))
        };
        Ok(DecodedPasskey {
            id: bytes(&self.credential_id, MAX_CREDENTIAL_ID_BYTES)?,
            public_key: bytes(&self.public_key, 4_096)?,
            counter: whole(self.counter),
            backup_eligible: self.backup_eligible,
        })
    }
}

/// A passkey in bytes.
pub(super) struct DecodedPasskey {
    id: Vec<u8>,
    public_key: Vec<u8>,
    counter: u32,
    backup_eligible: bool,
}

impl DecodedPasskey {
    /// The record that an assertion is verified by.
    pub(super) fn record<'a>(&'a self, user_handle: &'a [u8]) -> CredentialRecord<'a> {
        CredentialRecord {
            id: &self.id,
            public_key: &self.public_key,
            sign_count: self.counter,
            backup_eligible: self.backup_eligible,
            user_handle,
        }
    }
}

/// A counter as authenticators count. Convex stores numbers as floats.
fn whole(counter: f64) -> u32 {
    // The bits of a whole float are found by halving: casts are not allowed to
    // lose anything silently.
    let (mut low, mut high) = (0_u32, u32::MAX);
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if f64::from(middle) <= counter {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn counters_are_read_as_they_were_written() {
        for counter in [0, 1, 2, 255, 65_536, u32::MAX - 1, u32::MAX] {
            assert_eq!(whole(f64::from(counter)), counter);
        }
        assert_eq!(whole(f64::NAN), 0);
        assert_eq!(whole(-1.0), 0);
        assert_eq!(whole(f64::INFINITY), u32::MAX);
    }
}
