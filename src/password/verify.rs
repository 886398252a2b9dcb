//! Comparison of a presented password with a stored hash.

use super::hash::{Argon2Parameters, PasswordHash, SALT_BYTES, argon2id};
use super::policy::Password;
use super::stored::StoredHash;
use crate::limiter::Permit;

/// The salt of the work that is done when there is nothing to compare with. Its
/// value is of no importance, as the result is thrown away.
const DUMMY_SALT: [u8; SALT_BYTES] = *b"gatehouse dummy ";

/// The result of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verification {
    /// The password is the one that the stored hash was made of.
    Match {
        /// The stored hash was made by another algorithm or with other
        /// parameters than the ones wanted, so a new one is to be stored.
        rehash: bool,
    },
    /// The password is another one, or there is no hash that can be verified.
    Mismatch,
}

/// Compares a presented password with the stored hash of an account.
///
/// `stored` is `None` when there is no account, or none with a password. Then,
/// and when the stored text cannot be read or asks for too much work, one hash
/// with `parameters` is computed all the same: how long the answer takes does
/// not tell whether an account exists. (An imported hash that was not upgraded
/// yet takes its own algorithm's time.)
///
/// Our own hashes and those of Argon2 and scrypt are compared over the NFKC
/// form, bcrypt over the password as typed, of which it reads 72 bytes.
pub fn verify(
    _permit: &Permit,
    presented: &Password,
    stored: Option<&PasswordHash>,
    parameters: &Argon2Parameters,
) -> Verification {
    let hash = stored.and_then(|stored| StoredHash::parse(stored.as_str()));
    let matches = hash.as_ref().and_then(|hash| hash.matches(presented));
    match (hash, matches) {
        (Some(hash), Some(true)) => Verification::Match {
            rehash: !hash.is_current(parameters),
        },
        (Some(_), Some(false)) => Verification::Mismatch,
        (_, None) | (None, Some(_)) => {
            std::hint::black_box(argon2id(presented, parameters, &DUMMY_SALT));
            Verification::Mismatch
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#[path = "verify_tests.rs"]
mod tests;
