//! The signature algorithm behind ES256: ECDSA on P-256 with SHA-256 (RFC 7518,
//! section 3.4; RFC 9053, section 2.1, for passkeys). Nothing else in the crate
//! names the library that computes it, so that it can be replaced here.

use p256::Sec1Point;
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use zeroize::Zeroizing;

/// Bytes of a field element or scalar of P-256.
pub const P256_BYTES: usize = 32;

/// Bytes of an ES256 signature: R and S, 32 bytes each, big-endian.
pub const ES256_SIGNATURE_BYTES: usize = 64;

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
pub struct PrivateKey(SigningKey);

impl PrivateKey {
    /// Takes a secret scalar, big-endian. `None` unless it is between one and
    /// the order of the group.
    pub fn from_bytes(bytes: &[u8; P256_BYTES]) -> Option<Self> {
        SigningKey::from_slice(bytes).ok().map(PrivateKey)
    }

    /// The secret scalar, big-endian.
    pub fn to_bytes(&self) -> Zeroizing<[u8; P256_BYTES]> {
        Zeroizing::new(self.0.to_bytes().into())
    }

    /// The public key.
    pub fn public_key(&self) -> PublicKey {
        PublicKey(*self.0.verifying_key())
    }

    /// Signs `message` with the nonce of RFC 6979, section 3.2: the same message
    /// always has the same signature, and no randomness can be too weak.
    pub fn sign(&self, message: &[u8]) -> [u8; ES256_SIGNATURE_BYTES] {
        let signature: Signature = self.0.sign(message);
        signature.to_bytes().into()
    }
}

/// A public key for ES256: a point on the curve, not at infinity.
#[derive(Debug, Clone)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Takes affine coordinates. `None` if the point is not on the curve.
    pub fn from_coordinates(coordinates: &Coordinates) -> Option<Self> {
        let point =
            Sec1Point::from_affine_coordinates(&coordinates.x.into(), &coordinates.y.into(), false);
        VerifyingKey::from_sec1_point(&point).ok().map(PublicKey)
    }

    /// The affine coordinates.
    pub fn coordinates(&self) -> Coordinates {
        let point = self.0.to_sec1_point(false);
        let coordinate = |bytes: Option<&p256::FieldBytes>| {
            bytes.map_or([0; P256_BYTES], |bytes| (*bytes).into())
        };
        Coordinates {
            x: coordinate(point.x()),
            y: coordinate(point.y()),
        }
    }

    /// Whether `signature` is this key's signature of `message`. A signature
    /// that is not 64 bytes, or whose R or S is zero or not below the order of
    /// the group, is none. High S is accepted, as RFC 7518 asks for nothing
    /// else.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.0.verify(message, &signature).is_ok())
    }

    /// Whether `signature` is this key's signature of `message`, in the form
    /// that WebAuthn uses: R and S in DER (RFC 3279, section 2.2.3). Any other
    /// encoding of the numbers is none.
    pub fn verify_der(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_der(signature)
            .is_ok_and(|signature| self.0.verify(message, &signature).is_ok())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// A number of 32 bytes from its hexadecimal digits.
    fn number(hexadecimal: &str) -> [u8; 32] {
        let digits: Vec<u8> = hexadecimal
            .chars()
            .map(|digit| u8::try_from(digit.to_digit(16).unwrap()).unwrap())
            .collect();
        let bytes: Vec<u8> = digits
            .as_chunks::<2>()
            .0
            .iter()
            .map(|[high, low]| high * 16 + low)
            .collect();
        bytes.try_into().unwrap()
    }

    #[test]
    fn signatures_are_those_of_rfc_6979_appendix_a_2_5() {
        let secret = number("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
        let key = PrivateKey::from_bytes(&secret).unwrap();
        let public = key.public_key();
        assert_eq!(
            public.coordinates(),
            Coordinates {
                x: number("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"),
                y: number("7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"),
            }
        );
        for (message, r, s) in [
            (
                "sample",
                "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
                "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
            ),
            (
                "test",
                "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367",
                "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083",
            ),
        ] {
            let signature = key.sign(message.as_bytes());
            assert_eq!(signature.as_slice(), [number(r), number(s)].concat());
            assert!(public.verify(message.as_bytes(), &signature));
            assert!(!public.verify(b"another", &signature));
        }
    }

    #[test]
    fn the_token_of_rfc_7515_appendix_a_3_verifies() {
        use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
        let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
        let coordinate = |text: &str| <[u8; 32]>::try_from(decode(text)).unwrap();
        let key = PublicKey::from_coordinates(&Coordinates {
            x: coordinate("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
            y: coordinate("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"),
        })
        .unwrap();
        let signed = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQog\
                      Imh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let signature = decode(
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
        );
        assert!(key.verify(signed.as_bytes(), &signature));
    }
}
