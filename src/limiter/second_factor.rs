//! The limits of second factors.
//!
//! Two counters work together: each challenge allows five tries, and each user
//! has one counter for all factors, methods, challenges and sessions. Ten
//! failures lock it for 15 minutes; each further ten lock it for twice as long,
//! a day at most. With six digits, a window of three steps and one
//! authenticator app, the ten guesses a day that are left guess right once in
//! nine decades.
//!
//! The counter has no origin: whoever gets this far knows the first factor, and
//! a network that differs must not give a guesser further tries. A passkey with
//! user verification asks for no second factor and is the owner's way past a
//! lock that somebody else caused.
//!
//! A try is counted before it is compared, and taken back by a success. A
//! comparison that is stopped halfway has been counted.

use super::permit::Permit;
use super::row::{LimitEntry, LimitRow, LimitWrite};
use crate::time::{Millis, UnixMillis};
use crate::token::opaque_key;

/// How often one challenge may be tried.
pub const CHALLENGE_TRIES: u32 = 5;

/// How many failures lock.
pub const FAILURES_PER_LOCK: f64 = 10.0;

/// How long the first lock lasts.
const FIRST_LOCK: Millis = Millis::MINUTE.times(15.0);

/// How long a lock lasts at most.
const LONGEST_LOCK: Millis = Millis::DAY;

/// Failures are forgotten when there was none for so long, after the lock. It
/// is long against the longest lock, or a guesser would gain by waiting until
/// the locks are short again.
const MEMORY: Millis = Millis::DAY.times(30.0);

/// The key of a user's counter.
pub fn key(user_id: &str) -> String {
    opaque_key("second-factor", &[user_id])
}

/// Why there is no try.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NoSlot {
    /// The user's counter is locked for so long.
    Locked(Millis),
    /// The challenge was tried as often as allowed.
    UsedUp,
}

/// One try, which is counted as a failure until it turns out to be none. It is
/// used up by [`fail`](Self::fail), [`succeed`](Self::succeed) or
/// [`give_back`](Self::give_back).
#[derive(Debug)]
#[must_use = "a try has to be counted"]
pub struct SecondFactorSlot {
    permit: Permit,
    counted: LimitWrite,
    clear: Option<LimitWrite>,
}

/// Takes a try of the user whose counter is `lock`. With a challenge, `tries`
/// is how often that was tried before.
///
/// # Errors
/// See [`NoSlot`]; nothing is counted then.
pub fn take_slot(
    lock: &LimitEntry,
    tries: Option<u32>,
    now: UnixMillis,
) -> Result<SecondFactorSlot, NoSlot> {
    let locked_until = lock.row.as_ref().and_then(|row| row.locked_until);
    if let Some(locked_until) = locked_until {
        // Written so that a time that is no number is locked.
        let is_over = locked_until <= now;
        if !is_over {
            return Err(NoSlot::Locked(locked_until.since(now)));
        }
    }
    if tries.is_some_and(|tries| tries >= CHALLENGE_TRIES) {
        return Err(NoSlot::UsedUp);
    }
    Ok(SecondFactorSlot {
        permit: Permit::grant(),
        counted: lock.store(count(lock.row.as_ref(), now)),
        clear: lock.clear(),
    })
}

/// The row after one more failure.
fn count(row: Option<&LimitRow>, now: UnixMillis) -> LimitRow {
    let before = row
        .filter(|row| row.expiration_time > now)
        .map_or(0.0, |row| row.value);
    let value = before + 1.0;
    let locks = (value / FAILURES_PER_LOCK).floor();
    let locked_until = (value == locks * FAILURES_PER_LOCK).then(|| {
        let duration = FIRST_LOCK.0 * 2.0_f64.powf(locks - 1.0);
        now.plus(Millis(duration.min(LONGEST_LOCK.0)))
    });
    LimitRow {
        value,
        updated_time: now,
        locked_until,
        expiration_time: locked_until.unwrap_or(now).plus(MEMORY),
    }
}

impl SecondFactorSlot {
    /// The permission to compare.
    pub fn permit(&self) -> &Permit {
        &self.permit
    }

    /// Whether the user is locked if this try fails.
    pub fn locks(&self) -> bool {
        let row = self.counted.row.as_ref();
        row.is_some_and(|row| row.locked_until.is_some())
    }

    /// The comparison failed: what was counted is stored.
    pub fn fail(self) -> Vec<LimitWrite> {
        vec![self.counted]
    }

    /// The user proved a live factor: all failures are forgotten. Without
    /// failures nothing is written.
    pub fn succeed(self) -> Vec<LimitWrite> {
        self.clear.into_iter().collect()
    }

    /// The try counts neither as a failure nor as a proof: nothing is written.
    ///
    /// The first code of a new app is one. Whoever made the secret knows it, so
    /// it proves nothing about the factors that the counter protects, and must
    /// not clear their failures.
    pub fn give_back(self) {}
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: UnixMillis = UnixMillis(1e12);

