//! Which passwords are taken (NIST SP 800-63B-4, section 3.1.1).

use super::common::is_common;
use serde::{Deserialize, Serialize};
use std::fmt;
use tsify::Tsify;
use zeroize::Zeroizing;

use crate::normal_form::nfkc;

/// The least minimum length that can be configured, in characters.
pub const LEAST_MIN_LENGTH: u32 = 8;

/// The least maximum length that can be configured, in characters: NIST SP
/// 800-63B-4, section 3.1.1.2, wants at least 64 to be permitted.
pub const LEAST_MAX_LENGTH: u32 = 64;

/// The greatest maximum length that can be configured, in characters.
pub const GREATEST_MAX_LENGTH: u32 = 256;

/// Most bytes of a password as typed, looked at before anything else: the
/// greatest maximum length in the widest characters.
pub const MAX_RAW_BYTES: usize = 1024;

/// What stands in for an unpaired surrogate after the text has crossed from
/// JavaScript: different passwords would become the same.
const REPLACEMENT_CHARACTER: char = '\u{FFFD}';

/// Why a password was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordError {
    /// Fewer characters than the policy asks for.
    TooShort {
        /// The fewest characters, in Unicode scalar values after NFKC.
        min: u32,
    },
    /// More characters than the policy allows, or more than [`MAX_RAW_BYTES`]
    /// bytes.
    TooLong {
        /// The most characters, in Unicode scalar values after NFKC.
        max: u32,
    },
    /// NUL, at which other systems end a password, or U+FFFD, which stands for
    /// an unpaired surrogate.
    InvalidCharacter,
    /// One of the passwords that everybody tries first.
    TooCommon,
}

impl fmt::Display for PasswordError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PasswordError::TooShort { min } => {
                write!(formatter, "the password has fewer than {min} characters")
            }
            PasswordError::TooLong { max } => {
                write!(formatter, "the password has more than {max} characters")
            }
            PasswordError::InvalidCharacter => {
                formatter.write_str("the password contains an invalid character")
            }
            PasswordError::TooCommon => formatter.write_str("the password is too common"),
        }
    }
}

impl std::error::Error for PasswordError {}

/// A password as a person typed it. Wiped when dropped.
pub struct Password {
    normalized: Zeroizing<String>,
    raw: Zeroizing<String>,
}

impl Password {
    /// Takes a password that is to be compared with a stored one. The policy is
    /// not applied: it may have been another when the password was set.
    ///
    /// # Errors
    /// [`PasswordError::TooLong`] above [`MAX_RAW_BYTES`] bytes, looked at
    /// first, and [`PasswordError::InvalidCharacter`]. Neither depends on the
    /// account, so both may be told.
    pub fn presented(raw: &str) -> Result<Self, PasswordError> {
        if raw.len() > MAX_RAW_BYTES {
            return Err(PasswordError::TooLong {
                max: GREATEST_MAX_LENGTH,
            });
        }
        if raw.contains(['\0', REPLACEMENT_CHARACTER]) {
            return Err(PasswordError::InvalidCharacter);
        }
        // The room is measured first, so that the text never moves and leaves
        // an unwiped copy behind.
        let size = nfkc(raw).map(char::len_utf8).sum();
        let mut normalized = Zeroizing::new(String::with_capacity(size));
        normalized.extend(nfkc(raw));
        Ok(Password {
            normalized,
            raw: Zeroizing::new(raw.to_owned()),
        })
    }

    /// The NFKC form, which our own hashes and most others are made of: the
    /// same keys give different code points on different systems (NIST SP
    /// 800-63B-4, section 3.1.1.2).
    pub(super) fn normalized(&self) -> &[u8] {
        self.normalized.as_bytes()
    }

    /// The form as typed, which bcrypt hashes of other systems are made of.
    pub(super) fn raw(&self) -> &[u8] {
        self.raw.as_bytes()
    }

    /// The length in Unicode scalar values after NFKC.
    fn length(&self) -> u32 {
        u32::try_from(self.normalized.chars().count()).unwrap_or(u32::MAX)
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(redacted)")
    }
}

/// What a new password must be. There are no rules about kinds of characters:
/// they make passwords harder to remember, not to guess (NIST SP 800-63B-4,
/// section 3.1.1.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", default)]
pub struct PasswordPolicy {
    /// Fewest characters, in Unicode scalar values after NFKC. Values below 8
    /// are taken as 8, values above the maximum as the maximum. 8 by default.
    pub min_length: u32,
    /// Most characters, in Unicode scalar values after NFKC. Values below 64 are
    /// taken as 64, values above 256 as 256. 128 by default.
    pub max_length: u32,
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        PasswordPolicy {
            min_length: LEAST_MIN_LENGTH,
            max_length: 128,
        }
    }
}

