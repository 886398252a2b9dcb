//! The certificates of authenticators (WebAuthn Level 3 §8.2.1).
//!
//! Only what the specification asks of the authenticator's own certificate is
//! checked. Whether anybody who is to be trusted has issued it is another
//! question, for which a relying party needs the manufacturers' roots.

use x509_cert::der::asn1::{ObjectIdentifier, OctetString, UintRef};
use x509_cert::der::{Decode as _, Reader as _, SliceReader, Tag, Tagged as _};
use x509_cert::ext::pkix::BasicConstraints;
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use super::aaguid::Aaguid;
use super::algorithm::Algorithm;
use super::signature::{Curve, VerifyingKey};

/// Most bytes of a certificate. Those of authenticators have below one
/// kilobyte.
const MAX_CERTIFICATE_BYTES: usize = 8192;

/// The country in a name (RFC 5280, appendix A.1).
const COUNTRY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.6");
/// The organization in a name.
const ORGANIZATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
/// The organizational unit in a name.
const ORGANIZATIONAL_UNIT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.11");
/// The common name in a name.
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
/// What the organizational unit has to be.
const AUTHENTICATOR_ATTESTATION: &str = "Authenticator Attestation";

/// The extension that says whose certificates may be issued (RFC 5280, section
/// 4.2.1.9).
const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
/// The extension that names the model: `id-fido-gen-ce-aaguid`.
const FIDO_AAGUID: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.45724.1.1.4");

/// A key on a curve (RFC 5480, section 2.1.1).
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
/// P-256 (RFC 5480, section 2.1.1.1).
const SECP256R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
/// P-384.
const SECP384R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
/// P-521.
const SECP521R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");
/// A key for RSA (RFC 3279, section 2.3.1).
const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// A key for Ed25519 (RFC 8410, section 3).
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// The certificate of an authenticator.
pub(super) struct Certificate {
    parsed: x509_cert::Certificate,
    key: VerifyingKey,
}

impl Certificate {
    /// Reads a certificate in DER, whose key is to be used with an algorithm.
    /// `None` if it is malformed or its key is another one's.
    pub(super) fn parse(bytes: &[u8], algorithm: Algorithm) -> Option<Self> {
        if bytes.len() > MAX_CERTIFICATE_BYTES {
            return None;
        }
        let parsed = x509_cert::Certificate::from_der(bytes).ok()?;
        let subject_public_key_info = parsed.tbs_certificate().subject_public_key_info();
        let key = verifying_key(subject_public_key_info, algorithm)?;
        Some(Certificate { parsed, key })
    }

    /// Whether the certificate has the form of an authenticator's, of a model.
    pub(super) fn check_authenticator(&self, aaguid: Aaguid) -> Option<()> {
        let is_version_3 =
            self.parsed.tbs_certificate().version() == x509_cert::certificate::Version::V3;
        let is_country = |country: &str| country.len() == 2;
        let is_authenticator = is_version_3
            && self.subject_has(COUNTRY, is_country)
            && self.subject_has(ORGANIZATION, |name| !name.is_empty())
            && self.subject_has(ORGANIZATIONAL_UNIT, |unit| {
                unit == AUTHENTICATOR_ATTESTATION
            })
            && self.subject_has(COMMON_NAME, |name| !name.is_empty())
            && self.is_end_entity()?
            && self.is_of_model(aaguid)?;
        is_authenticator.then_some(())
    }

    /// Whether `signature` is the certificate's key's signature of `message`.
    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.key.verify(message, signature)
    }

    /// Whether the subject has exactly one attribute of a type, and it is as it
    /// should be.
    fn subject_has(&self, attribute: ObjectIdentifier, is_right: impl Fn(&str) -> bool) -> bool {
        let subject = self.parsed.tbs_certificate().subject();
        let mut values = subject.iter().filter(|pair| pair.oid == attribute);
        let (Some(pair), None) = (values.next(), values.next()) else {
            return false;
        };
        matches!(
            pair.value.tag(),
            Tag::Utf8String | Tag::PrintableString | Tag::TeletexString
        ) && std::str::from_utf8(pair.value.value()).is_ok_and(is_right)
    }

    /// The value of an extension and whether it is critical. `None` if it is
    /// not there, and an error if it is there twice (RFC 5280, section 4.2).
    fn extension(&self, id: ObjectIdentifier) -> Result<Option<(&[u8], bool)>, ()> {
        let extensions = self.parsed.tbs_certificate().extensions();
        let mut found = extensions
            .into_iter()
            .flatten()
            .filter(|extension| extension.extn_id == id);
        match (found.next(), found.next()) {
            (first, None) => {
                Ok(first.map(|extension| (extension.extn_value.as_bytes(), extension.critical)))
            }
            _ => Err(()),
        }
    }

    /// Whether the certificate says that it issues no others. `None` if it does
    /// not say.
    fn is_end_entity(&self) -> Option<bool> {
        let (value, _) = self.extension(BASIC_CONSTRAINTS).ok()??;
        Some(!BasicConstraints::from_der(value).ok()?.ca)
    }

    /// Whether the certificate is for authenticators of a model, if it says
    /// for which. `None` if that is malformed.
    fn is_of_model(&self, aaguid: Aaguid) -> Option<bool> {
        let Some((value, is_critical)) = self.extension(FIDO_AAGUID).ok()? else {
            return Some(true);
        };
        // The extension's value is an octet string in an octet string.
        let model = OctetString::from_der(value).ok()?;
        Some(!is_critical && model.as_bytes() == aaguid.as_bytes())
    }
}

/// The key of a certificate, if it is one of the algorithm.
fn verifying_key(info: &SubjectPublicKeyInfoOwned, algorithm: Algorithm) -> Option<VerifyingKey> {
    let bytes = info.subject_public_key.as_bytes()?;
    let is = |identifier| info.algorithm.oid == identifier;
    let on_curve = |identifier, curve| {
        let parameters = info.algorithm.parameters.as_ref()?;
        let named: ObjectIdentifier = parameters.decode_as().ok()?;
        (is(EC_PUBLIC_KEY) && named == identifier)
            .then(|| VerifyingKey::ecdsa(curve, bytes))
            .flatten()
    };
    match algorithm {
        Algorithm::Es256 => on_curve(SECP256R1, Curve::P256),
        Algorithm::Es384 => on_curve(SECP384R1, Curve::P384),
        Algorithm::Es512 => on_curve(SECP521R1, Curve::P521),
        Algorithm::EdDsa => is(ED25519).then(|| VerifyingKey::ed25519(bytes)).flatten(),
        Algorithm::Rs256 => is(RSA_ENCRYPTION).then(|| rsa_key(bytes)).flatten(),
    }
}

/// An RSA key in DER (RFC 8017, appendix A.1.1).
fn rsa_key(bytes: &[u8]) -> Option<VerifyingKey> {
    let mut reader = SliceReader::new(bytes).ok()?;
    let key = reader
        .sequence(|sequence| {
            let modulus = UintRef::decode(sequence)?;
            let exponent = UintRef::decode(sequence)?;
            Ok::<_, x509_cert::der::Error>(VerifyingKey::rsa(
                modulus.as_bytes(),
                exponent.as_bytes(),
            ))
        })
        .ok()?;
    reader.finish().ok()?;
    key
}
