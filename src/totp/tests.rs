//! The rules of time steps, and of which code matches which step.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;

use super::*;
use crate::limiter::Permit;
use crate::time::{Millis, UnixMillis};

const NOW: UnixMillis = UnixMillis(1e12);

/// The secret of RFC 6238, appendix B.
const SECRET: &[u8] = b"12345678901234567890";

fn step_of(code: &str, last_used_step: Option<u32>, now: UnixMillis) -> Option<u32> {
    matching_step(
        &Permit::for_test(),
        &TotpSecret::from_bytes(SECRET),
        TotpParameters::default(),
        &TotpCode::parse(code).unwrap(),
        last_used_step,
        now,
    )
}

/// The code of the app, so many steps from now.
fn code_at(now: UnixMillis, steps: i32) -> String {
    let step = now_step(now).checked_add_signed(steps).unwrap();
    let code = hotp(
        TotpAlgorithm::Sha1,
        SECRET,
        u64::from(step),
        TotpDigits::Six,
    );
    format!("{:06}", code.unwrap())
}

fn now_step(now: UnixMillis) -> u32 {
    time_step(now, TotpPeriod::default()).unwrap()
}

#[test]
fn time_steps_are_counted_from_the_epoch_and_never_wrap() {
    let step = |seconds: f64, period| {
        let period = TotpPeriod::nearest(period);
        time_step(UnixMillis(seconds * 1_000.0), period)
    };
    for (seconds, expected) in [(0.0, 0), (29.999, 0), (30.0, 1), (59.0, 1), (60.0, 2)] {
        assert_eq!(step(seconds, 30), Some(expected), "{seconds}");
    }
    assert_eq!(step(2e10, 30), Some(666_666_666));
    assert_eq!(step(2e10, 60), Some(333_333_333));
    assert_eq!(step(4_294_967_295.0 * 15.0, 15), Some(u32::MAX));
    for odd in [
        -1.0,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        4_294_967_296.0 * 15.0,
        1e300,
    ] {
        assert_eq!(step(odd, 15), None, "{odd}");
    }
}

#[test]
fn the_window_is_one_step_before_and_after() {
    for steps in -5..=5 {
        let matched = step_of(&code_at(NOW, steps), None, NOW);
        let expected = now_step(NOW).checked_add_signed(steps);
        assert_eq!(matched, expected.filter(|_| steps.abs() <= 1), "{steps}");
    }
    // The edges of time neither panic nor match by chance.
    assert_eq!(step_of("000000", None, UnixMillis(0.0)), None);
    assert_eq!(step_of("000000", None, UnixMillis(f64::NAN)), None);
}

#[test]
fn a_code_has_as_many_digits_as_was_agreed() {
    let eight = TotpParameters {
        digits: TotpDigits::Eight,
        ..TotpParameters::default()
    };
    let step = now_step(NOW);
    let value = hotp(
        TotpAlgorithm::Sha1,
        SECRET,
        u64::from(step),
        TotpDigits::Eight,
    )
    .unwrap();
    let matched = |typed: String| {
        matching_step(
            &Permit::for_test(),
            &TotpSecret::from_bytes(SECRET),
            eight,
            &TotpCode::parse(&typed).unwrap(),
            None,
            NOW,
        )
    };
    assert_eq!(matched(format!("{value:08}")), Some(step));
    assert_eq!(matched(format!("{:06}", value % 1_000_000)), None);
    // The same number in six digits, with the two zeros left out.
    assert_eq!(step_of(&format!("00{}", code_at(NOW, 0)), None, NOW), None);
}

#[test]
fn of_two_steps_with_the_same_code_the_later_one_is_used_up() {
    // Found by search: both steps have this code.
    let (first, code) = (31_476_425_u32, "213700");
    let now = UnixMillis(f64::from(first) * 30_000.0);
    assert_eq!(step_of(code, None, now), Some(first + 1));
    assert_eq!(step_of(code, Some(first + 1), now), None);
}

proptest! {
    /// Whatever is presented when, a step works once, and steps only go up.
    #[test]
    fn a_step_works_once_whatever_the_order_of_calls(
        calls in prop::collection::vec((-3_i32..=3, -90_000.0_f64..90_000.0), 1..60),
    ) {
        let mut last: Option<u32> = None;
        let mut used: Vec<u32> = vec![];
        for (steps, offset) in calls {
            let now = NOW.plus(Millis(offset));
            if let Some(step) = step_of(&code_at(now, steps), last, now) {
                prop_assert!(now_step(now).abs_diff(step) <= 1);
                prop_assert!(used.iter().all(|earlier| *earlier < step));
                used.push(step);
                last = Some(step);
            }
        }
    }
}