impl PasswordPolicy {
    /// Checks a password that is to be set.
    ///
    /// # Errors
    /// See [`PasswordError`]; the size in bytes is checked first.
    pub fn check(&self, raw: &str) -> Result<Password, PasswordError> {
        let max = self.max_length.clamp(LEAST_MAX_LENGTH, GREATEST_MAX_LENGTH);
        let min = self.min_length.clamp(LEAST_MIN_LENGTH, max);
        let password = Password::presented(raw).map_err(|error| match error {
            PasswordError::TooLong { .. } => PasswordError::TooLong { max },
            other => other,
        })?;
        let length = password.length();
        if length < min {
            return Err(PasswordError::TooShort { min });
        }
        if length > max {
            return Err(PasswordError::TooLong { max });
        }
        if is_common(&password.normalized) {
            return Err(PasswordError::TooCommon);
        }
        Ok(password)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn refused(raw: &str) -> Option<PasswordError> {
        PasswordPolicy::default().check(raw).err()
    }

    #[test]
    fn lengths_are_counted_in_characters_after_nfkc() {
        let too_short = Some(PasswordError::TooShort { min: 8 });
        assert_eq!(refused(""), too_short);
        assert_eq!(refused("pässwör"), too_short);
        assert_eq!(refused("pässwörd"), None);
        // Decomposed, it has ten characters and is the same password.
        assert_eq!(refused("pa\u{308}sswo\u{308}r"), too_short);
        assert_eq!(refused("ﬁve ﬁsh"), None);
        let longest = "correct horse ".repeat(10).get(..128).unwrap().to_owned();
        assert_eq!(refused(&longest), None);
        assert_eq!(
            refused(&format!("{longest}x")),
            Some(PasswordError::TooLong { max: 128 })
        );
    }

    #[test]
    fn a_megabyte_is_refused_by_its_size() {
        let megabyte = "\0".repeat(1_000_000);
        assert_eq!(
            refused(&megabyte),
            Some(PasswordError::TooLong { max: 128 })
        );
        assert_eq!(
            Password::presented(&megabyte).err(),
            Some(PasswordError::TooLong { max: 256 })
        );
    }

    #[test]
    fn nul_and_unpaired_surrogates_are_refused() {
        for raw in ["correct\0horse", "correct\u{fffd}horse"] {
            assert_eq!(refused(raw), Some(PasswordError::InvalidCharacter));
            let presented = Password::presented(raw).err();
            assert_eq!(presented, Some(PasswordError::InvalidCharacter));
        }
    }

    #[test]
    fn passwords_that_everybody_tries_are_refused() {
        for raw in [
            "password",
            "Password1",
            "12345678",
            "aaaaaaaaaaaa",
            "ｐａｓｓｗｏｒｄ",
        ] {
            assert_eq!(refused(raw), Some(PasswordError::TooCommon), "{raw}");
        }
    }

    #[test]
    fn spaces_and_every_kind_of_character_are_allowed() {
        for raw in [
            "        x       ",
            "🦀🦀🦀🦀🦀🦀🦀🐚",
            "correct horse battery staple",
        ] {
            assert_eq!(refused(raw), None, "{raw}");
        }
    }

    #[test]
    fn a_policy_cannot_leave_its_bounds() {
        let policy: PasswordPolicy =
            serde_json::from_str(r#"{ "minLength": 1, "maxLength": 9 }"#).unwrap();
        assert_eq!(
            policy.check("short").err(),
            Some(PasswordError::TooShort { min: 8 })
        );
        assert!(policy.check(&"correct ".repeat(8)).is_ok());
        let strict = PasswordPolicy {
            min_length: 1_000,
            max_length: 10_000,
        };
        let error = strict.check("correct horse").err();
        assert_eq!(error, Some(PasswordError::TooShort { min: 256 }));
        assert_eq!(
            serde_json::from_str::<PasswordPolicy>("{}").unwrap(),
            PasswordPolicy::default()
        );
    }

    #[test]
    fn a_presented_password_may_be_short_and_common() {
        assert!(Password::presented("").is_ok());
        assert!(Password::presented("password").is_ok());
    }

    #[test]
    fn the_password_is_not_printed() {
        let password = Password::presented("correct horse").unwrap();
        assert_eq!(format!("{password:?}"), "Password(redacted)");
    }
}
