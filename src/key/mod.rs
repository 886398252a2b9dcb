//! API keys: what machines sign in with.

mod config;
mod counter;
mod create;
mod exchange;
mod granted;
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
mod verify;
mod writer;

pub use config::{DEFAULT_CONFIGURATION, KeyConfiguration, KeysConfig, MAX_KEYS_PER_OWNER};
pub use counter::KeyCounter;
pub use create::{KeyCreateCall, KeyCreation, KeyOwner, NewApiKey, create};
pub use exchange::{KeyExchange, KeyExchangeCall, exchange, failures_key};
pub use limits::{KeyQuota, KeyRateLimit, RateLimitKind};
pub use mark::KeyMark;
pub use operation::KeyOperation;
pub use revoke::{KeyDeletion, KeyRevocation, remove, revoke};
pub use rotate::{KeyRotateCall, KeyRotation, rotate};
pub use row::ApiKeyRow;
pub use secret::{PresentedKey, present};
pub use terms::KeyTerms;
pub use update::{
    KeyChange, KeyExpiryPatch, KeyLimitsPatch, KeyPatch, KeyUpdate, KeyUpdateCall, RemovableTerm,
    update,
};
pub use verify::{
    FoundKey, KeyIdentity, KeyVerification, KeyVerifyCall, ReadCounters, last_used_at, verify,
};

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]
mod tests;
