//! Trusted devices: where a user is not asked for the second factor again.
//!
//! The device keeps a token of 256 random bits, which is replaced each time it
//! is used; the row keeps its hash. The trust ends a fixed time after the
//! second factor was proved, however often the device is used, and all of a
//! user's devices are forgotten when the factors are switched off, the password
//! changes or a recovery code is used: those decisions say so in their answers.

use std::fmt;

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use zeroize::Zeroizing;

use crate::entropy::Entropy;
use crate::origin::Origin;
use crate::time::{Millis, UnixMillis};
use crate::token::{self, HashedSecret};

/// What the tokens of trusted devices begin with.
const PREFIX: &str = "td";

/// Random bytes of a token.
const LENGTH: usize = 32;

/// How many days a device is trusted, when the app does not say.
const DEFAULT_DAYS: u32 = 30;

/// The most days that a device is trusted.
const MAX_DAYS: u32 = 365;

/// The app's settings for trusted devices.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TrustedDeviceConfig {
    /// Days until the second factor is asked for again: 30 by default, 365 at
    /// most. With 0, no device is trusted, those of earlier included.
    #[serde(default)]
    pub days: Option<u32>,
}

impl TrustedDeviceConfig {
    /// How long a device is trusted, if devices are trusted at all.
    pub fn lifetime(&self) -> Option<Millis> {
        let days = self.days.unwrap_or(DEFAULT_DAYS).min(MAX_DAYS);
        (days > 0).then(|| Millis::DAY.times(f64::from(days)))
    }
}

/// A row of the table `TrustedDevice`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TrustedDeviceRow {
    /// The user who trusts the device.
    pub user_id: String,
    /// The hash of the current token.
    pub token_hash: HashedSecret,
    /// When the second factor was proved on the device.
    pub creation_time: UnixMillis,
    /// When the device was last recognised.
    pub last_used_time: UnixMillis,
    /// Until when it is trusted.
    pub expiration_time: UnixMillis,
    /// The device's software, for the user's list of devices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
}

/// A device that is trusted from now on.
#[derive(Clone, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewTrustedDevice {
    /// The token for the device, this once.
    pub token: String,
    /// The row to insert.
    pub row: TrustedDeviceRow,
}

impl fmt::Debug for NewTrustedDevice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("NewTrustedDevice")
            .field("row", &self.row)
            .finish_non_exhaustive()
    }
}

/// What changes in the row of a device that was recognised.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TrustedDevicePatch {
    /// The hash of the next token.
    pub token_hash: HashedSecret,
    /// When the device was recognised.
    pub last_used_time: UnixMillis,
}

/// What becomes of a trusted device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum TrustedDeviceWrite {
    /// It stays as it is, if there is one.
    Keep,
    /// The one that was presented was recognised.
    Rotate {
        /// What changes.
        patch: TrustedDevicePatch,
    },
    /// One is trusted from now on, in place of the one that was presented.
    Insert {
        /// The row.
        row: TrustedDeviceRow,
    },
}

/// The proof that a user trusts the device that a request comes from. Only
/// [`recognize`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct TrustedDevice(());

impl TrustedDevice {
    /// A proof for the tests of the decisions that ask for one.
    #[cfg(test)]
    pub(crate) fn for_test() -> Self {
        TrustedDevice(())
    }
}

/// Whether a device is trusted.
pub enum Recognition {
    /// It is.
    Trusted {
        /// The proof.
        device: TrustedDevice,
        /// The token that replaces the one that was presented.
        token: String,
        /// What is stored of it.
        patch: TrustedDevicePatch,
    },
    /// It is not.
    Unknown,
}

/// Trusts a device, after a second factor was proved on it. It is `None` if the
/// app trusts none.
pub fn trust(
    user_id: &str,
    config: &TrustedDeviceConfig,
    origin: &Origin,
    now: UnixMillis,
    entropy: &mut Entropy,
) -> Option<NewTrustedDevice> {
    let lifetime = config.lifetime()?;
    let (token, token_hash) = mint(entropy);
    Some(NewTrustedDevice {
        token,
        row: TrustedDeviceRow {
            user_id: user_id.to_owned(),
            token_hash,
            creation_time: now,
            last_used_time: now,
            expiration_time: now.plus(lifetime),
            user_agent: origin.bounded_user_agent(),
        },
    })
}

/// The hash by which the row of a token is found; `None` for a text that is no
/// token, for which nothing has to be read.
pub fn present(text: &str) -> Option<HashedSecret> {
    token::decode::<LENGTH>(PREFIX, text)
        .ok()
        .map(|secret| HashedSecret::of(secret.as_slice()))
}

