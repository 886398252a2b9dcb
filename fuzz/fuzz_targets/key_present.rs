//! Any text is presented as a key without a panic, and only outputs of the
//! encoder are well-formed.
#![no_main]
use gatehouse::key::{PresentedKey, present};
use gatehouse::token::{decode, encode};

libfuzzer_sys::fuzz_target!(|raw: &str| {
    if let PresentedKey::Wellformed { selector } = present(raw) {
        let (prefix, _) = raw.rsplit_once('_').unwrap_or_default();
        let payload = decode::<48>(prefix, raw).map(|payload| encode(prefix, payload.as_slice()));
        assert_eq!(payload.as_deref(), Ok(raw));
        assert_eq!(selector.len(), 22);
    }
});
