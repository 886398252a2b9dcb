//! Reading a stored hash never panics, and what is read is worth verifying.
#![no_main]
use gatehouse::import_format;

libfuzzer_sys::fuzz_target!(|stored: &str| {
    if import_format(stored).is_some() {
        assert!(stored.len() <= 512 && stored.is_ascii());
    }
});