/// Decides whether the device whose row was found by a token is trusted by the
/// user who has just proved the first factor. The token that was presented is
/// void from then on; if the answer gets lost, the user is asked for the second
/// factor once more.
pub fn recognize(
    row: Option<&TrustedDeviceRow>,
    user_id: &str,
    config: &TrustedDeviceConfig,
    now: UnixMillis,
    entropy: &mut Entropy,
) -> Recognition {
    let Some(row) = row else {
        return Recognition::Unknown;
    };
    // A setting that was lowered holds for devices of before, too.
    let is_live = config
        .lifetime()
        .is_some_and(|lifetime| now < row.expiration_time.min(row.creation_time.plus(lifetime)));
    if !is_live {
        return Recognition::Unknown;
    }
    if row.user_id != user_id {
        // Somebody else signs in on the device; its owner still trusts it.
        return Recognition::Unknown;
    }
    let (token, token_hash) = mint(entropy);
    Recognition::Trusted {
        device: TrustedDevice(()),
        token,
        patch: TrustedDevicePatch {
            token_hash,
            last_used_time: now,
        },
    }
}

/// A new token and its hash.
fn mint(entropy: &mut Entropy) -> (String, HashedSecret) {
    let secret = Zeroizing::new(entropy.bytes::<LENGTH>());
    (
        token::encode(PREFIX, secret.as_slice()),
        HashedSecret::of(secret.as_slice()),
    )
}

#[cfg(test)]
#[expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
mod tests {
    use super::*;

    const NOW: UnixMillis = UnixMillis(1e12);

    fn days(days: u32) -> TrustedDeviceConfig {
        TrustedDeviceConfig { days: Some(days) }
    }

    fn trusted() -> NewTrustedDevice {
        let mut entropy = Entropy::from_seed([5; 32]);
        let config = TrustedDeviceConfig::default();
        trust("ada", &config, &Origin::default(), NOW, &mut entropy).unwrap()
    }

    fn at(
        row: &TrustedDeviceRow,
        user: &str,
        config: &TrustedDeviceConfig,
        now: UnixMillis,
    ) -> Recognition {
        recognize(
            Some(row),
            user,
            config,
            now,
            &mut Entropy::from_seed([6; 32]),
        )
    }

    fn is_trusted(recognition: &Recognition) -> bool {
        matches!(recognition, Recognition::Trusted { .. })
    }

    #[test]
    fn a_device_is_found_by_the_hash_of_its_token() {
        let device = trusted();
        assert_eq!(present(&device.token), Some(device.row.token_hash.clone()));
        assert!(device.token.starts_with("td_"));
        assert!(!format!("{device:?}").contains(&device.token));
        for other in ["", "td_", &device.token.replace("td_", "rt_"), "td_000"] {
            assert_eq!(present(other), None);
        }
    }

    #[test]
    fn a_token_is_replaced_each_time_it_is_used() {
        let device = trusted();
        let config = TrustedDeviceConfig::default();
        match at(&device.row, "ada", &config, NOW) {
            Recognition::Trusted { token, patch, .. } => {
                assert_ne!(token, device.token);
                assert_ne!(patch.token_hash, device.row.token_hash);
                assert_eq!(present(&token), Some(patch.token_hash));
            }
            Recognition::Unknown => panic!("the device is trusted"),
        }
    }

    #[test]
    fn trust_ends_a_fixed_time_after_the_second_factor() {
        let row = trusted().row;
        let config = TrustedDeviceConfig::default();
        let end = NOW.plus(Millis::DAY.times(30.0));
        assert_eq!(row.expiration_time, end);
        assert!(is_trusted(&at(
            &row,
            "ada",
            &config,
            UnixMillis(end.0 - 1.0)
        )));
        assert!(matches!(
            at(&row, "ada", &config, end),
            Recognition::Unknown
        ));
        assert!(!is_trusted(&at(&row, "ada", &config, UnixMillis(f64::NAN))));
    }

    #[test]
    fn the_setting_is_bounded_and_holds_for_devices_of_before() {
        for (asked, given) in [(None, 30.0), (Some(1), 1.0), (Some(9_999), 365.0)] {
            let lifetime = TrustedDeviceConfig { days: asked }.lifetime();
            assert_eq!(lifetime, Some(Millis::DAY.times(given)));
        }
        let row = trusted().row;
        let tomorrow = NOW.plus(Millis::DAY);
        assert!(is_trusted(&at(&row, "ada", &days(2), tomorrow)));
        assert!(!is_trusted(&at(&row, "ada", &days(1), tomorrow)));
        assert!(!is_trusted(&at(&row, "ada", &days(0), NOW)));
        let mut entropy = Entropy::from_seed([5; 32]);
        let none = trust("ada", &days(0), &Origin::default(), NOW, &mut entropy);
        assert_eq!(none, None);
    }

    #[test]
    fn a_device_is_trusted_by_its_user_only() {
        let row = trusted().row;
        let config = TrustedDeviceConfig::default();
        assert!(matches!(
            at(&row, "eve", &config, NOW),
            Recognition::Unknown
        ));
        let none = recognize(None, "ada", &config, NOW, &mut Entropy::from_seed([6; 32]));
        assert!(!is_trusted(&none));
    }
}
