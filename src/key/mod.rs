//! API keys: what machines sign in with.

mod authorize;
mod config;
mod counter;
mod create;
mod exchange;
mod found;
mod granted;
mod leave;
mod limits;
mod mark;
mod operation;
mod record;
mod revoke;
mod rotate;
mod row;
mod scopes;
mod secret;
mod terms;
mod update;
mod usable;
mod usage;
mod verify;
mod writer;

pub use authorize::{KeyAuthorization, KeyAuthorizeCall, authorize};
pub use counter::KeyUsage;
pub use create::{KeyCreateCall, KeyCreation, create};
pub use exchange::{KeyExchange, KeyExchangeCall, exchange, failures_key};
pub use leave::{KeyLeave, KeyLeaveCall, leave};
pub use operation::KeyOperation;
pub use revoke::{KeyDeletion, KeyRevocation, remove, revoke};
pub use rotate::{KeyRotateCall, KeyRotation, rotate};
pub use secret::{PresentedKey, present};
pub use update::{KeyUpdate, KeyUpdateCall, update};
pub use usage::{KeyUsageCall, usage};
pub use verify::{KeyVerification, KeyVerifyCall, verify};

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]
mod tests;
