//! Public keys of credentials as COSE keys (RFC 9052, section 7; WebAuthn Level
//! 3 §6.5.1.1).

use std::fmt;
use std::ops::RangeInclusive;

use super::algorithm::Algorithm;
use super::cbor::{self, CborError, Map};
use super::signature::{Curve, VerifyingKey};

/// Most bytes of an encoded key: 512 of them are an RSA modulus.
pub const MAX_PUBLIC_KEY_BYTES: usize = 1024;

/// The label of the key type (RFC 9052, section 7.1).
const KEY_TYPE: i32 = 1;
/// The label of the algorithm (RFC 9052, section 7.1).
pub(super) const ALGORITHM: i32 = 3;

/// The key type of Ed25519: octet key pair (RFC 9053, section 7).
const OCTET_KEY_PAIR: i128 = 1;
/// The key type of ECDSA: elliptic curve with both coordinates (RFC 9053,
/// section 7).
const ELLIPTIC_CURVE: i128 = 2;
/// The key type of RSA (RFC 8230, section 4).
const RSA: i128 = 3;

/// The label of the curve (RFC 9053, section 7.1).
const CURVE: i32 = -1;
/// The label of the x coordinate, or of an octet key (RFC 9053, section 7.1).
const X: i32 = -2;
/// The label of the y coordinate (RFC 9053, section 7.1.1).
const Y: i32 = -3;
/// The label of the private key on a curve (RFC 9053, section 7.1).
const PRIVATE_ON_CURVE: RangeInclusive<i128> = -4..=-4;

/// The label of an RSA modulus (RFC 8230, section 4).
const MODULUS: i32 = -1;
/// The label of an RSA public exponent (RFC 8230, section 4).
const EXPONENT: i32 = -2;
/// The labels of the private parts of an RSA key (RFC 8230, section 4).
const PRIVATE_RSA: RangeInclusive<i128> = -12..=-3;

/// The numbers of curves (RFC 9053, section 7.1).
const CURVE_P256: i128 = 1;
const CURVE_P384: i128 = 2;
const CURVE_P521: i128 = 3;
const CURVE_ED25519: i128 = 6;

/// Why bytes are no public key of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoseKeyError {
    /// There are more than [`MAX_PUBLIC_KEY_BYTES`] bytes.
    TooLong,
    /// The bytes are not CBOR in the accepted form.
    Cbor(CborError),
    /// The item is not a map, or a parameter is missing or has a wrong type.
    Parameter,
    /// The algorithm is not supported.
    Algorithm,
    /// The key type or the curve is not the one of the algorithm (WebAuthn
    /// Level 3 §5.8.5).
    KeyType,
    /// The key has a private part.
    Private,
    /// The numbers are no key: a point that is not on the curve, a modulus out
    /// of bounds.
    Value,
}

impl fmt::Display for CoseKeyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CoseKeyError::TooLong => formatter.write_str("the key is too long"),
            CoseKeyError::Cbor(error) => write!(formatter, "the key is not CBOR: {error}"),
            CoseKeyError::Parameter => formatter.write_str("a parameter of the key is not valid"),
            CoseKeyError::Algorithm => formatter.write_str("the algorithm is not supported"),
            CoseKeyError::KeyType => {
                formatter.write_str("the key type or curve is not the algorithm's")
            }
            CoseKeyError::Private => formatter.write_str("the key has a private part"),
            CoseKeyError::Value => formatter.write_str("the key is out of range"),
        }
    }
}

impl std::error::Error for CoseKeyError {}

impl From<CborError> for CoseKeyError {
    fn from(error: CborError) -> Self {
        CoseKeyError::Cbor(error)
    }
}

/// A public key that signatures can be verified with.
#[derive(Debug, Clone)]
pub struct PublicKey {
    algorithm: Algorithm,
    key: VerifyingKey,
}

impl PublicKey {
    /// Reads an encoded COSE key. Labels that are not looked at may be there
    /// (RFC 9052, section 7.1).
    ///
    /// # Errors
    /// See [`CoseKeyError`].
    pub fn decode(encoded: &[u8]) -> Result<Self, CoseKeyError> {
        if encoded.len() > MAX_PUBLIC_KEY_BYTES {
            return Err(CoseKeyError::TooLong);
        }
        let value = cbor::decode(encoded)?;
        let map = value.as_map().ok_or(CoseKeyError::Parameter)?;
        let algorithm =
            Algorithm::from_identifier(integer(map, ALGORITHM)?).ok_or(CoseKeyError::Algorithm)?;
        let key = match algorithm {
            Algorithm::Es256 => elliptic_curve(map, CURVE_P256, Curve::P256)?,
            Algorithm::Es384 => elliptic_curve(map, CURVE_P384, Curve::P384)?,
            Algorithm::Es512 => elliptic_curve(map, CURVE_P521, Curve::P521)?,
            Algorithm::EdDsa => {
                check(map, OCTET_KEY_PAIR, Some(CURVE_ED25519), PRIVATE_ON_CURVE)?;
                VerifyingKey::ed25519(bytes(map, X)?)
            }
            Algorithm::Rs256 => {
                check(map, RSA, None, PRIVATE_RSA)?;
                VerifyingKey::rsa(bytes(map, MODULUS)?, bytes(map, EXPONENT)?)
            }
        };
        let key = key.ok_or(CoseKeyError::Value)?;
        Ok(PublicKey { algorithm, key })
    }

    /// The algorithm that the key is for.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Whether `signature` is this key's signature of `data`, in the form of
    /// the algorithm (WebAuthn Level 3 §6.5.5): DER for ECDSA.
    pub fn verify(&self, data: &[u8], signature: &[u8]) -> bool {
        self.key.verify(data, signature)
    }
}

/// The point of a key for ECDSA. A compressed one has a boolean for the y
/// coordinate and is refused (WebAuthn Level 3 §5.8.5).
fn elliptic_curve(
    map: &Map<'_>,
    number: i128,
    curve: Curve,
) -> Result<Option<VerifyingKey>, CoseKeyError> {
    check(map, ELLIPTIC_CURVE, Some(number), PRIVATE_ON_CURVE)?;
    Ok(VerifyingKey::ecdsa(curve, bytes(map, X)?, bytes(map, Y)?))
}

/// Whether the key is of a type, on a curve if the type has curves, and has
/// none of the labels of private parts.
fn check(
    map: &Map<'_>,
    key_type: i128,
    curve: Option<i128>,
    private: RangeInclusive<i128>,
) -> Result<(), CoseKeyError> {
    if integer(map, KEY_TYPE)? != key_type {
        return Err(CoseKeyError::KeyType);
    }
    if let Some(curve) = curve
        && integer(map, CURVE)? != curve
    {
        return Err(CoseKeyError::KeyType);
    }
    let is_private = map.entries().iter().any(
        |entry| matches!(entry.label, cbor::Label::Integer(label) if private.contains(&label)),
    );
    if is_private {
        return Err(CoseKeyError::Private);
    }
    Ok(())
}

/// A parameter that is a number.
fn integer(map: &Map<'_>, label: i32) -> Result<i128, CoseKeyError> {
    map.get(label)
        .and_then(cbor::Value::as_integer)
        .ok_or(CoseKeyError::Parameter)
}

/// A parameter that is a byte string.
fn bytes<'a>(map: &Map<'a>, label: i32) -> Result<&'a [u8], CoseKeyError> {
    map.get(label)
        .and_then(cbor::Value::as_bytes)
        .ok_or(CoseKeyError::Parameter)
}
