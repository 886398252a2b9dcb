//! For whom an invitation is, how long and how often it can be accepted.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::limits::InviteLimits;
use crate::identifier::Email;
use crate::limiter::LimitWrite;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::{Millis, UnixMillis};

/// How many people may accept one link: as many as a large organization has.
const MAX_USES: u32 = 10_000;

/// The longest time until an invitation expires.
const MAX_LIFETIME: Millis = Millis::DAY.times(90.0);

/// What an invitation is to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct InviteInput {
    /// Whom it is for, prepared; missing for a link that anybody may use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The roles of the membership; `member` when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    /// Until when it can be accepted; the organization's lifetime when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_time: Option<UnixMillis>,
    /// How many people may accept it: one by default, and always with an address.
    #[serde(
        default,
        deserialize_with = "crate::number::read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub max_uses: Option<f64>,
}

/// What was checked of an invitation.
pub(super) struct Terms {
    /// Whom it is for, normalised.
    pub(super) email: Option<String>,
    /// Until when it can be accepted.
    pub(super) expires_time: UnixMillis,
    /// How many people may accept it.
    pub(super) max_uses: u32,
}

/// Checks what an invitation is to be. `lifetime` is how long it can be
/// accepted if the app does not say.
///
/// # Errors
/// `INVALID_EMAIL`, and `INVALID_PARAMETERS` with a message that names the
/// field.
pub(super) fn check(
    input: &InviteInput,
    now: UnixMillis,
    lifetime: Millis,
) -> Result<Terms, Refusal> {
    let email = input
        .email
        .as_deref()
        .map(|email| Email::normalize(email).map(|email| email.as_str().to_owned()))
        .transpose()
        .map_err(|_| ErrorCode::InvalidEmail)?;
    Ok(Terms {
        expires_time: match input.expires_time {
            None => now.plus(lifetime),
            Some(expires_time) => check_expires_time(expires_time, now)?,
        },
        max_uses: check_max_uses(input.max_uses, email.is_some())?,
        email,
    })
}

fn check_expires_time(expires_time: UnixMillis, now: UnixMillis) -> Result<UnixMillis, Refusal> {
    if now < expires_time && expires_time <= now.plus(MAX_LIFETIME) {
        Ok(expires_time)
    } else {
        Err(invalid(
            "expiresTime",
            "it must be in the future, and at most 90 days from now",
        ))
    }
}

fn check_max_uses(max_uses: Option<f64>, has_email: bool) -> Result<u32, Refusal> {
    // An address is one person's.
    let most = if has_email { 1 } else { MAX_USES };
    let Some(max_uses) = max_uses else {
        return Ok(1);
    };
    (1..=most)
        .find(|uses| f64::from(*uses) == max_uses)
        .ok_or_else(|| {
            let reason = format!("it must be a whole number from 1 to {most}");
            invalid("maxUses", &reason)
        })
}

/// Counts an invitation that is sent. `limits` are missing when it is not.
///
/// # Errors
/// `INVALID_PARAMETERS` if there is no address to send it to, and
/// `RATE_LIMITED`.
pub(super) fn count_sent(
    limits: Option<&InviteLimits>,
    email: Option<&str>,
    now: UnixMillis,
) -> Result<Vec<LimitWrite>, Refusal> {
    match (limits, email) {
        (None, _) => Ok(Vec::new()),
        (Some(_), None) => Err(invalid("email", "only what has an address can be sent")),
        (Some(limits), Some(_)) => limits.send(now).map_err(Refusal::rate_limited),
    }
}

fn invalid(field: &str, reason: &str) -> Refusal {
    Refusal::with_message(
        ErrorCode::InvalidParameters,
        format!("`{field}` is not valid: {reason}"),
    )
}
