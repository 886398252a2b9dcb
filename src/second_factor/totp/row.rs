//! The stored form of an authenticator app's secret.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::factor_secret::{
    self, FactorKeyring, FactorSecretError, SealedSecret, SecretBinding, SecretPurpose,
};
use crate::time::{Millis, UnixMillis};
use crate::totp::TotpSecret;
use crate::totp::{TotpAlgorithm, TotpDigits, TotpParameters, TotpPeriod};

/// How long a secret waits for its first code.
pub const PENDING_LIFETIME: Millis = Millis::MINUTE.times(10.0);

/// A row of the table `TotpFactor`. Without `verified_time` it is pending: it
/// waits for its first code and is worth nothing at sign-in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TotpFactorRow {
    /// The document's id.
    #[serde(rename = "_id")]
    pub id: String,
    /// The user whose app it is.
    pub user_id: String,
    /// The secret, encrypted.
    pub secret: SealedSecret,
    /// A random name of the secret that its encryption is bound to. The
    /// document's id is not known yet when the secret is encrypted.
    pub secret_id: String,
    /// The hash function.
    pub algorithm: TotpAlgorithm,
    /// The digits of a code.
    pub digits: TotpDigits,
    /// Seconds of a time step.
    pub period: TotpPeriod,
    /// What the user calls the app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// When the first code was right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified_time: Option<UnixMillis>,
    /// The latest time step whose code was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_step: Option<u32>,
    /// When the secret was made.
    pub creation_time: UnixMillis,
}

/// A row to insert.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewTotpFactor {
    /// The user whose app it is.
    pub user_id: String,
    /// The secret, encrypted.
    pub secret: SealedSecret,
    /// A random name of the secret that its encryption is bound to.
    pub secret_id: String,
    /// The hash function.
    pub algorithm: TotpAlgorithm,
    /// The digits of a code.
    pub digits: TotpDigits,
    /// Seconds of a time step.
    pub period: TotpPeriod,
    /// What the user calls the app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// When the secret was made.
    pub creation_time: UnixMillis,
}

/// What changes in a row. A missing field stays as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TotpFactorPatch {
    /// The document's id.
    pub totp_id: String,
    /// The latest time step whose code was used.
    pub last_used_step: u32,
    /// When the first code was right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified_time: Option<UnixMillis>,
    /// The secret, encrypted with the newest key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<SealedSecret>,
}

/// A secret that was decrypted.
pub(crate) struct OpenedTotpSecret {
    /// The secret.
    pub(crate) secret: TotpSecret,
    /// Whether it is to be encrypted anew.
    pub(crate) is_outdated: bool,
}

impl TotpFactorRow {
    /// Whether the factor counts at sign-in.
    pub fn is_live(&self) -> bool {
        self.verified_time.is_some()
    }

    /// Whether the factor still waits for its first code.
    pub fn is_pending(&self, now: UnixMillis) -> bool {
        !self.is_live() && now < self.creation_time.plus(PENDING_LIFETIME)
    }

    /// What the app and the server agreed on.
    pub fn parameters(&self) -> TotpParameters {
        TotpParameters {
            algorithm: self.algorithm,
            digits: self.digits,
            period: self.period,
        }
    }

    /// What the encryption of the secret is bound to.
    pub(crate) fn binding(&self) -> SecretBinding<'_> {
        SecretBinding {
            purpose: SecretPurpose::Totp,
            user_id: &self.user_id,
            secret_id: &self.secret_id,
        }
    }

    /// Decrypts the secret.
    pub(crate) fn open(
        &self,
        keyring: &FactorKeyring,
    ) -> Result<OpenedTotpSecret, FactorSecretError> {
        let opened = factor_secret::open(keyring, &self.binding(), &self.secret)?;
        Ok(OpenedTotpSecret {
            secret: TotpSecret::from_bytes(&opened.plaintext),
            is_outdated: opened.is_outdated,
        })
    }
}
