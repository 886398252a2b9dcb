//! The settings of a password provider.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::password::{Argon2Parameters, PasswordPolicy};
use crate::time::Millis;

/// A code lives one hour by default: long enough for a slow mail server.
const DEFAULT_CODE_LIFETIME: Millis = Millis::HOUR;

/// The app's settings for a provider of the kind `password`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasswordConfig {
    /// The provider's id.
    pub provider: String,
    /// What new passwords must look like.
    #[serde(default)]
    pub policy: PasswordPolicy,
    /// The cost of hashing.
    #[serde(default)]
    pub argon2: Argon2Parameters,
    /// Whether an e-mail address must be proved before the first session.
    pub require_email_verification: bool,
    /// Digits of a generated code: 8 by default, 6 to 12.
    #[serde(default)]
    pub code_digits: Option<u8>,
    /// Milliseconds a code is valid: one hour by default, one minute to one
    /// day.
    #[serde(default)]
    pub code_lifetime_ms: Option<Millis>,
}

impl PasswordConfig {
    /// Digits of a generated code.
    pub fn code_digits(&self) -> u8 {
        self.code_digits.unwrap_or(8).clamp(6, 12)
    }

    /// How long a code is valid.
    pub fn code_lifetime(&self) -> Millis {
        match self.code_lifetime_ms {
            Some(Millis(value)) if value.is_finite() => {
                Millis(value.clamp(Millis::MINUTE.0, Millis::DAY.0))
            }
            _ => DEFAULT_CODE_LIFETIME,
        }
    }
}
