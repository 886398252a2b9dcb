//! Time-based one-time passwords (RFC 6238): the codes of authenticator apps.

mod code;
mod hotp;
mod key_uri;
mod parameters;
mod secret;
mod verify;

#[cfg(test)]
mod tests;

pub use code::TotpCode;
pub use hotp::{hmac, hotp};
pub use key_uri::key_uri;
pub use parameters::{TotpAlgorithm, TotpDigits, TotpParameters, TotpPeriod};
pub use secret::TotpSecret;
pub use verify::{matching_step, time_step};
