//! Wycheproof's ECDSA signatures in the form that JWS uses, and the JOSE
//! cookbook (RFC 7520).

use super::bytes;
use crate::here;
use gatehouse::{Expectation, Jwk, JwtError, Millis, UnixMillis, verify_jwt};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wycheproof {
    number_of_tests: usize,
    test_groups: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    public_key: PublicKey,
    tests: Vec<Case>,
}

#[derive(Deserialize)]
struct PublicKey {
    uncompressed: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    tc_id: u32,
    comment: String,
    msg: String,
    sig: String,
    result: String,
}

fn base64url(bytes: &[u8]) -> String {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(bytes)
}

#[here]
fn wycheproof_signatures_are_accepted_if_and_only_if_valid() {
    let path = "wycheproof/ecdsa_secp256r1_sha256_p1363_test.json";
    let Some(vectors) = super::read::<Wycheproof>(path) else {
        return;
    };
    let mut seen = 0;
    for group in &vectors.test_groups {
        let point = bytes(&group.public_key.uncompressed);
        let (x, y) = point.get(1..).unwrap().split_at(32);
        let jwk = Jwk {
            kty: "EC".to_owned(),
            crv: "P-256".to_owned(),
            x: base64url(x),
            y: base64url(y),
            kid: "wycheproof".to_owned(),
            alg: "ES256".to_owned(),
            public_key_use: "sig".to_owned(),
        };
        let key = jwk.public_key().unwrap();
        for case in &group.tests {
            // The set has no "acceptable" results: each case is one or the
            // other.
            assert!(["valid", "invalid"].contains(&case.result.as_str()));
            let is_valid = case.result == "valid";
            let accepted = key.verify(&bytes(&case.msg), &bytes(&case.sig));
            assert_eq!(accepted, is_valid, "{} {}", case.tc_id, case.comment);
            seen += 1;
        }
    }
    assert_eq!(seen, vectors.number_of_tests);
}

/// None of the cookbook's signatures is ES256, so all of them must be refused,
/// whatever keys are at hand, and for the reason of their algorithm.
#[here]
fn cookbook_signatures_in_other_algorithms_are_refused() {
    let expect = Expectation {
        issuer: "",
        audience: "",
        now: UnixMillis(0.0),
        leeway: Millis(0.0),
    };
    let known = Jwk {
        kty: "EC".to_owned(),
        crv: "P-256".to_owned(),
        x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU".to_owned(),
        y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0".to_owned(),
        kid: "bilbo.baggins@hobbiton.example".to_owned(),
        alg: "ES256".to_owned(),
        public_key_use: "sig".to_owned(),
    };
    let mut seen = 0;
    for name in [
        "4_1.rsa_v15_signature",
        "4_2.rsa-pss_signature",
        "4_3.ecdsa_signature",
        "4_4.hmac-sha2_integrity_protection",
    ] {
        let path = format!("jose/jws/{name}.json");
        let Some(vector) = super::read::<Value>(&path) else {
            return;
        };
        let token = vector.pointer("/output/compact").unwrap().as_str().unwrap();
        let refused = verify_jwt(token, std::slice::from_ref(&known), &expect);
        assert_eq!(refused, Err(JwtError::Header), "{name}");
        seen += 1;
    }
    assert_eq!(seen, 4);
}

/// The cookbook's elliptic curve key is on P-521.
#[here]
fn cookbook_keys_on_other_curves_are_refused() {
    let Some(mut key) = super::read::<Value>("jose/jwk/3_1.ec_public_key.json") else {
        return;
    };
    let members = key.as_object_mut().unwrap();
    members.insert("alg".to_owned(), json!("ES256"));
    let jwk: Jwk = serde_json::from_value(key).unwrap();
    assert!(jwk.public_key().is_err());
    let renamed = Jwk {
        crv: "P-256".to_owned(),
        ..jwk
    };
    assert!(renamed.public_key().is_err());
}
