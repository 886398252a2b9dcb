//! Exchanging a key for a token that Convex accepts as an identity.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::counter::KeyCounter;
use super::mark::KeyMark;
use super::verify::{KeyIdentity, KeyVerification, KeyVerifyCall, verify};
use crate::audit::AuditEvent;
use crate::entropy::Entropy;
use crate::jose::{SigningKey, sign};
use crate::limiter::{Bucket, LimitEntry, LimitWrite, take};
use crate::origin::Origin;
use crate::permission::Statement;
use crate::refusal::{ErrorCode, Refusal};
use crate::signing_key::SigningKeyRow;
use crate::time::{Millis, UnixMillis};
use crate::token::opaque_key;

/// For whom the tokens are, when the app does not say. Sessions have another
/// audience, so that an app has to let keys in by a line of its own.
const DEFAULT_AUDIENCE: &str = "api-key";

/// How long a token lives, when the app does not say: it outlives the
/// revocation of its key by that much.
const DEFAULT_LIFETIME: Millis = Millis::MINUTE.times(5.0);

/// The longest that a token may live.
const MAX_LIFETIME: Millis = Millis::HOUR;

/// What subjects begin with. The subject of a session has a `|` in it, and this
/// has none, so that nothing takes a key for a user.
const SUBJECT_PREFIX: &str = "api-key:";

/// Failures from one network: thirty at once, then one every two seconds.
const FAILURES_FROM_ORIGIN: Bucket = Bucket {
    capacity: 30.0,
    interval: Millis(2_000.0),
};

/// A key to exchange.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyExchangeCall {
    /// The key.
    pub verify: KeyVerifyCall,
    /// The failures of the network.
    pub failures: LimitEntry,
    /// The key that signs; missing where no key was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_key: Option<SigningKeyRow>,
    /// The deployment.
    pub issuer: String,
    /// For whom the token is: `api-key` when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// How long it lives: five minutes when missing, an hour at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifetime_ms: Option<Millis>,
}

/// The claims of a key's token (RFC 7519, section 4.1; `scope` from RFC 9068,
/// section 2.2.3).
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct KeyClaims {
    iss: String,
    sub: String,
    aud: String,
    iat: f64,
    exp: f64,
    jti: String,
    /// The key's id.
    key_id: String,
    /// The key's scopes, `resource:action` each, with spaces between.
    scope: String,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum KeyExchange {
    /// It is exchanged.
    Issued {
        /// The token (JWT).
        token: String,
        /// How long it lives, in milliseconds.
        lifetime_ms: Millis,
        /// Whom it stands for.
        identity: KeyIdentity,
        /// The counts to store.
        counters: Vec<KeyCounter>,
        /// The last use to store, once an hour.
        #[serde(skip_serializing_if = "Option::is_none")]
        last_used_at: Option<UnixMillis>,
    },
    /// Its uses are counted: one of this many rows has to be read.
    ReadOne {
        /// How many rows there are.
        shards: u32,
    },
    /// The one row has nothing left: all have to be read.
    ReadAll,
    /// It is not exchanged.
    Refused {
        /// Why.
        refusal: Refusal,
        /// What is stored of the key.
        #[serde(skip_serializing_if = "Option::is_none")]
        mark: Option<KeyMark>,
        /// The failures to store.
        limits: Vec<LimitWrite>,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
}

/// The key of the row that counts the failures of a network.
pub fn failures_key(origin: &Origin) -> String {
    opaque_key("api-key-exchange-origin", &[&origin.network()])
}

/// Decides whether a key is exchanged for a token. Who guesses keys waits.
///
/// # Errors
/// `INTERNAL_ERROR` if the signing key cannot be read.
pub fn exchange(call: KeyExchangeCall, entropy: &mut Entropy) -> Result<KeyExchange, Refusal> {
    let now = call.verify.now;
    let failure = match take(&FAILURES_FROM_ORIGIN, &call.failures, now) {
        Ok(write) => write,
        Err(wait) => {
            return Ok(refused(
                Refusal::rate_limited(wait),
                None,
                Vec::new(),
                Vec::new(),
            ));
        }
    };
    Ok(match verify(call.verify.clone()) {
        KeyVerification::Verified {
            identity,
            counters,
            last_used_at,
        } => {
            let lifetime_ms = lifetime(&call);
            let token = issue(&call, &identity, lifetime_ms, entropy)?;
            KeyExchange::Issued {
                token,
                lifetime_ms,
                identity,
                counters,
                last_used_at,
            }
        }
        KeyVerification::ReadOne { shards } => KeyExchange::ReadOne { shards },
        KeyVerification::ReadAll => KeyExchange::ReadAll,
        KeyVerification::Refused {
            refusal,
            mark,
            audit,
        } => {
            let is_guess = refusal.code == ErrorCode::InvalidApiKey;
            let limits = if is_guess { vec![failure] } else { Vec::new() };
            refused(refusal, mark, limits, audit)
        }
    })
}

fn issue(
    call: &KeyExchangeCall,
    identity: &KeyIdentity,
    lifetime: Millis,
    entropy: &mut Entropy,
) -> Result<String, Refusal> {
    let now = call.verify.now;
    let claims = KeyClaims {
        iss: call.issuer.clone(),
        sub: format!("{SUBJECT_PREFIX}{}", identity.key_id),
        aud: call
            .audience
            .clone()
            .unwrap_or_else(|| DEFAULT_AUDIENCE.to_owned()),
        iat: now.seconds(),
        exp: now.plus(lifetime).seconds(),
        jti: BASE64_URL_SAFE_NO_PAD.encode(entropy.bytes::<16>()),
        key_id: identity.key_id.clone(),
        scope: scope(&identity.scopes),
    };
    let row = call.signing_key.as_ref().ok_or(ErrorCode::InternalError)?;
    let key =
        SigningKey::from_stored(&row.secret, &row.kid).map_err(|_| ErrorCode::InternalError)?;
    Ok(sign(&claims, &key).map_err(|_| ErrorCode::InternalError)?)
}

/// `resource:action` each, with spaces between (RFC 6749, section 3.3).
fn scope(scopes: &[Statement]) -> String {
    scopes
        .iter()
        .flat_map(|scope| {
            scope
                .actions
                .iter()
                .map(|action| format!("{}:{action}", scope.resource))
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The scopes of such a claim. What is no scope is left out.
pub(super) fn scopes_in(claim: &str) -> Vec<Statement> {
    claim
        .split(' ')
        .filter_map(|scope| scope.split_once(':'))
        .map(|(resource, action)| Statement {
            resource: resource.to_owned(),
            actions: vec![action.to_owned()],
        })
        .collect()
}

/// How long a token lives: never longer than its key.
fn lifetime(call: &KeyExchangeCall) -> Millis {
    let wanted = call
        .lifetime_ms
        .filter(|time| time.0.is_finite())
        .unwrap_or(DEFAULT_LIFETIME);
    let bounded = wanted.0.clamp(Millis::SECOND.0, MAX_LIFETIME.0);
    let found = call.verify.found.as_ref();
    let left = found
        .and_then(|found| found.key.expires_at)
        .map_or(f64::INFINITY, |end| end.since(call.verify.now).0);
    Millis(bounded.min(left))
}

fn refused(
    refusal: Refusal,
    mark: Option<KeyMark>,
    limits: Vec<LimitWrite>,
    audit: Vec<AuditEvent>,
) -> KeyExchange {
    KeyExchange::Refused {
        refusal,
        mark,
        limits,
        audit,
    }
}
