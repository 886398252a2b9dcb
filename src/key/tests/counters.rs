//! Limits are never exceeded, and hardly ever refuse early.

use proptest::prelude::*;

use crate::key::counter::{KeyCounter, Limits, Spending};
use crate::key::limits::{self, KeyQuota, KeyRateLimit, RateLimitKind};
use crate::permission::tests::rows::NOW;
use crate::refusal::ErrorCode;
use crate::time::{Millis, UnixMillis};

/// The rows of a key, as the component stores them.
#[derive(Clone, Default)]
struct Table(Vec<KeyCounter>);

impl Table {
    /// Uses the key: with one row, and with all if that one has nothing left.
    fn try_use(&mut self, limits: &Limits<'_>, picked: u32) -> Result<(), ErrorCode> {
        let one: Vec<KeyCounter> = self
            .0
            .iter()
            .filter(|row| row.shard == picked)
            .cloned()
            .collect();
        let spending = match limits.spend(picked, &one, limits.shards <= 1) {
            Spending::ReadAll => limits.spend(picked, &self.0, true),
            spending => spending,
        };
        match spending {
            Spending::Counted(rows) => {
                for row in rows {
                    self.0.retain(|old| old.shard != row.shard);
                    self.0.push(row);
                }
                Ok(())
            }
            Spending::ReadAll => panic!("all rows were read"),
            Spending::Refused(refusal) => Err(refusal.code),
        }
    }
}

#[derive(Clone, Debug)]
struct Terms {
    rate_limit: Option<KeyRateLimit>,
    quota: Option<KeyQuota>,
}

impl Terms {
    fn at(&self, now: UnixMillis) -> Limits<'_> {
        Limits {
            rate_limit: self.rate_limit.as_ref(),
            quota: self.quota.as_ref(),
            shards: limits::check(self.rate_limit.as_ref(), self.quota.as_ref()).unwrap(),
            limit_time: NOW,
            quota_time: NOW,
            now,
        }
    }
}

fn window(max_requests: f64, kind: RateLimitKind) -> Terms {
    Terms {
        rate_limit: Some(KeyRateLimit {
            max_requests,
            window_ms: Millis::MINUTE,
            kind: Some(kind),
        }),
        quota: None,
    }
}

fn quota(remaining: f64, refill: Option<f64>) -> Terms {
    Terms {
        rate_limit: None,
        quota: Some(KeyQuota {
            remaining,
            refill_amount: refill,
            refill_interval: refill.map(|_| Millis::MINUTE),
        }),
    }
}

/// Uses with the time that passes before each, in milliseconds, and the row
/// that each picks.
fn some_uses() -> impl Strategy<Value = Vec<(f64, u32)>> {
    let pause = prop_oneof![
        4 => Just(0.0),
        4 => 0.0..500.0_f64,
        1 => 0.0..90_000.0_f64,
    ];
    prop::collection::vec((pause.prop_map(f64::floor), 0..16_u32), 1..400)
}

/// The times of the uses that passed.
fn admitted(terms: &Terms, uses: &[(f64, u32)]) -> Vec<UnixMillis> {
    let mut table = Table::default();
    let mut now = NOW;
    let mut passed = Vec::new();
    for (pause, picked) in uses {
        now = now.plus(Millis(*pause));
        let limits = terms.at(now);
        if table.try_use(&limits, picked % limits.shards).is_ok() {
            passed.push(now);
        }
    }
    passed
}

