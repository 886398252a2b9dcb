//! Public keys of credentials as COSE keys (RFC 9052, section 7; WebAuthn Level
//! 3 §6.5.1.1).

use std::fmt;
use std::ops::RangeInclusive;

use coset::cbor::Value;
use coset::iana::{
    Ec2KeyParameter, EllipticCurve, EnumI64, KeyParameter, KeyType, OkpKeyParameter,
    RsaKeyParameter,
};
use coset::{AsCborValue as _, CoseKey, Label, ToSec1OctetStringError};

use super::algorithm::Algorithm;
use super::cbor::{self, CborError, Map};
use super::signature::{Curve, VerifyingKey};

/// Most bytes of an encoded key: 512 of them are an RSA modulus.
pub const MAX_PUBLIC_KEY_BYTES: usize = 1024;

/// The label of the private key on a curve (RFC 9053, section 7.1).
const PRIVATE_ON_CURVE: RangeInclusive<i64> = -4..=-4;

/// The labels of the private parts of an RSA key (RFC 8230, section 4).
const PRIVATE_RSA: RangeInclusive<i64> = -12..=-3;

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
        // `coset` does not tell which parameter it refuses, so the two that it
        // knows are looked at before.
        let identifier = integer(map, KeyParameter::Alg)?;
        let algorithm = Algorithm::from_identifier(identifier).ok_or(CoseKeyError::Algorithm)?;
        if integer(map, KeyParameter::Kty)? != key_type(algorithm).to_i64().into() {
            return Err(CoseKeyError::KeyType);
        }
        let key = interpret(map)?;
        let key = match algorithm {
            Algorithm::Es256 => ecdsa(&key, EllipticCurve::P_256, Curve::P256)?,
            Algorithm::Es384 => ecdsa(&key, EllipticCurve::P_384, Curve::P384)?,
            Algorithm::Es512 => ecdsa(&key, EllipticCurve::P_521, Curve::P521)?,
            Algorithm::EdDsa => {
                check_curve(&key, EllipticCurve::Ed25519)?;
                check_public(&key, PRIVATE_ON_CURVE)?;
                VerifyingKey::ed25519(bytes(&key, OkpKeyParameter::X)?)
            }
            Algorithm::Rs256 => {
                check_public(&key, PRIVATE_RSA)?;
                let modulus = bytes(&key, RsaKeyParameter::N)?;
                VerifyingKey::rsa(modulus, bytes(&key, RsaKeyParameter::E)?)
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

/// The type of an algorithm's keys (WebAuthn Level 3 §5.8.5).
fn key_type(algorithm: Algorithm) -> KeyType {
    match algorithm {
        Algorithm::Es256 | Algorithm::Es384 | Algorithm::Es512 => KeyType::EC2,
        Algorithm::EdDsa => KeyType::OKP,
        Algorithm::Rs256 => KeyType::RSA,
    }
}

/// A parameter that is a number.
fn integer(map: &Map<'_>, parameter: KeyParameter) -> Result<i128, CoseKeyError> {
    map.get(cbor::Label::Integer(parameter.to_i64().into()))
        .and_then(cbor::Value::as_integer)
        .ok_or(CoseKeyError::Parameter)
}

/// The key as `coset` understands it: its type, its algorithm and the
/// parameters of its type. The other labels mean nothing to a signature, and
/// `coset` refuses some values of theirs, so it is not shown them.
fn interpret(map: &Map<'_>) -> Result<CoseKey, CoseKeyError> {
    let common = [KeyParameter::Kty, KeyParameter::Alg].map(|name| name.to_i64());
    // Labels of a type are negative (RFC 9052, section 7.1).
    let is_read = |label: &i64| *label < 0 || common.contains(label);
    let parameters = map.entries().iter().filter_map(|entry| match entry.label {
        cbor::Label::Integer(label) => i64::try_from(label)
            .ok()
            .filter(is_read)
            .map(|label| (Value::from(label), value(&entry.value))),
        cbor::Label::Text(_) => None,
    });
    CoseKey::from_cbor_value(Value::Map(parameters.collect())).map_err(|_| CoseKeyError::Parameter)
}

/// A value in the form of `coset`. No parameter of a key is an array or a map;
/// null stands for them, which none is either.
fn value(value: &cbor::Value<'_>) -> Value {
    match value {
        cbor::Value::Integer(number) => (*number).into(),
        cbor::Value::Bytes(bytes) => (*bytes).into(),
        cbor::Value::Text(text) => (*text).into(),
        cbor::Value::Boolean(value) => (*value).into(),
        cbor::Value::Array(_) | cbor::Value::Map(_) | cbor::Value::Null => Value::Null,
    }
}

/// The point of a key for ECDSA. A compressed one has a boolean for the y
/// coordinate and is refused (WebAuthn Level 3 §5.8.5).
fn ecdsa(
    key: &CoseKey,
    registered: EllipticCurve,
    curve: Curve,
) -> Result<Option<VerifyingKey>, CoseKeyError> {
    check_curve(key, registered)?;
    check_public(key, PRIVATE_ON_CURVE)?;
    bytes(key, Ec2KeyParameter::Y)?;
    match key.to_sec1_octet_string() {
        Ok(point) => Ok(VerifyingKey::ecdsa(curve, &point)),
        Err(ToSec1OctetStringError::UnequalCoordinateLength) => Err(CoseKeyError::Value),
        Err(_) => Err(CoseKeyError::Parameter),
    }
}

/// Whether the key is on a curve.
fn check_curve(key: &CoseKey, curve: EllipticCurve) -> Result<(), CoseKeyError> {
    // The label is the same for both types that have curves.
    let named = parameter(key, Ec2KeyParameter::Crv).and_then(Value::as_integer);
    if named.ok_or(CoseKeyError::Parameter)? != curve.to_i64().into() {
        return Err(CoseKeyError::KeyType);
    }
    Ok(())
}

/// Whether the key has none of the labels of private parts.
fn check_public(key: &CoseKey, private: RangeInclusive<i64>) -> Result<(), CoseKeyError> {
    let is_private =
        |(label, _): &(Label, Value)| matches!(label, Label::Int(label) if private.contains(label));
    if key.params.iter().any(is_private) {
        return Err(CoseKeyError::Private);
    }
    Ok(())
}

/// A parameter of the key's type.
fn parameter(key: &CoseKey, name: impl EnumI64) -> Option<&Value> {
    let label = Label::Int(name.to_i64());
    key.params
        .iter()
        .find(|(other, _)| *other == label)
        .map(|(_, value)| value)
}

/// A parameter of the key's type that is a byte string.
fn bytes(key: &CoseKey, name: impl EnumI64) -> Result<&[u8], CoseKeyError> {
    parameter(key, name)
        .and_then(Value::as_bytes)
        .map(Vec::as_slice)
        .ok_or(CoseKeyError::Parameter)
}
