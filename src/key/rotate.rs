//! Replacing a key by another with the same rights.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::create::NewApiKey;
use super::mark::KeyMark;
use super::operation::KeyOperation;
use super::row::ApiKeyRow;
use super::scopes::Grantor;
use super::{secret, terms};
use crate::audit::{AuditEvent, AuditEventName};
use crate::entropy::Entropy;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;

/// A key to replace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyRotateCall {
    /// The key, and who replaces it.
    pub operation: KeyOperation,
    /// The name of the new one; that of the old one when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// From when on the new one no longer works; like the old one when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<UnixMillis>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum KeyRotation {
    /// It is replaced. What was counted of the old one counts for the new one.
    Done {
        /// The raw key, this once.
        raw: String,
        /// The key to store.
        key: Box<NewApiKey>,
        /// Who has made it: whoever learns a group's key is who it is held to.
        #[serde(skip_serializing_if = "Option::is_none")]
        created_by_user_id: Option<String>,
        /// What is stored of the old one.
        mark: KeyMark,
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

/// Decides whether a key is replaced. Who does it learns the new key, and so has
/// to hold all that it may be used for.
pub fn rotate(call: KeyRotateCall, entropy: &mut Entropy) -> KeyRotation {
    let event = AuditEventName::ApiKeyRotated;
    match decide(&call, entropy) {
        Ok((raw, key, mark)) => KeyRotation::Done {
            raw,
            key: Box::new(key),
            created_by_user_id: call.operation.maker(),
            mark,
            audit: call.operation.done(event),
        },
        Err(refusal) => KeyRotation::Refused {
            audit: call.operation.refused(event, &refusal),
            refusal,
        },
    }
}

fn decide(
    call: &KeyRotateCall,
    entropy: &mut Entropy,
) -> Result<(String, NewApiKey, KeyMark), Refusal> {
    let operation = &call.operation;
    let now = operation.now;
    let (key, standing) = operation.authorize("update")?;
    if key.revoked {
        return Err(ErrorCode::ApiKeyRevoked.into());
    }
    if key.is_expired(now) {
        return Err(ErrorCode::ApiKeyExpired.into());
    }
    let configuration = operation.config.configuration(Some(&key.config_id))?;
    let name = match &call.name {
        None => key.name.clone(),
        Some(name) => terms::check_name(name)?,
    };
    let expires_at = match call.expires_at {
        None => key.expires_at,
        given => terms::check_expiry(given, &configuration, now)?,
    };
    if let Some(standing) = &standing {
        Grantor {
            permissions: operation.permissions.as_ref(),
            standing: Some(standing),
        }
        .check_held(&key.scopes)?;
    }
    let secret = secret::mint(configuration.prefix(), entropy);
    let mark = KeyMark::revoked(&operation.config, key, now);
    let ApiKeyRow {
        config_id,
        scopes,
        rate_limit,
        quota,
        ..
    } = key.clone();
    let new = NewApiKey {
        config_id,
        prefix: configuration.prefix().to_owned(),
        start: secret.start,
        selector: secret.selector,
        secret_hash: secret.secret_hash,
        name,
        scopes,
        rate_limit,
        quota,
        shards: key.shards,
        limit_time: key.limit_time,
        quota_time: key.quota_time,
        enabled: key.enabled,
        revoked: false,
        expires_at,
        purge_time: expires_at.map(|time| time.plus(configuration.retention())),
        revoke_on_leave: key.revoke_on_leave,
    };
    Ok((secret.raw, new, mark))
}
