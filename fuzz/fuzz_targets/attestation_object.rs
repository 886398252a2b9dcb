//! The parts of an attestation object are parts of its bytes.
#![no_main]
use gatehouse::{AttestationObject, decode_cbor};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(object) = AttestationObject::parse(bytes) {
        assert_eq!(decode_cbor(object.encoded_statement), Ok(object.statement));
        assert!(object.authenticator_data.len() < bytes.len());
    }
});
