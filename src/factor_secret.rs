//! Encryption of the secrets of second factors at rest.
//!
//! The server must compute with the secret of an authenticator app, so it
//! cannot be stored as a hash. It is stored encrypted with XChaCha20-Poly1305
//! (draft-irtf-cfrg-xchacha-03, over RFC 8439) under a key that lives apart
//! from the rows. The nonce has 192 random bits, so that no counter is needed.
//!
//! The associated data say whose secret it is and what it is for, so that a
//! row that is copied to another user does not decrypt.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use tsify::Tsify;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::entropy::Entropy;
use crate::token::length_prefix;

/// Separates this use of the keys from any other.
const DOMAIN: &str = "gatehouse factor secret v1";

/// Bytes of a key.
const KEY_LENGTH: usize = 32;

/// Bytes of a nonce.
const NONCE_LENGTH: usize = 24;

/// Bytes of the authentication tag.
const TAG_LENGTH: usize = 16;

/// The longest secret that is encrypted, in bytes. Real ones have 64 at most.
const MAX_PLAINTEXT_LENGTH: usize = 1_024;

/// The longest text of an encrypted secret: four characters for three bytes of
/// version, nonce, secret and tag.
const MAX_SEALED_LENGTH: usize =
    (1 + NONCE_LENGTH + MAX_PLAINTEXT_LENGTH + TAG_LENGTH).div_ceil(3) * 4;

/// Why a secret could not be encrypted or decrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorSecretError {
    /// A key is not base64url without padding of a version and 32 bytes.
    KeyEncoding,
    /// There is no key with the version that the secret was encrypted with, or
    /// no key at all.
    UnknownKey,
    /// The stored text is not what encryption writes: wrong alphabet or length.
    Encoding,
    /// The secret is too long.
    TooLong,
    /// The secret was changed, belongs to another user or factor, or was
    /// encrypted with another key. Which of these is not said.
    Authentication,
}

impl fmt::Display for FactorSecretError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            FactorSecretError::KeyEncoding => "the key is not a version and 32 bytes in base64url",
            FactorSecretError::UnknownKey => "there is no key of this version",
            FactorSecretError::Encoding => "the stored secret is malformed",
            FactorSecretError::TooLong => "the secret is too long",
            FactorSecretError::Authentication => "the stored secret does not authenticate",
        })
    }
}

impl std::error::Error for FactorSecretError {}

/// What a secret is for. A secret for one purpose decrypts for no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretPurpose {
    /// The secret of an authenticator app.
    Totp,
}

impl SecretPurpose {
    fn as_str(self) -> &'static str {
        match self {
            SecretPurpose::Totp => "totp",
        }
    }
}

/// What the encryption of a secret is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretBinding<'a> {
    /// What it is for.
    pub purpose: SecretPurpose,
    /// The user whose secret it is.
    pub user_id: &'a str,
    /// The random name of the secret, stored beside it.
    pub secret_id: &'a str,
}

impl SecretBinding<'_> {
    /// The associated data: domain label, key version, purpose, user and name,
    /// each with its length.
    fn associated_data(&self, version: u8) -> Vec<u8> {
        let version = [version];
        let parts = [
            DOMAIN.as_bytes(),
            &version,
            self.purpose.as_str().as_bytes(),
            self.user_id.as_bytes(),
            self.secret_id.as_bytes(),
        ];
        let mut data = Vec::new();
        for part in parts {
            data.extend(length_prefix(part));
            data.extend(part);
        }
        data
    }
}

/// A key with its version. Serialised as base64url without padding: one byte of
/// version, 32 bytes of key.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop, Tsify)]
#[tsify(type = "string")]
pub struct FactorKey {
    version: u8,
    key: [u8; KEY_LENGTH],
}

impl FactorKey {
    /// Takes 32 bytes from a cryptographic generator.
    pub fn from_bytes(version: u8, key: [u8; KEY_LENGTH]) -> Self {
        FactorKey { version, key }
    }

    /// Draws the key of a version. Two keys of a ring must not share one.
    pub fn generate(version: u8, entropy: &mut Entropy) -> Self {
        FactorKey {
            version,
            key: entropy.bytes(),
        }
    }

