//! JSON Web Tokens (RFC 7519) in the compact serialisation of RFC 7515, signed
//! with ES256 and nothing else.

use super::es256::SigningKey;
use super::jwk::{ALGORITHM, Jwk};
use crate::time::{Millis, UnixMillis};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};
use std::fmt;

/// Most bytes of a token: HTTP servers take header lines of 8 KiB, and what is
/// longer is not ours.
pub const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// The `typ` of a token (RFC 7519, section 5.1).
const TOKEN_TYPE: &str = "JWT";

/// Integers up to this magnitude are exact in a JavaScript number.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// Why a token could not be signed, or was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JwtError {
    /// The claims to sign are no JSON object.
    Claims,
    /// The token has more than [`MAX_TOKEN_BYTES`] bytes.
    TooLong,
    /// The token is not three parts of base64url without padding, or a part
    /// is not the JSON it should be.
    Malformed,
    /// The header names another algorithm than `ES256`, another type than
    /// `JWT`, or critical extensions (RFC 7515, section 4.1.11), of which none
    /// is understood.
    Header,
    /// The header names no key of the set.
    UnknownKey,
    /// The key that the header names cannot be used.
    InvalidKey,
    /// The signature is not the key's.
    Signature,
    /// The token has expired (RFC 7519, section 4.1.4).
    Expired,
    /// The token is not valid yet, or was issued in the future (RFC 7519,
    /// sections 4.1.5 and 4.1.6).
    NotYetValid,
    /// Another issuer than the expected one (RFC 7519, section 4.1.1).
    Issuer,
    /// The expected audience is not among the token's (RFC 7519, section
    /// 4.1.3).
    Audience,
}

impl fmt::Display for JwtError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            JwtError::Claims => "the claims are not a JSON object",
            JwtError::TooLong => "the token is too long",
            JwtError::Malformed => "the token is malformed",
            JwtError::Header => "the token's header asks for what is not supported",
            JwtError::UnknownKey => "the token's key is unknown",
            JwtError::InvalidKey => "the token's key is not usable",
            JwtError::Signature => "the token's signature is wrong",
            JwtError::Expired => "the token has expired",
            JwtError::NotYetValid => "the token is not valid yet",
            JwtError::Issuer => "the token has the wrong issuer",
            JwtError::Audience => "the token has the wrong audience",
        })
    }
}

impl std::error::Error for JwtError {}

/// The protected header of a token (RFC 7515, section 4.1). Serde refuses a
/// member that occurs twice.
#[derive(Serialize, Deserialize)]
struct Header {
    alg: String,
    kid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    typ: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    crit: Option<Value>,
}

/// What a token must be to be accepted.
#[derive(Debug, Clone, Copy)]
pub struct Expectation<'a> {
    /// The only `iss` accepted.
    pub issuer: &'a str,
    /// The value that `aud` must be or contain.
    pub audience: &'a str,
    /// The present time.
    pub now: UnixMillis,
    /// How far the issuer's clock may be from ours.
    pub leeway: Millis,
}

/// The `aud` of a token: one audience or several (RFC 7519, section 4.1.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Audience {
    /// A single audience, written as a string.
    One(String),
    /// Any number of audiences, written as an array.
    Many(Vec<String>),
}

impl Audience {
    /// Whether `audience` is meant.
    pub fn contains(&self, audience: &str) -> bool {
        match self {
            Audience::One(one) => one == audience,
            Audience::Many(many) => many.iter().any(|one| one == audience),
        }
    }
}

/// The claims of a token whose signature, time, issuer and audience were
/// checked. Times are in seconds since the Unix epoch (`NumericDate`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claims {
    /// Issuer.
    pub iss: String,
    /// Subject.
    pub sub: String,
    /// Audience.
    pub aud: Audience,
    /// Expiration time: the token is not accepted at it or later.
    pub exp: f64,
    /// Time of issue.
    pub iat: f64,
    /// The token is not accepted before this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nbf: Option<f64>,
    /// Session id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// All other claims.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Signs `claims`, which must serialise to a JSON object.
