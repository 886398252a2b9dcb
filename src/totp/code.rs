//! A code as a person typed it.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::parameters::TotpDigits;

/// The longest text that is looked at, in bytes: eight digits with spaces
/// between them, and room for what pasting adds.
const MAX_RAW_LENGTH: usize = 64;

/// The text is no code: not six or eight digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TotpCodeError;

impl fmt::Display for TotpCodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a code is six or eight digits")
    }
}

impl std::error::Error for TotpCodeError {}

/// A code: six or eight digits.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct TotpCode {
    value: u32,
    #[zeroize(skip)]
    digits: TotpDigits,
}

impl TotpCode {
    /// Reads a code as a person typed it. Spaces are dropped wherever they
    /// stand, because authenticator apps show `123 456`.
    ///
    /// # Errors
    /// [`TotpCodeError`] for anything but six or eight ASCII digits. The shape
    /// of a code is no secret, so no attempt is counted for it.
    pub fn parse(raw: &str) -> Result<Self, TotpCodeError> {
        if raw.len() > MAX_RAW_LENGTH {
            return Err(TotpCodeError);
        }
        // As large as the input, so that the text is never moved and left
        // behind unwiped.
        let mut typed = Zeroizing::new(String::with_capacity(raw.len()));
        for character in raw.chars().filter(|character| !character.is_whitespace()) {
            if !character.is_ascii_digit() {
                return Err(TotpCodeError);
            }
            typed.push(character);
        }
        let digits = u8::try_from(typed.len())
            .ok()
            .and_then(|length| TotpDigits::try_from(length).ok())
            .ok_or(TotpCodeError)?;
        let value = typed.parse().map_err(|_| TotpCodeError)?;
        Ok(TotpCode { value, digits })
    }

    /// The code as a number.
    pub(crate) fn value(&self) -> u32 {
        self.value
    }

    /// How many digits were typed.
    pub(crate) fn digits(&self) -> TotpDigits {
        self.digits
    }
}

impl fmt::Debug for TotpCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TotpCode(redacted)")
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spaces_are_dropped_and_leading_zeros_count() {
        for typed in ["012345", "012 345", " 0 1 2 3 4 5\n", "012\u{a0}345"] {
            let code = TotpCode::parse(typed).unwrap();
            assert_eq!(
                (code.value(), code.digits()),
                (12_345, TotpDigits::Six),
                "{typed:?}"
            );
        }
        let long = TotpCode::parse("0001 2345").unwrap();
        assert_eq!((long.value(), long.digits()), (12_345, TotpDigits::Eight));
    }

    #[test]
    fn anything_but_six_or_eight_digits_is_refused() {
        let spaces = " ".repeat(1_000);
        for typed in [
            "",
            "12345",
            "1234567",
            "123456789",
            "12345a",
            "-12345",
            "+12345",
            "1.2345",
            "１２３４５６",
            "12345\0",
            "٠١٢٣٤٥",
            spaces.as_str(),
        ] {
            assert!(TotpCode::parse(typed).is_err(), "{typed:?}");
        }
    }

    #[test]
    fn a_code_is_not_printed() {
        let printed = format!("{:?}", TotpCode::parse("123456").unwrap());
        assert_eq!(printed, "TotpCode(redacted)");
    }

    proptest! {
        #[test]
        fn parsing_never_panics(typed in "\\PC{0,40}|[0-9 ]{0,80}") {
            if let Ok(code) = TotpCode::parse(&typed) {
                prop_assert!(code.value() < code.digits().modulus());
            }
        }
    }
}
