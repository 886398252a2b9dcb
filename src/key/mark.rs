//! Keys that no longer work, and how long they are kept.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::KeysConfig;
use super::row::ApiKeyRow;
use crate::time::{Millis, UnixMillis};

/// What is stored of a key that no longer works.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyMark {
    /// Whether it is revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<bool>,
    /// When it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_time: Option<UnixMillis>,
    /// When it was found to be used up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exhausted_time: Option<UnixMillis>,
    /// When it is deleted.
    pub purge_time: UnixMillis,
}

impl KeyMark {
    /// It is revoked.
    pub(super) fn revoked(config: &KeysConfig, key: &ApiKeyRow, now: UnixMillis) -> Self {
        KeyMark {
            revoked: Some(true),
            revoked_time: Some(now),
            exhausted_time: None,
            purge_time: now.plus(retention(config, key)),
        }
    }

    /// It is used up.
    pub(super) fn exhausted(config: &KeysConfig, key: &ApiKeyRow, now: UnixMillis) -> Self {
        KeyMark {
            revoked: None,
            revoked_time: None,
            exhausted_time: Some(now),
            purge_time: now.plus(retention(config, key)),
        }
    }
}

/// For how long the key is kept. The kind may have gone from the app.
fn retention(config: &KeysConfig, key: &ApiKeyRow) -> Millis {
    config
        .configuration(Some(&key.config_id))
        .unwrap_or_default()
        .retention()
}
