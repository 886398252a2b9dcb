//! Issuing and renewing the tokens of a session.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::access_token;
use super::config::SessionConfig;
use super::refresh_token::{
    NewRefreshToken, RefreshToken, RefreshTokenRow, decode_salt, encode_salt,
};
use super::row::{SessionCopy, SessionRow};
use crate::audit::{AuditEvent, AuditEventName};
use crate::entropy::Entropy;
use crate::jose::SigningKey;
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::signing_key::SigningKeyRow;
use crate::time::{Millis, UnixMillis};
use crate::token::HashedSecret;
use crate::user::UserRow;

/// How far behind the stored time of last use may be, so that the session row,
/// which live queries read, is not written at every refresh. Between two writes
/// a refresh does not read the row either: a copy beside the refresh token does.
const LAST_ACTIVE_GRANULARITY: Millis = Millis::HOUR;

/// What the tokens of a new session are made from.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct IssueCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: SessionConfig,
    /// The session, as it is stored.
    pub session: SessionRow,
    /// The key to sign with.
    pub signing_key: SigningKeyRow,
}

/// The tokens of a new session, and the row to store.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct IssueAnswer {
    /// The access token (JWT).
    pub token: String,
    /// The refresh token.
    pub refresh_token: String,
    /// The row that recognises it.
    pub row: NewRefreshToken,
}

/// A refresh token that was presented: where to look for it, or that it is
/// none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PresentedToken {
    /// The text has the form of a token.
    WellFormed {
        /// By which its row is found.
        family_hash: HashedSecret,
    },
    /// The text is no token; nothing has to be read.
    Refused {
        /// `INVALID_REFRESH_TOKEN`.
        refusal: Refusal,
    },
}

/// What a refresh decides on.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RefreshCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: SessionConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The token that was presented.
    pub refresh_token: String,
    /// The row of its family.
    #[serde(default)]
    pub row: Option<RefreshTokenRow>,
    /// The session of the family. It may be missing until the time at which
    /// the family's row says that it has to be read.
    #[serde(default)]
    pub session: Option<SessionRow>,
    /// The user of the session.
    #[serde(default)]
    pub user: Option<UserRow>,
    /// The key to sign with.
    pub signing_key: SigningKeyRow,
}

/// What becomes of the family's row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum RefreshTokenWrite {
    /// It stays as it is.
    Keep,
    /// It knows a new secret.
    Rotate {
        /// The hash of the new secret.
        token_hash: HashedSecret,
        /// The hash of the secret that was used.
        previous_hash: HashedSecret,
        /// When it was used.
        rotated_time: UnixMillis,
        /// From which the new one was derived.
        successor_salt: String,
        /// When the session ends if it is not refreshed before.
        expiration_time: UnixMillis,
        /// What the next refresh needs of the session.
        session: SessionCopy,
        /// The time from which a refresh has to read the session's row itself.
        session_due_time: UnixMillis,
    },
}

/// What changes in the session's row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SessionPatch {
    /// When the session was used.
    pub last_active_time: UnixMillis,
    /// The client's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<String>,
    /// The client's software.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
}

/// The outcome of a refresh for the caller.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum RefreshOutcome {
    /// The session goes on.
    Refreshed {
        /// The new access token.
        token: String,
        /// The new refresh token.
        refresh_token: String,
    },
    /// The session is over.
    Refused {
        /// `INVALID_REFRESH_TOKEN`.
        refusal: Refusal,
    },
}

/// What a refresh decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RefreshAnswer {
    /// What becomes of the family's row.
    pub write: RefreshTokenWrite,
    /// What changes in the session's row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionPatch>,
    /// Whether the session and its family are to be deleted.
    pub revoke: bool,
    /// What is recorded.
    pub audit: Vec<AuditEvent>,
    /// What the caller is told.
    pub outcome: RefreshOutcome,
}

/// Makes the first tokens of a session.
///
/// # Errors
/// `INTERNAL_ERROR` if the stored signing key cannot be read.
pub fn issue(call: IssueCall, entropy: &mut Entropy) -> Result<IssueAnswer, Refusal> {
    let key = read_key(&call.signing_key)?;
    let refresh_token = RefreshToken::mint(entropy);
    let IssueCall {
        now,
        config,
        session,
        signing_key: _,
    } = call;
    let copy = session.copy();
    let token = access_token::make(&session.id, &copy, &config, &key, now, entropy)
        .map_err(|_| Refusal::from(ErrorCode::InternalError))?;
    Ok(IssueAnswer {
        token,
        refresh_token: refresh_token.expose(),
        row: NewRefreshToken {
            family_hash: refresh_token.family_hash(),
            token_hash: refresh_token.secret_hash(),
            expiration_time: idle_expiration(&config, &copy, now),
            session: copy,
            session_due_time: due_time(session.last_active_time, now),
        },
    })
}

/// Where to look for a presented token. Garbage is refused here, without a
/// read.
pub fn present(refresh_token: &str) -> PresentedToken {
    match RefreshToken::parse(refresh_token) {
        Ok(token) => PresentedToken::WellFormed {
            family_hash: token.family_hash(),
        },
        Err(_) => PresentedToken::Refused {
            refusal: ErrorCode::InvalidRefreshToken.into(),
        },
    }
}

