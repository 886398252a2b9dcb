//! Attestation: what an authenticator proves about itself when it makes a
//! credential (WebAuthn Level 3 §6.5).

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::aaguid::Aaguid;
use super::authenticator_data::AttestedCredentialData;
use super::cbor::{self, Map, Value};
use super::cose::PublicKey;
use super::error::WebauthnError;
use super::packed;

/// Most bytes of an attestation object. The largest, of TPMs and of Android,
/// have a chain of certificates and stay below ten kilobytes.
pub const MAX_ATTESTATION_OBJECT_BYTES: usize = 32_768;

/// Most bytes of an identifier of a format (WebAuthn Level 3 §8.1).
const MAX_FORMAT_BYTES: usize = 32;

/// The format of an authenticator that proves nothing (WebAuthn Level 3 §8.7).
const FORMAT_NONE: &str = "none";

/// The format of most authenticators that do (WebAuthn Level 3 §8.2).
pub(super) const FORMAT_PACKED: &str = "packed";

/// An attestation object in its parts (WebAuthn Level 3 §6.5.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttestationObject<'a> {
    /// The identifier of the format of the statement.
    pub format: &'a str,
    /// The statement, in its format.
    pub statement: Value<'a>,
    /// The bytes that the statement was read from.
    pub encoded_statement: &'a [u8],
    /// The authenticator data, as it was signed.
    pub authenticator_data: &'a [u8],
}

impl<'a> AttestationObject<'a> {
    /// Reads an attestation object.
    ///
    /// # Errors
    /// [`WebauthnError::Size`] and [`WebauthnError::AttestationObject`].
    pub fn parse(bytes: &'a [u8]) -> Result<Self, WebauthnError> {
        if bytes.len() > MAX_ATTESTATION_OBJECT_BYTES {
            return Err(WebauthnError::Size);
        }
        read(bytes).ok_or(WebauthnError::AttestationObject)
    }
}

fn read(bytes: &[u8]) -> Option<AttestationObject<'_>> {
    let Value::Map(map) = cbor::decode(bytes).ok()? else {
        return None;
    };
    let format = map.get("fmt")?.as_text()?;
    // Printable characters other than quotation mark and backslash (WebAuthn
    // Level 3 §8.1).
    let is_printable = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\');
    if format.is_empty() || format.len() > MAX_FORMAT_BYTES || !format.bytes().all(is_printable) {
        return None;
    }
    let statement = map.entry("attStmt")?;
    // Compound statements are arrays (WebAuthn Level 3 §8.9).
    if !matches!(statement.value, Value::Map(_) | Value::Array(_)) {
        return None;
    }
    Some(AttestationObject {
        format,
        statement: statement.value.clone(),
        encoded_statement: statement.encoded,
        authenticator_data: map.get("authData")?.as_bytes()?,
    })
}

/// What was proved by an attestation (WebAuthn Level 3 §6.5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum AttestationKind {
    /// Nothing.
    None,
    /// That whoever made the authenticator data has the credential's private
    /// key. The model is still only what the authenticator says.
    #[serde(rename = "self")]
    SelfSigned,
    /// That the authenticator data was signed by the key of a certificate that
    /// comes with it and has the form of an authenticator's. Anybody can make
    /// such a certificate: whoever relies on the model has to check the chain
    /// in [`Attestation::certificates`] up to a root of the manufacturer.
    Basic,
    /// Nothing: the format is one that is not verified here.
    Unverified,
}

/// The attestation of a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attestation {
    /// The identifier of its format (WebAuthn Level 3 §8.1).
    pub format: String,
    /// What was proved.
    pub kind: AttestationKind,
    /// The statement as it came, in CBOR.
    pub statement: Vec<u8>,
    /// With [`AttestationKind::Basic`], the certificates in DER, that of the
    /// authenticator first, each after it said to have issued the one before.
    pub certificates: Vec<Vec<u8>>,
}

/// Verifies the statement of an attestation object (WebAuthn Level 3 §7.1 steps
/// 22 and 23) as far as its format is known.
pub(super) fn verify(
    object: &AttestationObject<'_>,
    credential: &AttestedCredentialData<'_>,
    public_key: &PublicKey,
    client_data_hash: &[u8; 32],
) -> Result<Attestation, WebauthnError> {
    let (kind, certificates) = match object.format {
        FORMAT_NONE => {
            // An empty map (WebAuthn Level 3 §8.7).
            if object.statement != Value::Map(Map::default()) {
                return Err(WebauthnError::AttestationStatement);
            }
            (AttestationKind::None, Vec::new())
        }
        FORMAT_PACKED => packed::verify(object, credential, public_key, client_data_hash)
            .ok_or(WebauthnError::AttestationStatement)?,
        _ => (AttestationKind::Unverified, Vec::new()),
    };
    Ok(Attestation {
        format: object.format.to_owned(),
        kind,
        statement: object.encoded_statement.to_vec(),
        certificates,
    })
}

