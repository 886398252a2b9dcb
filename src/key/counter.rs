//! What is left of a key's uses, spread over rows.
//!
//! A key that is used many times a second would have all its uses wait for one
//! row. So its limits are cut into shares, one for each of up to sixteen rows.
//! A use takes from the row that its caller has picked at random. Only if that
//! share is used up are all rows read, and the use takes from whichever has
//! some left; if none has, it is refused and nothing is written.
//!
//! The shares of a limit add up to the limit, and a transaction that reads rows
//! is run again if they change meanwhile: no more uses pass than the limit
//! says, and with fixed windows and quotas no fewer. A token bucket that is
//! spread refuses only if as many uses as it holds have passed in the last
//! window.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::limits::{KeyQuota, KeyRateLimit, RateLimitKind};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::{Millis, UnixMillis};

/// A row of the table `ApiKeyCounter`, without its key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyCounter {
    /// Which of the key's rows, from 0.
    pub shard: u32,
    /// When the window of `windowUses` began; with a token bucket, when
    /// `windowUses` was right.
    pub window_time: UnixMillis,
    /// The uses in the window; with a token bucket, those that have not come
    /// back, which may be a fraction.
    #[serde(deserialize_with = "crate::number::read")]
    pub window_uses: f64,
    /// When the last refill of the quota was due.
    pub quota_time: UnixMillis,
    /// The uses since then.
    #[serde(deserialize_with = "crate::number::read")]
    pub quota_uses: f64,
}

/// What is left of one limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyAllowance {
    /// How many uses there are at once.
    #[serde(deserialize_with = "crate::number::read")]
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

/// The limits of a key at a time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits<'a> {
    /// How many uses there may be in a time.
    pub(super) rate_limit: Option<&'a KeyRateLimit>,
    /// How many uses there are in all.
    pub(super) quota: Option<&'a KeyQuota>,
    /// Over how many rows the counts are spread.
    pub(super) shards: u32,
    /// Since when windows follow each other.
    pub(super) limit_time: UnixMillis,
    /// Since when refills follow each other.
    pub(super) quota_time: UnixMillis,
    /// The time.
    pub(super) now: UnixMillis,
}

/// What becomes of a use.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Spending {
    /// It is counted: the rows to store.
    Counted(Vec<KeyCounter>),
    /// The one row that was read has nothing left; others may have.
    ReadAll,
    /// Nothing is left. Nothing is counted.
    Refused(Refusal),
}

