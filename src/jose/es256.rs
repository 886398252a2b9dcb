//! Signing keys for ES256 (RFC 7518, section 3.4).

use super::algorithm::{P256_BYTES, PrivateKey};
use super::jwk::Jwk;
use crate::entropy::Entropy;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use std::fmt;
use zeroize::Zeroizing;

/// Why a signing key could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SigningKeyError {
    /// The text is not base64url without padding of exactly 32 bytes.
    Encoding,
    /// The number is zero or not below the order of the group.
    Range,
}

impl fmt::Display for SigningKeyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            SigningKeyError::Encoding => "the signing key is not 32 bytes in base64url",
            SigningKeyError::Range => "the signing key is out of range",
        })
    }
}

impl std::error::Error for SigningKeyError {}

/// A private key that signs tokens, with its id. Wiped when dropped.
pub struct SigningKey {
    private_key: PrivateKey,
    kid: String,
}

impl SigningKey {
    /// Takes the secret scalar, 32 bytes big-endian.
    ///
    /// # Errors
    /// [`SigningKeyError::Range`], for about one in 2^32 random inputs.
    pub fn from_bytes(bytes: &[u8; P256_BYTES]) -> Result<Self, SigningKeyError> {
        let private_key = PrivateKey::from_bytes(bytes).ok_or(SigningKeyError::Range)?;
        let kid = Jwk::of(&private_key.coordinates()).kid;
        Ok(SigningKey { private_key, kid })
    }

    /// Draws a key. Numbers out of range are drawn again, so that every key is
    /// equally likely (FIPS 186-5, appendix A.2.2).
    pub fn generate(entropy: &mut Entropy) -> Self {
        loop {
            let bytes = Zeroizing::new(entropy.bytes::<P256_BYTES>());
            if let Ok(key) = SigningKey::from_bytes(&bytes) {
                return key;
            }
        }
    }

    /// Reads what [`SigningKey::secret_base64`] wrote. The id that was stored
    /// beside it is taken as it is: deriving it would double the time that a
    /// signature takes.
    ///
    /// # Errors
    /// See [`SigningKeyError`].
    pub fn from_stored(secret: &str, kid: &str) -> Result<Self, SigningKeyError> {
        let mut bytes = Zeroizing::new([0; P256_BYTES]);
        let Ok(P256_BYTES) = URL_SAFE_NO_PAD.decode_slice(secret, bytes.as_mut_slice()) else {
            return Err(SigningKeyError::Encoding);
        };
        Ok(SigningKey {
            private_key: PrivateKey::from_bytes(&bytes).ok_or(SigningKeyError::Range)?,
            kid: kid.to_owned(),
        })
    }

    /// The secret scalar for storage, in base64url without padding.
    pub fn secret_base64(&self) -> Zeroizing<String> {
        Zeroizing::new(URL_SAFE_NO_PAD.encode(*self.private_key.to_bytes()))
    }

    /// The key id: the SHA-256 thumbprint of the public key (RFC 7638), in
    /// base64url.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The public half, for the key set. It is derived here, which takes as long
    /// as a signature.
    pub fn public_jwk(&self) -> Jwk {
        Jwk::of(&self.private_key.coordinates())
    }

    /// The key itself, for signing.
    pub(super) fn private_key(&self) -> &PrivateKey {
        &self.private_key
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SigningKey")
            .field("kid", &self.kid())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn keys_round_trip_through_storage() {
        let key = SigningKey::generate(&mut Entropy::from_seed([1; 32]));
        let read = SigningKey::from_stored(&key.secret_base64(), key.kid()).unwrap();
        assert_eq!(read.kid(), key.kid());
        assert_eq!(read.public_jwk(), key.public_jwk());
        assert_eq!(key.kid(), key.public_jwk().kid);
        assert_eq!(key.kid().len(), 43);
    }

    #[test]
    fn scalars_out_of_range_are_refused() {
        let range = Some(SigningKeyError::Range);
        assert_eq!(SigningKey::from_bytes(&[0; 32]).err(), range);
        assert_eq!(SigningKey::from_bytes(&[255; 32]).err(), range);
        let zero = "A".repeat(43);
        assert_eq!(SigningKey::from_stored(&zero, "kid").err(), range);
        for text in ["", "AA", "!", &"A".repeat(44)] {
            let encoding = Some(SigningKeyError::Encoding);
            assert_eq!(SigningKey::from_stored(text, "kid").err(), encoding);
        }
    }

    #[test]
    fn the_secret_is_not_printed() {
        let key = SigningKey::generate(&mut Entropy::from_seed([1; 32]));
        let printed = format!("{key:?}");
        assert!(!printed.contains(key.secret_base64().as_str()));
        assert!(printed.contains(key.kid()));
    }
}
