//! Secret tokens: sessions, refresh tokens, invitations, API keys.
//!
//! A token is `prefix_` + the payload in base62 at a fixed width + six base62
//! characters of CRC-32. The prefix lets secret scanners and people recognise
//! it; the checksum lets garbage be refused before anything is read from the
//! database. The checksum protects nothing: the payload's random bits do.
//!
//! Only the SHA-256 of a token is stored. A fast hash is right here, because
//! there is nothing to guess in 256 random bits.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use subtle::ConstantTimeEq as _;
use tsify::Tsify;
use zeroize::Zeroizing;

/// The digits of base62, in the order of their values.
const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The base of the encoding.
const BASE: u16 = 62;

/// Characters of a CRC-32 in base62: 62^6 is the first power above 2^32.
const CHECKSUM_WIDTH: usize = 6;

/// What stands between the prefix and the body.
const SEPARATOR: char = '_';

/// Why a token was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenError {
    /// The token has not the one length that its prefix and payload give.
    Length,
    /// The token does not begin with the expected prefix and `_`.
    Prefix,
    /// A character after the prefix is not a base62 digit.
    Alphabet,
    /// The checksum does not belong to the prefix and the body: mistyped, cut
    /// and padded, or made up.
    Checksum,
    /// The body stands for a number above what the payload can hold, so no
    /// payload is encoded this way.
    Overflow,
}

impl fmt::Display for TokenError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            TokenError::Length => "the token has the wrong length",
            TokenError::Prefix => "the token has the wrong prefix",
            TokenError::Alphabet => "the token contains a character that is not base62",
            TokenError::Checksum => "the token's checksum does not match",
            TokenError::Overflow => "the token's body is out of range",
        })
    }
}

impl std::error::Error for TokenError {}

/// Characters that `length` bytes take in base62, at least as many as needed:
/// 8 bits a byte over log2(62) = 5.954196… bits a character, rounded up.
const fn body_width(length: usize) -> usize {
    length.saturating_mul(8_000).div_ceil(5_954)
}

/// The base62 digit of `value`, which the callers keep below 62.
fn digit(value: u16) -> u8 {
    ALPHABET.get(usize::from(value)).copied().unwrap_or(b'0')
}

/// The value of a base62 digit.
fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'A'..=b'Z' => Some(digit - b'A' + 10),
        b'a'..=b'z' => Some(digit - b'a' + 36),
        _ => None,
    }
}

/// The CRC-32 (ISO-HDLC, as in zlib) of `bytes` in base62.
fn checksum(bytes: &[u8]) -> [u8; CHECKSUM_WIDTH] {
    let mut rest = crc32fast::hash(bytes);
    let mut digits = [b'0'; CHECKSUM_WIDTH];
    for place in digits.iter_mut().rev() {
        // A remainder of 62 always fits.
        *place = digit(u16::try_from(rest % u32::from(BASE)).unwrap_or(0));
        rest /= u32::from(BASE);
    }
    digits
}

/// Encodes `payload` as a token with `prefix`.
///
/// The result has a fixed length for a given prefix and payload length: 43
/// characters of body for 32 bytes. The caller wipes it when it is no longer
/// needed; it leaves the core in the answer anyway.
pub fn encode(prefix: &str, payload: &[u8]) -> String {
    let width = body_width(payload.len());
    // Long division of the big-endian number by 62, once per digit.
    let mut number = Zeroizing::new(payload.to_vec());
    let mut body = Zeroizing::new(vec![b'0'; width]);
    for place in body.iter_mut().rev() {
        let mut remainder: u16 = 0;
        for byte in number.iter_mut() {
            let part = remainder * 256 + u16::from(*byte);
            // The remainder is below 62, so the quotient is below 256.
            *byte = u8::try_from(part / BASE).unwrap_or(0);
            remainder = part % BASE;
        }
        *place = digit(remainder);
    }
    let mut token = String::with_capacity(prefix.len() + 1 + width + CHECKSUM_WIDTH);
    token.push_str(prefix);
    token.push(SEPARATOR);
    token.extend(body.iter().copied().map(char::from));
    let sum = checksum(token.as_bytes());
    token.extend(sum.iter().copied().map(char::from));
    token
}

/// Decodes a token that [`encode`] made with `prefix` and `N` bytes of payload.
///
/// There is exactly one token per prefix and payload: nothing that is not an
/// output of [`encode`] is accepted. The length is checked before anything
/// else, so that the work does not depend on what was sent.
///
/// # Errors
/// See [`TokenError`].
pub fn decode<const N: usize>(prefix: &str, token: &str) -> Result<Zeroizing<[u8; N]>, TokenError> {
    let expected = prefix.len() + SEPARATOR.len_utf8() + body_width(N) + CHECKSUM_WIDTH;
    if token.len() != expected {
        return Err(TokenError::Length);
    }
    let digits = token
        .strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix(SEPARATOR))
        .ok_or(TokenError::Prefix)?
        .as_bytes();
    if !digits.iter().all(u8::is_ascii_alphanumeric) {
        return Err(TokenError::Alphabet);
    }
    let (covered, sum) = token
        .as_bytes()
        .split_last_chunk::<CHECKSUM_WIDTH>()
        .ok_or(TokenError::Length)?;
    if checksum(covered) != *sum {
        return Err(TokenError::Checksum);
    }
    let mut payload = Zeroizing::new([0_u8; N]);
    for &digit in digits.iter().take(body_width(N)) {
        let mut carry = u16::from(value(digit).ok_or(TokenError::Alphabet)?);
        for byte in payload.iter_mut().rev() {
            let [high, low] = (u16::from(*byte) * BASE + carry).to_be_bytes();
            *byte = low;
            carry = u16::from(high);
        }
        if carry != 0 {
            return Err(TokenError::Overflow);
        }
    }
    Ok(payload)
}

