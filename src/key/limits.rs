//! How often a key may be used.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::refusal::{ErrorCode, Refusal};
use crate::time::Millis;

/// The most uses that a limit can name: whole numbers up to here are exact in
/// JavaScript, and in sums of them.
const MAX_USES: f64 = 1e12;

/// The shortest window, and the shortest time between two refills.
const MIN_INTERVAL: Millis = Millis::SECOND;

/// The longest window, and the longest time between two refills.
const MAX_INTERVAL: Millis = Millis::DAY.times(366.0);

/// The most rows over which the counts of a key are spread. With a tenth of
/// them in use at a time, two hundred uses a second meet in one row rarely.
pub(super) const MAX_SHARDS: u32 = 16;

/// The fewest uses that a row has to stand for. Below, one row holds them all.
const MIN_SHARE: f64 = 8.0;

/// How the uses of a window are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum RateLimitKind {
    /// So many uses from the beginning of a window to its end. Windows follow
    /// each other from the creation of the key.
    FixedWindow,
    /// So many uses at once; what was used comes back evenly, all of it in one
    /// window.
    TokenBucket,
}

/// How many uses there may be in a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyRateLimit {
    /// How many uses: a whole number, at least 1.
    #[serde(deserialize_with = "crate::number::read")]
    pub max_requests: f64,
    /// In which time, in milliseconds: from a second to 366 days.
    pub window_ms: Millis,
    /// How they are counted; in fixed windows when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<RateLimitKind>,
}

/// How many uses there are in all, until they are refilled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyQuota {
    /// How many uses are left to begin with: a whole number.
    #[serde(deserialize_with = "crate::number::read")]
    pub remaining: f64,
    /// How many there are after each refill, whatever was left.
    #[serde(
        default,
        deserialize_with = "crate::number::read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub refill_amount: Option<f64>,
    /// The time between two refills, in milliseconds: from a second to 366
    /// days. It comes with `refillAmount`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refill_interval: Option<Millis>,
}

impl KeyRateLimit {
    /// How the uses are counted.
    pub(super) fn kind(&self) -> RateLimitKind {
        self.kind.unwrap_or(RateLimitKind::FixedWindow)
    }

    fn check(&self) -> Result<(), Refusal> {
        if !is_count(self.max_requests) || self.max_requests < 1.0 {
            return Err(invalid(
                "rateLimit.maxRequests",
                "a whole number, at least 1",
            ));
        }
        if !is_interval(self.window_ms) {
            return Err(invalid("rateLimit.windowMs", "a second to 366 days"));
        }
        Ok(())
    }
}

impl KeyQuota {
    fn check(&self) -> Result<(), Refusal> {
        if !is_count(self.remaining) {
            return Err(invalid("quota.remaining", "a whole number"));
        }
        match (self.refill_amount, self.refill_interval) {
            (None, None) => Ok(()),
            (Some(amount), Some(interval))
                if is_count(amount) && amount >= 1.0 && is_interval(interval) =>
            {
                Ok(())
            }
            _ => Err(invalid(
                "quota",
                "both or neither of `refillAmount`, a whole number from 1, and \
                 `refillInterval`, a second to 366 days",
            )),
        }
    }
}

/// Checks the limits of a key, and chooses over how many rows its counts are
/// spread: none without limits, one if they are small.
///
/// # Errors
/// `INVALID_PARAMETERS` with a message that names the field.
pub(super) fn check(
    rate_limit: Option<&KeyRateLimit>,
    quota: Option<&KeyQuota>,
) -> Result<u32, Refusal> {
    let mut uses = None;
    if let Some(limit) = rate_limit {
        limit.check()?;
        uses = Some(limit.max_requests);
    }
    if let Some(quota) = quota {
        quota.check()?;
        let most = quota.remaining.max(quota.refill_amount.unwrap_or(0.0));
        uses = Some(uses.map_or(most, |uses| f64::min(uses, most)));
    }
    Ok(uses.map_or(0, |uses| {
        (1..=MAX_SHARDS)
            .rev()
            .find(|shards| f64::from(*shards) * MIN_SHARE <= uses)
            .unwrap_or(1)
    }))
}

fn is_count(value: f64) -> bool {
    value.fract() == 0.0 && (0.0..=MAX_USES).contains(&value)
}

fn is_interval(interval: Millis) -> bool {
    interval.0.fract() == 0.0 && (MIN_INTERVAL.0..=MAX_INTERVAL.0).contains(&interval.0)
}

fn invalid(field: &str, meaning: &str) -> Refusal {
    Refusal::with_message(
        ErrorCode::InvalidParameters,
        format!("`{field}` is not valid: it must be {meaning}"),
    )
}
