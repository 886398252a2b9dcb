//! An item ends where it says, and is the same without what follows it.
#![no_main]
use gatehouse::webauthn::cbor::{decode, decode_first};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok((value, rest)) = decode_first(bytes) {
        let length = bytes.len() - rest.len();
        assert_eq!(decode(&bytes[..length]), Ok(value));
        assert_eq!(decode(bytes).is_ok(), rest.is_empty());
    }
});
