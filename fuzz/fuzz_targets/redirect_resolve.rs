//! A redirect never leaves the configured origins.
#![no_main]
use gatehouse::resolve_redirect;

libfuzzer_sys::fuzz_target!(|target: &str| {
    if let Ok(url) = resolve_redirect(target, "https://a.b", &["app://c".to_owned()]) {
        let rest = url
            .strip_prefix("https://a.b")
            .or_else(|| url.strip_prefix("app://c"));
        assert!(rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#'])));
    }
});
