//! Certificates of authenticators, well-formed or not, for tests. They are put
//! together by hand, because a library would not make the wrong ones.

use super::signer::Signer;
use crate::webauthn::Algorithm;

/// A value in DER.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap();
    let [high, low] = length.to_be_bytes();
    let head = match length {
        0..128 => vec![tag, low],
        128..256 => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    [head, content.to_vec()].concat()
}

/// A sequence.
pub(crate) fn der_sequence(items: &[Vec<u8>]) -> Vec<u8> {
    der(0x30, &items.concat())
}

/// A positive number, from big-endian bytes.
pub(crate) fn der_integer(bytes: &[u8]) -> Vec<u8> {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let digits = bytes.get(zeros..).unwrap();
    let needs_sign = digits.first().is_none_or(|first| *first >= 0x80);
    let sign: &[u8] = if needs_sign { &[0] } else { &[] };
    der(0x02, &[sign, digits].concat())
}

fn object_identifier(encoded: &[u8]) -> Vec<u8> {
    der(0x06, encoded)
}

/// Types of names.
pub(crate) const COMMON_NAME: u8 = 3;
pub(crate) const COUNTRY: u8 = 6;
pub(crate) const ORGANIZATION: u8 = 10;
pub(crate) const UNIT: u8 = 11;

/// What a certificate says.
#[derive(Clone)]
pub(crate) struct Certificate {
    /// Two for version 3.
    pub(crate) version: u8,
    /// The parts of the subject's name.
    pub(crate) subject: Vec<(u8, &'static str)>,
    /// Whether it may issue others, if it says so.
    pub(crate) is_authority: Option<bool>,
    /// The model, and whether the extension is critical.
    pub(crate) model: Option<(Vec<u8>, bool)>,
    /// Whether the extension with the model is there a second time.
    pub(crate) repeats_model: bool,
}

impl Certificate {
    /// One as the specification asks for.
    pub(crate) fn valid() -> Self {
        Certificate {
            version: 2,
            subject: vec![
                (COUNTRY, "CH"),
                (ORGANIZATION, "Test Keys"),
                (UNIT, "Authenticator Attestation"),
                (COMMON_NAME, "Test Key 1"),
            ],
            is_authority: Some(false),
            model: None,
            repeats_model: false,
        }
    }

    /// The certificate of a key. Its own signature is not looked at.
    pub(crate) fn encode(&self, key: &Signer) -> Vec<u8> {
        let ecdsa = object_identifier(&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]);
        let algorithm = der_sequence(&[ecdsa]);
        let name = self
            .subject
            .iter()
            .map(|(attribute, text)| {
                let tag = if *attribute == COUNTRY { 0x13 } else { 0x0c };
                let kind = object_identifier(&[0x55, 0x04, *attribute]);
                der(0x31, &der_sequence(&[kind, der(tag, text.as_bytes())]))
            })
            .collect::<Vec<_>>();
        let validity = der_sequence(&[der(0x17, b"240101000000Z"), der(0x17, b"490101000000Z")]);
        let extensions = der(0xa3, &der_sequence(&self.extensions()));
        let mut parts = vec![
            der(0xa0, &der_integer(&[self.version])),
            der_integer(&[1]),
            algorithm.clone(),
            der_sequence(&name),
            validity,
            der_sequence(&name),
            subject_public_key_info(key),
        ];
        if self.version == 2 {
            parts.push(extensions);
        }
        let signature = der(0x03, &[0, 1]);
        der_sequence(&[der_sequence(&parts), algorithm, signature])
    }

    fn extensions(&self) -> Vec<Vec<u8>> {
        let mut extensions = Vec::new();
        if let Some(is_authority) = self.is_authority {
            let constraint = if is_authority {
                vec![der(0x01, &[0xff])]
            } else {
                Vec::new()
            };
            extensions.push(der_sequence(&[
                object_identifier(&[0x55, 0x1d, 0x13]),
                der(0x01, &[0xff]),
                der(0x04, &der_sequence(&constraint)),
            ]));
        }
        if let Some((model, is_critical)) = &self.model {
            let identifier = [
                0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0xe5, 0x1c, 0x01, 0x01, 0x04,
            ];
            let mut parts = vec![object_identifier(&identifier)];
            if *is_critical {
                parts.push(der(0x01, &[0xff]));
            }
            parts.push(der(0x04, model));
            extensions.push(der_sequence(&parts));
            if self.repeats_model {
                extensions.push(der_sequence(&parts));
            }
        }
        extensions
    }
}

/// The extension's value for a model.
pub(crate) fn model(aaguid: &[u8; 16]) -> Vec<u8> {
    der(0x04, aaguid)
}

/// The public key of a certificate (RFC 5280, section 4.1.2.7).
fn subject_public_key_info(key: &Signer) -> Vec<u8> {
    let elliptic_curve = |curve: &[u8]| {
        let identifier = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
        der_sequence(&[object_identifier(&identifier), object_identifier(curve)])
    };
    let algorithm = match key {
        Signer::Es256(_) => elliptic_curve(&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]),
        Signer::Es384(_) => elliptic_curve(&[0x2b, 0x81, 0x04, 0x00, 0x22]),
        Signer::Es512(_) => elliptic_curve(&[0x2b, 0x81, 0x04, 0x00, 0x23]),
        Signer::EdDsa(_) => der_sequence(&[object_identifier(&[0x2b, 0x65, 0x70])]),
        Signer::Rs256(_) => {
            let identifier = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
            der_sequence(&[object_identifier(&identifier), der(0x05, &[])])
        }
    };
    let bits = [vec![0], key.public_bytes()].concat();
    der_sequence(&[algorithm, der(0x03, &bits)])
}

#[test]
fn a_certificate_is_read_for_every_algorithm_and_no_other() {
    use crate::webauthn::certificate::Certificate as Read;
    for made in Algorithm::ALL {
        let encoded = Certificate::valid().encode(&Signer::new(made));
        for asked in Algorithm::ALL {
            assert_eq!(Read::parse(&encoded, asked).is_some(), made == asked);
        }
        for length in 0..encoded.len() {
            assert!(Read::parse(encoded.get(..length).unwrap(), made).is_none());
        }
    }
}
