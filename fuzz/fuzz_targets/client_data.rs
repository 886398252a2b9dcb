//! No client data answers a challenge that is not in it.
#![no_main]
use gatehouse::CollectedClientData;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(client_data) = CollectedClientData::parse(bytes) {
        let challenge = b"a challenge that is not among the inputs";
        assert!(client_data.verify_challenge(challenge).is_err());
    }
});
