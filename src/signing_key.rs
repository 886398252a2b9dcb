//! The life of a signing key: published, used, only verified with, forgotten.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::entropy::Entropy;
use crate::jose::{Jwk, JwkSet, SigningKey};
use crate::time::{Millis, UnixMillis};

/// The longest lifetime of an access token. Convex checks it without asking
/// us, so that a revoked session could be used for so long by functions that
/// do not read the session.
pub(crate) const MAX_ACCESS_TOKEN_LIFETIME: Millis = Millis::HOUR;

/// How long a key signs.
const SIGNING_PERIOD: Millis = Millis::DAY.times(30.0);

/// How long before its first use the next key is published, so that verifiers
/// that keep the key set for a while know it in time.
const LEAD: Millis = Millis::DAY;

/// How long after its last use a key is published: no token signed with it is
/// valid longer. The factor covers clocks that differ.
const OVERLAP: Millis = MAX_ACCESS_TOKEN_LIFETIME.times(2.0);

/// A row of the table `SigningKey`.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SigningKeyRow {
    /// The key id: the JWK thumbprint (RFC 7638).
    pub kid: String,
    /// The private key, base64url.
    pub secret: String,
    /// The public key.
    pub public_key: Jwk,
    /// From when on the key signs.
    pub activation_time: UnixMillis,
    /// From when on the key does not sign any more.
    pub rotation_time: UnixMillis,
    /// From when on the key is not published any more.
    pub expiration_time: UnixMillis,
}

/// Which key signs now.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SigningKeyChoice {
    /// The key.
    pub key: SigningKeyRow,
    /// Whether the key was made just now and has to be stored.
    pub is_new: bool,
}

/// The keys that are stored, and the time.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SigningKeyCall {
    /// The time.
    pub now: UnixMillis,
    /// The keys that are not expired.
    pub keys: Vec<SigningKeyRow>,
}

/// The key to publish next, if it is time.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SigningKeySuccessor {
    /// The key to store.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<SigningKeyRow>,
}

/// Chooses the key that signs now, or makes one when there is none.
pub fn choose(now: UnixMillis, keys: &[SigningKeyRow], entropy: &mut Entropy) -> SigningKeyChoice {
    let current = keys
        .iter()
        .filter(|key| key.activation_time <= now && now < key.rotation_time)
        .max_by(|a, b| a.activation_time.0.total_cmp(&b.activation_time.0));
    match current {
        Some(key) => SigningKeyChoice {
            key: key.clone(),
            is_new: false,
        },
        None => SigningKeyChoice {
            key: make(now, entropy),
            is_new: true,
        },
    }
}

/// The next key, if it is time to publish it: a day before the newest key
/// stops to sign. Without any key there is nothing to rotate.
pub fn successor(
    now: UnixMillis,
    keys: &[SigningKeyRow],
    entropy: &mut Entropy,
) -> Option<SigningKeyRow> {
    let newest = keys
        .iter()
        .max_by(|a, b| a.rotation_time.0.total_cmp(&b.rotation_time.0))?;
    (now.plus(LEAD) >= newest.rotation_time)
        .then(|| make(UnixMillis(newest.rotation_time.0.max(now.0)), entropy))
}

/// The keys to publish (RFC 7517, section 5): all that are not expired, also
/// the one that does not sign yet.
pub fn key_set(now: UnixMillis, keys: &[SigningKeyRow]) -> JwkSet {
    JwkSet {
        keys: keys
            .iter()
            .filter(|key| now < key.expiration_time)
            .map(|key| key.public_key.clone())
            .collect(),
    }
}

fn make(activation_time: UnixMillis, entropy: &mut Entropy) -> SigningKeyRow {
    let key = SigningKey::generate(entropy);
    let rotation_time = activation_time.plus(SIGNING_PERIOD);
    SigningKeyRow {
        kid: key.kid().to_owned(),
        secret: key.secret_base64().to_string(),
        public_key: key.public_jwk(),
        activation_time,
        rotation_time,
        expiration_time: rotation_time.plus(OVERLAP),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entropy(seed: u8) -> Entropy {
        Entropy::from_seed([seed; 32])
    }

    #[test]
    fn a_key_that_signs_is_published_before_and_until_its_tokens_expire() {
        let start = UnixMillis(1e12);
        let mut keys: Vec<SigningKeyRow> = vec![];
        let mut used: Vec<(String, UnixMillis)> = vec![];
        for hour in 0..(24 * 120) {
            let now = start.plus(Millis::HOUR.times(f64::from(hour)));
            if hour % 24 == 0 {
                keys.extend(successor(now, &keys, &mut entropy(7)));
            }
            let seed = u8::try_from(hour % 250).unwrap_or(0);
            let choice = choose(now, &keys, &mut entropy(seed));
            if choice.is_new {
                assert!(hour == 0, "a new key was needed in hour {hour}");
                keys.push(choice.key.clone());
            }
            used.push((choice.key.kid, now));
            let published = key_set(now, &keys);
            for (kid, signed) in used.iter().rev().take(2) {
                let alive = now.since(*signed) < MAX_ACCESS_TOKEN_LIFETIME;
                let known = published.keys.iter().any(|key| &key.kid == kid);
                assert!(known || !alive);
            }
        }
    }

    #[test]
    fn no_key_set_holds_a_private_key() {
        let now = UnixMillis(1e12);
        let choice = choose(now, &[], &mut entropy(1));
        let set = key_set(now, std::slice::from_ref(&choice.key));
        let text = serde_json::to_string(&set).unwrap_or_default();
        assert!(!text.contains(&choice.key.secret) && !text.contains("\"d\""));
    }

    #[test]
    fn rotation_makes_one_successor() {
        let start = UnixMillis(1e12);
        let first = choose(start, &[], &mut entropy(1)).key;
        let soon = start.plus(SIGNING_PERIOD.times(0.5));
        assert!(successor(soon, std::slice::from_ref(&first), &mut entropy(2)).is_none());
        let late = start.plus(Millis(SIGNING_PERIOD.0 - LEAD.0));
        let second = successor(late, std::slice::from_ref(&first), &mut entropy(3));
        let activation_time = second.as_ref().map(|key| key.activation_time);
        assert_eq!(activation_time, Some(first.rotation_time));
        let keys: Vec<_> = [first].into_iter().chain(second).collect();
        assert!(successor(late, &keys, &mut entropy(4)).is_none());
    }
}
