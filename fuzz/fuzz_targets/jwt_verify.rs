//! No token is accepted without the private key, which is not at hand.
#![no_main]
use gatehouse::{Entropy, Expectation, Millis, SigningKey, UnixMillis, verify_jwt};

libfuzzer_sys::fuzz_target!(|token: &str| {
    let key = SigningKey::generate(&mut Entropy::from_seed([1; 32]));
    let (now, leeway) = (UnixMillis(0.0), Millis(0.0));
    let expect = Expectation {
        issuer: "",
        audience: "",
        now,
        leeway,
    };
    assert!(verify_jwt(token, &[key.public_jwk()], &expect).is_err());
});
