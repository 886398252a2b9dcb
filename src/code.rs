//! Short verification codes: what people type from an e-mail.
//!
//! A code has few bits, so a plain hash of it could be searched in no time.
//! What is stored is an HMAC under a pepper that lives apart from the codes,
//! bound to what the code is for and to whom it was sent. The limiter bounds
//! the guesses: nothing is compared without its [`Permit`].

use crate::entropy::Entropy;
use crate::limiter::Permit;
use crate::token::length_prefix;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::Sha256;
use std::fmt;
use subtle::ConstantTimeEq as _;
use tsify::Tsify;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Separates these MACs from any other use of the pepper.
const HASH_DOMAIN: &str = "gatehouse verification code v1";

/// Fewest digits of a code: one in a million a guess.
pub const MIN_DIGITS: u8 = 6;

/// Most digits of a code: what people still type without a mistake.
pub const MAX_DIGITS: u8 = 12;

/// Fewest characters of a presented code, as for [`MIN_DIGITS`].
pub const MIN_CODE_LENGTH: usize = 6;

/// Most characters of a presented code. Apps may mail a long random code in a
/// link, and 128 holds 512 bits in hexadecimal.
pub const MAX_CODE_LENGTH: usize = 128;

/// Most bytes of what a person typed, spaces and hyphens included; looked at
/// before anything else.
pub const MAX_RAW_CODE_BYTES: usize = 512;

/// What a verification code is for. A code for one purpose is worth nothing
/// for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum CodePurpose {
    /// Proves that the person reads the mailbox they signed up with.
    EmailVerification,
    /// Lets the person choose a new password.
    PasswordReset,
    /// Lets the person sign up with a passkey.
    PasskeySignUp,
}

impl CodePurpose {
    /// The name of the purpose, as it is serialised and hashed.
    pub fn as_str(self) -> &'static str {
        match self {
            CodePurpose::EmailVerification => "email-verification",
            CodePurpose::PasswordReset => "password-reset",
            CodePurpose::PasskeySignUp => "passkey-sign-up",
        }
    }
}

/// Why a presented code was refused before it was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    /// Fewer than [`MIN_CODE_LENGTH`] characters are left without spaces and
    /// hyphens.
    TooShort,
    /// More than [`MAX_CODE_LENGTH`] characters, or [`MAX_RAW_CODE_BYTES`] as
    /// typed.
    TooLong,
    /// A character is not printable ASCII.
    InvalidCharacter,
}

impl fmt::Display for CodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            CodeError::TooShort => "the code is too short",
            CodeError::TooLong => "the code is too long",
            CodeError::InvalidCharacter => "the code contains an invalid character",
        })
    }
}

impl std::error::Error for CodeError {}

/// Why a stored pepper could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PepperError {
    /// The text is not base64url without padding of exactly 32 bytes.
    Encoding,
}

impl fmt::Display for PepperError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the pepper is not 32 bytes in base64url")
    }
}

impl std::error::Error for PepperError {}

/// The deployment's secret key for the hashes of codes: 256 random bits.
/// Serialised as base64url without padding.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop, Tsify)]
#[tsify(type = "string")]
pub struct Pepper([u8; 32]);

impl Pepper {
    /// Takes 32 bytes from a cryptographic generator.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Pepper(bytes)
    }

    /// Draws a pepper.
    pub fn generate(entropy: &mut Entropy) -> Self {
        Pepper(entropy.bytes())
    }

    /// The pepper for storage, in base64url without padding.
    pub fn to_base64(&self) -> Zeroizing<String> {
        Zeroizing::new(URL_SAFE_NO_PAD.encode(self.0))
    }

    /// Reads what [`Pepper::to_base64`] wrote.
    ///
    /// # Errors
    /// [`PepperError::Encoding`] for anything else.
    pub fn from_base64(text: &str) -> Result<Self, PepperError> {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        match URL_SAFE_NO_PAD.decode_slice(text, bytes.as_mut_slice()) {
            Ok(32) => Ok(Pepper(*bytes)),
            _ => Err(PepperError::Encoding),
        }
    }

    /// HMAC-SHA-256 (RFC 2104) over parts, each with its length. The first part
    /// separates the uses of the pepper.
    pub(crate) fn digest(&self, parts: &[&str]) -> [u8; 32] {
        // RFC 2104 pads a short key with zeros to the block of the hash. A key
        // of exactly one block goes in through a constructor that cannot fail.
        let mut block = Zeroizing::new([0_u8; 64]);
        for (place, byte) in block.iter_mut().zip(self.0) {
            *place = byte;
        }
        let mut mac = Hmac::<Sha256>::new((&*block).into());
        for part in parts {
            mac.update(&length_prefix(part.as_bytes()));
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }

    /// The same, as text.
    pub(crate) fn mac(&self, parts: &[&str]) -> HashedCode {
        HashedCode(URL_SAFE_NO_PAD.encode(self.digest(parts)))
    }
}

