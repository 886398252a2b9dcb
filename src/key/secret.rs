//! The raw key, and what is stored of it.
//!
//! A key is `prefix_` + a selector, by which it is found, + a secret, by which
//! it is recognised, + a checksum. The selector is no secret.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use tsify::Tsify;
use zeroize::Zeroizing;

use super::row::ApiKeyRow;
use crate::entropy::Entropy;
use crate::refusal::{ErrorCode, Refusal};
use crate::token::{self, HashedSecret};

/// Random bytes by which a key is found: two keys never share them.
const SELECTOR_LENGTH: usize = 16;

/// Random bytes that are secret.
const SECRET_LENGTH: usize = 32;

const PAYLOAD_LENGTH: usize = SELECTOR_LENGTH + SECRET_LENGTH;

/// Nothing longer is a key, in bytes.
const MAX_LENGTH: usize = 128;

/// How many characters of a key are kept to be shown, after its prefix.
const START_LENGTH: usize = 4;

/// What a raw key says by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PresentedKey {
    /// It may be one.
    Wellformed {
        /// By what it is found.
        selector: String,
    },
    /// It is none.
    Refused {
        /// `INVALID_API_KEY`.
        refusal: Refusal,
    },
}

/// A key that was made.
pub(super) struct NewSecret {
    /// The raw key.
    pub(super) raw: String,
    /// By what it is found.
    pub(super) selector: String,
    /// By what it is recognised.
    pub(super) secret_hash: HashedSecret,
    /// How it begins.
    pub(super) start: String,
}

/// The parts of a raw key.
struct Parts {
    selector: String,
    secret_hash: HashedSecret,
}

/// Makes a key.
pub(super) fn mint(prefix: &str, entropy: &mut Entropy) -> NewSecret {
    let payload = Zeroizing::new(entropy.bytes::<PAYLOAD_LENGTH>());
    let Parts {
        selector,
        secret_hash,
    } = parts(&payload);
    let raw = token::encode(prefix, payload.as_slice());
    let start = raw
        .chars()
        .take(prefix.chars().count() + 1 + START_LENGTH)
        .collect();
    NewSecret {
        raw,
        selector,
        secret_hash,
        start,
    }
}

/// Reads a raw key without looking anything up. Garbage is refused by length or
/// checksum, in the same words as a key that there is not.
pub fn present(raw: &str) -> PresentedKey {
    match read(raw) {
        Some((_, Parts { selector, .. })) => PresentedKey::Wellformed { selector },
        None => PresentedKey::Refused {
            refusal: ErrorCode::InvalidApiKey.into(),
        },
    }
}

/// Whether a raw key is the one of which a hash is stored, in constant time.
pub(super) fn matches(raw: &str, key: &ApiKeyRow) -> bool {
    read(raw).is_some_and(|(prefix, parts)| {
        prefix == key.prefix && parts.secret_hash.matches(&key.secret_hash)
    })
}

/// The prefix and the parts of a raw key. It may begin with what the app has
/// called its keys before: keys outlive that.
fn read(raw: &str) -> Option<(&str, Parts)> {
    if raw.len() > MAX_LENGTH {
        return None;
    }
    let (prefix, _) = raw.rsplit_once('_')?;
    let payload = token::decode::<PAYLOAD_LENGTH>(prefix, raw).ok()?;
    Some((prefix, parts(&payload)))
}

fn parts(payload: &[u8; PAYLOAD_LENGTH]) -> Parts {
    let (selector, secret) = payload.split_at(SELECTOR_LENGTH);
    Parts {
        selector: BASE64_URL_SAFE_NO_PAD.encode(selector),
        secret_hash: HashedSecret::of(secret),
    }
}
