//! The stored state of a limit.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::time::UnixMillis;

/// A row of the table `RateLimit`, without its key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct LimitRow {
    /// The tokens left in a bucket, or the failures counted by a lock-out.
    #[serde(deserialize_with = "crate::number::read")]
    pub value: f64,
    /// When `value` was right.
    pub updated_time: UnixMillis,
    /// With a lock-out: until when attempts are refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locked_until: Option<UnixMillis>,
    /// From when on the row says no more than a missing row does, so that it
    /// may be deleted.
    pub expiration_time: UnixMillis,
}

/// A limit that was read: its key, and the row if there is one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct LimitEntry {
    /// The opaque key of the row.
    pub key: String,
    /// The row, missing when nothing was counted yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<LimitRow>,
}

/// A change to a limit: the new row, or none to delete it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct LimitWrite {
    /// The opaque key of the row.
    pub key: String,
    /// The row to store, missing to delete what is stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<LimitRow>,
}

impl LimitEntry {
    /// The write that stores `row` under this key.
    pub(super) fn store(&self, row: LimitRow) -> LimitWrite {
        LimitWrite {
            key: self.key.clone(),
            row: Some(row),
        }
    }

    /// The write that forgets what was counted, if anything was.
    pub(super) fn clear(&self) -> Option<LimitWrite> {
        self.row.as_ref().map(|_| LimitWrite {
            key: self.key.clone(),
            row: None,
        })
    }
}
