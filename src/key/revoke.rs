//! Revoking a key, and deleting it.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::mark::KeyMark;
use super::operation::KeyOperation;
use crate::audit::{AuditEvent, AuditEventName};
use crate::refusal::Refusal;

/// The decision to revoke.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum KeyRevocation {
    /// It is revoked.
    Done {
        /// What is stored of it; nothing if it was revoked before.
        #[serde(skip_serializing_if = "Option::is_none")]
        mark: Option<KeyMark>,
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

/// The decision to delete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum KeyDeletion {
    /// It is deleted.
    Done {
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

/// Decides whether a key is revoked, for good.
pub fn revoke(call: KeyOperation) -> KeyRevocation {
    let event = AuditEventName::ApiKeyRevoked;
    match call.authorize_end("update") {
        Ok(key) if key.revoked => KeyRevocation::Done {
            mark: None,
            audit: Vec::new(),
        },
        Ok(key) => KeyRevocation::Done {
            mark: Some(KeyMark::revoked(&call.config, key, call.now)),
            audit: call.done(event),
        },
        Err(refusal) => KeyRevocation::Refused {
            audit: call.refused(event, &refusal),
            refusal,
        },
    }
}

/// Decides whether a key is deleted.
pub fn remove(call: KeyOperation) -> KeyDeletion {
    let event = AuditEventName::ApiKeyRemoved;
    match call.authorize_end("delete") {
        Ok(_) => KeyDeletion::Done {
            audit: call.done(event),
        },
        Err(refusal) => KeyDeletion::Refused {
            audit: call.refused(event, &refusal),
            refusal,
        },
    }
}
