//! Tests of ES256: published vectors, and every answer compared with that of
//! another implementation: of `crrl` for signatures, of `p256` for their
//! verification.

use super::*;
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::elliptic_curve::PrimeField as _;
use proptest::prelude::*;

/// The order of the group (SEC 2, section 2.4.2).
const ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

/// The prime of the field (SEC 2, section 2.4.2).
const PRIME: &str = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";

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
    let public = PublicKey::from_coordinates(&key.coordinates()).unwrap();
    assert_eq!(
        key.coordinates(),
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

/// A key, and the same in the other implementations.
struct Both {
    ours: PrivateKey,
    our_public: PublicKey,
    signer: verifying::PrivateKey,
    verifier: VerifyingKey,
}

impl Both {
    /// `None` if all say that the number is no key.
    fn new(secret: &[u8; 32]) -> Option<Self> {
        let ours = PrivateKey::from_bytes(secret);
        let signer = verifying::PrivateKey::decode(secret);
        assert_eq!(ours.is_some(), signer.is_some(), "{secret:?}");
        let (ours, signer) = (ours?, signer?);
        let public = signer.to_public_key().encode_uncompressed();
        let Coordinates { x, y } = ours.coordinates();
        let point = [&[UNCOMPRESSED], x.as_slice(), y.as_slice()].concat();
        assert_eq!(point, public);
        Some(Both {
            our_public: PublicKey::from_coordinates(&ours.coordinates()).unwrap(),
            verifier: VerifyingKey::from_sec1_bytes(&public).unwrap(),
            ours,
            signer,
        })
    }

    /// The signature that both make.
    fn sign(&self, message: &[u8]) -> Signature {
        let ours = self.ours.sign(message);
        // Both follow RFC 6979.
        let theirs = self.signer.sign_hash(&Sha256::digest(message), &[]);
        assert_eq!(ours, theirs, "{message:?}");
        Signature::from_slice(&ours).unwrap()
    }

    /// What both say about a signature of 64 bytes.
    fn accept(&self, message: &[u8], signature: &[u8]) -> bool {
        let ours = self.our_public.verify(message, signature);
        let theirs = Signature::from_slice(signature)
            .is_ok_and(|signature| self.verifier.verify(message, &signature).is_ok());
        assert_eq!(ours, theirs, "{message:?} {signature:?}");
        ours
    }

    /// What both say about a signature in DER.
    fn accept_der(&self, message: &[u8], signature: &[u8]) -> bool {
        let ours = self.our_public.verify_der(message, signature);
        let theirs = Signature::from_der(signature)
            .is_ok_and(|signature| self.verifier.verify(message, &signature).is_ok());
        assert_eq!(ours, theirs, "{message:?} {signature:?}");
        ours
    }
}

/// What both say about a point: whether it is a public key.
fn is_public_key(x: [u8; 32], y: [u8; 32]) -> bool {
    let ours = PublicKey::from_coordinates(&Coordinates { x, y });
    let point = [&[UNCOMPRESSED], x.as_slice(), y.as_slice()].concat();
    let theirs = VerifyingKey::from_sec1_bytes(&point);
    assert_eq!(ours.is_some(), theirs.is_ok(), "{x:?} {y:?}");
    if let Some(PublicKey(key)) = &ours {
        assert_eq!(key.encode_uncompressed().as_slice(), point);
    }
    ours.is_some()
}

/// A number, and the same plus or minus a small one.
fn near(hexadecimal: &str, difference: i16) -> [u8; 32] {
    let mut digits = number(hexadecimal);
    let mut carry = i32::from(difference);
    for digit in digits.iter_mut().rev() {
        let sum = i32::from(*digit) + carry;
        *digit = u8::try_from(sum.rem_euclid(256)).unwrap();
        carry = sum.div_euclid(256);
    }
    digits
}

/// Numbers at which something changes: zero, the order, the prime, the end.
fn edges() -> Vec<[u8; 32]> {
    let zero = "0".repeat(64);
    let mut edges = vec![[255; 32]];
    for difference in -2..=2 {
        edges.push(near(ORDER, difference));
        edges.push(near(PRIME, difference));
        edges.push(near(&zero, difference));
    }
    edges
}

#[test]
fn scalars_at_the_edges_are_keys_in_both_or_in_neither() {
    let keys: Vec<Both> = edges().iter().filter_map(Both::new).collect();
    // One, two, and the two before the order.
    assert_eq!(keys.len(), 4);
    for key in keys {
        let signature = key.sign(b"message").to_bytes();
        assert!(key.accept(b"message", &signature));
    }
}

#[test]
fn signatures_at_the_edges_are_refused_by_both() {
    let key = Both::new(&[7; 32]).unwrap();
    let right = key.ours.sign(b"message");
    let (r, s) = right.split_at(P256_BYTES);
    for edge in edges() {
        assert!(!key.accept(b"message", &[edge.as_slice(), s].concat()));
        assert!(!key.accept(b"message", &[r, edge.as_slice()].concat()));
        for other in edges() {
            assert!(!key.accept(b"message", &[edge, other].concat()));
        }
    }
}

#[test]
fn signatures_of_other_lengths_are_refused_by_both() {
    let key = Both::new(&[7; 32]).unwrap();
    let right = key.ours.sign(b"message");
    let (r, s) = right.split_at(P256_BYTES);
    for wrong in [
        [].as_slice(),
        r,
        &[r, s, &[0]].concat(),
        &[&[0], r, &[0], s].concat(),
        &[&[0, 0], r, s].concat(),
    ] {
        assert!(!key.accept(b"message", wrong));
        assert!(!key.accept_der(b"message", wrong));
    }
}

#[test]
fn points_that_are_none_are_refused_by_both() {
    let Coordinates { x, y } = Both::new(&[7; 32]).unwrap().ours.coordinates();
    assert!(is_public_key(x, y));
    assert!(!is_public_key(y, x));
    for edge in edges() {
        assert!(!is_public_key(edge, y));
        assert!(!is_public_key(x, edge));
        for other in edges() {
            assert!(!is_public_key(edge, other));
        }
    }
}

/// A signature that is right for `message`, made as nobody would sign: with a
/// nonce of choice.
fn signature_with_nonce(secret: &[u8; 32], nonce: &[u8; 32], message: &[u8]) -> Option<[u8; 64]> {
    let scalar = |bytes: &[u8]| {
        Option::<p256::Scalar>::from(p256::Scalar::from_repr(
            p256::FieldBytes::try_from(bytes).unwrap(),
        ))
    };
    let nonce_point = PrivateKey::from_bytes(nonce)?.coordinates().x;
    // An x coordinate that is not below the order does not happen here.
    let (k, d, r) = (scalar(nonce)?, scalar(secret)?, scalar(&nonce_point)?);
    let z = scalar(Sha256::digest(message).as_slice())?;
    let s = Option::<p256::Scalar>::from(k.invert())? * (z + r * d);
    let bytes = [nonce_point, s.to_repr().into()].concat();
    bytes.try_into().ok()
}

/// Nonces for which the sums of the verification meet equal and opposite
/// points.
#[test]
fn signatures_with_small_nonces_are_accepted_by_both() {
    let small = |value: i16| near(&"0".repeat(64), value);
    for secret in [
        small(1),
        small(2),
        near(ORDER, -1),
        near(ORDER, -2),
        [7; 32],
    ] {
        let key = Both::new(&secret).unwrap();
        for nonce in [
            small(1),
            small(2),
            small(3),
            small(16),
            near(ORDER, -1),
            near(ORDER, -3),
        ] {
            let signature = signature_with_nonce(&secret, &nonce, b"message").unwrap();
            assert!(key.accept(b"message", &signature));
            assert!(!key.accept(b"another", &signature));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn each_verifies_what_the_other_signs(
        secret: [u8; 32],
        message in proptest::collection::vec(any::<u8>(), 0..200),
        flipped in 0..64_usize,
        mask in 1..=u8::MAX,
    ) {
        let Some(key) = Both::new(&secret) else { return Ok(()) };
        let signature = key.sign(&message);
        let signed = signature.to_bytes();
        prop_assert!(key.accept(&message, &signed));
        prop_assert!(key.accept_der(&message, signature.to_der().as_bytes()));

        let mut changed = signed;
        if let Some(byte) = changed.get_mut(flipped) {
            *byte ^= mask;
        }
        prop_assert!(!key.accept(&message, &changed));
        let other = [message.as_slice(), b"!"].concat();
        prop_assert!(!key.accept(&other, &signed));
    }

    #[test]
    fn the_other_s_is_accepted_by_both(secret in 1..u8::MAX, message: [u8; 8]) {
        let key = Both::new(&[secret; 32]).unwrap();
        let (r, s) = key.sign(&message).split_scalars();
        let other = Signature::from_scalars(r, -s).unwrap();
        prop_assert!(key.accept(&message, &other.to_bytes()));
        prop_assert!(key.accept_der(&message, other.to_der().as_bytes()));
    }

    #[test]
    fn the_signature_of_another_key_is_refused_by_both(secret in 1..u8::MAX, message: [u8; 8]) {
        let key = Both::new(&[secret; 32]).unwrap();
        let other = Both::new(&[secret - 1, 1].repeat(16).try_into().unwrap()).unwrap();
        prop_assert!(!key.accept(&message, &other.sign(&message).to_bytes()));
    }

    #[test]
    fn changed_der_is_judged_alike(
        // 32 times 255 is not below the order.
        secret in 1..u8::MAX,
        place in 0..72_usize,
        value: u8,
        tail in proptest::collection::vec(any::<u8>(), 0..3),
        cut in 0..4_usize,
    ) {
        let key = Both::new(&[secret; 32]).unwrap();
        let signature = key.sign(b"message");
        let mut der = signature.to_der().as_bytes().to_vec();
        if let Some(byte) = der.get_mut(place) {
            *byte = value;
        }
        der.truncate(der.len() - cut);
        der.extend(tail);
        let is_right = der == signature.to_der().as_bytes();
        prop_assert_eq!(key.accept_der(b"message", &der), is_right);
    }

    #[test]
    fn points_are_judged_alike(x: [u8; 32], y: [u8; 32]) {
        prop_assert!(!is_public_key(x, y));
    }
}
