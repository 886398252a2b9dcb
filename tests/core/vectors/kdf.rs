//! Argon2 PHC strings of the reference implementation, and scrypt of RFC 7914.

use crate::here;
use gatehouse::{
    Argon2Parameters, AttemptLimits, ImportFormat, LimitEntry, Password, PasswordHash, Permit,
    UnixMillis, Verification, import_format, verify_password,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Argon2Vectors {
    phc_cases: Vec<PhcCase>,
    error_encodings_seen_in_test_c: Vec<String>,
}

#[derive(Deserialize)]
struct PhcCase {
    t: u64,
    #[serde(rename = "m_log2KiB")]
    memory_log2_kib: u32,
    password: String,
    encoded: String,
}

#[derive(Deserialize)]
struct ScryptVectors {
    cases: Vec<ScryptCase>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ScryptCase {
    password: String,
    salt: String,
    #[serde(rename = "N")]
    n: u32,
    r: u32,
    p: u32,
    dk_hex: String,
}

/// A permit of a limiter that has counted nothing.
fn permit() -> Permit {
    let unused = || LimitEntry {
        key: String::new(),
        row: None,
    };
    AttemptLimits {
        lock: unused(),
        account: unused(),
        origin: unused(),
    }
    .allow(false, UnixMillis(0.0))
    .unwrap()
}

fn compare(password: &str, encoded: &str) -> Verification {
    let quick = Argon2Parameters {
        memory_kib: 8 * 1024,
        iterations: 1,
        parallelism: 1,
    };
    let stored = PasswordHash::from_stored(encoded.to_owned());
    let presented = Password::presented(password).unwrap();
    verify_password(&permit(), &presented, Some(&stored), &quick)
}

#[here]
fn argon2_strings_of_the_reference_implementation_verify_within_the_cost_bounds() {
    let Some(vectors) = super::read::<Argon2Vectors>("kdf/argon2-phc-reference.json") else {
        return;
    };
    assert!(!vectors.phc_cases.is_empty());
    for case in &vectors.phc_cases {
        // 46 MiB at most, which is between 2^15 and 2^16 KiB.
        let is_affordable = case.memory_log2_kib <= 15 && case.t << case.memory_log2_kib <= 471_040;
        let format = import_format(&case.encoded);
        if is_affordable {
            assert_eq!(format, Some(ImportFormat::Argon2), "{}", case.encoded);
            let matched = Verification::Match { rehash: true };
            assert_eq!(compare(&case.password, &case.encoded), matched);
        } else {
            assert_eq!(format, None, "{}", case.encoded);
            let refused = compare(&case.password, &case.encoded);
            assert_eq!(refused, Verification::Mismatch);
        }
    }
}

#[here]
fn broken_argon2_strings_of_the_reference_implementation_match_nothing() {
    let Some(vectors) = super::read::<Argon2Vectors>("kdf/argon2-phc-reference.json") else {
        return;
    };
    assert!(!vectors.error_encodings_seen_in_test_c.is_empty());
    for encoded in &vectors.error_encodings_seen_in_test_c {
        assert_eq!(compare("password", encoded), Verification::Mismatch);
    }
}

#[here]
fn the_scrypt_library_computes_rfc_7914() {
    let Some(vectors) = super::read::<ScryptVectors>("kdf/scrypt-rfc7914.json") else {
        return;
    };
    assert!(!vectors.cases.is_empty());
    for case in &vectors.cases {
        let log_n = u8::try_from(case.n.ilog2()).unwrap();
        let parameters = scrypt::Params::new(log_n, case.r, case.p).unwrap();
        let mut key = vec![0; case.dk_hex.len() / 2];
        let (password, salt) = (case.password.as_bytes(), case.salt.as_bytes());
        scrypt::scrypt(password, salt, &parameters, &mut key).unwrap();
        let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(key, case.dk_hex);
    }
}
