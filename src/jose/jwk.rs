//! Public keys as JSON (RFC 7517).

use super::algorithm::{Coordinates, P256_BYTES, PublicKey};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use tsify::Tsify;

/// The one key type used: elliptic curve (RFC 7518, section 6.2).
const KEY_TYPE: &str = "EC";
/// The one curve used.
const CURVE: &str = "P-256";
/// The one algorithm used.
pub(super) const ALGORITHM: &str = "ES256";
/// What the keys are for (RFC 7517, section 4.2).
const USE_SIGNATURE: &str = "sig";

/// Why a JSON Web Key is no usable public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JwkError {
    /// The key type, curve, algorithm or use is not that of an ES256 signature
    /// key.
    Unsupported,
    /// A coordinate is not base64url without padding of exactly 32 bytes (RFC
    /// 7518, section 6.2.1.2).
    Encoding,
    /// The coordinates are not those of a point on the curve.
    Point,
}

impl fmt::Display for JwkError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            JwkError::Unsupported => "the key is not an ES256 signature key",
            JwkError::Encoding => "a coordinate of the key is malformed",
            JwkError::Point => "the key is not a point on the curve",
        })
    }
}

impl std::error::Error for JwkError {}

/// A public key for ES256 signatures as a JSON Web Key (RFC 7517; RFC 7518,
/// section 6.2.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Tsify)]
pub struct Jwk {
    /// Key type: `EC`.
    pub kty: String,
    /// Curve: `P-256`.
    pub crv: String,
    /// The x coordinate: 32 bytes in base64url without padding.
    pub x: String,
    /// The y coordinate: 32 bytes in base64url without padding.
    pub y: String,
    /// Key id: the key's SHA-256 thumbprint (RFC 7638) for keys made here.
    pub kid: String,
    /// Algorithm: `ES256`.
    pub alg: String,
    /// Public key use: `sig`.
    #[serde(rename = "use")]
    pub public_key_use: String,
}

impl Jwk {
    /// Describes a public key; its thumbprint becomes the key id.
    pub fn of(key: &Coordinates) -> Self {
        let Coordinates { x, y } = key;
        let x = URL_SAFE_NO_PAD.encode(x);
        let y = URL_SAFE_NO_PAD.encode(y);
        Jwk {
            kid: thumbprint(&x, &y),
            kty: KEY_TYPE.to_owned(),
            crv: CURVE.to_owned(),
            x,
            y,
            alg: ALGORITHM.to_owned(),
            public_key_use: USE_SIGNATURE.to_owned(),
        }
    }

    /// Reads the public key. The key id is taken as it is.
    ///
    /// # Errors
    /// See [`JwkError`].
    pub fn public_key(&self) -> Result<PublicKey, JwkError> {
        let is_supported = self.kty == KEY_TYPE
            && self.crv == CURVE
            && self.alg == ALGORITHM
            && self.public_key_use == USE_SIGNATURE;
        if !is_supported {
            return Err(JwkError::Unsupported);
        }
        PublicKey::from_coordinates(&self.coordinates()?).ok_or(JwkError::Point)
    }

    /// The coordinates, which need not be on the curve.
    fn coordinates(&self) -> Result<Coordinates, JwkError> {
        Ok(Coordinates {
            x: coordinate(&self.x)?,
            y: coordinate(&self.y)?,
        })
    }
}

/// Decodes a coordinate, which always has its full length.
fn coordinate(text: &str) -> Result<[u8; P256_BYTES], JwkError> {
    let mut bytes = [0; P256_BYTES];
    match URL_SAFE_NO_PAD.decode_slice(text, &mut bytes) {
        Ok(P256_BYTES) => Ok(bytes),
        _ => Err(JwkError::Encoding),
    }
}

/// The SHA-256 thumbprint of a key on P-256, in base64url (RFC 7638, section
/// 3): the required members in lexicographic order, without white space.
/// Coordinates in base64url need no escaping.
fn thumbprint(x: &str, y: &str) -> String {
    let members = format!(r#"{{"crv":"{CURVE}","kty":"{KEY_TYPE}","x":"{x}","y":"{y}"}}"#);
    URL_SAFE_NO_PAD.encode(Sha256::digest(members))
}

/// A JSON Web Key Set (RFC 7517, section 5), as served at
/// `/.well-known/jwks.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
pub struct JwkSet {
    /// The keys that tokens may be signed with.
    pub keys: Vec<Jwk>,
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::entropy::Entropy;
    use crate::jose::SigningKey;

    fn jwk() -> Jwk {
        SigningKey::generate(&mut Entropy::from_seed([2; 32])).public_jwk()
    }

    #[test]
    fn a_public_key_round_trips_through_json() {
        let json = serde_json::to_value(jwk()).unwrap();
        let members: Vec<_> = json.as_object().unwrap().keys().cloned().collect();
        assert_eq!(members, ["alg", "crv", "kid", "kty", "use", "x", "y"]);
        let read: Jwk = serde_json::from_value(json).unwrap();
        assert!(read.public_key().is_ok());
        assert_eq!(Jwk::of(&read.coordinates().unwrap()), jwk());
    }

    #[test]
    fn the_thumbprint_is_the_sha256_of_the_required_members() {
        // The key of RFC 7515, appendix A.3; thumbprint by another
        // implementation.
        let thumbprint = thumbprint(
            "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        );
        assert_eq!(thumbprint, "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U");
    }

    #[test]
    fn other_kinds_of_keys_are_refused() {
        let changes: [fn(&mut Jwk); 4] = [
            |jwk| jwk.kty = "RSA".to_owned(),
            |jwk| jwk.crv = "P-384".to_owned(),
            |jwk| jwk.alg = "ES384".to_owned(),
            |jwk| jwk.public_key_use = "enc".to_owned(),
        ];
        for change in changes {
            let mut changed = jwk();
            change(&mut changed);
            assert_eq!(changed.public_key().err(), Some(JwkError::Unsupported));
        }
    }

    #[test]
    fn coordinates_have_their_full_length_and_are_on_the_curve() {
        for malformed in ["", "AA", &"A".repeat(42), &"A".repeat(44), &"+".repeat(43)] {
            let changed = Jwk {
                x: malformed.to_owned(),
                ..jwk()
            };
            assert_eq!(changed.public_key().err(), Some(JwkError::Encoding));
        }
        let swapped = Jwk {
            x: jwk().y,
            y: jwk().x,
            ..jwk()
        };
        assert_eq!(swapped.public_key().err(), Some(JwkError::Point));
        let infinity = Jwk {
            x: "A".repeat(43),
            y: "A".repeat(43),
            ..jwk()
        };
        assert_eq!(infinity.public_key().err(), Some(JwkError::Point));
    }
}
