//! Work for credentials that do not exist.
//!
//! Some of the credentials that a browser is asked for are decoys. Whoever
//! answers for one of them is told the same as somebody whose signature is
//! wrong, and has to wait as long for it: verifying a signature is nearly all
//! of the work of an assertion, and its absence could be measured (WebAuthn
//! Level 3 §14.6.2).
//!
//! The work is that of ES256, with which nearly all passkeys sign. A credential
//! of another algorithm takes another time, so that a stranger who measures well
//! can tell it from a decoy.

use std::hint::black_box;

use super::cose::PublicKey;

/// A public key whose private key nobody knows: a COSE key for ES256 (RFC 9053,
/// section 7.1.1). The x coordinate is the SHA-256 of the text `gatehouse
/// webauthn stand-in key v1, try 4`, the first try from 0 on that is the x
/// coordinate of a point on P-256; of the two y coordinates it is the even one.
const KEY: &[u8] = &[
    0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, // {1: 2, 3: -7, -1: 1, …
    0x21, 0x58, 0x20, // -2: 32 bytes
    0x8c, 0x18, 0x54, 0xc1, 0xf2, 0xaf, 0x8c, 0xaa, 0xa5, 0xb3, 0x8e, 0xb7, 0xfe, 0x88, 0x36, 0xa4,
    0x7b, 0xd2, 0xbe, 0xc3, 0x1c, 0x0c, 0xcd, 0x11, 0x4d, 0xc3, 0xc1, 0xbd, 0x25, 0x64, 0x24, 0xd9,
    0x22, 0x58, 0x20, // -3: 32 bytes
    0x93, 0xc0, 0xd9, 0x3d, 0x34, 0x22, 0x95, 0xed, 0x86, 0x6d, 0x80, 0x3c, 0xc3, 0x7b, 0x8f, 0xbb,
    0xa2, 0x5a, 0xb5, 0x45, 0x8c, 0xb9, 0xc8, 0x0a, 0xca, 0x2d, 0xe1, 0x74, 0x02, 0xa0, 0xbc, 0x4c,
];

/// Verifies a signature in vain, with a key that is read as a stored one is.
/// What comes of it is nobody's business.
pub(super) fn verify_in_vain(message: &[u8], signature: &[u8]) {
    let key = PublicKey::decode(black_box(KEY));
    black_box(key.is_ok_and(|key| key.verify(message, signature)));
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;
    use crate::webauthn::Algorithm;

    #[test]
    fn the_key_is_made_as_it_says() {
        let key = PublicKey::decode(KEY).unwrap();
        assert_eq!(key.algorithm(), Algorithm::Es256);
        let x = |number: u8| {
            Sha256::digest(format!("gatehouse webauthn stand-in key v1, try {number}"))
        };
        assert_eq!(KEY.get(10..42).unwrap(), x(4).as_slice());
        assert!(KEY.last().unwrap().is_multiple_of(2));
        for number in 0..4 {
            let mut other = KEY.to_vec();
            other.splice(10..42, x(number));
            assert!(PublicKey::decode(&other).is_err(), "{number}");
        }
    }
}
