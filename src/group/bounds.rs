//! Whole numbers from JavaScript, and the bounds that they keep.

use crate::time::Millis;

/// The least and the most that a setting may be, both whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    /// The least.
    pub(super) least: f64,
    /// The most.
    pub(super) most: f64,
}

impl Bounds {
    /// The bounds of a duration.
    pub(super) const fn of_time(least: Millis, most: Millis) -> Self {
        Bounds {
            least: least.0,
            most: most.0,
        }
    }

    /// Whether `value` is a whole number within the bounds.
    pub(super) fn includes(self, value: f64) -> bool {
        value.fract() == 0.0 && (self.least..=self.most).contains(&value)
    }

    /// The first of `choices` that is a number, or else `default`, moved to the
    /// nearest whole number within the bounds that is not above it.
    pub(super) fn resolve(self, choices: [Option<f64>; 2], default: f64) -> f64 {
        choices
            .into_iter()
            .flatten()
            .find(|value| value.is_finite())
            .unwrap_or(default)
            .clamp(self.least, self.most)
            .floor()
    }

    /// [`Bounds::resolve`] for a number of things.
    pub(super) fn resolve_count(self, choices: [Option<f64>; 2], default: f64) -> u32 {
        whole(self.resolve(choices, default))
    }

    /// [`Bounds::resolve`] for a duration.
    pub(super) fn resolve_time(self, choices: [Option<Millis>; 2], default: Millis) -> Millis {
        Millis(self.resolve(choices.map(|choice| choice.map(|time| time.0)), default.0))
    }
}

/// The largest integer that is not above `value`, found by halving, since the
/// language has no conversion that cannot go wrong.
fn whole(value: f64) -> u32 {
    let (mut low, mut high) = (u32::MIN, u32::MAX);
    while low < high {
        let middle = high - (high - low) / 2;
        if f64::from(middle) <= value {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TO_TEN: Bounds = Bounds {
        least: 1.0,
        most: 10.0,
    };

    #[test]
    fn only_whole_numbers_within_the_bounds_are_included() {
        for value in [1.0, 2.0, 10.0] {
            assert!(TO_TEN.includes(value), "{value}");
        }
        let odd = [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            0.0,
            -1.0,
            1.5,
            11.0,
        ];
        for value in odd {
            assert!(!TO_TEN.includes(value), "{value}");
        }
    }

    #[test]
    fn what_is_no_number_gives_way_to_the_next_choice() {
        for (choices, resolved) in [
            ([None, None], 7.0),
            ([Some(2.0), Some(3.0)], 2.0),
            ([None, Some(3.0)], 3.0),
            ([Some(f64::NAN), Some(3.0)], 3.0),
            ([Some(f64::INFINITY), None], 7.0),
            ([Some(-5.0), None], 1.0),
            ([Some(1e300), None], 10.0),
            ([Some(2.9), None], 2.0),
        ] {
            assert_eq!(TO_TEN.resolve(choices, 7.0), resolved, "{choices:?}");
        }
    }

    proptest! {
        #[test]
        fn an_integer_stays_the_same(value: u32) {
            prop_assert_eq!(whole(f64::from(value)), value);
        }
    }
}
