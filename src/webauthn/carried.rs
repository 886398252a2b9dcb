//! What the module that is asked first can decide on.
//!
//! Nearly all passkeys sign with ES256 or EdDSA and come without certificates,
//! and each call loads its module anew, so the module for them leaves out the
//! rest. What follows tells from bytes alone whether a decision takes the module
//! with every algorithm (the feature `passkeyAlgorithms`); nothing is decided
//! by it. What cannot be read takes none: it is refused alike in both.

use super::algorithm::Algorithm;
use super::attestation::{AttestationObject, FORMAT_PACKED};
use super::authenticator_data::AuthenticatorData;
use super::cbor;
use super::cose::{ALGORITHM, MAX_PUBLIC_KEY_BYTES};

/// Whether this module can verify what an encoded COSE key has signed.
pub fn carries_key(encoded: &[u8]) -> bool {
    if cfg!(feature = "passkeyAlgorithms") || encoded.len() > MAX_PUBLIC_KEY_BYTES {
        return true;
    }
    algorithm(encoded).is_none_or(Algorithm::is_carried)
}

/// Whether this module can verify an attestation object: the key that is in it,
/// and what attests it.
pub fn carries_attestation(encoded: &[u8]) -> bool {
    if cfg!(feature = "passkeyAlgorithms") {
        return true;
    }
    let Ok(object) = AttestationObject::parse(encoded) else {
        return true;
    };
    let has_certificates = object.format == FORMAT_PACKED
        && object
            .statement
            .as_map()
            .is_some_and(|statement| statement.get("x5c").is_some());
    let carries_its_key = AuthenticatorData::parse(object.authenticator_data)
        .ok()
        .and_then(|data| data.attested_credential)
        .is_none_or(|credential| carries_key(credential.public_key));
    carries_its_key && !has_certificates
}

/// The algorithm that a COSE key says it is for, if it says one of those that are
/// supported.
fn algorithm(encoded: &[u8]) -> Option<Algorithm> {
    let key = cbor::decode(encoded).ok()?;
    let identifier = key.as_map()?.get(ALGORITHM)?.as_integer()?;
    Algorithm::from_identifier(identifier)
}
