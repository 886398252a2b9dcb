//! COSE keys (RFC 9052, RFC 9053, RFC 8230).

use proptest::prelude::*;

use super::cbor_writer::Item;
use super::signer::Signer;
use crate::webauthn::Algorithm;
use crate::webauthn::cbor::CborError;
use crate::webauthn::cose::{CoseKeyError, MAX_PUBLIC_KEY_BYTES, PublicKey};

fn refusal(parameters: &[(i32, Item)]) -> Option<CoseKeyError> {
    PublicKey::decode(&Item::key(parameters).encode()).err()
}

/// The parameters of a key with one of them changed, or removed.
fn changed(algorithm: Algorithm, label: i32, item: Option<Item>) -> Vec<(i32, Item)> {
    let mut parameters = Signer::new(algorithm).cose();
    parameters.retain(|(other, _)| *other != label);
    parameters.extend(item.map(|item| (label, item)));
    parameters
}

#[test]
fn keys_of_every_algorithm_verify_their_own_signatures() {
    for algorithm in Algorithm::ALL {
        let signer = Signer::new(algorithm);
        let key = PublicKey::decode(&Item::key(&signer.cose()).encode()).unwrap();
        assert_eq!(key.algorithm(), algorithm);
        let signature = signer.sign(b"message");
        assert!(key.verify(b"message", &signature));
        assert!(!key.verify(b"Message", &signature));
        assert!(!key.verify(b"message", &[]));
        for place in 0..signature.len() {
            let mut other = signature.clone();
            other[place] ^= 1;
            assert!(!key.verify(b"message", &other), "{algorithm:?} {place}");
        }
        assert!(!key.verify(b"message", &[signature, vec![0]].concat()));
    }
}

#[test]
fn labels_that_are_not_known_are_skipped() {
    for algorithm in Algorithm::ALL {
        let mut parameters = Signer::new(algorithm).cose();
        // A key id, the operations, and labels of nobody.
        parameters.push((2, Item::Bytes(vec![1])));
        parameters.push((4, Item::Array(vec![Item::Integer(2)])));
        parameters.push((-70_000, Item::Boolean(false)));
        parameters.push((1000, Item::Map(vec![])));
        assert_eq!(refusal(&parameters), None);
        // Values that such labels cannot have.
        for (label, item) in [
            (2, Item::Bytes(vec![])),
            (2, Item::Integer(1)),
            (4, Item::Array(vec![])),
            (4, Item::Array(vec![Item::Integer(2), Item::Integer(2)])),
            (4, Item::Boolean(true)),
            (5, Item::Bytes(vec![])),
            (5, Item::Text("1")),
        ] {
            let parameters = changed(algorithm, label, Some(item));
            assert_eq!(refusal(&parameters), None, "{algorithm:?} {label}");
        }
    }
}

#[test]
fn every_parameter_is_needed_in_its_type() {
    for algorithm in Algorithm::ALL {
        for (label, _) in Signer::new(algorithm).cose() {
            let parameter = Some(CoseKeyError::Parameter);
            let missing = changed(algorithm, label, None);
            assert_eq!(refusal(&missing), parameter, "{algorithm:?} {label}");
            let text = changed(algorithm, label, Some(Item::Text("1")));
            assert_eq!(refusal(&text), parameter, "{algorithm:?} {label}");
        }
    }
}

#[test]
fn type_algorithm_and_curve_belong_together() {
    for algorithm in Algorithm::ALL {
        for other in 0..8 {
            let key_type = changed(algorithm, 1, Some(Item::Integer(other)));
            let own = match algorithm {
                Algorithm::EdDsa => 1,
                Algorithm::Rs256 => 3,
                _ => 2,
            };
            let expected = (other != own).then_some(CoseKeyError::KeyType);
            assert_eq!(refusal(&key_type), expected);
            if algorithm != Algorithm::Rs256 {
                let own = match algorithm {
                    Algorithm::Es256 => 1,
                    Algorithm::Es384 => 2,
                    Algorithm::Es512 => 3,
                    _ => 6,
                };
                let curve = changed(algorithm, -1, Some(Item::Integer(other)));
                let expected = (other != own).then_some(CoseKeyError::KeyType);
                assert_eq!(refusal(&curve), expected);
            }
        }
        for other in [-259, -65535, -47, -37, -53, 0, 1] {
            let unknown = changed(algorithm, 3, Some(Item::Integer(other)));
            assert_eq!(refusal(&unknown), Some(CoseKeyError::Algorithm));
        }
    }
}

#[test]
fn private_parts_are_refused() {
    let private =
        |algorithm, label| refusal(&changed(algorithm, label, Some(Item::Bytes(vec![1]))));
    for algorithm in [
        Algorithm::Es256,
        Algorithm::Es384,
        Algorithm::Es512,
        Algorithm::EdDsa,
    ] {
        assert_eq!(private(algorithm, -4), Some(CoseKeyError::Private));
    }
    for label in -12..=-3 {
        assert_eq!(
            private(Algorithm::Rs256, label),
            Some(CoseKeyError::Private)
        );
    }
}

