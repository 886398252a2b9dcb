//! One-time tokens: proof for one purpose, once.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::entropy::Entropy;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::{Millis, UnixMillis};
use crate::token::{self, HashedSecret};
use crate::user::UserRow;

/// What one-time tokens begin with.
const PREFIX: &str = "ott";

/// Random bytes of a token.
const LENGTH: usize = 32;

/// How long a token can be used, when the app does not say.
const DEFAULT_LIFETIME: Millis = Millis::MINUTE.times(3.0);

/// The longest that a token can be used.
const MAX_LIFETIME: Millis = Millis::DAY;

/// The longest purpose and the longest audience, in bytes.
const MAX_LABEL_LENGTH: usize = 256;

/// The largest data that a token carries, in bytes as JSON.
const MAX_DATA_LENGTH: f64 = 4_096.0;

/// A row of the table `OneTimeToken`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct OneTimeTokenRow {
    /// What recognises the token.
    pub token_hash: HashedSecret,
    /// What it is for.
    pub purpose: String,
    /// Where it can be used; anywhere when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// The user whom it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// Until when it can be used.
    pub expiration_time: UnixMillis,
}

/// A token to make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct OneTimeTokenCreateCall {
    /// The time.
    pub now: UnixMillis,
    /// What it is for.
    pub purpose: String,
    /// Where it can be used; anywhere when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// How long it can be used: three minutes when missing, a day at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifetime_ms: Option<Millis>,
    /// The id of the user whom it is about, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// That user, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRow>,
    /// How large the data are that it carries, in bytes as JSON.
    #[serde(deserialize_with = "crate::number::read")]
    pub data_length: f64,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum OneTimeTokenCreation {
    /// It is made.
    Done {
        /// The token, this once.
        token: String,
        /// The row to store.
        row: OneTimeTokenRow,
    },
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

/// What a token says by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PresentedOneTimeToken {
    /// It may be one.
    Wellformed {
        /// What recognises it.
        token_hash: HashedSecret,
    },
    /// It is none.
    Refused {
        /// `INVALID_ONE_TIME_TOKEN`.
        refusal: Refusal,
    },
}

/// A token to use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct OneTimeTokenVerifyCall {
    /// The time.
    pub now: UnixMillis,
    /// What it has to be for.
    pub purpose: String,
    /// Where it is used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// The token, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<OneTimeTokenRow>,
    /// The user whom it is about, if it is about one who is still there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRow>,
}

/// Makes a token.
pub fn create(call: OneTimeTokenCreateCall, entropy: &mut Entropy) -> OneTimeTokenCreation {
    match check(&call) {
        Ok(lifetime) => {
            let secret = zeroize::Zeroizing::new(entropy.bytes::<LENGTH>());
            OneTimeTokenCreation::Done {
                token: token::encode(PREFIX, secret.as_slice()),
                row: OneTimeTokenRow {
                    token_hash: HashedSecret::of(secret.as_slice()),
                    purpose: call.purpose,
                    audience: call.audience,
                    user_id: call.user.map(|user| user.id),
                    expiration_time: call.now.plus(lifetime),
                },
            }
        }
        Err(refusal) => OneTimeTokenCreation::Refused { refusal },
    }
}

/// Reads a token without looking anything up.
pub fn present(token: &str) -> PresentedOneTimeToken {
    match token::decode::<LENGTH>(PREFIX, token) {
        Ok(secret) => PresentedOneTimeToken::Wellformed {
            token_hash: HashedSecret::of(secret.as_slice()),
        },
        Err(_) => PresentedOneTimeToken::Refused {
            refusal: ErrorCode::InvalidOneTimeToken.into(),
        },
    }
}

/// Decides whether a token is good for a purpose, here and now. If it is, it is
/// used up. Nobody learns why it is not.
pub fn verify(call: &OneTimeTokenVerifyCall) -> crate::refusal::Decision {
    use crate::refusal::Decision;
    let is_good = call.row.as_ref().is_some_and(|row| {
        call.now < row.expiration_time
            && row.purpose == call.purpose
            && (row.audience.is_none() || row.audience == call.audience)
            && (row.user_id.is_none() || is_good_user(call))
    });
    if is_good {
        Decision::Done
    } else {
        Decision::Refused {
            refusal: ErrorCode::InvalidOneTimeToken.into(),
        }
    }
}

fn is_good_user(call: &OneTimeTokenVerifyCall) -> bool {
    call.user
        .as_ref()
        .is_some_and(|user| !user.is_banned(call.now))
}

fn check(call: &OneTimeTokenCreateCall) -> Result<Millis, Refusal> {
    let is_label = |label: &str| (1..=MAX_LABEL_LENGTH).contains(&label.len());
    if !is_label(&call.purpose) {
        return Err(invalid("purpose", "it must be 1 to 256 bytes long"));
    }
    if !call.audience.as_deref().is_none_or(is_label) {
        return Err(invalid("audience", "it must be 1 to 256 bytes long"));
    }
    if call.user_id.is_some() {
        let user = call.user.as_ref().ok_or(ErrorCode::UserNotFound)?;
        if user.is_banned(call.now) {
            return Err(ErrorCode::UserBanned.into());
        }
    }
    if call.data_length.is_nan() || call.data_length > MAX_DATA_LENGTH {
        return Err(invalid("data", "they are larger than 4,096 bytes as JSON"));
    }
    let lifetime = call.lifetime_ms.unwrap_or(DEFAULT_LIFETIME);
    if Millis::SECOND <= lifetime && lifetime <= MAX_LIFETIME {
        Ok(lifetime)
    } else {
        Err(invalid("lifetimeMs", "it must be a second to a day"))
    }
}

