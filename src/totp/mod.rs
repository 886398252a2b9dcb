//! Time-based one-time passwords (RFC 6238): the codes of authenticator apps.
//!
//! A secret is made and shown once, to be proved with a first code; from then
//! on each time step's code works once.

mod code;
mod confirm;
mod enroll;
mod hotp;
mod key_uri;
mod parameters;
mod remove;
mod row;
mod secret;
mod verify;

#[cfg(test)]
mod tests;

pub use code::{TotpCode, TotpCodeError};
pub use confirm::{TotpConfirmCall, confirm};
pub use enroll::{TotpConfig, TotpEnrollCall, TotpEnrollment, enroll};
pub use hotp::{hmac, hotp};
pub use key_uri::{KeyUriError, key_uri};
pub use parameters::{TotpAlgorithm, TotpDigits, TotpParameters, TotpPeriod};
pub use remove::{TotpRemoveCall, remove};
pub(crate) use row::OpenedTotpSecret;
pub use row::{NewTotpFactor, PENDING_LIFETIME, TotpFactorPatch, TotpFactorRow};
pub use secret::TotpSecret;
pub use verify::{matching_step, time_step};
