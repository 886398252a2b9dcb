//! What is left of a key's limits.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::counter::{KeyCounter, KeyUsage};
use super::row::ApiKeyRow;
use crate::time::UnixMillis;

/// A key whose limits somebody asks about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyUsageCall {
    /// The time.
    pub now: UnixMillis,
    /// The key.
    pub key: ApiKeyRow,
    /// All rows that count its uses.
    pub counters: Vec<KeyCounter>,
}

/// Says what is left of a key's limits. It says nothing of whether the key works.
pub fn usage(call: KeyUsageCall) -> KeyUsage {
    call.key.limits(call.now).usage(&call.counters)
}