    fn fresh() -> LimitEntry {
        LimitEntry {
            key: key("ada"),
            row: None,
        }
    }

    fn apply(lock: &mut LimitEntry, writes: Vec<LimitWrite>) {
        for write in writes {
            assert_eq!(write.key, lock.key);
            lock.row = write.row;
        }
    }

    /// Fails once if allowed, and says how long to wait if not.
    fn fail(lock: &mut LimitEntry, now: UnixMillis) -> Result<(), NoSlot> {
        let slot = take_slot(lock, None, now)?;
        apply(lock, slot.fail());
        Ok(())
    }

    #[test]
    fn ten_failures_lock_for_a_quarter_of_an_hour_and_further_ten_for_twice_as_long() {
        let mut lock = fresh();
        let mut now = NOW;
        for minutes in [15.0, 30.0, 60.0, 120.0, 240.0, 480.0, 960.0, 1440.0, 1440.0] {
            for failure in 1..=10 {
                assert_eq!(fail(&mut lock, now), Ok(()), "{minutes} {failure}");
            }
            let wait = Millis::MINUTE.times(minutes);
            assert_eq!(fail(&mut lock, now), Err(NoSlot::Locked(wait)));
            let almost = now.plus(Millis(wait.0 - 1.0));
            assert_eq!(fail(&mut lock, almost), Err(NoSlot::Locked(Millis(1.0))));
            now = now.plus(wait);
        }
    }

    #[test]
    fn the_tenth_try_may_still_be_right() {
        let mut lock = fresh();
        for _ in 0..9 {
            assert_eq!(fail(&mut lock, NOW), Ok(()));
        }
        let slot = take_slot(&lock, None, NOW);
        assert!(slot.as_ref().is_ok_and(SecondFactorSlot::locks));
        let writes = slot.map(SecondFactorSlot::succeed).unwrap_or_default();
        apply(&mut lock, writes);
        assert_eq!(lock.row, None);
    }

    #[test]
    fn a_success_resets_and_writes_nothing_without_failures() {
        let slot = take_slot(&fresh(), None, NOW);
        assert_eq!(slot.map(SecondFactorSlot::succeed), Ok(vec![]));
    }

    #[test]
    fn failures_are_forgotten_after_thirty_days_without_any() {
        let mut lock = fresh();
        for _ in 0..9 {
            assert_eq!(fail(&mut lock, NOW), Ok(()));
        }
        let mut early = lock.clone();
        let almost = NOW.plus(Millis(Millis::DAY.0 * 30.0 - 1.0));
        assert_eq!(fail(&mut early, almost), Ok(()));
        assert!(fail(&mut early, almost).is_err());
        let later = NOW.plus(Millis::DAY.times(30.0));
        for _ in 0..10 {
            assert_eq!(fail(&mut lock, later), Ok(()));
        }
        assert!(fail(&mut lock, later).is_err());
    }

    #[test]
    fn a_challenge_can_be_tried_five_times() {
        for tries in 0..10 {
            let slot = take_slot(&fresh(), Some(tries), NOW);
            assert_eq!(slot.is_ok(), tries < 5, "after {tries} tries");
        }
    }

    #[test]
    fn a_time_that_is_no_number_does_not_unlock() {
        let mut lock = fresh();
        for _ in 0..10 {
            assert_eq!(fail(&mut lock, NOW), Ok(()));
        }
        assert!(take_slot(&lock, None, UnixMillis(f64::NAN)).is_err());
    }

    #[test]
    fn the_key_does_not_show_the_user_and_users_do_not_share_it() {
        assert!(!key("ada").contains("ada"));
        assert_ne!(key("ada"), key("eve"));
    }

    proptest! {
        /// In no quarter of an hour there are more than ten failures, whatever
        /// the steps between them.
        #[test]
        fn never_more_than_ten_failures_in_a_quarter_of_an_hour(
            steps in prop::collection::vec(prop_oneof![Just(0.0), 0.0_f64..2e6, 0.0_f64..2e8], 1..300),
        ) {
            let mut lock = fresh();
            let mut now = NOW;
            let mut failures: Vec<UnixMillis> = vec![];
            for step in steps {
                now = now.plus(Millis(step));
                if fail(&mut lock, now).is_ok() {
                    failures.push(now);
                }
                let recent = failures.iter().filter(|time| now.since(**time) < FIRST_LOCK);
                prop_assert!(recent.count() <= 10);
            }
        }

        /// Waiting for as long as the refusal says is enough, and no less is.
        #[test]
        fn the_stated_wait_is_enough(past in 0.0_f64..9e5) {
            let mut lock = fresh();
            for _ in 0..10 {
                prop_assert_eq!(fail(&mut lock, NOW), Ok(()));
            }
            let now = NOW.plus(Millis(past));
            if let Err(NoSlot::Locked(wait)) = take_slot(&lock, None, now).map(|_| ()) {
                prop_assert!(take_slot(&lock, None, now.plus(Millis(wait.0.ceil()))).is_ok());
            } else {
                prop_assert!(false);
            }
        }
    }
}
