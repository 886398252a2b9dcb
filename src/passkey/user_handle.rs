//! The user handle (WebAuthn Level 3 §4): what a passkey knows of its user.

use crate::code::Pepper;
use crate::refusal::{ErrorCode, Refusal};
use crate::webauthn::encoding;

/// What separates handles from all else under the same secret.
const DOMAIN: &str = "gatehouse passkey user handle v1";

/// Bytes of a handle: as many as the hash has, and half of what the
/// specification allows.
pub(super) const LENGTH: usize = 32;

/// The handle of a user: always the same, and nothing about the user, as the
/// specification asks (§14.6.1). It is computed, so that no row is needed.
pub(super) fn user_handle(pepper: &Pepper, user_id: &str) -> [u8; LENGTH] {
    pepper.digest(&[DOMAIN, user_id])
}

/// The handle of a user, or the `stored` one of a passkey that was made before
/// there was a user: with a sign-up.
///
/// # Errors
/// `INTERNAL_ERROR` if what was stored cannot be read.
pub(super) fn handle_of(
    pepper: &Pepper,
    user_id: &str,
    stored: Option<&str>,
) -> Result<Vec<u8>, Refusal> {
    match stored {
        None => Ok(user_handle(pepper, user_id).to_vec()),
        Some(text) => {
            encoding::decode(text, LENGTH).map_err(|_| Refusal::from(ErrorCode::InternalError))
        }
    }
}
