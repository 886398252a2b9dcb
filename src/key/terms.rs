//! The name, the expiry and the limits of a key.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::KeyConfiguration;
use super::limits::{KeyQuota, KeyRateLimit};
use crate::identifier;
use crate::permission::Statement;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::{Millis, UnixMillis};

/// The longest name, in characters.
const MAX_NAME_LENGTH: usize = 64;

/// The largest metadata, in bytes as JSON: they are read by every verification.
const MAX_METADATA_LENGTH: f64 = 4_096.0;

/// What a key is to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyTerms {
    /// Its name.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<Statement>,
    /// How many uses there may be in a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<KeyRateLimit>,
    /// How many uses there are in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<KeyQuota>,
    /// From when on it no longer works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<UnixMillis>,
    /// How large the app's own data about it are, in bytes as JSON.
    #[serde(deserialize_with = "crate::number::read")]
    pub metadata_length: f64,
    /// Whether it is revoked when who made it leaves the group.
    pub revoke_on_leave: bool,
}

/// A name in the form in which it is stored.
///
/// # Errors
/// `INVALID_PARAMETERS`.
pub(super) fn check_name(name: &str) -> Result<String, Refusal> {
    identifier::display_text(name, MAX_NAME_LENGTH)
        .map_err(|error| invalid("name", &error.to_string()))
}

/// From when on a key no longer works, if it ends at all.
///
/// # Errors
/// `INVALID_PARAMETERS`.
pub(super) fn check_expiry(
    expires_at: Option<UnixMillis>,
    configuration: &KeyConfiguration,
    now: UnixMillis,
) -> Result<Option<UnixMillis>, Refusal> {
    let Some(expires_at) = expires_at else {
        return Ok(configuration
            .default_lifetime()
            .map(|lifetime| now.plus(lifetime)));
    };
    let (least, most) = configuration.lifetimes();
    if now.plus(least) <= expires_at && expires_at <= now.plus(most) {
        Ok(Some(expires_at))
    } else {
        let days = |time: Millis| time.0 / Millis::DAY.0;
        Err(invalid(
            "expiresAt",
            &format!("it must be {} to {} days from now", days(least), days(most)),
        ))
    }
}

/// Makes sure that the app's own data are not too large.
///
/// # Errors
/// `INVALID_PARAMETERS`.
pub(super) fn check_metadata(length: f64) -> Result<(), Refusal> {
    if length <= MAX_METADATA_LENGTH {
        Ok(())
    } else {
        Err(invalid(
            "metadata",
            "they are larger than 4,096 bytes as JSON",
        ))
    }
}

fn invalid(field: &str, reason: &str) -> Refusal {
    Refusal::with_message(
        ErrorCode::InvalidParameters,
        format!("`{field}` is not valid: {reason}"),
    )
}
