//! A parsed code is printable and parses to itself.
#![no_main]
use gatehouse::Code;

libfuzzer_sys::fuzz_target!(|raw: &str| {
    if let Ok(code) = Code::parse(raw) {
        assert!(code.expose().bytes().all(|byte| byte.is_ascii_graphic()));
        assert!(Code::parse(code.expose()).is_ok_and(|again| again.expose() == code.expose()));
    }
});
