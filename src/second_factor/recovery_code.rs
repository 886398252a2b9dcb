//! Recovery codes: the way in when the second factor is lost.
//!
//! Ten codes of 50 random bits, `xxxxx-xxxxx`, each good once. What is stored
//! is an HMAC under the deployment's pepper, bound to the user: 50 bits alone
//! could be searched through a plain hash. Nothing is compared without the
//! limiter's [`Permit`].

use std::fmt;

use serde::{Deserialize, Serialize};
use subtle::{Choice, ConstantTimeEq as _};
use tsify::Tsify;
use zeroize::Zeroizing;

use crate::audit::{AuditEvent, AuditEventName};
use crate::code::{HashedCode, Pepper};
use crate::entropy::Entropy;
use crate::limiter::Permit;
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::{FactorAuthority, SecondFactors};
use crate::time::UnixMillis;

/// Separates these MACs from any other use of the pepper.
const HASH_DOMAIN: &str = "gatehouse recovery code v1";

/// How many codes a user gets.
pub const CODES: usize = 10;

/// Characters of a code, without the hyphen: five bits each.
const CODE_LENGTH: usize = 10;

/// Characters before the hyphen.
const GROUP_LENGTH: usize = 5;

/// The longest text that is looked at, in bytes.
const MAX_RAW_LENGTH: usize = 64;

/// Crockford's base32 in lower case: without `i`, `l` and `o`, which are read
/// as `1` and `0`, and without `u`.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The text is no recovery code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecoveryCodeError;

impl fmt::Display for RecoveryCodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a recovery code is ten letters and digits")
    }
}

impl std::error::Error for RecoveryCodeError {}

/// A recovery code in the form that is hashed: lower case, no hyphen.
#[derive(PartialEq, Eq)]
pub struct RecoveryCode(Zeroizing<String>);

impl RecoveryCode {
    /// Draws a code, each code equally likely.
    pub fn generate(entropy: &mut Entropy) -> Self {
        let bytes = Zeroizing::new(entropy.bytes::<CODE_LENGTH>());
        let mut code = Zeroizing::new(String::with_capacity(CODE_LENGTH));
        for byte in bytes.iter() {
            // 32 divides 256, so that no character is more likely.
            let character = ALPHABET.get(usize::from(byte % 32));
            code.push(character.copied().map_or('0', char::from));
        }
        RecoveryCode(code)
    }

    /// Reads a code as a person typed it: case, spaces and hyphens do not
    /// matter, and letters that look like digits are read as these.
    ///
    /// # Errors
    /// [`RecoveryCodeError`] for what is no code. The shape of a code is no
    /// secret, so no attempt is counted for it.
    pub fn parse(raw: &str) -> Result<Self, RecoveryCodeError> {
        if raw.len() > MAX_RAW_LENGTH {
            return Err(RecoveryCodeError);
        }
        let mut code = Zeroizing::new(String::with_capacity(raw.len()));
        for character in raw.chars() {
            match character.to_ascii_lowercase() {
                '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => {}
                'o' => code.push('0'),
                'i' | 'l' => code.push('1'),
                'u' => return Err(RecoveryCodeError),
                letter @ ('0'..='9' | 'a'..='z') => code.push(letter),
                _ if character.is_whitespace() => {}
                _ => return Err(RecoveryCodeError),
            }
        }
        if code.len() == CODE_LENGTH {
            Ok(RecoveryCode(code))
        } else {
            Err(RecoveryCodeError)
        }
    }

    /// The code as it is shown: `xxxxx-xxxxx`.
    pub fn expose(&self) -> String {
        let mut shown = String::with_capacity(CODE_LENGTH + 1);
        for (index, character) in self.0.chars().enumerate() {
            if index == GROUP_LENGTH {
                shown.push('-');
            }
            shown.push(character);
        }
        shown
    }

    /// The hash that is stored: HMAC-SHA-256 under the pepper over domain
    /// label, user and code, each with its length.
    fn hash(&self, pepper: &Pepper, user_id: &str) -> HashedCode {
        pepper.mac(&[HASH_DOMAIN, user_id, &self.0])
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RecoveryCode(redacted)")
    }
}

