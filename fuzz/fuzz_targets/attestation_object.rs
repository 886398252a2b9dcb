//! The parts of an attestation object are parts of its bytes.
#![no_main]
use gatehouse::webauthn::attestation::AttestationObject;
use gatehouse::webauthn::cbor;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(object) = AttestationObject::parse(bytes) {
        assert_eq!(cbor::decode(object.encoded_statement), Ok(object.statement));
        assert!(object.authenticator_data.len() < bytes.len());
    }
});
