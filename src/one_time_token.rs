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
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// The user whom it is about.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// How long it can be used: three minutes when missing, a day at most.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifetime_ms: Option<Millis>,
    /// The id of the user whom it is about, if it is about one.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// That user, if there is one.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRow>,
    /// How large the data are that it carries, in bytes as JSON.
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
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// The token, if there is one.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<OneTimeTokenRow>,
    /// The user whom it is about, if it is about one who is still there.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