/// How many uses there were in each minute since the key was made.
fn by_minute(times: &[UnixMillis]) -> std::collections::BTreeMap<u64, f64> {
    let mut counts = std::collections::BTreeMap::new();
    for time in times {
        let minute = (time.since(NOW).0 / 60_000.0).floor();
        *counts.entry(minute.to_bits()).or_insert(0.0) += 1.0;
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// However the uses are spread over the rows.
    #[test]
    fn a_fixed_window_admits_its_limit_and_no_more(max in 1..300_u32, uses in some_uses()) {
        let max = f64::from(max);
        let terms = window(max, RateLimitKind::FixedWindow);
        let mut asked = Vec::new();
        let mut now = NOW;
        for (pause, _) in &uses {
            now = now.plus(Millis(*pause));
            asked.push(now);
        }
        let passed = by_minute(&admitted(&terms, &uses));
        for (minute, count) in by_minute(&asked) {
            prop_assert_eq!(passed.get(&minute).copied().unwrap_or(0.0), count.min(max));
        }
    }

    #[test]
    fn a_quota_admits_what_is_left_and_no_more(remaining in 0..300_u32, uses in some_uses()) {
        let passed = admitted(&quota(f64::from(remaining), None), &uses);
        prop_assert_eq!(passed.len(), uses.len().min(usize::try_from(remaining).unwrap()));
    }

    #[test]
    fn a_refilled_quota_admits_so_many_in_each_interval(
        remaining in 0..200_u32,
        refill in 1..200_u32,
        uses in some_uses(),
    ) {
        let (remaining, refill) = (f64::from(remaining), f64::from(refill));
        let terms = quota(remaining, Some(refill));
        for (minute, count) in by_minute(&admitted(&terms, &uses)) {
            let most = if minute == 0.0_f64.to_bits() { remaining } else { refill };
            prop_assert!(count <= most);
        }
    }

    /// In any span of time, no more pass than the bucket holds and what comes
    /// back meanwhile.
    #[test]
    fn a_token_bucket_admits_no_more_than_it_holds_and_gets_back(
        max in 1..200_u32,
        uses in some_uses(),
    ) {
        let max = f64::from(max);
        let times = admitted(&window(max, RateLimitKind::TokenBucket), &uses);
        for (first, start) in times.iter().enumerate() {
            let mut count = 0.0;
            for end in times.iter().skip(first) {
                count += 1.0;
                let back = max * end.since(*start).0 / 60_000.0;
                prop_assert!(count <= max + back + 1e-6);
            }
        }
    }

    /// The stated bound on early refusals.
    #[test]
    fn a_token_bucket_refuses_only_if_a_window_has_seen_its_limit(
        max in 1..200_u32,
        uses in some_uses(),
    ) {
        let terms = window(f64::from(max), RateLimitKind::TokenBucket);
        let mut table = Table::default();
        let mut now = NOW;
        let mut passed: Vec<UnixMillis> = Vec::new();
        for (pause, picked) in uses {
            now = now.plus(Millis(pause));
            let limits = terms.at(now);
            match table.try_use(&limits, picked % limits.shards) {
                Ok(()) => passed.push(now),
                Err(_) => {
                    let recent = passed.iter().filter(|time| now.since(**time) < Millis::MINUTE);
                    let shards = f64::from(limits.shards);
                    prop_assert!(recent.count() as f64 > f64::from(max) - 1.0 - shards * 1e-6);
                }
            }
        }
    }

    /// A refusal costs nothing: not of the quota when the window is full, and
    /// not of the window when the quota is used up.
    #[test]
    fn what_is_refused_spends_nothing(max in 1..50_u32, remaining in 0..50_u32, uses in some_uses()) {
        let terms = Terms { quota: quota(f64::from(remaining), None).quota, ..window(f64::from(max), RateLimitKind::FixedWindow) };
        let mut table = Table::default();
        let mut now = NOW;
        for (pause, picked) in uses {
            now = now.plus(Millis(pause));
            let limits = terms.at(now);
            let before = table.clone();
            if table.try_use(&limits, picked % limits.shards).is_err() {
                prop_assert_eq!(&before.0, &table.0);
            }
        }
        let spent: f64 = table.0.iter().map(|row| row.quota_uses).sum();
        prop_assert!(spent <= f64::from(remaining));
    }

    /// The wait of a refusal is enough, if nobody else comes.
    #[test]
    fn after_the_stated_wait_a_use_passes(max in 1..40_u32, is_bucket: bool, uses in some_uses()) {
        let kind = if is_bucket { RateLimitKind::TokenBucket } else { RateLimitKind::FixedWindow };
        let terms = window(f64::from(max), kind);
        let mut table = Table::default();
        let mut now = NOW;
        for (pause, picked) in uses {
            now = now.plus(Millis(pause));
            let limits = terms.at(now);
            if let Spending::Refused(refusal) = limits.spend(picked, &table.0, true) {
                let wait = refusal.retry_after_ms.unwrap();
                let then = terms.at(now.plus(Millis(wait)));
                prop_assert!(matches!(then.spend(picked, &table.0, true), Spending::Counted(_)));
            } else {
                let _ = table.try_use(&limits, picked % limits.shards);
            }
        }
    }

    /// Changed limits neither give back what was used nor take what is left.
    #[test]
    fn uses_stay_used_under_other_limits(before in 1..200_u32, after in 1..200_u32, used in 0..200_u32) {
        let old = window(f64::from(before), RateLimitKind::FixedWindow);
        let new = window(f64::from(after), RateLimitKind::FixedWindow);
        let mut table = Table::default();
        let mut passed = 0_u32;
        for number in 0..used {
            let limits = old.at(NOW);
            if table.try_use(&limits, number % limits.shards).is_ok() {
                passed += 1;
            }
        }
        let mut table = Table(new.at(NOW).carry_over(&table.0, &old.at(NOW), false));
        let mut more = 0_u32;
        for number in 0..500 {
            let limits = new.at(NOW);
            if table.try_use(&limits, number % limits.shards).is_ok() {
                more += 1;
            }
        }
        prop_assert_eq!(more, after.saturating_sub(passed));
    }

    /// What is said to be left is what passes, and no more.
    #[test]
    fn as_many_uses_pass_as_are_said_to_be_left(
        max in 1..100_u32, remaining in 0..100_u32, is_bucket: bool, uses in some_uses(),
    ) {
        let kind = if is_bucket { RateLimitKind::TokenBucket } else { RateLimitKind::FixedWindow };
        let terms = Terms {
            quota: quota(f64::from(remaining), Some(7.0)).quota,
            ..window(f64::from(max), kind)
        };
        let mut table = Table::default();
        let mut now = NOW;
        for (pause, picked) in uses {
            now = now.plus(Millis(pause));
            let limits = terms.at(now);
            let _ = table.try_use(&limits, picked % limits.shards);
        }
        let limits = terms.at(now);
        let usage = limits.usage(&table.0);
        let (rate, quota) = (usage.rate_limit.unwrap(), usage.quota.unwrap());
        prop_assert!(rate.reset_time.is_none_or(|time| time > now));
        let mut passed = 0.0;
        while table.try_use(&limits, 0).is_ok() {
            passed += 1.0;
        }
        prop_assert_eq!(passed, rate.remaining.min(quota.remaining));
    }

    #[test]
    fn a_clock_that_goes_back_gives_nothing(back in 0.0..1e9_f64, is_bucket: bool) {
        let kind = if is_bucket { RateLimitKind::TokenBucket } else { RateLimitKind::FixedWindow };
        let terms = window(3.0, kind);
        let mut table = Table::default();
        let later = NOW.plus(Millis::HOUR);
        for _ in 0..3 {
            prop_assert!(table.try_use(&terms.at(later), 0).is_ok());
        }
        let earlier = UnixMillis(later.0 - back);
        prop_assert!(table.try_use(&terms.at(earlier), 0).is_err());
        prop_assert!(table.try_use(&terms.at(later), 0).is_err());
    }
}

#[test]
fn small_limits_are_counted_in_one_row() {
    for (max, shards) in [(1.0, 1), (15.0, 1), (16.0, 2), (64.0, 8), (1e9, 16)] {
        let terms = window(max, RateLimitKind::FixedWindow);
        assert_eq!(terms.at(NOW).shards, shards, "{max}");
    }
}

#[test]
fn limits_out_of_range_are_refused() {
    for max in [f64::NAN, f64::INFINITY, -1.0, 0.0, 0.5, 1e13] {
        let limit = window(max, RateLimitKind::FixedWindow).rate_limit;
        assert!(limits::check(limit.as_ref(), None).is_err(), "{max}");
    }
    for interval in [f64::NAN, 0.0, 999.0, 1_000.5, 1e12] {
        let limit = KeyRateLimit {
            max_requests: 1.0,
            window_ms: Millis(interval),
            kind: None,
        };
        assert!(limits::check(Some(&limit), None).is_err(), "{interval}");
    }
    let half = KeyQuota {
        remaining: 1.0,
        refill_amount: Some(1.0),
        refill_interval: None,
    };
    assert!(limits::check(None, Some(&half)).is_err());
}
