//! Keys of groups that end when who made them leaves.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::KeysConfig;
use super::found::FoundKey;
use super::mark::KeyMark;
use super::record::KeyRecord;
use super::row::ApiKeyRow;
use crate::audit::{AuditEvent, AuditEventName};
use crate::origin::Origin;
use crate::time::UnixMillis;

/// A key whose maker may have left the group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyLeaveCall {
    /// The time.
    pub now: UnixMillis,
    /// The kinds of keys.
    pub config: KeysConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The key, and what was read with it.
    pub found: FoundKey,
}

/// What becomes of a key when its maker has left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyLeaving {
    /// What is stored of it.
    pub mark: KeyMark,
    /// What is recorded of it.
    pub audit: Vec<AuditEvent>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum KeyLeave {
    /// It is revoked.
    Revoked(KeyLeaving),
    /// It stays as it is.
    Kept,
}

/// Decides whether a key is revoked because who made it has left the group.
pub fn leave(call: KeyLeaveCall) -> KeyLeave {
    let FoundKey {
        key,
        creator,
        lineage,
        ..
    } = &call.found;
    let ends = key.revoke_on_leave && !key.revoked && !lineage.is_empty();
    let has_left = creator
        .as_ref()
        .is_some_and(|maker| maker.has_left(lineage));
    if ends && has_left {
        KeyLeave::Revoked(leaving(&call.config, key, &call.origin, call.now))
    } else {
        KeyLeave::Kept
    }
}

/// A key that is revoked because its maker has left.
pub(super) fn leaving(
    config: &KeysConfig,
    key: &ApiKeyRow,
    origin: &Origin,
    now: UnixMillis,
) -> KeyLeaving {
    KeyLeaving {
        mark: KeyMark::revoked(config, key, now),
        audit: vec![KeyRecord::of(key, origin).done(AuditEventName::ApiKeyRevoked)],
    }
}