impl fmt::Debug for Pepper {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Pepper(redacted)")
    }
}

impl Serialize for Pepper {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_base64())
    }
}

impl<'de> Deserialize<'de> for Pepper {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        Pepper::from_base64(&text).map_err(serde::de::Error::custom)
    }
}

/// A verification code in the form that is hashed: no spaces, no hyphens.
pub struct Code(Zeroizing<String>);

impl Code {
    /// Reads a code as a person typed it, or as an app's own generator made it.
    ///
    /// Spaces and hyphens (the typographic ones, too) are dropped wherever they
    /// stand, because mail programs and people add them. Upper and lower case
    /// differ.
    ///
    /// # Errors
    /// See [`CodeError`]; the size is checked first.
    pub fn parse(raw: &str) -> Result<Self, CodeError> {
        if raw.len() > MAX_RAW_CODE_BYTES {
            return Err(CodeError::TooLong);
        }
        // As large as the input, so that the text is never moved and left
        // behind unwiped.
        let mut code = Zeroizing::new(String::with_capacity(raw.len()));
        for character in raw.chars() {
            match character {
                '-' | '\u{2010}'..='\u{2013}' => {}
                '!'..='~' => code.push(character),
                _ if character.is_whitespace() => {}
                _ => return Err(CodeError::InvalidCharacter),
            }
        }
        match code.len() {
            length if length < MIN_CODE_LENGTH => Err(CodeError::TooShort),
            length if length > MAX_CODE_LENGTH => Err(CodeError::TooLong),
            _ => Ok(Code(code)),
        }
    }

    /// The code, to be sent to the person it is for.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Code(redacted)")
    }
}

/// Draws a code of decimal digits, each code equally likely.
///
/// `digits` below [`MIN_DIGITS`] or above [`MAX_DIGITS`] is taken as the nearer
/// of the two.
pub fn generate(digits: u8, entropy: &mut Entropy) -> Code {
    let length = usize::from(digits.clamp(MIN_DIGITS, MAX_DIGITS));
    let mut code = Zeroizing::new(String::with_capacity(length));
    while code.len() < length {
        let [byte] = entropy.bytes::<1>();
        // 250 is the largest multiple of ten in a byte; the rest would make
        // the digits 0 to 5 more likely.
        if byte < 250 {
            code.push(char::from(b'0' + byte % 10));
        }
    }
    Code(code)
}

/// The hash of a code as it is stored: HMAC-SHA-256, in base64url.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(transparent)]
pub struct HashedCode(String);

/// Hashes a code for storage or comparison: HMAC-SHA-256 (RFC 2104) under the
/// pepper over domain label, purpose, identifier and code, each with its
/// length.
///
/// `identifier` is the normalised address or account id the code belongs to.
pub fn hash(pepper: &Pepper, purpose: CodePurpose, identifier: &str, code: &Code) -> HashedCode {
    pepper.mac(&[HASH_DOMAIN, purpose.as_str(), identifier, code.expose()])
}

