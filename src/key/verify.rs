//! Whether a key works, and for what.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::KeysConfig;
use super::counter::{KeyCounter, Spending};
use super::found::FoundKey;
use super::leave::leaving;
use super::mark::KeyMark;
use super::record::KeyRecord;
use super::row::ApiKeyRow;
use super::secret;
use super::usable::{Unusable, usable};
use crate::audit::{AuditEvent, AuditEventName};
use crate::origin::Origin;
use crate::permission::{PermissionConfig, PermissionRequest, PermissionSet, Statement};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::{Millis, UnixMillis};

/// How exactly the last use of a key is known. A row that every use wrote would
/// make all uses wait for each other.
const LAST_USE_PRECISION: Millis = Millis::HOUR;

/// A key that somebody presents.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyVerifyCall {
    /// The time.
    pub now: UnixMillis,
    /// The kinds of keys.
    pub config: KeysConfig,
    /// What the app defines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<PermissionConfig>,
    /// Where the request came from.
    pub origin: Origin,
    /// The raw key.
    pub raw: String,
    /// The kind it has to be of; any when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config_id: Option<String>,
    /// What it is to be used for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<PermissionRequest>,
    /// The key that is found by its selector, and what was read with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<FoundKey>,
    /// What it has been used for. Missing where nothing can be counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counters: Option<ReadCounters>,
}

/// Rows that count the uses of a key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ReadCounters {
    /// Which row was picked at random.
    pub picked: u32,
    /// The rows that were read.
    pub rows: Vec<KeyCounter>,
    /// Whether they are all that there are.
    pub is_complete: bool,
}

/// Who a key stands for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyIdentity {
    /// The key.
    pub key_id: String,
    /// Its kind.
    pub config_id: String,
    /// Its name.
    pub name: String,
    /// The user who owns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The group that owns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_id: Option<String>,
    /// What it may be used for now.
    pub scopes: Vec<Statement>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum KeyVerification {
    /// It works.
    Verified {
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
    /// It does not work, or not for this. No use is counted.
    Refused {
        /// Why.
        refusal: Refusal,
        /// What is stored of it.
        #[serde(skip_serializing_if = "Option::is_none")]
        mark: Option<KeyMark>,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
}

/// Decides whether a key works. The order is fixed: unknown, of another kind,
/// disabled, revoked, expired, without its owner, not for this, used up, too
/// fast. Whatever is refused spends nothing.
pub fn verify(call: KeyVerifyCall) -> KeyVerification {
    let Some(found) = recognised(&call) else {
        return refused(ErrorCode::InvalidApiKey.into());
    };
    let key = &found.key;
    if call
        .config_id
        .as_ref()
        .is_some_and(|id| *id != key.config_id)
    {
        return refused(ErrorCode::InvalidApiKey.into());
    }
    let scopes = match usable(found, call.now, &call.config, call.permissions.as_ref()) {
        Ok(scopes) => scopes,
        Err(Unusable::Refused(refusal)) => return refused(refusal),
        Err(Unusable::MakerHasLeft) => return left(&call, key),
    };
    if call
        .request
        .as_ref()
        .is_some_and(|request| !request.is_covered_by(&scopes))
    {
        return refused(ErrorCode::ScopeCheckFailed.into());
    }
    match count(&call, key) {
        Ok(counters) => KeyVerification::Verified {
            identity: identity(key, &scopes),
            counters,
            last_used_at: last_used_at(key.last_used_at, call.now),
        },
        Err(answer) => *answer,
    }
}

/// The key that was found, if it is the one that was presented.
fn recognised(call: &KeyVerifyCall) -> Option<&FoundKey> {
    call.found
        .as_ref()
        .filter(|found| secret::matches(&call.raw, &found.key))
}

/// Who made the key has left the group: it is revoked.
fn left(call: &KeyVerifyCall, key: &ApiKeyRow) -> KeyVerification {
    let leaving = leaving(&call.config, key, &call.origin, call.now);
    KeyVerification::Refused {
        refusal: ErrorCode::ApiKeyRevoked.into(),
        mark: Some(leaving.mark),
        audit: leaving.audit,
    }
}

/// Counts the use.
fn count(call: &KeyVerifyCall, key: &ApiKeyRow) -> Result<Vec<KeyCounter>, Box<KeyVerification>> {
    if !key.is_limited() {
        return Ok(Vec::new());
    }
    let Some(read) = &call.counters else {
        return Err(Box::new(KeyVerification::ReadOne { shards: key.shards }));
    };
    let is_complete = read.is_complete || key.shards <= 1;
    match key
        .limits(call.now)
        .spend(read.picked, &read.rows, is_complete)
    {
        Spending::Counted(rows) => Ok(rows),
        Spending::ReadAll => Err(Box::new(KeyVerification::ReadAll)),
        Spending::Refused(refusal) => Err(Box::new(used_up(call, key, refusal))),
    }
}

/// Nothing is left. A quota that is never refilled stays used up.
fn used_up(call: &KeyVerifyCall, key: &ApiKeyRow, refusal: Refusal) -> KeyVerification {
    let is_for_good =
        refusal.code == ErrorCode::ApiKeyQuotaExceeded && refusal.retry_after_ms.is_none();
    if !is_for_good || key.exhausted_time.is_some() {
        return refused(refusal);
    }
    let record = KeyRecord::of(key, &call.origin);
    KeyVerification::Refused {
        refusal,
        mark: Some(KeyMark::exhausted(&call.config, key, call.now)),
        audit: vec![record.done(AuditEventName::ApiKeyExhausted)],
    }
}

pub(super) fn identity(key: &ApiKeyRow, scopes: &PermissionSet) -> KeyIdentity {
    KeyIdentity {
        key_id: key.id.clone(),
        config_id: key.config_id.clone(),
        name: key.name.clone(),
        user_id: key.user_id.clone(),
        group_id: key.group_id.clone(),
        scopes: scopes.statements(),
    }
}

/// The last use to store of a key that is used now: nothing if the one that is
/// stored is less than an hour ago.
fn last_used_at(last_used_at: Option<UnixMillis>, now: UnixMillis) -> Option<UnixMillis> {
    let is_due = last_used_at.is_none_or(|last| now.since(last) >= LAST_USE_PRECISION);
    is_due.then_some(now)
}

fn refused(refusal: Refusal) -> KeyVerification {
    KeyVerification::Refused {
        refusal,
        mark: None,
        audit: Vec::new(),
    }
}