fn invalid(field: &str, reason: &str) -> Refusal {
    Refusal::with_message(
        ErrorCode::InvalidParameters,
        format!("`{field}` is not valid: {reason}"),
    )
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const NOW: UnixMillis = UnixMillis(1e12);

    fn ada() -> UserRow {
        crate::permission::tests::rows::user()
    }

    fn call() -> OneTimeTokenCreateCall {
        OneTimeTokenCreateCall {
            now: NOW,
            purpose: "download".to_owned(),
            audience: Some("https://a.example".to_owned()),
            lifetime_ms: None,
            user_id: Some("ada".to_owned()),
            user: Some(ada()),
            data_length: 0.0,
        }
    }

    fn made() -> (String, OneTimeTokenRow) {
        match create(call(), &mut Entropy::from_seed([3; 32])) {
            OneTimeTokenCreation::Done { token, row } => (token, row),
            OneTimeTokenCreation::Refused { refusal } => panic!("{refusal:?}"),
        }
    }

    fn question() -> OneTimeTokenVerifyCall {
        OneTimeTokenVerifyCall {
            now: NOW,
            purpose: "download".to_owned(),
            audience: Some("https://a.example".to_owned()),
            row: Some(made().1),
            user: Some(ada()),
        }
    }

    fn is_good(question: &OneTimeTokenVerifyCall) -> bool {
        matches!(verify(question), crate::refusal::Decision::Done)
    }

    fn refusal_of(call: OneTimeTokenCreateCall) -> Option<ErrorCode> {
        match create(call, &mut Entropy::from_seed([3; 32])) {
            OneTimeTokenCreation::Done { .. } => None,
            OneTimeTokenCreation::Refused { refusal } => Some(refusal.code),
        }
    }

    #[test]
    fn a_token_is_found_by_its_hash_and_nothing_else_is_one() {
        let (token, row) = made();
        assert_eq!(
            present(&token),
            PresentedOneTimeToken::Wellformed {
                token_hash: row.token_hash
            }
        );
        for other in [
            "",
            "ott_",
            &token.replace("ott_", "sk_"),
            &format!("{token}0"),
        ] {
            assert!(matches!(
                present(other),
                PresentedOneTimeToken::Refused { refusal }
                    if refusal.code == ErrorCode::InvalidOneTimeToken
            ));
        }
    }

    #[test]
    fn a_token_is_good_for_its_purpose_where_it_belongs_until_it_ends() {
        assert!(is_good(&question()));
        let late = |milliseconds: f64| OneTimeTokenVerifyCall {
            now: NOW.plus(Millis(milliseconds)),
            ..question()
        };
        assert!(is_good(&late(DEFAULT_LIFETIME.0 - 1.0)));
        assert!(!is_good(&late(DEFAULT_LIFETIME.0)));
        let mut other = question();
        other.purpose = "upload".to_owned();
        assert!(!is_good(&other));
        for audience in [None, Some("https://b.example".to_owned())] {
            let mut elsewhere = question();
            elsewhere.audience = audience;
            assert!(!is_good(&elsewhere));
        }
        let mut unknown = question();
        unknown.row = None;
        assert!(!is_good(&unknown));
    }

    #[test]
    fn a_token_goes_with_its_user() {
        let mut gone = question();
        gone.user = None;
        assert!(!is_good(&gone));
        let mut banned = question();
        banned.user = Some(UserRow {
            banned_time: Some(NOW),
            ..ada()
        });
        assert!(!is_good(&banned));
        let mut about_nobody = gone;
        about_nobody.row = Some(OneTimeTokenRow {
            user_id: None,
            ..made().1
        });
        assert!(is_good(&about_nobody));
    }

    #[test]
    fn what_is_not_valid_makes_no_token() {
        let mut unknown = call();
        unknown.user = None;
        assert_eq!(refusal_of(unknown), Some(ErrorCode::UserNotFound));
        let mut banned = call();
        banned.user = Some(UserRow {
            banned_time: Some(NOW),
            ..ada()
        });
        assert_eq!(refusal_of(banned), Some(ErrorCode::UserBanned));
        for lifetime in [0.0, 999.0, f64::NAN, f64::INFINITY, MAX_LIFETIME.0 + 1.0] {
            let mut odd = call();
            odd.lifetime_ms = Some(Millis(lifetime));
            assert_eq!(refusal_of(odd), Some(ErrorCode::InvalidParameters));
        }
        for purpose in ["".to_owned(), "x".repeat(257)] {
            let mut odd = call();
            odd.purpose = purpose;
            assert_eq!(refusal_of(odd), Some(ErrorCode::InvalidParameters));
        }
        for length in [f64::NAN, MAX_DATA_LENGTH + 1.0] {
            let mut odd = call();
            odd.data_length = length;
            assert_eq!(refusal_of(odd), Some(ErrorCode::InvalidParameters));
        }
    }
}
