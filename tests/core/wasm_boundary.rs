//! The one export of a WebAssembly module, called as JavaScript calls it.

use crate::here;
use gatehouse::{decide_access, decide_accounts};
use serde_json::{Value, json};

const NOW: f64 = 1_700_000_000_000.0;

fn decide(name: &str, call: &Value) -> Value {
    let answer = decide_accounts(name, &call.to_string()).ok().unwrap();
    serde_json::from_str(&answer).unwrap()
}

fn present(token: &Value) -> Value {
    let answer = decide_access("sessionPresent", &token.to_string());
    serde_json::from_str(&answer.ok().unwrap()).unwrap()
}

/// Exceptions can only be made in WebAssembly.
#[cfg(target_arch = "wasm32")]
fn is_exception(name: &str, call: &str) -> bool {
    decide_accounts(name, call).is_err()
}

fn pepper() -> Value {
    decide("generatePepper", &Value::Null)
}

/// The rows and the configuration of a password flow for an unknown address.
fn password_call(pepper: &Value) -> Value {
    let found = decide(
        "passwordLookup",
        &json!({ "provider": "password", "email": "Ada@Example.com", "origin": {} }),
    );
    let limit = |key: &Value| json!({ "key": key });
    let (attempt, request) = (&found["attempt"], &found["request"]);
    json!({
        "now": NOW,
        "config": {
            "provider": "password",
            "requireEmailVerification": true,
            "argon2": { "memoryKib": 8192, "iterations": 1 },
        },
        "sessionConfig": { "issuer": "https://example.convex.site" },
        "origin": {},
        "identifier": found["identifier"],
        "pepper": pepper,
        "rows": {
            "account": null,
            "user": null,
            "sessions": [],
            "otherAccounts": [],
            "factors": {
                "config": {},
                "groupRequires": false,
                "totps": [],
                "codes": [],
                "passkeys": 0,
                "recoveryCodesLeft": 0,
            },
            "attempt": {
                "lock": limit(&attempt["lock"]),
                "account": limit(&attempt["account"]),
                "origin": limit(&attempt["origin"]),
            },
            "request": {
                "sendTo": limit(&request["sendTo"]),
                "sendFrom": limit(&request["sendFrom"]),
                "signUpFrom": limit(&request["signUpFrom"]),
            },
        },
    })
}

fn sign_up(pepper: &Value) -> Value {
    decide(
        "passwordSignUp",
        &json!({
            "call": password_call(pepper),
            "input": { "password": "correct horse battery", "profile": {} },
        }),
    )
}

fn signing_key() -> Value {
    let choice = decide("signingKeyChoose", &json!({ "now": NOW, "keys": [] }));
    choice["key"].clone()
}

#[here]
fn randomness_is_drawn_inside_each_call() {
    let first = pepper();
    assert_ne!(first, pepper());
    // The same call twice gives another salt, another code, another verifier.
    let (one, two) = (sign_up(&first), sign_up(&first));
    for member in ["account", "code", "outcome"] {
        assert_ne!(one[member], two[member]);
    }
}

#[here]
fn a_sign_up_and_a_sign_in_cross_the_boundary() {
    let pepper = pepper();
    let answer = sign_up(&pepper);
    assert_eq!(answer["outcome"]["kind"], "started");
    assert_eq!(answer["limits"].as_array().unwrap().len(), 3);
    let unknown = decide(
        "passwordSignIn",
        &json!({ "call": password_call(&pepper), "password": "correct horse battery" }),
    );
    assert_eq!(unknown["outcome"]["kind"], "refused");
    assert_eq!(unknown["limits"].as_array().unwrap().len(), 3);
}

#[here]
fn tokens_of_a_session_cross_the_boundary() {
    let key = signing_key();
    assert_ne!(key["kid"], signing_key()["kid"]);
    let issued = decide(
        "sessionIssue",
        &json!({
            "now": NOW,
            "config": { "issuer": "https://example.convex.site" },
            "session": {
                "_id": "session",
                "userId": "user",
                "expirationTime": 1_800_000_000_000.0,
                "lastActiveTime": 0,
                "authenticationTime": 0,
                "authenticationMethods": ["pwd"],
                "provider": "password",
            },
            "signingKey": key,
        }),
    );
    let presented = present(&issued["refreshToken"]);
    assert_eq!(presented["kind"], "wellFormed");
    assert_eq!(presented["familyHash"], issued["row"]["familyHash"]);
    let garbage = present(&json!("rt_garbage"));
    assert_eq!(garbage["kind"], "refused");
}

#[cfg(target_arch = "wasm32")]
#[here]
fn a_call_that_cannot_be_read_is_an_exception_and_the_next_call_works() {
    for call in ["\"no call\"", "{", "", "null"] {
        assert!(is_exception("passwordSignIn", call));
    }
    assert_eq!(sign_up(&pepper())["outcome"]["kind"], "started");
}

#[cfg(target_arch = "wasm32")]
#[here]
fn a_decision_of_an_unknown_name_is_an_exception() {
    for name in ["", "passwordSignin", "PasswordSignIn", "constructor"] {
        assert!(is_exception(name, "null"));
    }
    // The other module has it.
    assert!(is_exception("sessionPresent", "\"rt_garbage\""));
}

#[here]
fn an_unpaired_surrogate_becomes_a_replacement_character() {
    let prepared = |name: &str| {
        let answer = decide_accounts("prepareGroup", &format!("{{\"name\":\"{name}\"}}"));
        serde_json::from_str::<Value>(&answer.ok().unwrap()).unwrap()
    };
    let replaced = prepared("a\u{fffd}");
    assert_eq!(replaced["kind"], "refused");
    for lone in ["\\ud800", "\\udfff", "\\ud83d"] {
        assert_eq!(prepared(&format!("a{lone}")), replaced);
    }
    // A backslash before the letters is text.
    assert_eq!(prepared("a\\\\ud800")["fields"]["name"], "a\\ud800");
}
