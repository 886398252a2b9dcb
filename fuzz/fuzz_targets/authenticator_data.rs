//! Every byte of authenticator data belongs to one of its parts.
#![no_main]
use gatehouse::AuthenticatorData;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(data) = AuthenticatorData::parse(bytes) {
        let credential = data.attested_credential.map_or(0, |credential| {
            16 + 2 + credential.credential_id.len() + credential.public_key.len()
        });
        assert!(37 + credential <= bytes.len());
        assert_eq!(data.extensions.is_none(), 37 + credential == bytes.len());
    }
});
