//! The token bucket: so many at once, so many over time.

use super::row::LimitRow;
use crate::time::{Millis, UnixMillis};

/// A token bucket. It starts full; each event takes one token, and tokens come
/// back one at a time.
#[derive(Clone, Copy, Debug)]
pub struct Bucket {
    /// How many events may happen at once.
    pub capacity: f64,
    /// After how long one token comes back.
    pub interval: Millis,
}

impl Bucket {
    /// The tokens that are in the bucket now, between zero and the capacity.
    pub fn level(&self, row: Option<&LimitRow>, now: UnixMillis) -> f64 {
        match row {
            None => self.capacity,
            Some(row) => {
                let refilled = now.since(row.updated_time).0 / self.interval.0;
                (row.value + refilled).clamp(0.0, self.capacity)
            }
        }
    }

    /// Whether an event may happen now, and if not, how long to wait.
    pub fn check(&self, row: Option<&LimitRow>, now: UnixMillis) -> Result<(), Millis> {
        let level = self.level(row, now);
        if level >= 1.0 {
            Ok(())
        } else {
            Err(Millis((1.0 - level) * self.interval.0))
        }
    }

    /// The row after an event. An event that was not allowed leaves the bucket
    /// empty; it is never in debt.
    pub fn take(&self, row: Option<&LimitRow>, now: UnixMillis) -> LimitRow {
        let value = (self.level(row, now) - 1.0).max(0.0);
        // A clock that went back must not hand out the same refill twice.
        let updated_time = row.map_or(now, |row| UnixMillis(row.updated_time.0.max(now.0)));
        LimitRow {
            value,
            updated_time,
            locked_until: None,
            expiration_time: updated_time.plus(self.interval.times(self.capacity - value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BUCKET: Bucket = Bucket {
        capacity: 5.0,
        interval: Millis(1_000.0),
    };

    proptest! {
        /// In any window, no more events pass than the capacity and what came
        /// back during the window, whatever the order of the attempts.
        #[test]
        fn never_admits_more_than_capacity_and_refill(steps in prop::collection::vec(0.0_f64..3_000.0, 1..200)) {
            let start = UnixMillis(1_000_000.0);
            let mut now = start;
            let mut row = None;
            let mut admitted = 0.0;
            for step in steps {
                now = now.plus(Millis(step));
                if BUCKET.check(row.as_ref(), now).is_ok() {
                    row = Some(BUCKET.take(row.as_ref(), now));
                    admitted += 1.0;
                }
                let most = BUCKET.capacity + now.since(start).0 / BUCKET.interval.0;
                prop_assert!(admitted <= most + 1e-6);
            }
        }

        /// Waiting for as long as the refusal says is enough.
        #[test]
        fn the_stated_wait_is_enough(value in 0.0_f64..5.0, past in 0.0_f64..5_000.0) {
            let now = UnixMillis(1_000_000.0);
            let row = LimitRow { value, updated_time: UnixMillis(now.0 - past), locked_until: None, expiration_time: now };
            if let Err(wait) = BUCKET.check(Some(&row), now) {
                prop_assert!(BUCKET.check(Some(&row), now.plus(Millis(wait.0.ceil()))).is_ok());
            }
        }

        /// Decay is stable: many small steps refill as much as one long one.
        #[test]
        fn a_clock_that_goes_back_gives_nothing(back in 0.0_f64..1e9) {
            let now = UnixMillis(1e12);
            let mut row = None;
            for _ in 0..5 { row = Some(BUCKET.take(row.as_ref(), now)); }
            let earlier = UnixMillis(now.0 - back);
            prop_assert!(BUCKET.check(row.as_ref(), earlier).is_err());
            let row = BUCKET.take(row.as_ref(), earlier);
            prop_assert!(BUCKET.check(Some(&row), now).is_err());
        }
    }

    #[test]
    fn an_expired_row_says_what_a_missing_row_says() {
        let now = UnixMillis(1_000_000.0);
        let row = BUCKET.take(None, now);
        let level = BUCKET.level(Some(&row), row.expiration_time);
        assert!((level - BUCKET.capacity).abs() < 1e-9);
    }
}
