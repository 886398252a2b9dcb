//! Using one relying party from several domains (WebAuthn Level 3 §5.11).

use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// Labels that every client looks at (WebAuthn Level 3 §5.11). A client may
/// skip the origins with a sixth one.
pub const MAX_LABELS: usize = 5;

/// Most origins. Clients read the whole document for every ceremony elsewhere.
pub const MAX_ORIGINS: usize = 100;

/// Longest second part of a public suffix such as `co.uk` or `com.au`.
const LONGEST_SECOND_LEVEL_SUFFIX: usize = 3;

/// Letters of a country's top-level domain, below which such suffixes are.
const COUNTRY_CODE_LENGTH: usize = 2;

/// Why a list of origins is not served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelatedOriginsError {
    /// There are more than [`MAX_ORIGINS`].
    TooMany,
    /// One is not `https://` with a domain and an optional port.
    Origin,
    /// There are more than [`MAX_LABELS`] labels.
    Labels,
}

impl fmt::Display for RelatedOriginsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            RelatedOriginsError::TooMany => "there are too many related origins",
            RelatedOriginsError::Origin => "a related origin is not an https origin",
            RelatedOriginsError::Labels => "the related origins have too many different labels",
        })
    }
}

impl std::error::Error for RelatedOriginsError {}

/// The document that clients read.
#[derive(Serialize)]
struct Document<'a> {
    origins: &'a [String],
}

/// The body of `/.well-known/webauthn`, to be served with the type
/// `application/json` from the relying party's own domain (WebAuthn Level 3
/// §5.11.1).
///
/// A client counts the labels before the public suffix: `example` for
/// `https://shop.example.co.uk`. Which suffixes are public is a long list that
/// changes, so here the second part of a country's domain counts as one if it
/// has up to three letters. For the rare others the count is too high or too
/// low, and the client's own count decides.
///
/// # Errors
/// See [`RelatedOriginsError`].
pub fn well_known_document(origins: &[String]) -> Result<String, RelatedOriginsError> {
    if origins.len() > MAX_ORIGINS {
        return Err(RelatedOriginsError::TooMany);
    }
    let labels = origins
        .iter()
        .map(|origin| label(origin).ok_or(RelatedOriginsError::Origin))
        .collect::<Result<BTreeSet<_>, _>>()?;
    if labels.len() > MAX_LABELS {
        return Err(RelatedOriginsError::Labels);
    }
    serde_json::to_string(&Document { origins }).map_err(|_| RelatedOriginsError::Origin)
}

/// The label of an origin. `None` if it is no https origin with a domain.
fn label(origin: &str) -> Option<&str> {
    let authority = origin.strip_prefix("https://")?;
    let host = match authority.split_once(':') {
        Some((host, port)) => {
            port.parse::<u16>().ok().filter(|port| *port != 443)?;
            host
        }
        None => authority,
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    if !host.split('.').all(is_label) {
        return None;
    }
    let mut labels = host.rsplit('.');
    let top = labels.next()?;
    let second = labels.next()?;
    let is_suffix = top.len() == COUNTRY_CODE_LENGTH && second.len() <= LONGEST_SECOND_LEVEL_SUFFIX;
    if is_suffix {
        Some(labels.next().unwrap_or(second))
    } else {
        Some(second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(origins: &[&str]) -> Result<String, RelatedOriginsError> {
        let origins: Vec<String> = origins.iter().map(|origin| (*origin).to_owned()).collect();
        well_known_document(&origins)
    }

    #[test]
    fn the_document_lists_the_origins() {
        assert_eq!(
            document(&["https://example.com", "https://example.co.uk:8443"]).as_deref(),
            Ok(r#"{"origins":["https://example.com","https://example.co.uk:8443"]}"#)
        );
        assert_eq!(document(&[]).as_deref(), Ok(r#"{"origins":[]}"#));
    }

    #[test]
    fn what_is_no_https_origin_is_refused() {
        for origin in [
            "",
            "example.com",
            "http://example.com",
            "https://",
            "https://localhost",
            "https://example.com/",
            "https://example.com:",
            "https://example.com:443",
            "https://example.com:65536",
            "https://Example.com",
            "https://user@example.com",
            "https://example..com",
            "https://[::1]",
            "android:apk-key-hash:AAAA",
        ] {
            assert_eq!(
                document(&[origin]),
                Err(RelatedOriginsError::Origin),
                "{origin}"
            );
        }
    }

    #[test]
    fn labels_are_counted_once_across_suffixes() {
        let same = [
            "https://example.com",
            "https://www.example.com",
            "https://example.de",
            "https://shop.example.co.uk",
            "https://example.com.au",
            "https://example.org",
            "https://example.net",
        ];
        assert!(document(&same).is_ok());
        let five = [
            "https://a-one.com",
            "https://two.com",
            "https://three.com",
            "https://four.com",
            "https://five.com",
        ];
        assert!(document(&five).is_ok());
        let six: Vec<&str> = five.into_iter().chain(["https://six.com"]).collect();
        assert_eq!(document(&six), Err(RelatedOriginsError::Labels));
    }

    #[test]
    fn the_number_of_origins_is_limited() {
        let many: Vec<String> = (0..=MAX_ORIGINS)
            .map(|number| format!("https://s{number}.example.com"))
            .collect();
        assert_eq!(
            well_known_document(&many),
            Err(RelatedOriginsError::TooMany)
        );
        assert!(well_known_document(many.get(1..).unwrap_or_default()).is_ok());
    }
}