    /// The key for storage, in base64url without padding.
    pub fn to_base64(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([self.version; KEY_LENGTH + 1]);
        if let Some((_, key)) = bytes.split_first_mut() {
            key.copy_from_slice(&self.key);
        }
        Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_slice()))
    }

    /// Reads what [`FactorKey::to_base64`] wrote.
    ///
    /// # Errors
    /// [`FactorSecretError::KeyEncoding`] for anything else.
    pub fn from_base64(text: &str) -> Result<Self, FactorSecretError> {
        let mut bytes = Zeroizing::new([0_u8; KEY_LENGTH + 1]);
        match URL_SAFE_NO_PAD.decode_slice(text, bytes.as_mut_slice()) {
            Ok(length) if length == KEY_LENGTH + 1 => {}
            _ => return Err(FactorSecretError::KeyEncoding),
        }
        let (version, key) = bytes.split_first().ok_or(FactorSecretError::KeyEncoding)?;
        Ok(FactorKey {
            version: *version,
            key: key.try_into().map_err(|_| FactorSecretError::KeyEncoding)?,
        })
    }

    /// Decrypts with a nonce and associated data: XChaCha20-Poly1305 as it is.
    /// Secrets of factors go through [`open`], which binds them to their user.
    ///
    /// # Errors
    /// [`FactorSecretError::Authentication`].
    pub fn decrypt(
        &self,
        nonce: &[u8; NONCE_LENGTH],
        associated_data: &[u8],
        ciphertext: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, FactorSecretError> {
        let payload = Payload {
            msg: ciphertext,
            aad: associated_data,
        };
        XChaCha20Poly1305::new(&self.key.into())
            .decrypt(&(*nonce).into(), payload)
            .map(Zeroizing::new)
            .map_err(|_| FactorSecretError::Authentication)
    }

    /// Encrypts. Only [`seal`] calls it, with a nonce that was just drawn: a
    /// nonce that is used twice would give both secrets away.
    fn encrypt(
        &self,
        nonce: &[u8; NONCE_LENGTH],
        associated_data: &[u8],
        plaintext: &[u8],
    ) -> Result<Vec<u8>, FactorSecretError> {
        let payload = Payload {
            msg: plaintext,
            aad: associated_data,
        };
        XChaCha20Poly1305::new(&self.key.into())
            .encrypt(&(*nonce).into(), payload)
            .map_err(|_| FactorSecretError::TooLong)
    }
}

impl fmt::Debug for FactorKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("FactorKey(redacted)")
    }
}

impl Serialize for FactorKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_base64())
    }
}

impl<'de> Deserialize<'de> for FactorKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        FactorKey::from_base64(&text).map_err(serde::de::Error::custom)
    }
}

/// The keys of a deployment, the newest first. The first one encrypts; each
/// decrypts what was encrypted with its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(transparent)]
pub struct FactorKeyring(Vec<FactorKey>);

impl FactorKeyring {
    /// A ring of keys, the newest first.
    #[cfg(test)]
    pub(crate) fn new(keys: Vec<FactorKey>) -> Self {
        FactorKeyring(keys)
    }

    fn newest(&self) -> Result<&FactorKey, FactorSecretError> {
        self.0.first().ok_or(FactorSecretError::UnknownKey)
    }

    fn find(&self, version: u8) -> Result<&FactorKey, FactorSecretError> {
        self.0
            .iter()
            .find(|key| key.version == version)
            .ok_or(FactorSecretError::UnknownKey)
    }
}

/// An encrypted secret, as it is stored: key version, nonce, ciphertext and tag
/// in base64url.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(transparent)]
pub struct SealedSecret(String);

/// A secret that was decrypted.
#[derive(Debug)]
pub struct OpenedSecret {
    /// The secret.
    pub plaintext: Zeroizing<Vec<u8>>,
    /// Whether it was encrypted with an older key than the newest one, so that
    /// it should be encrypted anew.
    pub is_outdated: bool,
}

/// Encrypts a secret with the newest key.
///
/// # Errors
/// [`FactorSecretError::UnknownKey`] with an empty ring,
/// [`FactorSecretError::TooLong`].
pub fn seal(
    keyring: &FactorKeyring,
    binding: &SecretBinding<'_>,
    plaintext: &[u8],
    entropy: &mut Entropy,
) -> Result<SealedSecret, FactorSecretError> {
    if plaintext.len() > MAX_PLAINTEXT_LENGTH {
        return Err(FactorSecretError::TooLong);
    }
    let key = keyring.newest()?;
    let nonce = entropy.bytes::<NONCE_LENGTH>();
    let associated_data = binding.associated_data(key.version);
    let mut sealed = vec![key.version];
    sealed.extend(nonce);
    sealed.extend(key.encrypt(&nonce, &associated_data, plaintext)?);
    Ok(SealedSecret(URL_SAFE_NO_PAD.encode(sealed)))
}

/// Decrypts a secret.
///
/// # Errors
/// [`FactorSecretError::Encoding`], [`FactorSecretError::UnknownKey`],
/// [`FactorSecretError::Authentication`].
pub fn open(
    keyring: &FactorKeyring,
    binding: &SecretBinding<'_>,
    sealed: &SealedSecret,
) -> Result<OpenedSecret, FactorSecretError> {
    if sealed.0.len() > MAX_SEALED_LENGTH {
        return Err(FactorSecretError::Encoding);
    }
    let bytes = URL_SAFE_NO_PAD
        .decode(&sealed.0)
        .map_err(|_| FactorSecretError::Encoding)?;
    let (version, rest) = bytes.split_first().ok_or(FactorSecretError::Encoding)?;
    let (nonce, ciphertext) = rest
        .split_first_chunk::<NONCE_LENGTH>()
        .ok_or(FactorSecretError::Encoding)?;
    let key = keyring.find(*version)?;
    let plaintext = key.decrypt(nonce, &binding.associated_data(*version), ciphertext)?;
    Ok(OpenedSecret {
        plaintext,
        is_outdated: keyring.newest()?.version != *version,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#[path = "factor_secret_tests.rs"]
mod tests;
