//! A key as it is stored.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::counter::Limits;
use super::limits::{KeyQuota, KeyRateLimit};
use crate::permission::Statement;
use crate::time::UnixMillis;
use crate::token::HashedSecret;

/// The columns of a row of the table `ApiKey` that decisions need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ApiKeyRow {
    /// The document's id.
    #[serde(rename = "_id")]
    pub id: String,
    /// Its kind.
    pub config_id: String,
    /// What it begins with, without the `_` that follows.
    pub prefix: String,
    /// What recognises the secret.
    pub secret_hash: HashedSecret,
    /// The user who owns it, unless a group does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The group that owns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_id: Option<String>,
    /// Who made it; missing when the app did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_by_user_id: Option<String>,
    /// Its name.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<Statement>,
    /// How many uses there may be in a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<KeyRateLimit>,
    /// How many uses there are in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<KeyQuota>,
    /// Over how many rows its counts are spread; none without limits.
    pub shards: u32,
    /// Since when windows follow each other.
    pub limit_time: UnixMillis,
    /// Since when refills follow each other.
    pub quota_time: UnixMillis,
    /// Whether it works.
    pub enabled: bool,
    /// Whether it was revoked, for good.
    pub revoked: bool,
    /// From when on it no longer works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<UnixMillis>,
    /// When its quota was found to be used up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exhausted_time: Option<UnixMillis>,
    /// When it was used last, to the hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<UnixMillis>,
    /// Whether it is revoked when who made it leaves the group. If not, it
    /// rests until they are back.
    pub revoke_on_leave: bool,
}

impl ApiKeyRow {
    /// Whether it has expired.
    pub(super) fn is_expired(&self, now: UnixMillis) -> bool {
        self.expires_at.is_some_and(|expires_at| now >= expires_at)
    }

    /// Whether its uses are counted.
    pub(super) fn is_limited(&self) -> bool {
        self.rate_limit.is_some() || self.quota.is_some()
    }

    /// Its limits at a time.
    pub(super) fn limits(&self, now: UnixMillis) -> Limits<'_> {
        Limits {
            rate_limit: self.rate_limit.as_ref(),
            quota: self.quota.as_ref(),
            shards: self.shards,
            limit_time: self.limit_time,
            quota_time: self.quota_time,
            now,
        }
    }
}
