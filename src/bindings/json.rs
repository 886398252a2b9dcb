//! The boundary of the modules that a person waits for, as JSON.
//!
//! JavaScript's engine reads and writes JSON natively, so that a call and an
//! answer cross the boundary once each. Field by field they would cross it some
//! hundred times, by functions that a fresh context has to compile first.

use serde::Serialize;
use serde::de::DeserializeOwned;
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsCast, JsError, JsValue};

/// What a surrogate without its other half is written as begins with: the engine
/// escapes no other character like that (ECMA-262, `QuoteJSONString`).
const LONE_SURROGATE: &str = "\\ud";

/// What stands in for an unpaired surrogate: U+FFFD, as everywhere else that
/// text crosses from JavaScript.
const REPLACEMENT: &str = "\\ufffd";

/// Bytes of an escaped character: a backslash, the letter `u`, four digits.
const ESCAPE_BYTES: usize = 6;

/// A call as JavaScript has made it.
pub(super) fn read<T>(call: &Ts<T>) -> Result<T, JsError>
where
    T: Tsify + DeserializeOwned,
    T::JsType: JsCast,
{
    let text = js_sys::JSON::stringify(&call.js_value())
        .ok()
        .and_then(|text| JsValue::from(text).as_string())
        .ok_or_else(|| JsError::new("the call cannot be written as JSON"))?;
    if text.contains(LONE_SURROGATE) {
        return Ok(serde_json::from_str(&without_lone_surrogates(&text))?);
    }
    Ok(serde_json::from_str(&text)?)
}

/// An answer as JavaScript sees it.
pub(super) fn answer<T>(value: T) -> Result<Ts<T>, JsError>
where
    T: Tsify + Serialize,
    T::JsType: JsCast,
{
    let text = serde_json::to_string(&value)?;
    js_sys::JSON::parse(&text)
        .map(Ts::new_unchecked)
        .map_err(|_| JsError::new("the answer is not JSON"))
}

/// JSON with U+FFFD in place of surrogates that have lost their other half, which
/// no text of Rust can have.
fn without_lone_surrogates(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let mut rest = json;
    while let Some((before, escape)) = rest.split_once('\\') {
        text.push_str(before);
        // A backslash and what it escapes, so that `\\\\ud800` stays text.
        let is_surrogate = escape.starts_with("ud");
        let length = if is_surrogate { ESCAPE_BYTES - 1 } else { 1 };
        let (escaped, after) = escape.split_at_checked(length).unwrap_or((escape, ""));
        if is_surrogate {
            text.push_str(REPLACEMENT);
        } else {
            text.push('\\');
            text.push_str(escaped);
        }
        rest = after;
    }
    text.push_str(rest);
    text
}
