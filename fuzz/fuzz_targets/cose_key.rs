//! No key verifies a signature that nobody made.
#![no_main]
use gatehouse::PublicKey;

libfuzzer_sys::fuzz_target!(|input: (&[u8], &[u8])| {
    let (key, signature) = input;
    if let Ok(key) = PublicKey::decode(key) {
        let message = b"a message that is not among the inputs of the fuzzer";
        assert!(!key.verify(message, signature));
    }
});
