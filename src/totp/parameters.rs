//! What an authenticator app and the server must agree on besides the secret.

use std::fmt;

use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// The hash function of the HMAC (RFC 6238, section 1.2), by its name in key
/// URIs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
pub enum TotpAlgorithm {
    /// SHA-1: what every authenticator app computes. HMAC does not need a hash
    /// without collisions, so the known attacks on SHA-1 do not apply.
    #[default]
    #[serde(rename = "SHA1")]
    Sha1,
    /// SHA-256. Some apps ignore the request and compute SHA-1.
    #[serde(rename = "SHA256")]
    Sha256,
    /// SHA-512. Some apps ignore the request and compute SHA-1.
    #[serde(rename = "SHA512")]
    Sha512,
}

impl TotpAlgorithm {
    /// The name in a key URI.
    pub fn as_str(self) -> &'static str {
        match self {
            TotpAlgorithm::Sha1 => "SHA1",
            TotpAlgorithm::Sha256 => "SHA256",
            TotpAlgorithm::Sha512 => "SHA512",
        }
    }

    /// Bytes of a secret: as many as the hash has (RFC 6238, section 5.1, and
    /// RFC 4226, section 4, R6).
    pub fn secret_length(self) -> usize {
        match self {
            TotpAlgorithm::Sha1 => 20,
            TotpAlgorithm::Sha256 => 32,
            TotpAlgorithm::Sha512 => 64,
        }
    }
}

/// The value is not one that one-time passwords can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange;

impl fmt::Display for OutOfRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the value is out of range")
    }
}

impl std::error::Error for OutOfRange {}

/// How many digits a code has: six or eight (RFC 4226, section 5.3, asks for at
/// least six; authenticator apps know no more than these).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(try_from = "u8", into = "u8")]
#[tsify(type = "6 | 8")]
pub enum TotpDigits {
    /// Six digits.
    #[default]
    Six,
    /// Eight digits. Some apps ignore the request and show six.
    Eight,
}

impl TotpDigits {
    /// What a code is reduced by: a power of ten.
    pub(crate) fn modulus(self) -> u32 {
        match self {
            TotpDigits::Six => 1_000_000,
            TotpDigits::Eight => 100_000_000,
        }
    }
}

impl From<TotpDigits> for u8 {
    fn from(digits: TotpDigits) -> u8 {
        match digits {
            TotpDigits::Six => 6,
            TotpDigits::Eight => 8,
        }
    }
}

impl TryFrom<u8> for TotpDigits {
    type Error = OutOfRange;

    fn try_from(digits: u8) -> Result<Self, OutOfRange> {
        match digits {
            6 => Ok(TotpDigits::Six),
            8 => Ok(TotpDigits::Eight),
            _ => Err(OutOfRange),
        }
    }
}

/// The length of a time step in seconds (`X` of RFC 6238, section 4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(try_from = "u32", into = "u32")]
#[tsify(type = "number")]
pub struct TotpPeriod(u32);

impl TotpPeriod {
    /// The shortest step: below it, people cannot type a code in time.
    pub const MIN: u32 = 15;

    /// The longest step: above it, a code that was seen is good for too long.
    pub const MAX: u32 = 60;

    /// The period that is nearest to `seconds`.
    pub fn nearest(seconds: u32) -> Self {
        TotpPeriod(seconds.clamp(Self::MIN, Self::MAX))
    }

    /// The length in seconds.
    pub fn seconds(self) -> u32 {
        self.0
    }
}

impl Default for TotpPeriod {
    /// Thirty seconds (RFC 6238, section 5.2).
    fn default() -> Self {
        TotpPeriod(30)
    }
}

impl From<TotpPeriod> for u32 {
    fn from(period: TotpPeriod) -> u32 {
        period.0
    }
}

impl TryFrom<u32> for TotpPeriod {
    type Error = OutOfRange;

    fn try_from(seconds: u32) -> Result<Self, OutOfRange> {
        if (Self::MIN..=Self::MAX).contains(&seconds) {
            Ok(TotpPeriod(seconds))
        } else {
            Err(OutOfRange)
        }
    }
}

/// The parameters of one factor. The default is what every app supports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TotpParameters {
    /// The hash function.
    pub algorithm: TotpAlgorithm,
    /// The digits of a code.
    pub digits: TotpDigits,
    /// The length of a time step.
    pub period: TotpPeriod,
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn digits_are_six_or_eight_and_periods_fifteen_to_sixty_seconds() {
        for digits in 0..=u8::MAX {
            let read = serde_json::from_str::<TotpDigits>(&digits.to_string());
            assert_eq!(read.is_ok(), digits == 6 || digits == 8, "{digits}");
        }
        for seconds in 0..200 {
            let read = serde_json::from_str::<TotpPeriod>(&seconds.to_string());
            assert_eq!(read.is_ok(), (15..=60).contains(&seconds), "{seconds}");
        }
        for (asked, given) in [(0, 15), (30, 30), (u32::MAX, 60)] {
            assert_eq!(TotpPeriod::nearest(asked).seconds(), given);
        }
    }

    #[test]
    fn parameters_are_stored_as_key_uris_name_them() {
        for algorithm in [
            TotpAlgorithm::Sha1,
            TotpAlgorithm::Sha256,
            TotpAlgorithm::Sha512,
        ] {
            let json = serde_json::to_string(&algorithm).unwrap();
            assert_eq!(json, format!("\"{}\"", algorithm.as_str()));
        }
        assert_eq!(serde_json::to_string(&TotpDigits::Eight).unwrap(), "8");
        assert_eq!(serde_json::to_string(&TotpPeriod::default()).unwrap(), "30");
    }
}
