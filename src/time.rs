//! Points in time and durations, in milliseconds, as Convex stores them.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// A point in time: milliseconds since the Unix epoch, as `Date.now()` gives
/// them. Not finite values never pass a check, because every comparison with
/// them is false.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize, Tsify)]
#[serde(transparent)]
pub struct UnixMillis(#[serde(deserialize_with = "crate::number::read")] pub f64);

/// A duration in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize, Tsify)]
#[serde(transparent)]
pub struct Millis(#[serde(deserialize_with = "crate::number::read")] pub f64);

impl UnixMillis {
    /// The point in time `duration` later.
    pub fn plus(self, duration: Millis) -> Self {
        UnixMillis(self.0 + duration.0)
    }

    /// The time that has passed since `earlier`, zero if `earlier` is later.
    pub fn since(self, earlier: UnixMillis) -> Millis {
        Millis((self.0 - earlier.0).max(0.0))
    }

    /// The earlier of two points in time.
    pub fn min(self, other: UnixMillis) -> Self {
        UnixMillis(self.0.min(other.0))
    }

    /// Whole seconds since the Unix epoch, rounded down: a JWT `NumericDate`
    /// (RFC 7519, section 2).
    pub fn seconds(self) -> f64 {
        (self.0 / Millis::SECOND.0).floor()
    }
}

impl Millis {
    /// One second.
    pub const SECOND: Millis = Millis(1_000.0);
    /// One minute.
    pub const MINUTE: Millis = Millis(60_000.0);
    /// One hour.
    pub const HOUR: Millis = Millis(3_600_000.0);
    /// One day of 24 hours.
    pub const DAY: Millis = Millis(86_400_000.0);

    /// This duration in seconds, as RFC 9470 counts.
    pub fn seconds(self) -> f64 {
        self.0 / Millis::SECOND.0
    }

    /// This duration `times` times.
    pub const fn times(self, times: f64) -> Self {
        Millis(self.0 * times)
    }
}
