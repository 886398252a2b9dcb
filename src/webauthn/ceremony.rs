//! What registrations and authentications have in common (WebAuthn Level 3
//! §7.1 and §7.2).

use sha2::{Digest as _, Sha256};

use super::authenticator_data::AuthenticatorData;
use super::client_data::{CeremonyType, CollectedClientData, OriginPolicy};
use super::error::WebauthnError;

/// What every ceremony has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CeremonyExpectation<'a> {
    /// The challenge that was given out for this ceremony.
    pub challenge: &'a [u8],
    /// The id of the relying party: a domain.
    pub rp_id: &'a str,
    /// Where the ceremony may run.
    pub origins: OriginPolicy<'a>,
    /// Whether the user has to have been verified.
    pub requires_user_verification: bool,
}

impl CeremonyExpectation<'_> {
    /// Verifies client data, and returns its hash, which signatures are over.
    pub(super) fn verify_client_data(
        &self,
        ceremony: CeremonyType,
        json: &[u8],
    ) -> Result<[u8; 32], WebauthnError> {
        let client_data = CollectedClientData::parse(json)?;
        client_data.verify_type(ceremony)?;
        client_data.verify_challenge(self.challenge)?;
        client_data.verify_origin(&self.origins)?;
        Ok(Sha256::digest(json).into())
    }

    /// Verifies the relying party and the flags of authenticator data.
    pub(super) fn verify_authenticator_data(
        &self,
        data: &AuthenticatorData<'_>,
        requires_user_presence: bool,
    ) -> Result<(), WebauthnError> {
        let expected: [u8; 32] = Sha256::digest(self.rp_id).into();
        if data.rp_id_hash != expected {
            return Err(WebauthnError::RpIdHash);
        }
        if requires_user_presence && !data.flags.user_present() {
            return Err(WebauthnError::UserPresence);
        }
        if self.requires_user_verification && !data.flags.user_verified() {
            return Err(WebauthnError::UserVerification);
        }
        if data.flags.backed_up() && !data.flags.backup_eligible() {
            return Err(WebauthnError::BackupState);
        }
        Ok(())
    }
}
