//! Making a key.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::KeysConfig;
use super::limits::{self, KeyQuota, KeyRateLimit};
use super::scopes::{self, Grantor};
use super::secret;
use super::terms::{self, KeyTerms};
use super::writer;
use crate::audit::Record;
use crate::audit::{AuditEvent, AuditEventName};
use crate::entropy::Entropy;
use crate::origin::Origin;
use crate::permission::{PermissionConfig, StandingRows, Statement};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::token::HashedSecret;
use crate::tree::GroupRow;
use crate::user::UserRow;

/// A key to make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyCreateCall {
    /// The time.
    pub now: UnixMillis,
    /// The kinds of keys.
    pub config: KeysConfig,
    /// What the app defines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<PermissionConfig>,
    /// Where the request came from.
    pub origin: Origin,
    /// The kind; the default one when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config_id: Option<String>,
    /// Who is to own it.
    pub owner: KeyOwner,
    /// Who does it; missing when the app does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<StandingRows>,
    /// How many keys the owner has that are not revoked, counted up to one more
    /// than anybody may have.
    pub owned_keys: u32,
    /// What it is to be.
    pub terms: KeyTerms,
}

/// Who is to own a key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum KeyOwner {
    /// A user.
    User {
        /// The user, if there is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        user: Option<UserRow>,
    },
    /// A group.
    Group {
        /// The group with those above it; empty if there is none.
        lineage: Vec<GroupRow>,
    },
}

/// A key to store, all but its owner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewApiKey {
    /// Its kind.
    pub config_id: String,
    /// What it begins with, without the `_`.
    pub prefix: String,
    /// How it begins, to be shown.
    pub start: String,
    /// By what it is found.
    pub selector: String,
    /// By what it is recognised.
    pub secret_hash: HashedSecret,
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
    /// Over how many rows its counts are spread.
    pub shards: u32,
    /// Since when windows follow each other.
    pub limit_time: UnixMillis,
    /// Since when refills follow each other.
    pub quota_time: UnixMillis,
    /// Whether it works.
    pub enabled: bool,
    /// Whether it was revoked.
    pub revoked: bool,
    /// From when on it no longer works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<UnixMillis>,
    /// When it is deleted, if it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purge_time: Option<UnixMillis>,
    /// Whether it is revoked when who made it leaves the group.
    pub revoke_on_leave: bool,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum KeyCreation {
    /// It is made.
    Done {
        /// The raw key, this once.
        raw: String,
        /// The key to store.
        key: Box<NewApiKey>,
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

/// Decides whether a key is made: for a group never with more than who makes it
/// holds.
pub fn create(call: KeyCreateCall, entropy: &mut Entropy) -> KeyCreation {
    let (user_id, group_id) = call.owner.ids();
    let record = Record {
        event: AuditEventName::ApiKeyCreated,
        origin: &call.origin,
        user_id,
        actor_id: call.actor.as_ref().map(|actor| actor.user_id.as_str()),
        group_id,
    };
    match decide(&call, entropy) {
        Ok((raw, key)) => KeyCreation::Done {
            raw,
            key: Box::new(key),
            audit: record.done(),
        },
        Err(refusal) => KeyCreation::Refused {
            audit: record.refused(&refusal),
            refusal,
        },
    }
}

fn decide(call: &KeyCreateCall, entropy: &mut Entropy) -> Result<(String, NewApiKey), Refusal> {
    let permissions = call.permissions.as_ref();
    let lineage = call.owner.lineage();
    let standing = writer::require(
        "create",
        call.now,
        permissions,
        call.owner.existing(call.now)?,
        lineage,
        call.actor.as_ref(),
    )?;
    let configuration = call.config.configuration(call.config_id.as_deref())?;
    let terms = &call.terms;
    let name = terms::check_name(&terms.name)?;
    terms::check_metadata(terms.metadata_length)?;
    let expires_at = terms::check_expiry(terms.expires_at, &configuration, call.now)?;
    let shards = limits::check(terms.rate_limit.as_ref(), terms.quota.as_ref())?;
    let grantor = call.owner.is_group().then_some(Grantor {
        permissions,
        standing: standing.as_ref(),
    });
    let scopes = scopes::check(&terms.scopes, &configuration, grantor.as_ref())?;
    if call.owned_keys >= configuration.keys_per_owner() {
        return Err(ErrorCode::ApiKeyLimitReached.into());
    }
    let secret = secret::mint(configuration.prefix(), entropy);
    let key = NewApiKey {
        config_id: configuration.config_id.clone(),
        prefix: configuration.prefix().to_owned(),
        start: secret.start,
        selector: secret.selector,
        secret_hash: secret.secret_hash,
        name,
        scopes,
        rate_limit: terms.rate_limit.clone(),
        quota: terms.quota.clone(),
        shards,
        limit_time: call.now,
        quota_time: call.now,
        enabled: true,
        revoked: false,
        expires_at,
        purge_time: expires_at.map(|time| time.plus(configuration.retention())),
        revoke_on_leave: terms.revoke_on_leave,
    };
    Ok((secret.raw, key))
}

impl KeyOwner {
    fn is_group(&self) -> bool {
        matches!(self, KeyOwner::Group { .. })
    }

    /// The user's and the group's id, for the record.
    fn ids(&self) -> (Option<&str>, Option<&str>) {
        match self {
            KeyOwner::User { user } => (user.as_ref().map(|user| user.id.as_str()), None),
            KeyOwner::Group { lineage } => (None, lineage.first().map(|group| group.id.as_str())),
        }
    }

    fn lineage(&self) -> &[GroupRow] {
        match self {
            KeyOwner::User { .. } => &[],
            KeyOwner::Group { lineage } => lineage,
        }
    }

    /// The user's id, if a user owns it.
    ///
    /// # Errors
    /// `USER_NOT_FOUND`, `USER_BANNED`, `GROUP_NOT_FOUND`.
    fn existing(&self, now: UnixMillis) -> Result<Option<&str>, Refusal> {
        match self {
            KeyOwner::User { user: None } => Err(ErrorCode::UserNotFound.into()),
            KeyOwner::User { user: Some(user) } if user.is_banned(now) => {
                Err(ErrorCode::UserBanned.into())
            }
            KeyOwner::User { user: Some(user) } => Ok(Some(&user.id)),
            KeyOwner::Group { lineage } if lineage.is_empty() => {
                Err(ErrorCode::GroupNotFound.into())
            }
            KeyOwner::Group { .. } => Ok(None),
        }
    }
}