impl Limits<'_> {
    /// Counts a use. `rows` are those that were read; `is_complete` says that
    /// they are all that there are.
    pub(super) fn spend(&self, picked: u32, rows: &[KeyCounter], is_complete: bool) -> Spending {
        let picked = picked.min(self.shards.saturating_sub(1));
        let mut here = self.counter(picked, rows);
        if self.take_from(&mut here) {
            return Spending::Counted(vec![here]);
        }
        if !is_complete {
            return Spending::ReadAll;
        }
        let mut all: Vec<KeyCounter> = (0..self.shards)
            .map(|shard| self.counter(shard, rows))
            .collect();
        let before = all.clone();
        match self.take_from_all(&mut all) {
            Ok(()) => {
                let changed = all.into_iter().zip(before).filter(|(new, old)| new != old);
                Spending::Counted(changed.map(|(new, _)| new).collect())
            }
            Err(refusal) => Spending::Refused(refusal),
        }
    }

    /// What is left of the limits. `rows` are all that there are.
    pub(super) fn usage(&self, rows: &[KeyCounter]) -> KeyUsage {
        let now: Vec<KeyCounter> = (0..self.shards)
            .map(|shard| self.counter(shard, rows))
            .collect();
        let first = now.first();
        let rate_limit = self.rate_limit.map(|limit| {
            let used: f64 = now.iter().map(|row| row.window_uses).sum();
            let wait = if self.is_bucket() {
                Millis(used * limit.window_ms.0 / limit.max_requests)
            } else {
                let begun = first.map_or(self.now, |row| row.window_time);
                begun.plus(limit.window_ms).since(self.now)
            };
            self.allowance(limit.max_requests, used, wait)
        });
        let quota = self.quota.map(|_| {
            let used: f64 = now.iter().map(|row| row.quota_uses).sum();
            let begun = first.map_or(self.quota_time, |row| row.quota_time);
            let wait = begun.plus(self.refill_interval()).since(self.now);
            self.allowance(self.quota_total(begun), used, wait)
        });
        KeyUsage { rate_limit, quota }
    }

    fn allowance(&self, total: f64, used: f64, wait: Millis) -> KeyAllowance {
        KeyAllowance {
            // The fractions of a bucket are no uses yet.
            remaining: (total - used).floor().max(0.0),
            reset_time: (used > 0.0 && wait.0.is_finite()).then(|| self.now.plus(wait)),
        }
    }

    /// The counts under other limits: what was used of the old ones is used of
    /// the new ones. With a new quota, nothing is used of it yet.
    pub(super) fn carry_over(
        &self,
        rows: &[KeyCounter],
        before: &Limits<'_>,
        is_new_quota: bool,
    ) -> Vec<KeyCounter> {
        let old: Vec<KeyCounter> = (0..before.shards)
            .map(|shard| before.counter(shard, rows))
            .collect();
        let window_uses: f64 = if before.rate_limit.is_none() {
            0.0
        } else {
            old.iter().map(|row| row.window_uses).sum()
        };
        let quota_uses: f64 = if is_new_quota {
            0.0
        } else {
            old.iter().map(|row| row.quota_uses).sum()
        };
        (0..self.shards)
            .map(|shard| {
                let fresh = self.fresh(shard);
                let used = |total: f64, uses: f64| {
                    if total.is_infinite() {
                        return 0.0;
                    }
                    let left = total - uses.ceil();
                    // What a lower limit does not hold is kept in one row, for
                    // when the limit is raised again.
                    let surplus = if shard == 0 { (-left).max(0.0) } else { 0.0 };
                    self.share(total, shard) - self.share(left.max(0.0), shard) + surplus
                };
                KeyCounter {
                    window_uses: used(self.window_total(), window_uses),
                    quota_uses: used(self.quota_total(fresh.quota_time), quota_uses),
                    ..fresh
                }
            })
            .collect()
    }

    /// Takes a use from one row, if it has one of everything.
    fn take_from(&self, row: &mut KeyCounter) -> bool {
        if self.quota_room(row) < 1.0 || self.window_room(row) < 1.0 {
            return false;
        }
        row.quota_uses += 1.0;
        row.window_uses += 1.0;
        true
    }

    /// Takes a use from wherever there is one. The quota is asked first.
    fn take_from_all(&self, rows: &mut [KeyCounter]) -> Result<(), Refusal> {
        let quota = rows
            .iter()
            .position(|row| self.quota_room(row) >= 1.0)
            .ok_or_else(|| self.quota_refusal(rows))?;
        self.take_from_windows(rows)?;
        if let Some(row) = rows.get_mut(quota) {
            row.quota_uses += 1.0;
        }
        Ok(())
    }

    /// Takes a use from the windows. The fractions that a token bucket has in
    /// its rows make a whole use together.
    fn take_from_windows(&self, rows: &mut [KeyCounter]) -> Result<(), Refusal> {
        if let Some(row) = rows.iter_mut().find(|row| self.window_room(row) >= 1.0) {
            row.window_uses += 1.0;
            return Ok(());
        }
        let left: f64 = rows.iter().map(|row| self.window_room(row).max(0.0)).sum();
        if !self.is_bucket() || left < 1.0 {
            return Err(self.window_refusal(rows, left));
        }
        let mut needed = 1.0;
        for row in rows {
            let taken = self.window_room(row).clamp(0.0, needed);
            row.window_uses += taken;
            needed -= taken;
        }
        Ok(())
    }

    /// What a row counts now: uses of windows that are over are forgotten, and
    /// what has come back is.
    fn counter(&self, shard: u32, rows: &[KeyCounter]) -> KeyCounter {
        let mut now = self.fresh(shard);
        let Some(row) = rows.iter().find(|row| row.shard == shard) else {
            return now;
        };
        // A clock that went back must not begin anything anew.
        if self.is_bucket() {
            let passed = now.window_time.since(row.window_time).0 / self.window().0;
            let returned = passed * self.share(self.window_total(), shard);
            now.window_uses = (row.window_uses - returned).max(0.0);
            now.window_time = later(now.window_time, row.window_time);
        } else if row.window_time >= now.window_time {
            now.window_time = row.window_time;
            now.window_uses = row.window_uses;
        }
        if row.quota_time >= now.quota_time {
            now.quota_time = row.quota_time;
            now.quota_uses = row.quota_uses;
        }
        now
    }

    /// A row that has counted nothing.
    fn fresh(&self, shard: u32) -> KeyCounter {
        let window_time = if self.is_bucket() {
            self.now
        } else {
            begin(self.limit_time, self.window(), self.now)
        };
        KeyCounter {
            shard,
            window_time,
            window_uses: 0.0,
            quota_time: begin(self.quota_time, self.refill_interval(), self.now),
            quota_uses: 0.0,
        }
    }

    fn window_room(&self, row: &KeyCounter) -> f64 {
        self.share(self.window_total(), row.shard) - row.window_uses
    }

    fn quota_room(&self, row: &KeyCounter) -> f64 {
        self.share(self.quota_total(row.quota_time), row.shard) - row.quota_uses
    }

    /// The part of a limit that a row stands for. The parts add up to it, and
    /// none of them shrinks when the limit grows.
    fn share(&self, total: f64, shard: u32) -> f64 {
        let shards = f64::from(self.shards.max(1));
        if total.is_infinite() {
            return total;
        }
        let whole = (total / shards).floor();
        if f64::from(shard) < total - whole * shards {
            whole + 1.0
        } else {
            whole
        }
    }

    fn window_total(&self) -> f64 {
        self.rate_limit
            .map_or(f64::INFINITY, |limit| limit.max_requests)
    }

    fn quota_total(&self, quota_time: UnixMillis) -> f64 {
        match self.quota {
            None => f64::INFINITY,
            Some(quota) if quota_time > self.quota_time => {
                quota.refill_amount.unwrap_or(quota.remaining)
            }
            Some(quota) => quota.remaining,
        }
    }

    fn is_bucket(&self) -> bool {
        self.rate_limit
            .is_some_and(|limit| limit.kind() == RateLimitKind::TokenBucket)
    }

    /// The length of a window; without end when there is no limit.
    fn window(&self) -> Millis {
        self.rate_limit
            .map_or(Millis(f64::INFINITY), |limit| limit.window_ms)
    }

    /// The time between two refills; without end when there are none.
    fn refill_interval(&self) -> Millis {
        self.quota
            .and_then(|quota| quota.refill_interval)
            .unwrap_or(Millis(f64::INFINITY))
    }

    fn quota_refusal(&self, rows: &[KeyCounter]) -> Refusal {
        let begun = rows.first().map_or(self.quota_time, |row| row.quota_time);
        let wait = begun.plus(self.refill_interval()).since(self.now);
        refusal(ErrorCode::ApiKeyQuotaExceeded, wait)
    }

    fn window_refusal(&self, rows: &[KeyCounter], left: f64) -> Refusal {
        let wait = if self.is_bucket() {
            Millis((1.0 - left) * self.window().0 / self.window_total())
        } else {
            let begun = rows.first().map_or(self.now, |row| row.window_time);
            begun.plus(self.window()).since(self.now)
        };
        refusal(ErrorCode::ApiKeyRateLimited, wait)
    }
}

/// A refusal that says how long to wait, unless waiting does not help.
fn refusal(code: ErrorCode, wait: Millis) -> Refusal {
    Refusal {
        // Never too little, however the fractions of a bucket were rounded.
        retry_after_ms: wait.0.is_finite().then(|| wait.0.ceil() + 1.0),
        ..Refusal::from(code)
    }
}

/// When the interval began in which `now` is, if the first began at `first`.
fn begin(first: UnixMillis, interval: Millis, now: UnixMillis) -> UnixMillis {
    if interval.0.is_infinite() {
        return first;
    }
    first.plus(interval.times((now.since(first).0 / interval.0).floor()))
}

fn later(one: UnixMillis, other: UnixMillis) -> UnixMillis {
    UnixMillis(one.0.max(other.0))
}
