//! The user handle (WebAuthn Level 3 §4): what a passkey knows of its user.

use crate::code::Pepper;

/// What separates handles from all else under the same secret.
const DOMAIN: &str = "gatehouse passkey user handle v1";

/// The handle of a user: always the same, and nothing about the user, as the
/// specification asks (§14.6.1). It is computed, so that no row is needed.
pub(super) fn user_handle(pepper: &Pepper, user_id: &str) -> [u8; 32] {
    pepper.digest(&[DOMAIN, user_id])
}