/// A row of the table `RecoveryCodes`: what a user has left. There is one for a
/// user at most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RecoveryCodesRow {
    /// The user whose codes they are.
    pub user_id: String,
    /// The hashes of the codes that were not used.
    pub codes: Vec<HashedCode>,
    /// When they were made.
    pub creation_time: UnixMillis,
}

/// Codes that were just made.
#[derive(Clone, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct IssuedRecoveryCodes {
    /// The codes, this once.
    pub codes: Vec<String>,
    /// The row that takes the place of the one before, if there was one.
    pub row: RecoveryCodesRow,
}

impl fmt::Debug for IssuedRecoveryCodes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("IssuedRecoveryCodes")
            .field("row", &self.row)
            .finish_non_exhaustive()
    }
}

/// Makes a user's codes. All earlier ones are void: the row replaces theirs.
pub fn issue(
    user_id: &str,
    pepper: &Pepper,
    now: UnixMillis,
    entropy: &mut Entropy,
) -> IssuedRecoveryCodes {
    let codes: Vec<RecoveryCode> = (0..CODES)
        .map(|_| RecoveryCode::generate(entropy))
        .collect();
    IssuedRecoveryCodes {
        row: RecoveryCodesRow {
            user_id: user_id.to_owned(),
            codes: codes
                .iter()
                .map(|code| code.hash(pepper, user_id))
                .collect(),
            creation_time: now,
        },
        codes: codes.iter().map(RecoveryCode::expose).collect(),
    }
}

/// Uses a code up: the hashes that are left, or `None` if the code is not among
/// them. All of them are compared, in constant time.
pub fn spend(
    permit: &Permit,
    pepper: &Pepper,
    row: &RecoveryCodesRow,
    code: &RecoveryCode,
) -> Option<Vec<HashedCode>> {
    let presented = code.hash(pepper, &row.user_id);
    let mut is_any = Choice::from(0);
    let mut left = Vec::with_capacity(row.codes.len());
    for stored in &row.codes {
        let is_match = crate::code::matches(permit, stored, &presented);
        is_any |= Choice::from(u8::from(is_match));
        left.push((is_match, stored));
    }
    bool::from(is_any.ct_eq(&Choice::from(1))).then(|| {
        left.into_iter()
            .filter(|(is_match, _)| !is_match)
            .map(|(_, stored)| stored.clone())
            .collect()
    })
}

/// New codes for a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RecoveryCodesRegenerateCall {
    /// The time.
    pub now: UnixMillis,
    /// The user whose codes they are.
    pub user_id: String,
    /// The user's factors.
    pub factors: SecondFactors,
    /// Who asks.
    pub authority: FactorAuthority,
    /// Where the request came from.
    pub origin: Origin,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum RecoveryCodesRegeneration {
    /// They are made.
    Done {
        /// The codes and the row that replaces the one before.
        issued: IssuedRecoveryCodes,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
}

/// Decides whether a user gets new codes. It needs a fresh session: codes are a
/// second factor to whoever has them.
pub fn regenerate(
    call: &RecoveryCodesRegenerateCall,
    pepper: &Pepper,
    entropy: &mut Entropy,
) -> RecoveryCodesRegeneration {
    let event = AuditEventName::RecoveryCodesIssued;
    let checked = call
        .authority
        .check(&call.user_id, &call.factors, call.now)
        .and_then(|()| {
            if call.factors.enrolled().is_empty() {
                Err(ErrorCode::SecondFactorNotEnrolled.into())
            } else {
                Ok(())
            }
        });
    match checked {
        Ok(()) => RecoveryCodesRegeneration::Done {
            issued: issue(&call.user_id, pepper, call.now, entropy),
            audit: vec![AuditEvent::success(event, &call.origin).of_user(Some(&call.user_id))],
        },
        Err(refusal) => RecoveryCodesRegeneration::Refused {
            audit: vec![
                AuditEvent::refused(event, refusal.code, &call.origin).of_user(Some(&call.user_id)),
            ],
            refusal,
        },
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#[path = "recovery_code_tests.rs"]
mod tests;