/// Whether the presented code is the stored one, in constant time.
pub fn matches(_permit: &Permit, stored: &HashedCode, presented: &HashedCode) -> bool {
    stored.0.as_bytes().ct_eq(presented.0.as_bytes()).into()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pepper(byte: u8) -> Pepper {
        Pepper::from_bytes([byte; 32])
    }

    fn code(text: &str) -> Code {
        Code::parse(text).unwrap()
    }

    #[test]
    fn codes_are_digits_of_the_asked_length_within_bounds() {
        let mut entropy = Entropy::from_seed([7; 32]);
        for (asked, given) in [(0, 6), (6, 6), (8, 8), (12, 12), (255, 12)] {
            let code = generate(asked, &mut entropy);
            assert_eq!(code.expose().len(), given);
            assert!(code.expose().bytes().all(|byte| byte.is_ascii_digit()));
        }
    }

    #[test]
    fn every_digit_is_equally_likely() {
        let mut entropy = Entropy::from_seed([8; 32]);
        let mut counts = [0_u32; 10];
        for _ in 0..10_000 {
            for digit in generate(10, &mut entropy).expose().chars() {
                let value = usize::try_from(digit.to_digit(10).unwrap()).unwrap();
                *counts.get_mut(value).unwrap() += 1;
            }
        }
        // 10,000 each; without the rejection, 6 to 9 would lose 234 of them. Four
        // standard deviations are 380, and the sum of four digits has 620.
        assert!(counts.iter().all(|count| count.abs_diff(10_000) < 380));
        let high: u32 = counts.iter().skip(6).sum();
        assert!(high.abs_diff(40_000) < 620, "{counts:?}");
    }

    #[test]
    fn spaces_and_hyphens_that_people_type_are_dropped() {
        for typed in [
            "123456",
            " 123 456\n",
            "123-456",
            "123\u{2013}456",
            "12 34\u{a0}56",
        ] {
            assert_eq!(code(typed).expose(), "123456", "{typed:?}");
        }
        assert_eq!(code("aB3-aB3").expose(), "aB3aB3");
    }

    #[test]
    fn codes_are_bounded() {
        let refused = |typed: &str| Code::parse(typed).unwrap_err();
        assert_eq!(refused(""), CodeError::TooShort);
        assert_eq!(refused("12345"), CodeError::TooShort);
        assert_eq!(refused("- - - - - -"), CodeError::TooShort);
        assert_eq!(refused(&"1".repeat(129)), CodeError::TooLong);
        assert_eq!(refused(&" ".repeat(1_000_000)), CodeError::TooLong);
        assert!(Code::parse(&"1".repeat(128)).is_ok());
        for odd in ["12345\0", "12345\u{fffd}", "１２３４５６", "12345\u{202e}6"] {
            assert_eq!(refused(odd), CodeError::InvalidCharacter, "{odd:?}");
        }
    }

    #[test]
    fn the_hash_is_hmac_sha256_over_parts_with_lengths() {
        let pepper = Pepper::from_bytes(std::array::from_fn(|i| u8::try_from(i).unwrap()));
        let purpose = CodePurpose::EmailVerification;
        assert_eq!(
            hash(&pepper, purpose, "ada@example.com", &code("12345678")).0,
            "WSGAXvFu2iQP7QjqCjz8_5PVy1zXp6aVQFR3Lp3x4_o"
        );
    }

    #[test]
    fn a_code_is_bound_to_pepper_purpose_and_identifier() {
        let permit = Permit::for_test();
        let purpose = CodePurpose::PasswordReset;
        let stored = hash(&pepper(1), purpose, "ada@example.com", &code("123456"));
        let is_match = |presented: HashedCode| matches(&permit, &stored, &presented);
        assert!(is_match(hash(
            &pepper(1),
            purpose,
            "ada@example.com",
            &code("123 456")
        )));
        assert!(!is_match(hash(
            &pepper(1),
            purpose,
            "ada@example.com",
            &code("123457")
        )));
        assert!(!is_match(hash(
            &pepper(2),
            purpose,
            "ada@example.com",
            &code("123456")
        )));
        assert!(!is_match(hash(
            &pepper(1),
            purpose,
            "eve@example.com",
            &code("123456")
        )));
        assert!(!is_match(hash(
            &pepper(1),
            purpose,
            "ada@example.com1",
            &code("23456x")
        )));
        let other = CodePurpose::EmailVerification;
        assert!(!is_match(hash(
            &pepper(1),
            other,
            "ada@example.com",
            &code("123456")
        )));
    }

    #[test]
    fn secrets_are_not_printed_and_peppers_are_stored_as_base64() {
        assert_eq!(format!("{:?}", code("123456")), "Code(redacted)");
        assert_eq!(format!("{:?}", pepper(1)), "Pepper(redacted)");
        let json = serde_json::to_string(&pepper(1)).unwrap();
        assert_eq!(json, format!("{:?}", *pepper(1).to_base64()));
        assert_eq!(serde_json::from_str::<Pepper>(&json).unwrap(), pepper(1));
        for malformed in ["", "AQ", &format!("{}A", *pepper(1).to_base64()), "!"] {
            assert_eq!(Pepper::from_base64(malformed), Err(PepperError::Encoding));
        }
    }

    #[test]
    fn purposes_are_serialised_by_their_names() {
        for purpose in [CodePurpose::EmailVerification, CodePurpose::PasswordReset] {
            let json = serde_json::to_string(&purpose).unwrap();
            assert_eq!(json, format!("{:?}", purpose.as_str()));
        }
    }

    proptest! {
        #[test]
        fn parsing_is_idempotent_and_never_panics(typed in "\\PC{0,40}|[ -~]{0,200}") {
            if let Ok(code) = Code::parse(&typed) {
                prop_assert!((MIN_CODE_LENGTH..=MAX_CODE_LENGTH).contains(&code.expose().len()));
                prop_assert!(code.expose().bytes().all(|byte| byte.is_ascii_graphic()));
                let again = Code::parse(code.expose()).unwrap();
                prop_assert_eq!(again.expose(), code.expose());
            }
        }
    }
}