/// The SHA-256 of a secret, in base64url without padding: what is stored and
/// looked up in place of the secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(transparent)]
pub struct HashedSecret(String);

impl HashedSecret {
    /// Hashes the payload of a token, or any other secret of at least 128
    /// random bits.
    pub fn of(bytes: &[u8]) -> Self {
        HashedSecret(URL_SAFE_NO_PAD.encode(Sha256::digest(bytes)))
    }

    /// Whether both are hashes of the same secret, in constant time.
    pub fn matches(&self, other: &HashedSecret) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }

    /// The base64url text, for an index.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An opaque key for rows about an identifier, such as a limiter's: the
/// SHA-256 of the label and the parts, in base64url.
///
/// Each part goes in with its length, so that `("a", "bc")` and `("ab", "c")`
/// differ. The key keeps identifiers out of indexes and logs; it does not hide
/// them from one who can guess them.
pub fn opaque_key(label: &str, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in std::iter::once(&label).chain(parts) {
        hash.update(length_prefix(part.as_bytes()));
        hash.update(part.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

/// The length of `bytes` in eight big-endian bytes, the same on every target.
pub(crate) fn length_prefix(bytes: &[u8]) -> [u8; 8] {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `rt` and the bytes 0 to 31, encoded by another implementation.
    const KNOWN: &str = "rt_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1IBrb4";

    fn counting() -> [u8; 32] {
        std::array::from_fn(|index| u8::try_from(index).unwrap())
    }

    #[test]
    fn a_token_is_prefix_base62_and_crc32() {
        assert_eq!(encode("rt", &counting()), KNOWN);
        assert_eq!(*decode::<32>("rt", KNOWN).unwrap(), counting());
    }

    #[test]
    fn a_wrong_length_is_refused_first() {
        for length in 0..KNOWN.len() {
            assert_eq!(
                decode::<32>("rt", KNOWN.get(..length).unwrap()),
                Err(TokenError::Length)
            );
        }
        let megabyte = "x".repeat(1_000_000);
        assert_eq!(decode::<32>("rt", &megabyte), Err(TokenError::Length));
        assert_eq!(decode::<31>("rt", KNOWN), Err(TokenError::Length));
    }

    #[test]
    fn another_prefix_is_refused() {
        assert_eq!(decode::<32>("sk", KNOWN), Err(TokenError::Prefix));
        let dashed = KNOWN.replacen('_', "-", 1);
        assert_eq!(decode::<32>("rt", &dashed), Err(TokenError::Prefix));
    }

    #[test]
    fn the_checksum_covers_the_prefix() {
        let renamed = KNOWN.replacen("rt", "tr", 1);
        assert_eq!(decode::<32>("tr", &renamed), Err(TokenError::Checksum));
    }

    #[test]
    fn every_changed_character_is_refused() {
        for position in 3..KNOWN.len() {
            for replacement in ['0', 'z', '-', '\0'] {
                let changed: String = KNOWN
                    .chars()
                    .enumerate()
                    .map(|(index, c)| if index == position { replacement } else { c })
                    .collect();
                if changed != KNOWN {
                    let refused = decode::<32>("rt", &changed);
                    let expected = if replacement.is_alphanumeric() {
                        TokenError::Checksum
                    } else {
                        TokenError::Alphabet
                    };
                    assert_eq!(refused, Err(expected), "{changed:?}");
                }
            }
        }
    }

    #[test]
    fn a_body_above_the_payload_is_refused_with_a_right_checksum() {
        let mut token = format!("rt_{}", "z".repeat(43));
        let sum = checksum(token.as_bytes());
        token.extend(sum.iter().copied().map(char::from));
        assert_eq!(decode::<32>("rt", &token), Err(TokenError::Overflow));
    }

    #[test]
    fn secrets_are_hashed_with_sha256() {
        let hash = HashedSecret::of(b"abc");
        assert_eq!(hash.as_str(), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
        assert!(hash.matches(&HashedSecret::of(b"abc")));
        assert!(!hash.matches(&HashedSecret::of(b"abd")));
        assert!(!hash.matches(&HashedSecret(String::new())));
    }

    #[test]
    fn the_parts_of_an_opaque_key_do_not_run_together() {
        let key = opaque_key("limit", &["a", "bc"]);
        assert_eq!(key, "jsdqKsjbreslZi0Mz2xBaHrz_PyUQD6dUHyMJM63m7c");
        assert_ne!(key, opaque_key("limit", &["ab", "c"]));
        assert_ne!(key, opaque_key("limita", &["bc"]));
        assert_ne!(key, opaque_key("limit", &["a", "bc", ""]));
    }

    proptest! {
        #[test]
        fn tokens_round_trip(payload: [u8; 32], short: [u8; 5]) {
            let token = encode("sk_test", &payload);
            prop_assert_eq!(token.len(), 7 + 1 + 43 + 6);
            prop_assert_eq!(*decode::<32>("sk_test", &token).unwrap(), payload);
            prop_assert_eq!(*decode::<5>("a", &encode("a", &short)).unwrap(), short);
        }

        #[test]
        fn only_what_was_encoded_is_accepted(token in "a_[0-9A-Za-z]{13}|\\PC{0,20}") {
            if let Ok(payload) = decode::<5>("a", &token) {
                prop_assert_eq!(encode("a", payload.as_slice()), token);
            }
        }
    }
}
