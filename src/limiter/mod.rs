//! Limits on attempts and requests: who may try a secret now, and who waits.
//!
//! Limits are data in, data out: the rows that were read come in with the
//! time, the rows to store go out. A row is written by an attempt only, never
//! by a successful check.

mod attempt;
mod bucket;
mod code;
mod lockout;
mod permit;
mod request;
mod row;
mod second_factor;

pub use attempt::{AttemptKeys, AttemptLimits, forget as forget_failures, keys as attempt_keys};
pub use bucket::Bucket;
pub use code::{CODE_TRIES, allow_code};
pub use permit::Permit;
pub use request::{
    RequestKeys, RequestLimits, keys as request_keys,
    second_factor_keys as second_factor_request_keys,
};
pub(crate) use request::{send, send_from_key, send_to_key, take};
#[cfg(test)]
pub(crate) use row::LimitRow;
pub use row::{LimitEntry, LimitWrite};
pub use second_factor::{
    CHALLENGE_TRIES, NoSlot, SecondFactorSlot, key as second_factor_key,
    take_slot as take_second_factor_slot,
};
