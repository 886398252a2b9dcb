//! Tests of signing and verifying tokens.

use super::*;
use crate::entropy::Entropy;
use proptest::prelude::*;
use serde_json::json;

const NOW: UnixMillis = UnixMillis(1_700_000_000_000.0);

fn key(seed: u8) -> SigningKey {
    SigningKey::generate(&mut Entropy::from_seed([seed; 32]))
}

fn expectation() -> Expectation<'static> {
    Expectation {
        issuer: "https://happy.convex.site",
        audience: "convex",
        now: NOW,
        leeway: Millis(5_000.0),
    }
}

fn claims() -> Value {
    json!({
        "iss": "https://happy.convex.site",
        "sub": "user|session",
        "aud": "convex",
        "iat": NOW.seconds(),
        "exp": NOW.seconds() + 900.0,
        "sid": "session",
        "role": { "level": 2.0, "share": 0.5 },
    })
}

fn with(member: &str, value: Value) -> Value {
    let mut claims = claims();
    claims
        .as_object_mut()
        .and_then(|members| members.insert(member.to_owned(), value));
    claims
}

/// Verifies `claims`, signed by a known key, at `NOW`.
fn verified(claims: &Value) -> Result<Claims, JwtError> {
    verify(
        &sign(claims, &key(1))?,
        &[key(1).public_jwk()],
        &expectation(),
    )
}