/// Which authenticators a relying party accepts (WebAuthn Level 3 §7.1 step
/// 25). It is asked again at sign-in, with what was stored, because policies
/// change and models are revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttestationPolicy<'a> {
    /// What has to be proved: one of these.
    pub kinds: &'a [AttestationKind],
    /// The formats that are accepted, or all.
    pub formats: Option<&'a [String]>,
    /// The models that are accepted, or all. Models are only proved by an
    /// attestation whose chain was checked.
    pub allowed_models: Option<&'a [Aaguid]>,
    /// The models that are refused, whatever else is said.
    pub refused_models: &'a [Aaguid],
}

impl AttestationPolicy<'_> {
    /// Everything is accepted: what fits people who bring their own passkeys.
    pub const ANY: AttestationPolicy<'static> = AttestationPolicy {
        kinds: &[
            AttestationKind::None,
            AttestationKind::SelfSigned,
            AttestationKind::Basic,
            AttestationKind::Unverified,
        ],
        formats: None,
        allowed_models: None,
        refused_models: &[],
    };

    /// Whether an authenticator is accepted.
    ///
    /// # Errors
    /// [`WebauthnError::AttestationPolicy`].
    pub fn check(
        &self,
        format: &str,
        kind: AttestationKind,
        aaguid: Aaguid,
    ) -> Result<(), WebauthnError> {
        let is_format_accepted = self
            .formats
            .is_none_or(|formats| formats.iter().any(|accepted| accepted == format));
        let is_model_accepted = self
            .allowed_models
            .is_none_or(|models| models.contains(&aaguid))
            && !self.refused_models.contains(&aaguid);
        if self.kinds.contains(&kind) && is_format_accepted && is_model_accepted {
            Ok(())
        } else {
            Err(WebauthnError::AttestationPolicy)
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// An attestation object with a format and a statement.
    fn object(format: &str, statement: &[u8]) -> Vec<u8> {
        let length = u8::try_from(format.len()).unwrap();
        let format_head = if length < 24 {
            vec![0x60 + length]
        } else {
            vec![0x78, length]
        };
        [
            &[0xa3, 0x63][..],
            b"fmt",
            &format_head,
            format.as_bytes(),
            &[0x67],
            b"attStmt",
            statement,
            &[0x68],
            b"authData",
            &[0x42, 1, 2],
        ]
        .concat()
    }

    #[test]
    fn the_parts_are_read() {
        let bytes = object("tpm", &[0xa1, 0x61, b'x', 0x01]);
        let parsed = AttestationObject::parse(&bytes).unwrap();
        assert_eq!(parsed.format, "tpm");
        assert_eq!(parsed.encoded_statement, [0xa1, 0x61, b'x', 0x01]);
        assert_eq!(parsed.authenticator_data, [1, 2]);
        assert!(AttestationObject::parse(&object("compound", &[0x80])).is_ok());
        assert!(AttestationObject::parse(&object(&"f".repeat(32), &[0xa0])).is_ok());
    }

    #[test]
    fn malformed_objects_are_refused() {
        let malformed = Err(WebauthnError::AttestationObject);
        for bytes in [
            vec![],
            vec![0xa0],
            vec![0x80],
            object("", &[0xa0]),
            object("a b", &[0xa0]),
            object("a\"b", &[0xa0]),
            object(&"f".repeat(33), &[0xa0]),
            object("none", &[0x40]),
            object("none", &[0xf6]),
            [object("none", &[0xa0]), vec![0]].concat(),
        ] {
            assert_eq!(AttestationObject::parse(&bytes), malformed, "{bytes:x?}");
        }
        let whole = object("none", &[0xa0]);
        for length in 0..whole.len() {
            assert_eq!(
                AttestationObject::parse(whole.get(..length).unwrap()),
                malformed
            );
        }
    }

    #[test]
    fn the_size_is_limited() {
        let too_long = vec![0; MAX_ATTESTATION_OBJECT_BYTES + 1];
        assert_eq!(
            AttestationObject::parse(&too_long),
            Err(WebauthnError::Size)
        );
    }

    #[test]
    fn policies_hold() {
        let model = Aaguid::from_bytes([1; 16]);
        let other = Aaguid::from_bytes([2; 16]);
        let refused = Err(WebauthnError::AttestationPolicy);
        for kind in AttestationPolicy::ANY.kinds {
            assert_eq!(AttestationPolicy::ANY.check("x", *kind, model), Ok(()));
        }
        let strict = AttestationPolicy {
            kinds: &[AttestationKind::Basic],
            formats: Some(&["packed".to_owned()]),
            allowed_models: Some(&[model]),
            refused_models: &[],
        };
        let basic = AttestationKind::Basic;
        assert_eq!(strict.check("packed", basic, model), Ok(()));
        assert_eq!(strict.check("tpm", basic, model), refused);
        assert_eq!(strict.check("packed", basic, other), refused);
        for kind in [
            AttestationKind::None,
            AttestationKind::SelfSigned,
            AttestationKind::Unverified,
        ] {
            assert_eq!(strict.check("packed", kind, model), refused);
        }
        let revoked = AttestationPolicy {
            refused_models: &[model],
            ..strict
        };
        assert_eq!(revoked.check("packed", basic, model), refused);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = AttestationObject::parse(&bytes);
        }
    }
}
