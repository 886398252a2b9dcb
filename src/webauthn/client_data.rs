//! What the client says about the ceremony: `CollectedClientData` (WebAuthn
//! Level 3 §5.8.1).

use serde::{Deserialize, Deserializer};
use subtle::ConstantTimeEq as _;

use super::encoding;
use super::error::WebauthnError;

/// Most bytes of client data. A long challenge and two long origins take less
/// than a quarter of it.
pub const MAX_CLIENT_DATA_BYTES: usize = 4096;

/// Least bytes of a challenge (WebAuthn Level 3 §13.4.3). A shorter one is a
/// mistake of the caller, for which no response is accepted.
pub const MIN_CHALLENGE_BYTES: usize = 16;

/// The ceremony that client data is of: the `type` member (WebAuthn Level 3
/// §5.8.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CeremonyType {
    /// A registration.
    Create,
    /// An authentication.
    Get,
}

impl CeremonyType {
    /// The value of the member.
    const fn name(self) -> &'static str {
        match self {
            CeremonyType::Create => "webauthn.create",
            CeremonyType::Get => "webauthn.get",
        }
    }
}

/// Whether a ceremony may run in a frame of a page of another origin (WebAuthn
/// Level 3 §13.4.9).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CrossOrigin<'a> {
    /// It may not.
    #[default]
    Refused,
    /// It may, in pages of these origins. A client that does not tell the
    /// page's origin (`topOrigin` is new in Level 3) is believed that the frame
    /// may be there: the app's own `frame-ancestors` has to see to it.
    Allowed {
        /// The origins of pages, compared as they are.
        top_origins: &'a [String],
    },
}

/// Where ceremonies may run (WebAuthn Level 3 §13.4.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OriginPolicy<'a> {
    /// The allowed origins, compared as they are: `https://example.com`,
    /// `http://localhost:5173` without a slash at the end, or
    /// `android:apk-key-hash:…` for an app.
    pub origins: &'a [String],
    /// Whether it may be in a frame.
    pub cross_origin: CrossOrigin<'a>,
}

/// The members of client data that are looked at. Others may be there, and any
/// of them may come in later versions (WebAuthn Level 3 §5.8.1); they are not
/// looked at.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CollectedClientData {
    /// The ceremony, as a text.
    pub r#type: String,
    /// The challenge, in base64url.
    pub challenge: String,
    /// The origin of the page or frame that ran the ceremony.
    pub origin: String,
    /// Whether it is in a frame of a page of another origin. It is not, if the
    /// member is absent or null.
    #[serde(default, deserialize_with = "or_false")]
    pub cross_origin: bool,
    /// The origin of that page.
    #[serde(default, deserialize_with = "present")]
    pub top_origin: Option<String>,
}

/// Reads a member that may be null. It is asked whether it is true (WebAuthn
/// Level 3 §7.1 step 10), which null is not.
fn or_false<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Reads a member that may be absent, but not null. It is asked whether it is
/// there (WebAuthn Level 3 §7.1 step 11), which null is.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    String::deserialize(deserializer).map(Some)
}

impl CollectedClientData {
    /// Reads client data (WebAuthn Level 3 §7.1 steps 5 and 6). A byte order
    /// mark is skipped, as the UTF-8 decode algorithm does; bytes that are not
    /// UTF-8 are refused, although it would replace them, and so is a member
    /// that is there twice and looked at: no client writes either, and two
    /// readers could disagree on what it means.
    ///
    /// # Errors
    /// [`WebauthnError::Size`] and [`WebauthnError::ClientData`].
    pub fn parse(json: &[u8]) -> Result<Self, WebauthnError> {
        if json.len() > MAX_CLIENT_DATA_BYTES {
            return Err(WebauthnError::Size);
        }
        let text = std::str::from_utf8(json).map_err(|_| WebauthnError::ClientData)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // Without this, the reader would take an array for its members in
        // order.
        if !text.trim_start().starts_with('{') {
            return Err(WebauthnError::ClientData);
        }
        serde_json::from_str(text).map_err(|_| WebauthnError::ClientData)
    }

