//! Any text is presented as a key without a panic, and only outputs of the
//! encoder are well-formed.
#![no_main]
use gatehouse::{PresentedKey, decode_token, encode_token, present_key};

libfuzzer_sys::fuzz_target!(|raw: &str| {
    if let PresentedKey::Wellformed { selector } = present_key(raw) {
        let (prefix, _) = raw.rsplit_once('_').unwrap_or_default();
        let payload =
            decode_token::<48>(prefix, raw).map(|payload| encode_token(prefix, payload.as_slice()));
        assert_eq!(payload.as_deref(), Ok(raw));
        assert_eq!(selector.len(), 22);
    }
});
