//! Changing a key.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::counter::{KeyCounter, Limits};
use super::limits::{self, KeyQuota, KeyRateLimit};
use super::operation::KeyOperation;
use super::row::ApiKeyRow;
use super::scopes::{self, Grantor};
use super::terms;
use crate::audit::{AuditEvent, AuditEventName};
use crate::permission::Statement;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;

/// What a key can lose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum RemovableTerm {
    /// Its limit of uses in a time.
    RateLimit,
    /// Its limit of uses in all.
    Quota,
    /// Its expiry.
    ExpiresAt,
}

/// What is to change. A missing field stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyChange {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it may be used for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<Statement>>,
    /// How many uses there may be in a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<KeyRateLimit>,
    /// How many uses there are in all, counted anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<KeyQuota>,
    /// From when on it no longer works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<UnixMillis>,
    /// Whether it works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// How large the app's own data about it are, in bytes as JSON.
    #[serde(
        default,
        deserialize_with = "crate::number::read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub metadata_length: Option<f64>,
}

/// A key to change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyUpdateCall {
    /// The key, and who changes it.
    pub operation: KeyOperation,
    /// What is to change.
    pub change: KeyChange,
    /// What it loses.
    pub removed: Vec<RemovableTerm>,
    /// All rows that count its uses.
    pub counters: Vec<KeyCounter>,
}

/// Limits to store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyLimitsPatch {
    /// How many uses there may be in a time; missing if there is no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<KeyRateLimit>,
    /// How many uses there are in all; missing if there is no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<KeyQuota>,
    /// Over how many rows the counts are spread.
    pub shards: u32,
    /// Since when refills follow each other.
    pub quota_time: UnixMillis,
    /// Whether the quota begins anew, which takes back that the key was used
    /// up.
    pub is_new_quota: bool,
    /// The counts, in place of those that there are.
    pub counters: Vec<KeyCounter>,
}

/// An expiry to store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyExpiryPatch {
    /// From when on it no longer works; missing if it never ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<UnixMillis>,
}

/// A time of deletion to store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyPurgePatch {
    /// When it is deleted; missing if it never ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purge_time: Option<UnixMillis>,
}

/// What of a key is stored anew.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyPatch {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it may be used for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<Statement>>,
    /// Who counts as its maker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_by_user_id: Option<String>,
    /// Whether it works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Its limits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<KeyLimitsPatch>,
    /// Its expiry. It takes back that it has expired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiry: Option<KeyExpiryPatch>,
    /// When it is deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purge: Option<KeyPurgePatch>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum KeyUpdate {
    /// It is changed.
    Done {
        /// What is stored anew.
        patch: KeyPatch,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
}

/// Decides whether a key is changed. Nobody gives a group's key more than they
/// hold.
pub fn update(call: KeyUpdateCall) -> KeyUpdate {
    let event = AuditEventName::ApiKeyUpdated;
    match decide(&call) {
        Ok(patch) => KeyUpdate::Done {
            patch,
            audit: call.operation.done(event),
        },
        Err(refusal) => KeyUpdate::Refused {
            audit: call.operation.refused(event, &refusal),
            refusal,
        },
    }
}

fn decide(call: &KeyUpdateCall) -> Result<KeyPatch, Refusal> {
    let KeyUpdateCall {
        operation, change, ..
    } = call;
    let (key, standing) = operation.authorize("update")?;
    if key.revoked {
        return Err(ErrorCode::ApiKeyRevoked.into());
    }
    let configuration = operation.config.configuration(Some(&key.config_id))?;
    terms::check_metadata(change.metadata_length.unwrap_or(0.0))?;
    let grantor = key.group_id.is_some().then_some(Grantor {
        permissions: operation.permissions.as_ref(),
        standing: standing.as_ref(),
    });
    let changes_expiry =
        change.expires_at.is_some() || call.removed.contains(&RemovableTerm::ExpiresAt);
    // Without an expiry it is the one that new keys of the kind have.
    let expires_at = if changes_expiry {
        terms::check_expiry(change.expires_at, &configuration, operation.now)?
    } else {
        key.expires_at
    };
    let limits = new_limits(call, key)?;
    // A new quota takes back that the key was used up, and that it goes for it.
    let changes_end = changes_expiry || limits.as_ref().is_some_and(|new| new.is_new_quota);
    // A member who gives scopes to a key of nobody is who it is held to.
    let is_held_to_actor = change.scopes.is_some() && key.created_by_user_id.is_none();
    Ok(KeyPatch {
        name: change.name.as_deref().map(terms::check_name).transpose()?,
        scopes: change
            .scopes
            .as_deref()
            .map(|scopes| scopes::check(scopes, &configuration, grantor.as_ref()))
            .transpose()?,
        created_by_user_id: is_held_to_actor.then(|| operation.maker()).flatten(),
        enabled: change.enabled,
        limits,
        expiry: changes_expiry.then_some(KeyExpiryPatch { expires_at }),
        purge: changes_end.then(|| KeyPurgePatch {
            purge_time: expires_at.map(|time| time.plus(configuration.retention())),
        }),
    })
}

/// The limits and what is left of them, if they change.
fn new_limits(call: &KeyUpdateCall, key: &ApiKeyRow) -> Result<Option<KeyLimitsPatch>, Refusal> {
    let removes = |term| call.removed.contains(&term);
    let is_new_quota = call.change.quota.is_some() || removes(RemovableTerm::Quota);
    if call.change.rate_limit.is_none() && !removes(RemovableTerm::RateLimit) && !is_new_quota {
        return Ok(None);
    }
    let now = call.operation.now;
    let rate_limit = call.change.rate_limit.clone().or_else(|| {
        key.rate_limit
            .clone()
            .filter(|_| !removes(RemovableTerm::RateLimit))
    });
    let quota = call
        .change
        .quota
        .clone()
        .or_else(|| key.quota.clone().filter(|_| !removes(RemovableTerm::Quota)));
    let shards = limits::check(rate_limit.as_ref(), quota.as_ref())?;
    let quota_time = if is_new_quota { now } else { key.quota_time };
    let new = Limits {
        rate_limit: rate_limit.as_ref(),
        quota: quota.as_ref(),
        shards,
        limit_time: key.limit_time,
        quota_time,
        now,
    };
    let counters = new.carry_over(&call.counters, &key.limits(now), is_new_quota);
    Ok(Some(KeyLimitsPatch {
        rate_limit,
        quota,
        shards,
        quota_time,
        is_new_quota,
        counters,
    }))
}
