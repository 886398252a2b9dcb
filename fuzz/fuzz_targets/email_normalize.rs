//! Normalised addresses are in normal form.
#![no_main]
use gatehouse::Email;

libfuzzer_sys::fuzz_target!(|raw: &str| {
    if let Ok(email) = Email::normalize(raw) {
        assert_eq!(Email::normalize(email.as_str()), Ok(email));
    }
});
