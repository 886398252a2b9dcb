//! One-time passwords of RFC 4226 and RFC 6238, and Wycheproof's HMAC and
//! XChaCha20-Poly1305.

use super::bytes;
use crate::here;
use gatehouse::{
    FactorKey, FactorSecretError, TotpAlgorithm, TotpDigits, TotpPeriod, UnixMillis, hotp,
    hotp_mac, time_step,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct OneTimePasswords {
    hotp: Hotp,
    totp: Vec<TotpCase>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Hotp {
    secret_ascii: String,
    digits: TotpDigits,
    alg: TotpAlgorithm,
    cases: Vec<HotpCase>,
}

#[derive(Deserialize)]
struct HotpCase {
    counter: u64,
    hotp: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TotpCase {
    alg: TotpAlgorithm,
    secret_ascii: String,
    time: f64,
    digits: TotpDigits,
    period: TotpPeriod,
    totp: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wycheproof<Group> {
    number_of_tests: usize,
    test_groups: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MacGroup {
    tag_size: usize,
    tests: Vec<MacCase>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MacCase {
    tc_id: u32,
    key: String,
    msg: String,
    tag: String,
    result: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AeadGroup {
    tests: Vec<AeadCase>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AeadCase {
    tc_id: u32,
    comment: String,
    key: String,
    iv: String,
    aad: String,
    msg: String,
    ct: String,
    tag: String,
    result: String,
}

/// The code as it is shown, with its zeros.
fn shown(value: u32, digits: TotpDigits) -> String {
    format!("{value:0width$}", width = usize::from(u8::from(digits)))
}

#[here]
fn rfc_4226_appendix_d() {
    let Some(vectors) = super::read::<OneTimePasswords>("otp/rfc4226-rfc6238.json") else {
        return;
    };
    let Hotp {
        secret_ascii,
        digits,
        alg,
        cases,
    } = vectors.hotp;
    assert_eq!(cases.len(), 10);
    for case in cases {
        let value = hotp(alg, secret_ascii.as_bytes(), case.counter, digits).unwrap();
        assert_eq!(shown(value, digits), case.hotp, "{}", case.counter);
    }
}

#[here]
fn rfc_6238_appendix_b() {
    let Some(vectors) = super::read::<OneTimePasswords>("otp/rfc4226-rfc6238.json") else {
        return;
    };
    assert_eq!(vectors.totp.len(), 18);
    for case in vectors.totp {
        let step = time_step(UnixMillis(case.time * 1_000.0), case.period).unwrap();
        let secret = case.secret_ascii.as_bytes();
        assert_eq!(secret.len(), case.alg.secret_length());
        let value = hotp(case.alg, secret, u64::from(step), case.digits).unwrap();
        assert_eq!(shown(value, case.digits), case.totp, "{}", case.time);
    }
}

#[here]
fn wycheproof_macs_are_computed() {
    for (name, algorithm) in [
        ("hmac_sha1", TotpAlgorithm::Sha1),
        ("hmac_sha256", TotpAlgorithm::Sha256),
        ("hmac_sha512", TotpAlgorithm::Sha512),
    ] {
        let path = format!("wycheproof/{name}_test.json");
        let Some(vectors) = super::read::<Wycheproof<MacGroup>>(&path) else {
            return;
        };
        let mut seen = 0;
        for group in &vectors.test_groups {
            for case in &group.tests {
                // The sets have no "acceptable" results.
                assert!(["valid", "invalid"].contains(&case.result.as_str()));
                let computed = hotp_mac(algorithm, &bytes(&case.key), &bytes(&case.msg)).unwrap();
                let is_equal = computed.get(..group.tag_size / 8) == Some(&bytes(&case.tag));
                assert_eq!(is_equal, case.result == "valid", "{name} {}", case.tc_id);
                seen += 1;
            }
        }
        assert_eq!(seen, vectors.number_of_tests);
    }
}

#[here]
fn wycheproof_ciphertexts_decrypt_if_and_only_if_valid() {
    let path = "wycheproof/xchacha20_poly1305_test.json";
    let Some(vectors) = super::read::<Wycheproof<AeadGroup>>(path) else {
        return;
    };
    let mut seen = 0;
    let mut nonces_refused = 0;
    for case in vectors.test_groups.iter().flat_map(|group| &group.tests) {
        assert!(["valid", "invalid"].contains(&case.result.as_str()));
        seen += 1;
        // A nonce of another length cannot be given: it is part of the type.
        let Ok(nonce) = <[u8; 24]>::try_from(bytes(&case.iv)) else {
            assert_eq!(case.result, "invalid", "{}", case.tc_id);
            nonces_refused += 1;
            continue;
        };
        let key = FactorKey::from_bytes(1, bytes(&case.key).try_into().unwrap());
        let ciphertext = [bytes(&case.ct), bytes(&case.tag)].concat();
        let decrypted = key.decrypt(&nonce, &bytes(&case.aad), &ciphertext);
        match case.result.as_str() {
            "valid" => assert_eq!(*decrypted.unwrap(), bytes(&case.msg), "{}", case.tc_id),
            _ => assert_eq!(
                decrypted.unwrap_err(),
                FactorSecretError::Authentication,
                "{} {}",
                case.tc_id,
                case.comment
            ),
        }
    }
    assert_eq!(seen, vectors.number_of_tests);
    assert!(nonces_refused < seen / 10);
}
