//! Codes by e-mail or text message as a second factor: addresses that a user has
//! enrolled for it, and proved.
//!
//! A code is never offered because the app can send one, but only to who has
//! enrolled the address: otherwise the weakest factor would be everybody's.

mod confirm;
mod enroll;
mod kind;
mod remove;
mod row;
mod send;
#[cfg(test)]
mod tests;

pub use confirm::{CodeFactorConfirmCall, confirm};
pub use enroll::{CodeFactorAddress, CodeFactorEnrollCall, CodeFactorEnrollment, address, enroll};
pub use kind::CodeFactorKind;
pub use remove::{CodeFactorRemoveCall, remove};
pub(crate) use row::hash;
pub use row::{CodeFactorPatch, CodeFactorRow};
pub use send::{SendCodeAddress, SendCodeAnswer, SendCodeCall, send, send_address};
