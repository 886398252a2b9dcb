//! Base64url without padding (RFC 4648, section 5), as WebAuthn's JSON forms
//! carry bytes (WebAuthn Level 3 §3, "Base64url Encoding").

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::error::WebauthnError;

/// Reads at most `maximum` bytes from their text. Padding, line breaks and bits
/// that belong to no byte are refused, so that bytes have one text.
///
/// # Errors
/// [`WebauthnError::Base64url`].
pub fn decode(text: &str, maximum: usize) -> Result<Vec<u8>, WebauthnError> {
    // Three bytes take four characters; what is longer is not looked at.
    if text.len() > maximum.saturating_mul(4).div_ceil(3) {
        return Err(WebauthnError::Base64url);
    }
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| WebauthnError::Base64url)
}

/// Writes bytes as text.
pub fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_if_they_are_the_only_one_of_their_bytes() {
        assert_eq!(decode("-_8", 2), Ok(vec![0xfb, 0xff]));
        assert_eq!(decode("", 0), Ok(Vec::new()));
        for text in ["-_8=", "-_9", "+/8", "-_8\n", " -_8", "A", "\u{e9}"] {
            assert_eq!(decode(text, 100), Err(WebauthnError::Base64url), "{text}");
        }
    }

    #[test]
    fn the_maximum_holds() {
        for length in 0..10_usize {
            let text = encode(&vec![7; length]);
            assert!(decode(&text, length).is_ok());
            if let Some(less) = length.checked_sub(1) {
                assert!(decode(&text, less).is_err());
            }
        }
    }
}
