//! The secret that an authenticator app shares with the server.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::parameters::TotpAlgorithm;
use crate::entropy::Entropy;

/// The digits of base32 (RFC 4648, section 6).
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A shared secret (`K` of RFC 4226, section 5.1).
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct TotpSecret(Vec<u8>);

impl TotpSecret {
    /// Draws a secret of the length that the algorithm asks for.
    pub fn generate(algorithm: TotpAlgorithm, entropy: &mut Entropy) -> Self {
        let longest = Zeroizing::new(entropy.bytes::<64>());
        TotpSecret(
            longest
                .iter()
                .copied()
                .take(algorithm.secret_length())
                .collect(),
        )
    }

    /// Takes the bytes of a stored secret.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        TotpSecret(bytes.to_vec())
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The secret as people and key URIs write it: base32 without padding.
    pub fn to_base32(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(self.0.len().saturating_mul(2)));
        for block in self.0.chunks(5) {
            let mut number = 0_u64;
            for byte in block.iter().copied().chain([0; 5]).take(5) {
                number = number << 8 | u64::from(byte);
            }
            // Each character takes five bits; the last one of a short block is
            // filled up with zeros.
            let characters = block.len().saturating_mul(8).div_ceil(5);
            for place in (0..8_u32).rev().take(characters) {
                let value = usize::try_from(number >> (5 * place) & 31).unwrap_or(0);
                text.push(ALPHABET.get(value).copied().map_or('A', char::from));
            }
        }
        text
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TotpSecret(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_written_in_base32_without_padding() {
        // RFC 4648, section 10.
        for (bytes, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            let secret = TotpSecret::from_bytes(bytes.as_bytes());
            assert_eq!(*secret.to_base32(), text);
        }
    }

    #[test]
    fn a_secret_is_as_long_as_the_hash_and_drawn_anew() {
        let mut entropy = Entropy::from_seed([7; 32]);
        for (algorithm, length) in [
            (TotpAlgorithm::Sha1, 20),
            (TotpAlgorithm::Sha256, 32),
            (TotpAlgorithm::Sha512, 64),
        ] {
            let secret = TotpSecret::generate(algorithm, &mut entropy);
            let other = TotpSecret::generate(algorithm, &mut entropy);
            assert_eq!(secret.as_bytes().len(), length);
            assert_ne!(secret.as_bytes(), other.as_bytes());
        }
    }

    #[test]
    fn a_secret_is_not_printed() {
        let printed = format!("{:?}", TotpSecret::from_bytes(b"12345678901234567890"));
        assert_eq!(printed, "TotpSecret(redacted)");
    }
}
