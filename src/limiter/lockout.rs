//! Progressive lock-out: the more failures in a row, the longer the wait.

use super::row::LimitRow;
use crate::time::{Millis, UnixMillis};

/// From how many failures on how long attempts are refused. The steps slow a
/// guesser down to a few dozen guesses a day, and cost a forgetful person five
/// minutes.
const STEPS: [(f64, Millis); 4] = [
    (5.0, Millis::MINUTE.times(5.0)),
    (10.0, Millis::MINUTE.times(15.0)),
    (20.0, Millis::HOUR),
    (50.0, Millis::DAY),
];

/// Failures are forgotten when there was none for so long.
const MEMORY: Millis = Millis::DAY;

/// Whether an attempt may be made now, and if not, how long to wait.
pub(super) fn check(row: Option<&LimitRow>, now: UnixMillis) -> Result<(), Millis> {
    match row.and_then(|row| row.locked_until) {
        Some(locked_until) if locked_until > now => Err(locked_until.since(now)),
        _ => Ok(()),
    }
}

/// The row after one more failure. Reaching a step locks; past the last step
/// every failure does.
pub(super) fn fail(row: Option<&LimitRow>, now: UnixMillis) -> LimitRow {
    let before = row
        .filter(|row| row.expiration_time > now)
        .map_or(0.0, |row| row.value);
    let value = before + 1.0;
    let locked_until = STEPS
        .iter()
        .rev()
        .find(|(failures, _)| value >= *failures)
        .filter(|(failures, _)| value == *failures || is_last_step(*failures))
        .map(|(_, duration)| now.plus(*duration));
    LimitRow {
        value,
        updated_time: now,
        locked_until,
        expiration_time: locked_until.unwrap_or(now).plus(MEMORY),
    }
}

fn is_last_step(failures: f64) -> bool {
    STEPS.last().is_some_and(|(last, _)| *last == failures)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fail_times(times: u32, now: UnixMillis) -> Option<LimitRow> {
        (0..times).fold(None, |row, _| Some(fail(row.as_ref(), now)))
    }

    #[test]
    fn failures_lock_progressively() {
        let now = UnixMillis(1e12);
        for (failures, wait) in [
            (4, None),
            (5, Some(Millis::MINUTE.times(5.0))),
            (6, None),
            (10, Some(Millis::MINUTE.times(15.0))),
            (20, Some(Millis::HOUR)),
            (50, Some(Millis::DAY)),
            (51, Some(Millis::DAY)),
            (75, Some(Millis::DAY)),
        ] {
            let row = fail_times(failures, now);
            assert_eq!(check(row.as_ref(), now).err(), wait, "{failures} failures");
        }
    }

    #[test]
    fn a_lock_ends_when_it_says() {
        let now = UnixMillis(1e12);
        let row = fail_times(5, now);
        assert!(check(row.as_ref(), now.plus(Millis(299_999.0))).is_err());
        assert!(check(row.as_ref(), now.plus(Millis(300_000.0))).is_ok());
    }

    #[test]
    fn failures_are_forgotten_after_a_day_without_any() {
        let now = UnixMillis(1e12);
        let row = fail_times(4, now);
        let next = fail(row.as_ref(), now.plus(Millis::DAY));
        assert_eq!(next.value, 1.0);
    }
}
