//! Numbers of calls. JSON has only finite ones (RFC 8259, section 6), so the others
//! come as the texts `NaN`, `Infinity` and `-Infinity`, which ECMAScript's `String`
//! makes of them. They arrive as the numbers that they are, and the core refuses
//! them where they make no sense.

use serde::Deserializer;
use serde::de::{Error, Unexpected, Visitor};
use std::fmt;

/// Reads a number, for `#[serde(deserialize_with)]`.
pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    deserializer.deserialize_any(Number)
}

/// Reads a number that may be missing, for `#[serde(deserialize_with)]` with
/// `default`.
pub(crate) fn read_optional<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<f64>, D::Error> {
    deserializer.deserialize_option(OptionalNumber)
}

struct Number;

impl Visitor<'_> for Number {
    type Value = f64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number")
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<f64, E> {
        Ok(number)
    }

    #[expect(
        clippy::as_conversions,
        reason = "an integer beyond 2^53 is rounded, as every number of ECMAScript is"
    )]
    fn visit_u64<E: Error>(self, number: u64) -> Result<f64, E> {
        Ok(number as f64)
    }

    #[expect(
        clippy::as_conversions,
        reason = "an integer beyond 2^53 is rounded, as every number of ECMAScript is"
    )]
    fn visit_i64<E: Error>(self, number: i64) -> Result<f64, E> {
        Ok(number as f64)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<f64, E> {
        match text {
            "NaN" => Ok(f64::NAN),
            "Infinity" => Ok(f64::INFINITY),
            "-Infinity" => Ok(f64::NEG_INFINITY),
            _ => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }
}

struct OptionalNumber;

impl<'de> Visitor<'de> for OptionalNumber {
    type Value = Option<f64>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number or null")
    }

    fn visit_none<E: Error>(self) -> Result<Option<f64>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<f64>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<f64>, D::Error> {
        read(deserializer).map(Some)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    struct Call {
        #[serde(deserialize_with = "super::read")]
        time: f64,
        #[serde(default, deserialize_with = "super::read_optional")]
        limit: Option<f64>,
    }

    fn call(json: &str) -> Call {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn numbers_that_are_not_finite_are_read_as_what_they_are() {
        assert!(call(r#"{ "time": "NaN" }"#).time.is_nan());
        let endless = call(r#"{ "time": "Infinity", "limit": "-Infinity" }"#);
        assert_eq!(endless.time, f64::INFINITY);
        assert_eq!(endless.limit, Some(f64::NEG_INFINITY));
        assert!(
            call(r#"{ "time": 0, "limit": "NaN" }"#)
                .limit
                .unwrap()
                .is_nan()
        );
    }

    #[test]
    fn finite_numbers_are_read_whatever_form_json_gives_them() {
        let read = call(r#"{ "time": 1700000000000.25, "limit": -3 }"#);
        assert_eq!(read.time, 1_700_000_000_000.25);
        assert_eq!(read.limit, Some(-3.0));
        assert_eq!(call(r#"{ "time": 1e3, "limit": null }"#).limit, None);
        assert_eq!(call(r#"{ "time": 1e3 }"#).limit, None);
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in ["", "1", "nan", "infinity", "+Infinity"] {
            let json = format!(r#"{{ "time": "{text}" }}"#);
            assert!(serde_json::from_str::<Call>(&json).is_err());
        }
    }
}
