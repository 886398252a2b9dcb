//! The exports, called as JavaScript calls them. They run in WebAssembly only.

use tsify::{Ts, Tsify};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{password, session, sign_in, signing_key};
use crate::code::Pepper;
use crate::origin::Origin;
use crate::second_factor::SecondFactors;
use crate::session::{IssueCall, PresentedToken, SessionRow};
use crate::sign_in::{
    PasswordCall, PasswordLookup, PasswordRows, SignInAnswer, SignInOutcome, SignUpInput,
};
use crate::signing_key::SigningKeyCall;
use crate::time::UnixMillis;

/// A value as it crosses from JavaScript.
fn to_js<T>(value: T) -> Ts<T>
where
    T: Tsify + serde::Serialize,
    T::JsType: wasm_bindgen::JsCast,
{
    value.into_ts().unwrap()
}

/// A value read from JSON, for types with many optional columns.
fn parse<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}

fn call(pepper: &str) -> PasswordCall {
    let origin = Origin::default();
    let found = password::lookup("password", "Ada@Example.com", to_js(origin.clone()));
    let found = found.ok().unwrap().to_rust().unwrap();
    let PasswordLookup::Found {
        identifier,
        attempt,
        request,
        ..
    } = found
    else {
        panic!("the address is valid");
    };
    let limit = |key: String| serde_json::json!({ "key": key });
    let rows: PasswordRows = parse(
        &serde_json::json!({
            "sessions": [],
            "otherAccounts": [],
            "attempt": {
                "lock": limit(attempt.lock),
                "account": limit(attempt.account),
                "origin": limit(attempt.origin),
            },
            "factors": serde_json::to_value(SecondFactors::default()).unwrap(),
            "request": {
                "sendTo": limit(request.send_to),
                "sendFrom": limit(request.send_from),
                "signUpFrom": limit(request.sign_up_from),
            },
        })
        .to_string(),
    );
    PasswordCall {
        now: UnixMillis(1_700_000_000_000.0),
        config: parse(
            r#"{ "provider": "password", "requireEmailVerification": true,
                 "argon2": { "memoryKib": 8192, "iterations": 1 } }"#,
        ),
        session_config: parse(r#"{ "issuer": "https://example.convex.site" }"#),
        origin,
        identifier,
        pepper: Pepper::from_base64(pepper).unwrap(),
        custom_code: None,
        replaces: None,
        rows,
    }
}

fn sign_up(pepper: &str) -> SignInAnswer {
    let input: SignUpInput = parse(r#"{ "password": "correct horse battery", "profile": {} }"#);
    let answer = password::sign_up(to_js(call(pepper)), to_js(input));
    answer.ok().unwrap().to_rust().unwrap()
}

fn pepper() -> String {
    sign_in::generate_pepper().ok().unwrap()
}

#[wasm_bindgen_test]
fn randomness_is_drawn_inside_each_call() {
    let first = pepper();
    assert_ne!(first, pepper());
    // The same call twice gives another salt, another code, another verifier.
    let (one, two) = (sign_up(&first), sign_up(&first));
    assert_ne!(one.account, two.account);
    assert_ne!(one.code, two.code);
    assert_ne!(one.outcome, two.outcome);
}

#[wasm_bindgen_test]
fn a_sign_up_and_a_sign_in_cross_the_boundary() {
    let pepper = pepper();
    let answer = sign_up(&pepper);
    assert!(matches!(answer.outcome, SignInOutcome::Started { .. }));
    assert_eq!(answer.limits.len(), 3);
    let unknown = password::sign_in(to_js(call(&pepper)), "correct horse battery");
    let unknown = unknown.ok().unwrap().to_rust().unwrap();
    assert!(matches!(unknown.outcome, SignInOutcome::Refused { .. }));
    assert_eq!(unknown.limits.len(), 3);
}

#[wasm_bindgen_test]
fn tokens_of_a_session_cross_the_boundary() {
    let now = UnixMillis(1_700_000_000_000.0);
    let keys = || SigningKeyCall { now, keys: vec![] };
    let first = signing_key::choose(to_js(keys())).ok().unwrap();
    let second = signing_key::choose(to_js(keys())).ok().unwrap();
    let key = first.to_rust().unwrap().key;
    assert_ne!(key.kid, second.to_rust().unwrap().key.kid);
    let row: SessionRow = parse(
        r#"{ "_id": "session", "userId": "user", "expirationTime": 1800000000000,
             "lastActiveTime": 0, "authenticationTime": 0,
             "authenticationMethods": ["pwd"], "provider": "password" }"#,
    );
    let issued = sign_in::issue(to_js(IssueCall {
        now,
        config: parse(r#"{ "issuer": "https://example.convex.site" }"#),
        session: row,
        signing_key: key,
    }));
    let issued = issued.ok().unwrap().to_rust().unwrap();
    let presented = session::present(&issued.refresh_token).ok().unwrap();
    assert_eq!(
        presented.to_rust().unwrap(),
        PresentedToken::WellFormed {
            family_hash: issued.row.family_hash
        }
    );
    let garbage = session::present("rt_garbage").ok().unwrap();
    assert!(matches!(
        garbage.to_rust().unwrap(),
        PresentedToken::Refused { .. }
    ));
}

#[wasm_bindgen_test]
fn a_call_that_cannot_be_read_is_an_exception_and_the_next_call_works() {
    let text = wasm_bindgen::JsValue::from_str("no call");
    let odd: Ts<PasswordCall> = Ts::new_unchecked(text);
    assert!(password::sign_in(odd, "correct horse battery").is_err());
    assert!(matches!(
        sign_up(&pepper()).outcome,
        SignInOutcome::Started { .. }
    ));
}
