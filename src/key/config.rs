//! The app's settings for API keys.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::permission::Statement;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::Millis;

/// The name of the configuration of keys that name none.
pub const DEFAULT_CONFIGURATION: &str = "default";

/// What keys begin with when the app does not say.
const DEFAULT_PREFIX: &str = "sk";

/// The longest prefix, without the `_` at its end.
const MAX_PREFIX_LENGTH: usize = 32;

/// How many keys an owner may have that are not revoked, when the app does not
/// say.
const DEFAULT_KEYS_PER_OWNER: u32 = 50;

/// The most keys that an owner may have, whatever the app sets: they are
/// counted in the transaction that makes another.
pub const MAX_KEYS_PER_OWNER: u32 = 500;

/// The bounds of a key's lifetime, when the app does not say.
const DEFAULT_MIN_LIFETIME: Millis = Millis::DAY;
const DEFAULT_MAX_LIFETIME: Millis = Millis::DAY.times(365.0);

/// For how long keys that no longer work are kept, when the app does not say.
const DEFAULT_RETENTION: Millis = Millis::DAY.times(30.0);

/// The longest time that a key can be asked to live or be kept.
const LONGEST: Millis = Millis::DAY.times(3_660.0);

/// A kind of keys.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyConfiguration {
    /// Its name.
    pub config_id: String,
    /// What its keys begin with, `sk` when missing. A `_` at its end may be
    /// left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// All scopes that keys can have; any when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<Statement>>,
    /// How long keys live that name no expiry; for ever when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_lifetime_ms: Option<Millis>,
    /// The shortest lifetime that a key can name: a day when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_lifetime_ms: Option<Millis>,
    /// The longest: 365 days when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_lifetime_ms: Option<Millis>,
    /// For how long keys are kept that have expired, are used up or were
    /// revoked: 30 days when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention_ms: Option<Millis>,
    /// How many keys an owner may have that are not revoked: 50 when missing,
    /// at most 500.
    #[serde(
        default,
        deserialize_with = "crate::number::read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub keys_per_owner: Option<f64>,
}

/// The app's settings for API keys. Without any, there is one kind, with the
/// name `default`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeysConfig {
    /// The kinds of keys.
    pub configurations: Vec<KeyConfiguration>,
}

impl KeysConfig {
    /// The kind of this name, the default one without a name.
    ///
    /// # Errors
    /// `INVALID_PARAMETERS` if there is none, or if it is not set up rightly.
    pub(super) fn configuration(&self, name: Option<&str>) -> Result<KeyConfiguration, Refusal> {
        let name = name.unwrap_or(DEFAULT_CONFIGURATION);
        let found = self
            .configurations
            .iter()
            .find(|configuration| configuration.config_id == name)
            .cloned();
        let configuration = match found {
            Some(configuration) => configuration,
            None if self.configurations.is_empty() && name == DEFAULT_CONFIGURATION => {
                KeyConfiguration {
                    config_id: name.to_owned(),
                    ..KeyConfiguration::default()
                }
            }
            None => return Err(invalid("configId", "there is no such configuration")),
        };
        if is_prefix(configuration.prefix()) {
            Ok(configuration)
        } else {
            Err(invalid(
                "prefix",
                "it must be 1 to 32 letters, digits, `_` and `-`, and begin with a letter",
            ))
        }
    }
}

impl KeyConfiguration {
    /// What its keys begin with, without the `_`.
    pub(super) fn prefix(&self) -> &str {
        self.prefix.as_deref().map_or(DEFAULT_PREFIX, |prefix| {
            prefix.strip_suffix('_').unwrap_or(prefix)
        })
    }

    /// How many keys an owner may have that are not revoked.
    pub(super) fn keys_per_owner(&self) -> u32 {
        let wanted = self.keys_per_owner.unwrap_or(f64::NAN);
        (0..=MAX_KEYS_PER_OWNER)
            .find(|count| f64::from(*count) >= wanted)
            .unwrap_or(if wanted.is_nan() {
                DEFAULT_KEYS_PER_OWNER
            } else {
                MAX_KEYS_PER_OWNER
            })
    }

    /// How long keys live that name no expiry.
    pub(super) fn default_lifetime(&self) -> Option<Millis> {
        self.default_lifetime_ms.map(bounded)
    }

    /// The shortest and the longest lifetime that a key can name.
    pub(super) fn lifetimes(&self) -> (Millis, Millis) {
        (
            bounded(self.min_lifetime_ms.unwrap_or(DEFAULT_MIN_LIFETIME)),
            bounded(self.max_lifetime_ms.unwrap_or(DEFAULT_MAX_LIFETIME)),
        )
    }

    /// For how long keys are kept that no longer work.
    pub(super) fn retention(&self) -> Millis {
        bounded(self.retention_ms.unwrap_or(DEFAULT_RETENTION))
    }
}

fn bounded(time: Millis) -> Millis {
    if time.0.is_nan() {
        DEFAULT_RETENTION
    } else {
        Millis(time.0.clamp(0.0, LONGEST.0))
    }
}

fn is_prefix(prefix: &str) -> bool {
    prefix.len() <= MAX_PREFIX_LENGTH
        && prefix.starts_with(|first: char| first.is_ascii_alphabetic())
        && prefix
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

fn invalid(field: &str, reason: &str) -> Refusal {
    Refusal::with_message(
        ErrorCode::InvalidParameters,
        format!("`{field}` is not valid: {reason}"),
    )
}
