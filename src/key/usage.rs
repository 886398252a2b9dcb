//! What is left of a key's limits.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::counter::KeyCounter;
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

/// What is left of one limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyAllowance {
    /// How many uses there are at once.
    pub remaining: f64,
    /// When there are as many as ever again; missing if that is now, or never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reset_time: Option<UnixMillis>,
}

/// What is left of a key's limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyUsage {
    /// Of the uses in a time; missing without such a limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<KeyAllowance>,
    /// Of the uses in all; missing without such a limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<KeyAllowance>,
}

/// Says what is left of a key's limits. It says nothing of whether the key works.
pub fn usage(call: KeyUsageCall) -> KeyUsage {
    call.key.limits(call.now).usage(&call.counters)
}
