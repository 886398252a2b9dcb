//! The URI that authenticator apps read from a QR code ("Key Uri Format" of
//! Google Authenticator, which all of them follow).

use std::fmt;

use zeroize::Zeroizing;

use super::parameters::TotpParameters;
use super::secret::TotpSecret;
use crate::identifier::{self, IdentifierError};

/// The longest issuer, in characters.
const MAX_ISSUER_LENGTH: usize = 64;

/// The longest account name, in characters: an e-mail address fits.
const MAX_ACCOUNT_LENGTH: usize = 254;

/// What separates issuer and account name in the label.
const SEPARATOR: char = ':';

/// Why no URI can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyUriError {
    /// The issuer is empty, too long or has characters that are not shown.
    Issuer(IdentifierError),
    /// The account name is empty, too long or has characters that are not
    /// shown.
    Account(IdentifierError),
    /// The issuer has a colon, which the format forbids, encoded or not: an app
    /// could not tell where the issuer ends. In an account name it becomes a
    /// space.
    Colon,
}

impl fmt::Display for KeyUriError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyUriError::Issuer(error) => write!(formatter, "the issuer is not valid: {error}"),
            KeyUriError::Account(error) => write!(formatter, "the account is not valid: {error}"),
            KeyUriError::Colon => formatter.write_str("the issuer cannot have a colon"),
        }
    }
}

impl std::error::Error for KeyUriError {}

/// The URI of a secret: `otpauth://totp/Issuer:account?secret=…&issuer=…`, with
/// all parameters, though the apps have defaults for them.
///
/// # Errors
/// See [`KeyUriError`].
pub fn key_uri(
    issuer: &str,
    account: &str,
    secret: &TotpSecret,
    parameters: TotpParameters,
) -> Result<Zeroizing<String>, KeyUriError> {
    let issuer =
        identifier::display_text(issuer, MAX_ISSUER_LENGTH).map_err(KeyUriError::Issuer)?;
    // The issuer is the app's, which can choose another one. The account is what
    // people call themselves.
    let account = account.replace(SEPARATOR, " ");
    let account =
        identifier::display_text(&account, MAX_ACCOUNT_LENGTH).map_err(KeyUriError::Account)?;
    if issuer.contains(SEPARATOR) {
        return Err(KeyUriError::Colon);
    }
    let issuer = percent_encode(&issuer);
    let account = percent_encode(&account);
    let base32 = secret.to_base32();
    Ok(Zeroizing::new(format!(
        "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}&algorithm={}&digits={}&period={}",
        *base32,
        parameters.algorithm.as_str(),
        u8::from(parameters.digits),
        parameters.period.seconds(),
    )))
}

/// Percent-encodes all but the unreserved characters (RFC 3986, section 2.3).
/// A space is `%20`: not every app reads `+` as one.
fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len().saturating_mul(3));
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::totp::{TotpAlgorithm, TotpDigits, TotpPeriod};

    fn uri(issuer: &str, account: &str) -> Result<String, KeyUriError> {
        let secret = TotpSecret::from_bytes(b"12345678901234567890");
        key_uri(issuer, account, &secret, TotpParameters::default()).map(|uri| uri.to_string())
    }

    #[test]
    fn a_key_uri_has_label_secret_issuer_and_all_parameters() {
        assert_eq!(
            uri("ACME Co", "ada@example.com").unwrap(),
            "otpauth://totp/ACME%20Co:ada%40example.com\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=ACME%20Co&algorithm=SHA1&digits=6&period=30"
        );
        let parameters = TotpParameters {
            algorithm: TotpAlgorithm::Sha512,
            digits: TotpDigits::Eight,
            period: TotpPeriod::nearest(60),
        };
        let secret = TotpSecret::from_bytes(b"foobar");
        assert_eq!(
            *key_uri("A", "b", &secret, parameters).unwrap(),
            "otpauth://totp/A:b?secret=MZXW6YTBOI&issuer=A&algorithm=SHA512&digits=8&period=60"
        );
    }

    #[test]
    fn a_name_cannot_add_parameters_or_leave_the_label() {
        let odd = uri("A&secret=X#", "b/../?digits=8 %3A+é").unwrap();
        assert!(odd.starts_with(
            "otpauth://totp/A%26secret%3DX%23:b%2F..%2F%3Fdigits%3D8%20%253A%2B%C3%A9?secret=GEZD"
        ));
        assert!(odd.ends_with("&issuer=A%26secret%3DX%23&algorithm=SHA1&digits=6&period=30"));
    }

    #[test]
    fn issuer_and_account_are_bounded_and_have_no_colon() {
        assert_eq!(uri("A:B", "ada"), Err(KeyUriError::Colon));
        let countess = uri("A", "Ada: the countess").unwrap();
        assert!(countess.starts_with("otpauth://totp/A:Ada%20%20the%20countess?"));
        // A full-width colon would become one on the way to some screens, but
        // it is not the separator.
        assert!(uri("A", "ada\u{ff1a}b").is_ok());
        assert!(matches!(uri("", "ada"), Err(KeyUriError::Issuer(_))));
        assert!(matches!(uri("A", ""), Err(KeyUriError::Account(_))));
        assert!(matches!(
            uri(&"A".repeat(65), "a"),
            Err(KeyUriError::Issuer(_))
        ));
        assert!(matches!(
            uri("A", &"a".repeat(255)),
            Err(KeyUriError::Account(_))
        ));
        assert!(matches!(
            uri("A\n", "a\u{202e}b"),
            Err(KeyUriError::Account(_))
        ));
    }
}
