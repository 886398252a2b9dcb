//! The refresh token: its form, its row, and its successor.
//!
//! A session has one family of refresh tokens and one row for it. A token is a
//! family selector and a secret. The row knows the hash of the current secret
//! and of the one before it. The successor of a secret is derived from that
//! secret and a random salt in the row, so that everybody who presents the
//! same token during the grace period gets the same successor: fifty
//! concurrent refreshes leave one live token.
//!
//! Whoever presents the selector with any other secret holds a token that was
//! used before: only a holder of the family can know its 128 random bits.

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use tsify::Tsify;
use zeroize::Zeroizing;

use super::row::SessionCopy;
use crate::entropy::Entropy;
use crate::time::UnixMillis;
use crate::token::{self, HashedSecret, TokenError};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

const PREFIX: &str = "rt";
const SELECTOR_LENGTH: usize = 16;
const SECRET_LENGTH: usize = 32;
const PAYLOAD_LENGTH: usize = SELECTOR_LENGTH + SECRET_LENGTH;

/// Binds derived secrets to their use.
const DERIVATION_LABEL: &[u8] = b"gatehouse refresh token successor v1";

/// A row of the table `RefreshToken`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RefreshTokenRow {
    /// The session.
    pub session_id: String,
    /// The hash of the family selector.
    pub family_hash: HashedSecret,
    /// The hash of the current secret.
    pub token_hash: HashedSecret,
    /// The hash of the secret before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_hash: Option<HashedSecret>,
    /// When the previous secret was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotated_time: Option<UnixMillis>,
    /// From which, with the previous secret, the current one was derived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub successor_salt: Option<String>,
    /// When the session ends if it is not refreshed before.
    pub expiration_time: UnixMillis,
    /// What a refresh needs of the session. Missing in rows that were written
    /// before there were copies, until their first rotation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionCopy>,
    /// The time from which a refresh has to read the session's row itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_due_time: Option<UnixMillis>,
}

/// A row to insert, all but its session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewRefreshToken {
    /// The hash of the family selector.
    pub family_hash: HashedSecret,
    /// The hash of the secret.
    pub token_hash: HashedSecret,
    /// When the session ends if it is not refreshed before.
    pub expiration_time: UnixMillis,
    /// What a refresh needs of the session.
    pub session: SessionCopy,
    /// The time from which a refresh has to read the session's row itself.
    pub session_due_time: UnixMillis,
}

/// A refresh token in the clear.
#[derive(Clone)]
pub(super) struct RefreshToken {
    selector: [u8; SELECTOR_LENGTH],
    secret: Zeroizing<[u8; SECRET_LENGTH]>,
}

impl RefreshToken {
    /// The first token of a new family.
    pub(super) fn mint(entropy: &mut Entropy) -> Self {
        RefreshToken {
            selector: entropy.bytes(),
            secret: Zeroizing::new(entropy.bytes()),
        }
    }

    /// Reads a token. Texts that are none fail by length, alphabet or checksum.
    pub(super) fn parse(text: &str) -> Result<Self, TokenError> {
        let payload = token::decode::<PAYLOAD_LENGTH>(PREFIX, text)?;
        let mut parsed = RefreshToken {
            selector: [0; SELECTOR_LENGTH],
            secret: Zeroizing::new([0; SECRET_LENGTH]),
        };
        let (selector, secret) = payload.split_at(SELECTOR_LENGTH);
        parsed.selector.copy_from_slice(selector);
        parsed.secret.copy_from_slice(secret);
        Ok(parsed)
    }

    /// The token as the client holds it.
    pub(super) fn expose(&self) -> String {
        let mut payload = Zeroizing::new([0_u8; PAYLOAD_LENGTH]);
        let (selector, secret) = payload.split_at_mut(SELECTOR_LENGTH);
        selector.copy_from_slice(&self.selector);
        secret.copy_from_slice(self.secret.as_slice());
        token::encode(PREFIX, payload.as_slice())
    }

    /// The hash by which the family is found.
    pub(super) fn family_hash(&self) -> HashedSecret {
        HashedSecret::of(&self.selector)
    }

    /// The hash by which the secret is recognised.
    pub(super) fn secret_hash(&self) -> HashedSecret {
        HashedSecret::of(self.secret.as_slice())
    }

    /// The token that follows this one. The same salt gives the same token.
    pub(super) fn successor(&self, salt: &[u8; 32]) -> Option<Self> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.as_slice()).ok()?;
        mac.update(DERIVATION_LABEL);
        mac.update(&self.selector);
        mac.update(salt);
        let mut secret = Zeroizing::new([0; SECRET_LENGTH]);
        secret.copy_from_slice(mac.finalize().into_bytes().as_slice());
        Some(RefreshToken {
            selector: self.selector,
            secret,
        })
    }
}

/// A salt in the form in which the row keeps it.
pub(super) fn encode_salt(salt: &[u8; 32]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(salt)
}

/// The salt of a row, if it has a readable one.
pub(super) fn decode_salt(row: &RefreshTokenRow) -> Option<[u8; 32]> {
    let text = row.successor_salt.as_deref()?;
    BASE64_URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}
