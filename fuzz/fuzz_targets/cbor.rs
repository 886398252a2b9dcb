//! An item ends where it says, and is the same without what follows it.
#![no_main]
use gatehouse::{decode_cbor, decode_first_cbor};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok((value, rest)) = decode_first_cbor(bytes) {
        let length = bytes.len() - rest.len();
        assert_eq!(decode_cbor(&bytes[..length]), Ok(value));
        assert_eq!(decode_cbor(bytes).is_ok(), rest.is_empty());
    }
});
