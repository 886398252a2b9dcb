//! Setting up an authenticator app: the secret, shown once.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::row::NewTotpFactor;
use crate::audit::{AuditEvent, AuditEventName};
use crate::entropy::Entropy;
use crate::factor_secret::{self, FactorKeyring, SecretBinding, SecretPurpose};
use crate::identifier;
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::{FactorAuthority, SecondFactorPolicy, SecondFactors};
use crate::time::UnixMillis;
use crate::totp::TotpSecret;
use crate::totp::key_uri;
use crate::totp::{TotpAlgorithm, TotpDigits, TotpParameters, TotpPeriod};

/// The most authenticator apps of one user. Each one more is one more code that
/// a guess may hit.
const MAX_FACTORS: usize = 5;

/// The longest name of an app, in characters.
const MAX_NAME_LENGTH: usize = 64;

/// The app's settings for authenticator apps. Missing settings have the values
/// that every authenticator app knows, and values out of range are moved to the
/// nearest bound.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TotpConfig {
    /// What authenticator apps show as the name of the service.
    pub issuer: String,
    /// The hash function: SHA-1 by default.
    #[serde(default)]
    pub algorithm: Option<TotpAlgorithm>,
    /// Digits of a code: six by default, or eight.
    #[serde(default)]
    pub digits: Option<u32>,
    /// Seconds of a time step: 30 by default, 15 to 60.
    #[serde(default)]
    pub period: Option<u32>,
}

impl TotpConfig {
    /// The parameters of new secrets.
    pub fn parameters(&self) -> TotpParameters {
        TotpParameters {
            algorithm: self.algorithm.unwrap_or_default(),
            digits: match self.digits {
                Some(8..) => TotpDigits::Eight,
                _ => TotpDigits::Six,
            },
            period: self
                .period
                .map_or_else(TotpPeriod::default, TotpPeriod::nearest),
        }
    }
}

/// An app to set up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TotpEnrollCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: TotpConfig,
    /// The user whose app it is.
    pub user_id: String,
    /// What authenticator apps show as the name of the account: the user's
    /// e-mail address, mostly.
    pub account: String,
    /// What the user calls the app.
    #[serde(default)]
    pub name: Option<String>,
    /// The user's factors, live and pending.
    pub factors: SecondFactors,
    /// Who asks.
    pub authority: FactorAuthority,
    /// Where the request came from.
    pub origin: Origin,
}

/// The decision.
#[derive(Clone, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum TotpEnrollment {
    /// The secret waits for its first code.
    Done {
        /// What is shown as a QR code, this once.
        uri: String,
        /// The secret in base32, for people who type it, this once.
        secret: String,
        /// The row to insert.
        row: NewTotpFactor,
        /// The ids of earlier secrets that waited; none of them is live.
        remove: Vec<String>,
    },
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
}

impl fmt::Debug for TotpEnrollment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TotpEnrollment::Done { row, remove, .. } => formatter
                .debug_struct("Done")
                .field("row", row)
                .field("remove", remove)
                .finish_non_exhaustive(),
            TotpEnrollment::Refused { refusal, .. } => formatter
                .debug_struct("Refused")
                .field("refusal", refusal)
                .finish_non_exhaustive(),
        }
    }
}

/// Makes the secret of a new authenticator app. Live ones stay as they are and
/// go on working; secrets that still wait for their first code are replaced.
pub fn enroll(
    call: &TotpEnrollCall,
    keyring: &FactorKeyring,
    entropy: &mut Entropy,
) -> TotpEnrollment {
    match make(call, keyring, entropy) {
        Ok(done) => done,
        Err(refusal) => {
            let event = AuditEventName::SecondFactorEnrolled;
            let refused = AuditEvent::refused(event, refusal.code, &call.origin);
            TotpEnrollment::Refused {
                audit: vec![refused.of_user(Some(&call.user_id))],
                refusal,
            }
        }
    }
}

fn make(
    call: &TotpEnrollCall,
    keyring: &FactorKeyring,
    entropy: &mut Entropy,
) -> Result<TotpEnrollment, Refusal> {
    if call.factors.config.policy() == SecondFactorPolicy::Off {
        return Err(ErrorCode::SecondFactorsOff.into());
    }
    let own = || {
        call.factors
            .totps
            .iter()
            .filter(|factor| factor.user_id == call.user_id)
    };
    let live = own().filter(|factor| factor.is_live()).count();
    call.authority
        .check(&call.user_id, &call.factors, call.now)?;
    if live >= MAX_FACTORS {
        return Err(ErrorCode::TotpLimitReached.into());
    }
    let name = call.name.as_deref().map(check_name).transpose()?;
    let parameters = call.config.parameters();
    let secret = TotpSecret::generate(parameters.algorithm, entropy);
    let uri = key_uri(&call.config.issuer, &call.account, &secret, parameters)
        .map_err(|error| Refusal::with_message(ErrorCode::InvalidParameters, error.to_string()))?;
    let secret_id = URL_SAFE_NO_PAD.encode(entropy.bytes::<16>());
    let binding = SecretBinding {
        purpose: SecretPurpose::Totp,
        user_id: &call.user_id,
        secret_id: &secret_id,
    };
    let sealed = factor_secret::seal(keyring, &binding, secret.as_bytes(), entropy)
        .map_err(|_| Refusal::from(ErrorCode::InternalError))?;
    Ok(TotpEnrollment::Done {
        uri: uri.to_string(),
        secret: secret.to_base32().to_string(),
        row: NewTotpFactor {
            user_id: call.user_id.clone(),
            secret: sealed,
            secret_id,
            algorithm: parameters.algorithm,
            digits: parameters.digits,
            period: parameters.period,
            name,
            creation_time: call.now,
        },
        remove: own()
            .filter(|factor| !factor.is_live())
            .map(|factor| factor.id.clone())
            .collect(),
    })
}

fn check_name(name: &str) -> Result<String, Refusal> {
    identifier::display_text(name, MAX_NAME_LENGTH).map_err(|error| {
        let message = format!("`name` is not valid: {error}");
        Refusal::with_message(ErrorCode::InvalidParameters, message)
    })
}