#[test]
fn points_that_are_none_are_refused() {
    for (algorithm, length) in [
        (Algorithm::Es256, 32),
        (Algorithm::Es384, 48),
        (Algorithm::Es512, 66),
    ] {
        for label in [-2, -3] {
            for bytes in [
                vec![],
                vec![0; length],
                vec![0xff; length],
                vec![1; length - 1],
                vec![1; length + 1],
            ] {
                let other = changed(algorithm, label, Some(Item::Bytes(bytes)));
                assert_eq!(refusal(&other), Some(CoseKeyError::Value));
            }
        }
        // A compressed point has the sign of y alone.
        let compressed = changed(algorithm, -3, Some(Item::Boolean(true)));
        assert_eq!(refusal(&compressed), Some(CoseKeyError::Parameter));
    }
}

#[test]
fn ed25519_keys_are_points_of_large_order() {
    let mut identity = vec![0; 32];
    identity[0] = 1;
    let mut not_on_the_curve = vec![0; 32];
    not_on_the_curve[0] = 2;
    for bytes in [
        vec![],
        vec![0; 31],
        vec![0; 33],
        // Points of order four and one: they verify signatures of everything.
        vec![0; 32],
        identity,
        not_on_the_curve,
    ] {
        let other = changed(Algorithm::EdDsa, -2, Some(Item::Bytes(bytes)));
        assert_eq!(refusal(&other), Some(CoseKeyError::Value));
    }
}

#[test]
fn rsa_keys_are_within_bounds() {
    let modulus = |bits: usize, last: u8| {
        let mut bytes = vec![0x55; bits.div_ceil(8)];
        bytes[0] = 0xff >> (bits.div_ceil(8) * 8 - bits);
        *bytes.last_mut().unwrap() = last;
        changed(Algorithm::Rs256, -1, Some(Item::Bytes(bytes)))
    };
    for (parameters, is_valid) in [
        (modulus(2047, 1), false),
        (modulus(2048, 1), true),
        (modulus(2048, 2), false),
        (modulus(3072, 1), true),
        (modulus(4096, 1), true),
        (modulus(4097, 1), false),
    ] {
        let expected = (!is_valid).then_some(CoseKeyError::Value);
        assert_eq!(refusal(&parameters), expected);
    }
    let zeros = [vec![0], vec![0xff; 256]].concat();
    let leading_zero = changed(Algorithm::Rs256, -1, Some(Item::Bytes(zeros)));
    assert_eq!(refusal(&leading_zero), Some(CoseKeyError::Value));
    for (exponent, is_valid) in [
        (vec![], false),
        (vec![0], false),
        (vec![1], false),
        (vec![2], false),
        (vec![3], true),
        (vec![4], false),
        (vec![17], true),
        (vec![0, 3], false),
        (vec![1, 0, 1], true),
        (vec![1, 0, 0], false),
        (vec![1, 0, 0, 0, 1], true),
        (vec![2, 0, 0, 0, 1], false),
        (vec![1, 0, 0, 0, 0, 1], false),
    ] {
        let parameters = changed(Algorithm::Rs256, -2, Some(Item::Bytes(exponent)));
        let expected = (!is_valid).then_some(CoseKeyError::Value);
        assert_eq!(refusal(&parameters), expected);
    }
}

#[test]
fn what_is_no_key_is_refused() {
    let decode = |bytes: &[u8]| PublicKey::decode(bytes).err();
    assert_eq!(decode(&[0x80]), Some(CoseKeyError::Parameter));
    assert_eq!(decode(&[]), Some(CoseKeyError::Cbor(CborError::Truncated)));
    assert_eq!(
        decode(&vec![0; MAX_PUBLIC_KEY_BYTES + 1]),
        Some(CoseKeyError::TooLong)
    );
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = PublicKey::decode(&bytes);
    }

    #[test]
    fn no_changed_key_makes_it_panic(
        algorithm in proptest::sample::select(&Algorithm::ALL[..]),
        place: proptest::sample::Index,
        byte: u8,
    ) {
        let mut encoded = Item::key(&Signer::new(algorithm).cose()).encode();
        let place = place.index(encoded.len());
        encoded[place] = byte;
        if let Ok(key) = PublicKey::decode(&encoded) {
            let _ = key.verify(b"message", &[0x30, 0x06, 2, 1, 1, 2, 1, 1]);
        }
    }

    #[test]
    fn a_changed_key_is_refused_or_the_key_that_its_bytes_say(
        algorithm in proptest::sample::select(&Algorithm::ALL[..]),
        place: proptest::sample::Index,
        byte: u8,
    ) {
        let encoded = Item::key(&Signer::new(algorithm).cose()).encode();
        let mut changed = encoded.clone();
        let place = place.index(changed.len());
        changed[place] = byte;
        let signature = Signer::new(algorithm).sign(b"message");
        let verifies = PublicKey::decode(&changed)
            .is_ok_and(|key| key.algorithm() == algorithm && key.verify(b"message", &signature));
        prop_assert_eq!(verifies, changed == encoded);
    }
}
