//! Packed attestation (WebAuthn Level 3 §8.2).

use super::algorithm::Algorithm;
use super::attestation::{AttestationKind, AttestationObject};
use super::authenticator_data::AttestedCredentialData;
use super::cbor::{Map, Value};
use super::certificate::Certificate;
use super::cose::PublicKey;

/// Most certificates of a chain. Manufacturers have one or two above that of
/// the authenticator.
const MAX_CERTIFICATES: usize = 8;

/// Verifies a packed statement. `None` if it is not valid; otherwise what it
/// proves, with the certificates.
pub(super) fn verify(
    object: &AttestationObject<'_>,
    credential: &AttestedCredentialData<'_>,
    public_key: &PublicKey,
    client_data_hash: &[u8; 32],
) -> Option<(AttestationKind, Vec<Vec<u8>>)> {
    let statement = object.statement.as_map()?;
    let algorithm = Algorithm::from_identifier(statement.get("alg")?.as_integer()?)?;
    let signature = statement.get("sig")?.as_bytes()?;
    let certificates = certificates(statement)?;
    let signed = [object.authenticator_data, client_data_hash].concat();
    let (is_signed, kind) = match certificates.first() {
        Some(leaf) => {
            let leaf = Certificate::parse(leaf, algorithm)?;
            leaf.check_authenticator(credential.aaguid)?;
            (leaf.verify(&signed, signature), AttestationKind::Basic)
        }
        None => (
            algorithm == public_key.algorithm() && public_key.verify(&signed, signature),
            AttestationKind::SelfSigned,
        ),
    };
    is_signed.then(|| {
        let certificates = certificates.into_iter().map(<[u8]>::to_vec).collect();
        (kind, certificates)
    })
}

/// The chain of certificates, or none in a self attestation. `None` if the
/// statement has members that the format does not have: the ECDAA of Level 1
/// was one.
fn certificates<'a>(statement: &Map<'a>) -> Option<Vec<&'a [u8]>> {
    let Some(chain) = statement.get("x5c") else {
        return (statement.entries().len() == 2).then(Vec::new);
    };
    let chain = chain.as_array()?;
    if statement.entries().len() != 3 || chain.is_empty() || chain.len() > MAX_CERTIFICATES {
        return None;
    }
    chain.iter().map(Value::as_bytes).collect()
}
