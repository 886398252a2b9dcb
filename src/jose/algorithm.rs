//! The signature algorithm behind ES256: ECDSA on P-256 with SHA-256 (RFC 7518,
//! section 3.4; RFC 9053, section 2.1, for passkeys). Nothing else in the crate
//! names the library that computes it, so that it can be replaced here.
//!
//! The library is `crrl`: in WebAssembly it signs and verifies in a third of the
//! time of `p256`, and has no table that has to be computed first. What uses
//! secrets takes the same time for all of them. `p256` is what the tests compare
//! it with.

use crrl::p256 as curve;
use der::asn1::UintRef;
use der::{Decode as _, Reader as _, SliceReader};
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
///
/// The library's own type is never wiped, so the scalar is kept as bytes and
/// read for each use.
#[derive(Clone)]
pub struct PrivateKey {
    secret: Zeroizing<[u8; P256_BYTES]>,
    public_key: PublicKey,
}

impl PrivateKey {
    /// Takes a secret scalar, big-endian. `None` unless it is between one and
    /// the order of the group.
    pub fn from_bytes(bytes: &[u8; P256_BYTES]) -> Option<Self> {
        let key = curve::PrivateKey::decode(bytes)?;
        Some(PrivateKey {
            secret: Zeroizing::new(*bytes),
            public_key: PublicKey(key.to_public_key()),
        })
    }

    /// The secret scalar, big-endian.
    pub fn to_bytes(&self) -> Zeroizing<[u8; P256_BYTES]> {
        self.secret.clone()
    }

    /// The public key.
    pub fn public_key(&self) -> PublicKey {
        self.public_key.clone()
    }

    /// Signs `message` with the nonce of RFC 6979, section 3.2: the same message
    /// always has the same signature, and no randomness can be too weak.
    pub fn sign(&self, message: &[u8]) -> [u8; ES256_SIGNATURE_BYTES] {
        // The bytes were read when the key was made, so they can be read again.
        // If they could not, the signature would be one that no key verifies.
        curve::PrivateKey::decode(self.secret.as_slice())
            .map_or([0; ES256_SIGNATURE_BYTES], |key| {
                key.sign_hash(&Sha256::digest(message), &[])
            })
    }
}

/// A public key for ES256: a point on the curve, not at infinity.
#[derive(Debug, Clone)]
pub struct PublicKey(curve::PublicKey);

impl PublicKey {
    /// Takes affine coordinates. `None` if the point is not on the curve.
    pub fn from_coordinates(coordinates: &Coordinates) -> Option<Self> {
        let Coordinates { x, y } = coordinates;
        let point = [&[UNCOMPRESSED], x.as_slice(), y.as_slice()].concat();
        curve::PublicKey::decode(&point).map(PublicKey)
    }

    /// The affine coordinates.
    pub fn coordinates(&self) -> Coordinates {
        let point = self.0.encode_uncompressed();
        let (_, coordinates) = point.split_at(1);
        let mut halves = coordinates.as_chunks::<P256_BYTES>().0.iter().copied();
        let mut next = || halves.next().unwrap_or([0; P256_BYTES]);
        Coordinates {
            x: next(),
            y: next(),
        }
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
        from_der(signature).is_some_and(|signature| self.verify(message, &signature))
    }
}

/// A signature with its numbers at full length, from one in DER. `None` if that
/// is not the only encoding of two numbers of at most 32 bytes.
fn from_der(signature: &[u8]) -> Option<[u8; ES256_SIGNATURE_BYTES]> {
    let mut fixed = [0; ES256_SIGNATURE_BYTES];
    let (r, s) = fixed.split_at_mut(P256_BYTES);
    let mut reader = SliceReader::new(signature).ok()?;
    reader
        .sequence(|sequence| {
            for number in [r, s] {
                let digits = UintRef::decode(sequence)?.as_bytes();
                let start = number.len().checked_sub(digits.len());
                let place = start.and_then(|start| number.get_mut(start..));
                place
                    .ok_or(der::ErrorKind::Overlength)?
                    .copy_from_slice(digits);
            }
            Ok::<_, der::Error>(())
        })
        .ok()?;
    reader.finish().ok()?;
    Some(fixed)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#[path = "algorithm_tests.rs"]
mod tests;