/// Renews the tokens of a session.
///
/// The current token is exchanged for its successor; the one before it gives
/// the same successor again during the grace period; any other one of the
/// family ends the session. The 256-bit secrets need no limiter.
///
/// Once an hour the session's own row has to be there; a family whose row is
/// gone ends. Until then the copy in the family's row will do, because whatever
/// ends a session deletes that row, too.
///
/// # Errors
/// `INTERNAL_ERROR` if the stored signing key cannot be read.
pub fn refresh(call: RefreshCall, entropy: &mut Entropy) -> Result<RefreshAnswer, Refusal> {
    let key = read_key(&call.signing_key)?;
    let RefreshCall {
        now,
        config,
        origin,
        refresh_token,
        row,
        session,
        user,
        signing_key: _,
    } = call;
    let (Ok(presented), Some(row)) = (RefreshToken::parse(&refresh_token), row) else {
        return Ok(refused(false, vec![]));
    };
    let Some(known) = known_session(session.as_ref(), &row, now) else {
        return Ok(refused(true, vec![]));
    };
    let may_go_on = user.is_some_and(|user| !user.is_banned(now));
    if !may_go_on || !known.copy.is_live(now) || now >= row.expiration_time {
        return Ok(refused(true, vec![]));
    }
    let presented_hash = presented.secret_hash();
    let (successor, write) = if presented_hash.matches(&row.token_hash) {
        let salt = entropy.bytes::<32>();
        let successor = presented.successor(&salt);
        let write = successor
            .as_ref()
            .map(|successor| RefreshTokenWrite::Rotate {
                token_hash: successor.secret_hash(),
                previous_hash: presented_hash,
                rotated_time: now,
                successor_salt: encode_salt(&salt),
                expiration_time: idle_expiration(&config, &known.copy, now),
                session: known.copy.clone(),
                session_due_time: known.due_time,
            });
        (successor, write)
    } else if is_in_grace(&presented_hash, &row, &config, now) {
        let successor = decode_salt(&row).and_then(|salt| presented.successor(&salt));
        (successor, Some(RefreshTokenWrite::Keep))
    } else {
        let event = AuditEvent::refused(
            AuditEventName::RefreshTokenReused,
            ErrorCode::InvalidRefreshToken,
            &origin,
        )
        .of_user(Some(&known.copy.user_id))
        .of_session(&row.session_id);
        return Ok(refused(true, vec![event]));
    };
    let (Some(successor), Some(write)) = (successor, write) else {
        return Ok(refused(true, vec![]));
    };
    let token = access_token::make(&row.session_id, &known.copy, &config, &key, now, entropy)
        .map_err(|_| Refusal::from(ErrorCode::InternalError))?;
    Ok(RefreshAnswer {
        write,
        session: known.is_stale.then(|| SessionPatch {
            last_active_time: now,
            ip_address: origin.valid_ip_address(),
            user_agent: origin.bounded_user_agent(),
        }),
        revoke: false,
        audit: vec![],
        outcome: RefreshOutcome::Refreshed {
            token,
            refresh_token: successor.expose(),
        },
    })
}

/// The session of a family, as far as a refresh has to know it.
struct KnownSession {
    copy: SessionCopy,
    /// The time from which a refresh has to read its row.
    due_time: UnixMillis,
    /// Whether its row has to be told that it was used.
    is_stale: bool,
}

/// The session from its row, or from its copy while that will do. None if the
/// row was due and is missing.
fn known_session(
    session: Option<&SessionRow>,
    row: &RefreshTokenRow,
    now: UnixMillis,
) -> Option<KnownSession> {
    if let Some(session) = session {
        let is_stale = now.since(session.last_active_time) >= LAST_ACTIVE_GRANULARITY;
        let last_active_time = if is_stale {
            now
        } else {
            session.last_active_time
        };
        return Some(KnownSession {
            copy: session.copy(),
            due_time: due_time(last_active_time, now),
            is_stale,
        });
    }
    let due_time = row.session_due_time.filter(|due| now < *due)?;
    Some(KnownSession {
        copy: row.session.clone()?,
        due_time,
        is_stale: false,
    })
}

/// When a session's row has to be read next: when its last use is too far
/// behind, and never later than that from now, whatever the row says.
fn due_time(last_active_time: UnixMillis, now: UnixMillis) -> UnixMillis {
    last_active_time.min(now).plus(LAST_ACTIVE_GRANULARITY)
}

fn is_in_grace(
    presented: &HashedSecret,
    row: &RefreshTokenRow,
    config: &SessionConfig,
    now: UnixMillis,
) -> bool {
    let is_previous = row
        .previous_hash
        .as_ref()
        .is_some_and(|previous| presented.matches(previous));
    let is_recent = row
        .rotated_time
        .is_some_and(|rotated| now.since(rotated) <= config.refresh_grace());
    is_previous && is_recent
}

fn idle_expiration(config: &SessionConfig, session: &SessionCopy, now: UnixMillis) -> UnixMillis {
    now.plus(config.idle_lifetime())
        .min(session.expiration_time)
}

fn refused(revoke: bool, audit: Vec<AuditEvent>) -> RefreshAnswer {
    RefreshAnswer {
        write: RefreshTokenWrite::Keep,
        session: None,
        revoke,
        audit,
        outcome: RefreshOutcome::Refused {
            refusal: ErrorCode::InvalidRefreshToken.into(),
        },
    }
}

fn read_key(row: &SigningKeyRow) -> Result<SigningKey, Refusal> {
    SigningKey::from_stored(&row.secret, &row.kid).map_err(|_| ErrorCode::InternalError.into())
}

#[cfg(test)]
mod tests;