/// A token of any header, rightly signed by key 1 over what it says.
fn signed_with_header(header: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(&claims()));
    let signature = key(1).private_key().sign(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn verified_token(token: &str) -> Result<Claims, JwtError> {
    verify(token, &[key(1).public_jwk()], &expectation())
}

#[test]
fn a_signed_token_verifies_and_keeps_its_claims() {
    let claims = verified(&claims()).unwrap();
    assert_eq!(claims.sub, "user|session");
    assert_eq!(claims.sid.as_deref(), Some("session"));
    assert_eq!(
        claims.other.get("role"),
        Some(&json!({ "level": 2, "share": 0.5 }))
    );
}

#[test]
fn whole_numbers_are_written_as_integers() {
    let token = sign(&claims(), &key(1)).unwrap();
    let payload = URL_SAFE_NO_PAD
        .decode(token.split('.').nth(1).unwrap())
        .unwrap();
    let payload = String::from_utf8(payload).unwrap();
    assert!(payload.contains(r#""exp":1700000900,"#), "{payload}");
    assert!(payload.contains(r#"{"level":2,"share":0.5}"#), "{payload}");
}

#[test]
fn signatures_are_deterministic() {
    assert_eq!(sign(&claims(), &key(1)), sign(&claims(), &key(1)));
}

#[test]
fn only_objects_are_signed_and_only_what_fits() {
    assert_eq!(sign(&json!([1]), &key(1)), Err(JwtError::Claims));
    assert_eq!(sign(&"text", &key(1)), Err(JwtError::Claims));
    let large = with("extra", "x".repeat(8_000).into());
    assert_eq!(sign(&large, &key(1)), Err(JwtError::TooLong));
}

#[test]
fn the_key_is_found_by_its_id_after_a_rotation() {
    let keys = [key(2).public_jwk(), key(1).public_jwk()];
    for signer in [key(1), key(2)] {
        let token = sign(&claims(), &signer).unwrap();
        assert!(verify(&token, &keys, &expectation()).is_ok());
    }
    let token = sign(&claims(), &key(3)).unwrap();
    assert_eq!(
        verify(&token, &keys, &expectation()),
        Err(JwtError::UnknownKey)
    );
    assert_eq!(
        verify(&token, &[], &expectation()),
        Err(JwtError::UnknownKey)
    );
}

#[test]
fn another_key_under_a_known_id_does_not_verify() {
    let impostor = Jwk {
        kid: key(1).kid().to_owned(),
        ..key(2).public_jwk()
    };
    let token = sign(&claims(), &key(1)).unwrap();
    assert_eq!(
        verify(&token, &[impostor], &expectation()),
        Err(JwtError::Signature)
    );
    let unusable = Jwk {
        x: String::new(),
        ..key(1).public_jwk()
    };
    assert_eq!(
        verify(&token, &[unusable], &expectation()),
        Err(JwtError::InvalidKey)
    );
}

#[test]
fn the_algorithm_is_pinned() {
    let kid = key(1).kid().to_owned();
    assert!(verified_token(&signed_with_header(&json!({ "alg": "ES256", "kid": kid }))).is_ok());
    for alg in ["none", "None", "HS256", "RS256", "ES384", "es256", ""] {
        let token = signed_with_header(&json!({ "alg": alg, "kid": kid }));
        assert_eq!(verified_token(&token), Err(JwtError::Header), "{alg}");
    }
    let unsigned = signed_with_header(&json!({ "alg": "ES256", "kid": kid }));
    let (signed, _) = unsigned.rsplit_once('.').unwrap();
    assert_eq!(
        verified_token(&format!("{signed}.")),
        Err(JwtError::Signature)
    );
}

#[test]
fn critical_extensions_and_other_types_are_refused() {
    let kid = key(1).kid().to_owned();
    for header in [
        json!({ "alg": "ES256", "kid": kid, "crit": ["b64"], "b64": false }),
        json!({ "alg": "ES256", "kid": kid, "crit": [] }),
        json!({ "alg": "ES256", "kid": kid, "typ": "dpop+jwt" }),
    ] {
        let token = signed_with_header(&header);
        assert_eq!(verified_token(&token), Err(JwtError::Header), "{header}");
    }
    for header in [
        json!({ "alg": "ES256" }),
        json!({ "kid": kid }),
        json!(1),
        json!({}),
    ] {
        let token = signed_with_header(&header);
        assert_eq!(verified_token(&token), Err(JwtError::Malformed), "{header}");
    }
}

#[test]
fn a_header_member_that_occurs_twice_is_refused() {
    let header = format!(r#"{{"alg":"none","alg":"ES256","kid":"{}"}}"#, key(1).kid());
    let header = URL_SAFE_NO_PAD.encode(header);
    let token = sign(&claims(), &key(1)).unwrap();
    let (_, rest) = token.split_once('.').unwrap();
    assert_eq!(
        verified_token(&format!("{header}.{rest}")),
        Err(JwtError::Malformed)
    );
}

#[test]
fn a_key_in_the_header_is_never_used() {
    let attacker = key(9);
    let header = json!({ "alg": "ES256", "kid": attacker.kid(), "jwk": attacker.public_jwk() });
    assert_eq!(
        verified_token(&signed_with_header(&header)),
        Err(JwtError::UnknownKey)
    );
}

#[test]
fn expiry_counts_to_the_millisecond_and_the_leeway_is_added() {
    let expiring_at = |offset: f64| verified(&with("exp", json!(NOW.seconds() + offset)));
    assert!(expiring_at(-4.999).is_ok());
    assert_eq!(expiring_at(-5.0), Err(JwtError::Expired));
    assert_eq!(expiring_at(-900.0), Err(JwtError::Expired));
}

#[test]
fn tokens_of_the_future_are_refused() {
    for member in ["nbf", "iat"] {
        let starting_at = |offset: f64| verified(&with(member, json!(NOW.seconds() + offset)));
        assert!(starting_at(5.0).is_ok(), "{member}");
        assert_eq!(starting_at(5.001), Err(JwtError::NotYetValid), "{member}");
    }
}

#[test]
fn a_time_that_is_no_number_never_passes() {
    let token = sign(&claims(), &key(1)).unwrap();
    let expect = Expectation {
        now: UnixMillis(f64::NAN),
        ..expectation()
    };
    assert!(verify(&token, &[key(1).public_jwk()], &expect).is_err());
    for member in ["exp", "iat"] {
        for value in [Value::Null, json!("1700000900")] {
            assert_eq!(verified(&with(member, value)), Err(JwtError::Malformed));
        }
    }
}

#[test]
fn issuer_and_audience_are_compared_exactly() {
    for issuer in ["https://happy.convex.site/", "https://evil.example", ""] {
        assert_eq!(verified(&with("iss", issuer.into())), Err(JwtError::Issuer));
    }
    for audience in [
        json!("other"),
        json!("Convex"),
        json!([]),
        json!(["a", "b"]),
    ] {
        assert_eq!(verified(&with("aud", audience)), Err(JwtError::Audience));
    }
    assert!(verified(&with("aud", json!(["other", "convex"]))).is_ok());
    for audience in [json!({}), json!(1), Value::Null] {
        assert_eq!(verified(&with("aud", audience)), Err(JwtError::Malformed));
    }
}

#[test]
fn malformed_and_oversized_tokens_are_refused() {
    let token = sign(&claims(), &key(1)).unwrap();
    for malformed in [
        "",
        ".",
        "..",
        "a.b.c",
        "a.b",
        &format!("{token}="),
        &format!("{token}.x"),
    ] {
        assert_eq!(
            verified_token(malformed),
            Err(JwtError::Malformed),
            "{malformed}"
        );
    }
    assert_eq!(
        verified_token(&".".repeat(1_000_000)),
        Err(JwtError::TooLong)
    );
    let deep = URL_SAFE_NO_PAD.encode("[".repeat(5_000));
    assert_eq!(
        verified_token(&format!("{deep}.a.a")),
        Err(JwtError::Malformed)
    );
}

#[test]
fn every_changed_byte_is_refused() {
    let token = sign(&claims(), &key(1)).unwrap();
    // Every third place keeps the test short; the signature covers all alike.
    for position in (0..token.len()).step_by(3) {
        let changed: String = token
            .chars()
            .enumerate()
            .map(|(index, c)| match (index == position, c) {
                (false, c) => c,
                (true, 'A') => 'B',
                (true, _) => 'A',
            })
            .collect();
        assert!(verified_token(&changed).is_err(), "{position}");
    }
}

/// A key and a token that an earlier build made, with another implementation of
/// the curve: what is stored and what is under way go on working.
#[test]
fn a_key_and_a_token_of_an_earlier_build_still_work() {
    let kid = "_dyS-XlasyxTEOESk-WMiz7d5DFNt1QkhUpq9dr9P3Y";
    let secret = "OgaeV5HjWZ7ql23w12tgBSgQebwlo8EhkmSajxajDQQ";
    let key = SigningKey::from_stored(secret, kid).unwrap();
    assert_eq!(key.kid(), kid);
    let jwk = key.public_jwk();
    assert_eq!(jwk.kid, kid);
    assert_eq!(jwk.x, "4VtDpAC6gfqnr37Ty-BqvbQOTi9HHrufCfMUuB6WBfk");
    assert_eq!(jwk.y, "43Se2QtgOU5VHChr-inwwmSRSu6kPO7D8cETKxHjOFM");
    let signed = "eyJhbGciOiJFUzI1NiIsImtpZCI6Il9keVMtWGxhc3l4VEVPRVNrLVdNaXo3ZDVERk50MVFraFVwcTlk\
                  cjlQM1kiLCJ0eXAiOiJKV1QifQ.eyJhbXIiOlsicHdkIl0sImF1ZCI6ImNvbnZleCIsImF1dGhfdGlt\
                  ZSI6MTgwMDAwMDAwMCwiZXhwIjoxODAwMDAwOTAwLCJpYXQiOjE4MDAwMDAwMDAsImlzcyI6Imh0dHB\
                  zOi8vaGFwcHkuY29udmV4LnNpdGUiLCJqdGkiOiJnV0wwZVE2ekp6WEFKc25rTGN2S1VRIiwic2lkIj\
                  oic2Vzc2lvbiIsInN1YiI6InVzZXJ8c2Vzc2lvbiJ9";
    let signature = "ThqYozsRoUTbWfoaPKDf9cfdQBkxjO9Ly64-XlvE4DBttnVdxZnnxO7Eb1adIU8dODvXuN_p_fIRuZy\
                     6u_XbmQ";
    let expect = Expectation {
        now: UnixMillis(1_800_000_000_000.0),
        ..expectation()
    };
    let token = format!("{signed}.{signature}");
    let claims = verify(&token, &[jwk], &expect).unwrap();
    assert_eq!(claims.sub, "user|session");
    // Nothing is random in a signature, so it is made again.
    let again = key.private_key().sign(signed.as_bytes());
    assert_eq!(URL_SAFE_NO_PAD.encode(again), signature);
}

proptest! {
    #[test]
    fn garbage_is_refused_without_a_panic(token in "[A-Za-z0-9_.-]{0,200}|\\PC{0,60}") {
        prop_assert!(verified_token(&token).is_err());
    }
}
