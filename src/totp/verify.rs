//! Which time step a code belongs to.

use subtle::{Choice, ConditionallySelectable as _, ConstantTimeEq as _};

use super::code::TotpCode;
use super::hotp::hotp;
use super::parameters::{TotpParameters, TotpPeriod};
use super::secret::TotpSecret;
use crate::limiter::Permit;
use crate::time::UnixMillis;

/// 2^52: the distance of neighbouring numbers is one from here on.
const WHOLE_NUMBERS: f64 = 4_503_599_627_370_496.0;

/// The number of whole steps since the Unix epoch (`T` of RFC 6238, section
/// 4.2, with `T0` zero).
///
/// There is none before 1970, and none after the year 4000, when 32 bits are
/// used up.
pub fn time_step(now: UnixMillis, period: TotpPeriod) -> Option<u32> {
    let step = (now.seconds() / f64::from(period.seconds())).floor();
    if !(0.0..WHOLE_NUMBERS).contains(&step) {
        return None;
    }
    // The sum's bits are those of 2^52 with the whole number in the lowest
    // ones, which converts without rounding.
    u32::try_from((step + WHOLE_NUMBERS).to_bits() ^ WHOLE_NUMBERS.to_bits()).ok()
}

/// The time step whose code was presented: the step of now, the one before or
/// the one after (RFC 6238, section 5.2, asks for one step at most).
///
/// A step that is not later than `last_used_step` matches nothing, so that a
/// code works once (RFC 6238, section 5.2). If two steps happen to have the
/// same code, the later one is taken: with the earlier one, the code would work
/// once more.
///
/// All steps of the window are computed and compared in constant time, whether
/// or not one of them matches.
pub fn matching_step(
    _permit: &Permit,
    secret: &TotpSecret,
    parameters: TotpParameters,
    code: &TotpCode,
    last_used_step: Option<u32>,
    now: UnixMillis,
) -> Option<u32> {
    let current = time_step(now, parameters.period)?;
    let has_length = Choice::from(u8::from(code.digits() == parameters.digits));
    let mut matched = Choice::from(0);
    let mut matched_step = 0_u32;
    for step in current.saturating_sub(1)..=current.saturating_add(1) {
        let expected = hotp(
            parameters.algorithm,
            secret.as_bytes(),
            u64::from(step),
            parameters.digits,
        )?;
        let is_unused = Choice::from(u8::from(last_used_step.is_none_or(|last| step > last)));
        let is_match = expected.ct_eq(&code.value()) & has_length & is_unused;
        matched_step = u32::conditional_select(&matched_step, &step, is_match);
        matched |= is_match;
    }
    bool::from(matched).then_some(matched_step)
}