    /// Whether the client data is of a ceremony (WebAuthn Level 3 §7.1 step 7,
    /// §7.2 step 10). Otherwise a registration could be passed for an
    /// authentication.
    ///
    /// # Errors
    /// [`WebauthnError::CeremonyType`].
    pub fn verify_type(&self, ceremony: CeremonyType) -> Result<(), WebauthnError> {
        if self.r#type != ceremony.name() {
            return Err(WebauthnError::CeremonyType);
        }
        Ok(())
    }

    /// Whether the client data answers a challenge (WebAuthn Level 3 §7.1 step
    /// 8, §7.2 step 11). It is compared in constant time: whoever replays a
    /// response must not learn how much of the challenge fits.
    ///
    /// # Errors
    /// [`WebauthnError::Challenge`].
    pub fn verify_challenge(&self, challenge: &[u8]) -> Result<(), WebauthnError> {
        let expected = encoding::encode(challenge);
        let is_same: bool = self.challenge.as_bytes().ct_eq(expected.as_bytes()).into();
        if challenge.len() < MIN_CHALLENGE_BYTES || !is_same {
            return Err(WebauthnError::Challenge);
        }
        Ok(())
    }

    /// Whether the ceremony ran where it may (WebAuthn Level 3 §7.1 steps 9 to
    /// 11, §7.2 steps 12 to 14). It can be asked before the challenge is
    /// consumed, so that a page elsewhere cannot use up a challenge.
    ///
    /// # Errors
    /// [`WebauthnError::Origin`], [`WebauthnError::CrossOrigin`] and
    /// [`WebauthnError::TopOrigin`].
    pub fn verify_origin(&self, policy: &OriginPolicy<'_>) -> Result<(), WebauthnError> {
        if !policy.origins.contains(&self.origin) {
            return Err(WebauthnError::Origin);
        }
        match (self.cross_origin, &self.top_origin, policy.cross_origin) {
            (false, None, _) => Ok(()),
            // A page around what is in no frame: the client contradicts itself.
            (false, Some(_), _) => Err(WebauthnError::TopOrigin),
            (true, _, CrossOrigin::Refused) => Err(WebauthnError::CrossOrigin),
            (true, None, CrossOrigin::Allowed { .. }) => Ok(()),
            (true, Some(top_origin), CrossOrigin::Allowed { top_origins }) => {
                if top_origins.contains(top_origin) {
                    Ok(())
                } else {
                    Err(WebauthnError::TopOrigin)
                }
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CHALLENGE: &[u8] = b"sixteen bytes or";

    fn parse(json: &str) -> Result<CollectedClientData, WebauthnError> {
        CollectedClientData::parse(json.as_bytes())
    }

    fn client_data(members: &str) -> CollectedClientData {
        parse(&format!(
            r#"{{"type":"webauthn.get","challenge":"{}","origin":"https://example.com"{members}}}"#,
            encoding::encode(CHALLENGE)
        ))
        .unwrap()
    }

    fn origins(list: &[&str]) -> Vec<String> {
        list.iter().map(|origin| (*origin).to_owned()).collect()
    }

    #[test]
    fn members_that_are_not_known_are_skipped() {
        let plain = client_data("");
        for members in [
            r#","extraData":"more","tokenBinding":{"status":"supported"}"#,
            r#","other":1,"other":[{}]"#,
            r#","crossOrigin":false"#,
            r#","crossOrigin":null"#,
            " ,\n\"\\u0063rossOrigin\" : false\t",
        ] {
            assert_eq!(client_data(members), plain, "{members}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_skipped() {
        let json = "\u{feff}{\"type\":\"\",\"challenge\":\"\",\"origin\":\"\"}";
        assert!(parse(json).is_ok());
        assert!(parse(&format!("\u{feff}{json}")).is_err());
    }

    #[test]
    fn what_is_not_client_data_is_refused() {
        for json in [
            "",
            "{}",
            "null",
            r#"["webauthn.get","AAAA","https://example.com"]"#,
            r#"{"type":"","challenge":"","origin":null}"#,
            r#"{"type":"","challenge":"","origin":"","origin":""}"#,
            r#"{"type":"","challenge":"","origin":"","crossOrigin":"false"}"#,
            r#"{"type":"","challenge":"","origin":"","topOrigin":null}"#,
            r#"{"type":"","challenge":"","origin":""}{}"#,
            r#"{"type":"","challenge":"","origin":"","#,
            r#"{'type':'','challenge':'','origin':''}"#,
        ] {
            assert_eq!(parse(json), Err(WebauthnError::ClientData), "{json}");
        }
        let not_utf8 = b"{\"type\":\"\",\"challenge\":\"\",\"origin\":\"\xff\"}";
        assert_eq!(
            CollectedClientData::parse(not_utf8),
            Err(WebauthnError::ClientData)
        );
        let deep = format!(
            r#"{{"type":"","challenge":"","origin":"","deep":{}}}"#,
            "[".repeat(1000)
        );
        assert_eq!(parse(&deep), Err(WebauthnError::ClientData));
    }

    #[test]
    fn the_size_is_limited() {
        let padded = |length: usize| {
            let json = r#"{"type":"","challenge":"","origin":""}"#;
            format!("{json}{}", " ".repeat(length - json.len()))
        };
        assert!(parse(&padded(MAX_CLIENT_DATA_BYTES)).is_ok());
        assert_eq!(
            parse(&padded(MAX_CLIENT_DATA_BYTES + 1)),
            Err(WebauthnError::Size)
        );
    }

    #[test]
    fn the_ceremony_is_the_expected_one() {
        let get = client_data("");
        assert_eq!(get.verify_type(CeremonyType::Get), Ok(()));
        assert_eq!(
            get.verify_type(CeremonyType::Create),
            Err(WebauthnError::CeremonyType)
        );
    }

    #[test]
    fn the_challenge_is_the_expected_one() {
        let answered = client_data("");
        assert_eq!(answered.verify_challenge(CHALLENGE), Ok(()));
        for other in [&b"sixteen bytes Or"[..], b"sixteen bytes or more", b""] {
            assert_eq!(
                answered.verify_challenge(other),
                Err(WebauthnError::Challenge)
            );
        }
    }

    #[test]
    fn a_short_challenge_is_never_answered() {
        let short = CHALLENGE.get(1..MIN_CHALLENGE_BYTES).unwrap();
        let mut answered = client_data("");
        answered.challenge = encoding::encode(short);
        assert_eq!(
            answered.verify_challenge(short),
            Err(WebauthnError::Challenge)
        );
    }

    #[test]
    fn origins_are_compared_as_they_are() {
        let allowed = origins(&[
            "https://example.com",
            "http://localhost:5173",
            "android:apk-key-hash:4cEJCsd0_6pPZ5dJ",
        ]);
        let policy = OriginPolicy {
            origins: &allowed,
            cross_origin: CrossOrigin::Refused,
        };
        let mut data = client_data("");
        for origin in &allowed {
            data.origin.clone_from(origin);
            assert_eq!(data.verify_origin(&policy), Ok(()));
        }
        for origin in [
            "",
            "null",
            "http://example.com",
            "https://example.com/",
            "https://example.com:443",
            "https://EXAMPLE.com",
            "https://example.com.evil.example",
            "https://sub.example.com",
            "http://localhost",
            "http://localhost:51730",
            "android:apk-key-hash:4cEJCsd0_6pPZ5dj",
        ] {
            data.origin = origin.to_owned();
            assert_eq!(
                data.verify_origin(&policy),
                Err(WebauthnError::Origin),
                "{origin}"
            );
        }
    }

    #[test]
    fn frames_of_other_sites_are_refused_unless_allowed() {
        let (origins, tops) = (
            origins(&["https://example.com"]),
            origins(&["https://top.example"]),
        );
        let refused = CrossOrigin::Refused;
        let allowed = CrossOrigin::Allowed { top_origins: &tops };
        let cross = r#","crossOrigin":true"#;
        let listed = r#","crossOrigin":true,"topOrigin":"https://top.example""#;
        let unlisted = r#","crossOrigin":true,"topOrigin":"https://evil.example""#;
        let contradiction = r#","crossOrigin":false,"topOrigin":"https://top.example""#;
        let implied = r#","topOrigin":"https://top.example""#;
        for (members, cross_origin, expected) in [
            ("", refused, Ok(())),
            ("", allowed, Ok(())),
            (cross, refused, Err(WebauthnError::CrossOrigin)),
            (cross, allowed, Ok(())),
            (listed, refused, Err(WebauthnError::CrossOrigin)),
            (listed, allowed, Ok(())),
            (unlisted, allowed, Err(WebauthnError::TopOrigin)),
            (contradiction, allowed, Err(WebauthnError::TopOrigin)),
            (implied, allowed, Err(WebauthnError::TopOrigin)),
            (implied, refused, Err(WebauthnError::TopOrigin)),
        ] {
            let policy = OriginPolicy {
                origins: &origins,
                cross_origin,
            };
            assert_eq!(
                client_data(members).verify_origin(&policy),
                expected,
                "{members}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = CollectedClientData::parse(&bytes);
        }
    }
}
