//! Authenticator apps as second factors.
//!
//! A secret is made and shown once, to be proved with a first code; from then
//! on each time step's code works once.

mod confirm;
mod enroll;
mod remove;
mod row;

#[cfg(test)]
mod tests;

pub use confirm::{TotpConfirmCall, confirm};
pub use enroll::{TotpEnrollCall, TotpEnrollment, enroll};
pub use remove::{TotpRemoveCall, remove};
pub(crate) use row::OpenedTotpSecret;
pub use row::{TotpFactorPatch, TotpFactorRow};