///
/// Whole numbers are written without a fraction, whatever their type: times are
/// floating-point numbers here, and verifiers that read `exp` as an integer do
/// not take `1700000000.0`.
///
/// # Errors
/// [`JwtError::Claims`] if the claims do not serialise to an object, and
/// [`JwtError::TooLong`] if the token would not be accepted by [`verify`].
pub fn sign<C: Serialize>(claims: &C, key: &SigningKey) -> Result<String, JwtError> {
    let mut claims = serde_json::to_value(claims).map_err(|_| JwtError::Claims)?;
    if !claims.is_object() {
        return Err(JwtError::Claims);
    }
    write_whole_numbers_as_integers(&mut claims);
    let header = Header {
        alg: ALGORITHM.to_owned(),
        kid: key.kid().to_owned(),
        typ: Some(TOKEN_TYPE.to_owned()),
        crit: None,
    };
    let header = serde_json::to_vec(&header).map_err(|_| JwtError::Claims)?;
    let payload = serde_json::to_vec(&claims).map_err(|_| JwtError::Claims)?;
    let mut token = URL_SAFE_NO_PAD.encode(header);
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(payload, &mut token);
    let signature = key.private_key().sign(token.as_bytes());
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, &mut token);
    if token.len() > MAX_TOKEN_BYTES {
        return Err(JwtError::TooLong);
    }
    Ok(token)
}

/// Replaces floating-point numbers without a fraction by integers, as far as
/// they are exact.
fn write_whole_numbers_as_integers(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let whole = number
                .as_f64()
                .filter(|float| number.is_f64() && float.fract() == 0.0)
                .filter(|float| float.abs() <= MAX_SAFE_INTEGER)
                .and_then(|float| format!("{float:.0}").parse::<i64>().ok());
            if let Some(whole) = whole {
                *number = Number::from(whole);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(write_whole_numbers_as_integers),
        Value::Object(members) => members
            .values_mut()
            .for_each(write_whole_numbers_as_integers),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// Verifies a token: size, form, header, key, signature, then expiry, start,
/// time of issue, issuer and audience.
///
/// The algorithm is pinned; the header's word only has to agree. Keys come from
/// `keys` alone: what the header carries or points to (`jwk`, `jku`, `x5c`) is
/// never looked at.
///
/// # Errors
/// See [`JwtError`].
pub fn verify(token: &str, keys: &[Jwk], expect: &Expectation<'_>) -> Result<Claims, JwtError> {
    if token.len() > MAX_TOKEN_BYTES {
        return Err(JwtError::TooLong);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(JwtError::Malformed)?;
    let (header, payload) = signed.split_once('.').ok_or(JwtError::Malformed)?;

    let header: Header = parse_part(header)?;
    let is_supported = header.alg == ALGORITHM
        && header.crit.is_none()
        && header
            .typ
            .is_none_or(|typ| typ.eq_ignore_ascii_case(TOKEN_TYPE));
    if !is_supported {
        return Err(JwtError::Header);
    }
    let key = keys
        .iter()
        .find(|key| key.kid == header.kid)
        .ok_or(JwtError::UnknownKey)?
        .public_key()
        .map_err(|_| JwtError::InvalidKey)?;
    let signature = URL_SAFE_NO_PAD
        .decode(signature)
        .map_err(|_| JwtError::Malformed)?;
    if !key.verify(signed.as_bytes(), &signature) {
        return Err(JwtError::Signature);
    }

    let claims: Claims = parse_part(payload)?;
    check_claims(&claims, expect)?;
    Ok(claims)
}

/// Decodes and parses one part of a token.
fn parse_part<T: for<'de> Deserialize<'de>>(part: &str) -> Result<T, JwtError> {
    let json = URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| JwtError::Malformed)?;
    serde_json::from_slice(&json).map_err(|_| JwtError::Malformed)
}

/// Compares the claims with what is expected. Each comparison is written so
/// that a time that is not a number fails it.
fn check_claims(claims: &Claims, expect: &Expectation<'_>) -> Result<(), JwtError> {
    let point = |seconds: f64| UnixMillis(seconds * Millis::SECOND.0);
    let has_begun = |start: f64| point(start) <= expect.now.plus(expect.leeway);
    let has_time_left = expect.now < point(claims.exp).plus(expect.leeway);
    if !has_time_left {
        return Err(JwtError::Expired);
    }
    if !has_begun(claims.iat) || !claims.nbf.is_none_or(has_begun) {
        return Err(JwtError::NotYetValid);
    }
    if claims.iss != expect.issuer {
        return Err(JwtError::Issuer);
    }
    if !claims.aud.contains(expect.audience) {
        return Err(JwtError::Audience);
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#[path = "jwt_tests.rs"]
mod tests;
