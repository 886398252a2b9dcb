//! The signature algorithms of credentials. Nothing else names the libraries
//! that compute them, so that they can be replaced here; P-256 is in
//! [`crate::jose::algorithm`].
//!
//! `rsa` has a weakness in the time that private keys take
//! (RUSTSEC-2023-0071). It does not concern public keys, and there are no others
//! here.

use ed25519_dalek::Signature as Ed25519Signature;
use p384::ecdsa::signature::Verifier as _;
use rsa::{BoxedUint, Pkcs1v15Sign};
use sha2::{Digest as _, Sha256};
use std::ops::RangeInclusive;

use crate::jose::algorithm::PublicKey as P256PublicKey;

/// What an uncompressed point begins with (SEC 1, section 2.3.3).
const UNCOMPRESSED: u8 = 4;

/// Bits of an RSA modulus. Shorter ones can be factored before long (NIST SP
/// 800-57, part 1, section 5.6.1); longer ones cost more time than an
/// authenticator's key is worth, and none has them.
const RSA_MODULUS_BITS: RangeInclusive<usize> = 2048..=4096;

/// What stands before a SHA-256 in the padded message (RFC 8017, section 9.2,
/// note 1): the algorithm's identifier and the length, in DER.
const SHA256_PREFIX: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x00, 0x04, 0x20,
];

/// A curve for ECDSA.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Curve {
    P256,
    P384,
    P521,
}

/// A public key that is valid in its algorithm.
#[derive(Debug, Clone)]
pub(super) enum VerifyingKey {
    P256(Box<P256PublicKey>),
    P384(Box<p384::ecdsa::VerifyingKey>),
    P521(Box<p521::ecdsa::VerifyingKey>),
    Ed25519(Box<ed25519_dalek::VerifyingKey>),
    Rsa(Box<rsa::PublicKey>),
}

impl VerifyingKey {
    /// A key for ECDSA with an uncompressed point (SEC 1, section 2.3.3), as
    /// certificates have them, too (RFC 5480, section 2.2). `None` if it has
    /// another form, or is not on the curve.
    pub(super) fn ecdsa(curve: Curve, point: &[u8]) -> Option<Self> {
        // The libraries take other forms of a point, too.
        if !point.starts_with(&[UNCOMPRESSED]) {
            return None;
        }
        match curve {
            Curve::P256 => {
                P256PublicKey::from_uncompressed(point).map(|key| VerifyingKey::P256(Box::new(key)))
            }
            Curve::P384 => p384::ecdsa::VerifyingKey::from_sec1_bytes(point)
                .ok()
                .map(|key| VerifyingKey::P384(Box::new(key))),
            Curve::P521 => p521::ecdsa::VerifyingKey::from_sec1_bytes(point)
                .ok()
                .map(|key| VerifyingKey::P521(Box::new(key))),
        }
    }

    /// A key for Ed25519. `None` if it is not a point, or one of the few points
    /// under which signatures of everything can be made.
    pub(super) fn ed25519(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.try_into().ok()?;
        ed25519_dalek::VerifyingKey::from_bytes(bytes)
            .ok()
            .filter(|key| !key.is_weak())
            .map(|key| VerifyingKey::Ed25519(Box::new(key)))
    }

    /// A key for RSA, from big-endian numbers without leading zeros. `None` if
    /// one of them is out of bounds or even.
    pub(super) fn rsa(modulus: &[u8], exponent: &[u8]) -> Option<Self> {
        let is_short = |number: &[u8]| number.first().is_some_and(|first| *first != 0);
        if !is_short(modulus) || !is_short(exponent) {
            return None;
        }
        rsa::PublicKey::new_with_size_limits(
            BoxedUint::from_be_slice_vartime(modulus),
            BoxedUint::from_be_slice_vartime(exponent),
            RSA_MODULUS_BITS,
        )
        .ok()
        .map(|key| VerifyingKey::Rsa(Box::new(key)))
    }

    /// Whether `signature` is this key's signature of `message`.
    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        #[cfg(test)]
        counted::add();
        match self {
            VerifyingKey::P256(key) => key.verify_der(message, signature),
            VerifyingKey::P384(key) => p384::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            VerifyingKey::P521(key) => p521::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            // The strict form refuses points of small order, too, so that no
            // signature is one under two keys (RFC 8032 leaves it open).
            VerifyingKey::Ed25519(key) => Ed25519Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()),
            VerifyingKey::Rsa(key) => {
                let scheme = Pkcs1v15Sign {
                    hash_len: Some(32),
                    prefix: Box::new(SHA256_PREFIX),
                };
                key.verify(scheme, &Sha256::digest(message), signature)
                    .is_ok()
            }
        }
    }
}

/// How often signatures are verified, for tests of what a stranger could
/// measure.
#[cfg(test)]
pub(crate) mod counted {
    use std::cell::Cell;

    thread_local! {
        static COUNT: Cell<u32> = const { Cell::new(0) };
    }

    pub(super) fn add() {
        COUNT.set(COUNT.get() + 1);
    }

    /// How many verifications `run` takes.
    pub(crate) fn during<T>(run: impl FnOnce() -> T) -> (u32, T) {
        let before = COUNT.get();
        let answer = run();
        (COUNT.get() - before, answer)
    }
}
