//! The signature algorithm behind ES256: ECDSA on P-256 with SHA-256 (RFC 7518,
//! section 3.4; RFC 9053, section 2.1, for passkeys). Nothing else in the crate
//! names the libraries that compute it, so that they can be replaced here.
//!
//! Secret keys are `p256`'s: RustCrypto maintains it, wipes them, and takes the
//! same time for all of them. Signatures are verified by `crrl`, which is given
//! nothing secret. The tests compare the two in both directions.
//!
//! Measured in WebAssembly under Node 20: lower quartiles of 300 interleaved
//! rounds, each in an instance that was compiled for it, as a Convex call does.
//! The sizes are those of a module that has P-384, too, after `wasm-opt`.
//!
//! | | milliseconds | in an instance in use |
//! |---|---|---|
//! | verifying with `crrl` | 0.46 | 0.39 |
//! | verifying with `p256` | 1.17 | 0.99 |
//! | signing with `crrl`, its public key derived | 0.44 | 0.30 |
//! | signing with `p256`, its public key derived | 1.90 | 1.62 |
//! | the same with `precomputed-tables` | 2.71 | 0.43 |
//! | signing with `p256`, no public key derived | 1.36 | 0.93 |
//!
//! | in the module | KB |
//! |---|---|
//! | `crrl` for both | 84 |
//! | `p256` for both | 71 |
//! | `p256` signs, `crrl` verifies | 123 |
//! | the same with `precomputed-tables` | 157 |
//!
//! So `crrl` verifies, and no public key is derived for a signature. The feature
//! `precomputed-tables` stays off: its table is computed at the first signature
//! of an instance, and a call seldom signs twice.

use crrl::p256 as verifying;
use ecdsa::hazmat::sign_prehashed_rfc6979;
use p256::NistP256;
use p256::elliptic_curve::point::AffineCoordinates as _;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// Bytes of a field element or scalar of P-256.
pub const P256_BYTES: usize = 32;

/// Bytes of an ES256 signature: R and S, 32 bytes each, big-endian.
pub const ES256_SIGNATURE_BYTES: usize = 64;

/// What an uncompressed point begins with (SEC 1, section 2.3.3).
const UNCOMPRESSED: u8 = 4;

/// The affine coordinates of a public key, big-endian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coordinates {
    /// The x coordinate.
    pub x: [u8; P256_BYTES],
    /// The y coordinate.
    pub y: [u8; P256_BYTES],
}

/// A private key for ES256. Wiped when dropped.
#[derive(Clone)]
pub struct PrivateKey(p256::SecretKey);

impl PrivateKey {
    /// Takes a secret scalar, big-endian. `None` unless it is between one and
    /// the order of the group.
    pub fn from_bytes(bytes: &[u8; P256_BYTES]) -> Option<Self> {
        p256::SecretKey::from_bytes(bytes.into())
            .ok()
            .map(PrivateKey)
    }

    /// The secret scalar, big-endian.
    pub fn to_bytes(&self) -> Zeroizing<[u8; P256_BYTES]> {
        Zeroizing::new(self.0.to_bytes().into())
    }

    /// The coordinates of the public key. They take as long as a signature.
    pub fn coordinates(&self) -> Coordinates {
        let public_key = self.0.public_key();
        Coordinates {
            x: public_key.as_affine().x().into(),
            y: public_key.as_affine().y().into(),
        }
    }

    /// Signs `message` with the nonce of RFC 6979, section 3.2: the same message
    /// always has the same signature, and no randomness can be too weak.
    pub fn sign(&self, message: &[u8]) -> [u8; ES256_SIGNATURE_BYTES] {
        // `p256::ecdsa::SigningKey` does just this, and derives the public key
        // before.
        let scalar = Zeroizing::new(self.0.to_nonzero_scalar());
        let hash = Sha256::digest(message);
        let (signature, _) = sign_prehashed_rfc6979::<NistP256, Sha256>(&scalar, &hash, &[]);
        signature.to_bytes().into()
    }
}

/// A public key for ES256: a point on the curve, not at infinity.
#[derive(Debug, Clone)]
pub struct PublicKey(verifying::PublicKey);

impl PublicKey {
    /// Takes affine coordinates. `None` if the point is not on the curve.
    pub fn from_coordinates(coordinates: &Coordinates) -> Option<Self> {
        let Coordinates { x, y } = coordinates;
        PublicKey::from_uncompressed(&[&[UNCOMPRESSED], x.as_slice(), y.as_slice()].concat())
    }

    /// Takes an uncompressed point (SEC 1, section 2.3.3). `None` if it has
    /// another form, or is not on the curve.
    pub fn from_uncompressed(point: &[u8]) -> Option<Self> {
        // The library takes compressed points, too.
        point
            .starts_with(&[UNCOMPRESSED])
            .then(|| verifying::PublicKey::decode(point))
            .flatten()
            .map(PublicKey)
    }

    /// Whether `signature` is this key's signature of `message`. A signature
    /// that is not 64 bytes, or whose R or S is zero or not below the order of
    /// the group, is none. High S is accepted, as RFC 7518 asks for nothing
    /// else.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        // The library takes numbers of other lengths, too.
        signature.len() == ES256_SIGNATURE_BYTES
            && self.0.verify_hash(signature, &Sha256::digest(message))
    }

    /// Whether `signature` is this key's signature of `message`, in the form
    /// that WebAuthn uses: R and S in DER (RFC 3279, section 2.2.3). Any other
    /// encoding of the numbers is none.
    pub fn verify_der(&self, message: &[u8], signature: &[u8]) -> bool {
        p256::ecdsa::Signature::from_der(signature)
            .is_ok_and(|signature| self.verify(message, &signature.to_bytes()))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#[path = "algorithm_tests.rs"]
mod tests;
