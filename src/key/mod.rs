//! API keys: what machines sign in with.

mod authorize;
mod config;
mod counter;
mod create;
mod exchange;
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

pub use authorize::{KeyAuthorization, KeyAuthorizeCall, KeyGroup, authorize};
pub use config::{DEFAULT_CONFIGURATION, KeyConfiguration, KeysConfig, MAX_KEYS_PER_OWNER};
pub use counter::KeyCounter;
pub use create::{KeyCreateCall, KeyCreation, KeyOwner, NewApiKey, create};
pub use exchange::{KeyExchange, KeyExchangeCall, exchange, failures_key};
pub use leave::{KeyLeave, KeyLeaveCall, KeyLeaving, leave};
pub use limits::{KeyQuota, KeyRateLimit, RateLimitKind};
pub use mark::KeyMark;
pub use operation::KeyOperation;
pub use revoke::{KeyDeletion, KeyRevocation, remove, revoke};
pub use rotate::{KeyRotateCall, KeyRotation, rotate};
pub use row::ApiKeyRow;
pub use secret::{PresentedKey, present};
pub use terms::KeyTerms;
pub use update::{
    KeyChange, KeyExpiryPatch, KeyLimitsPatch, KeyPatch, KeyPurgePatch, KeyUpdate, KeyUpdateCall,
    RemovableTerm, update,
};
pub use usage::{KeyAllowance, KeyUsage, KeyUsageCall, usage};
pub use verify::{FoundKey, KeyIdentity, KeyVerification, KeyVerifyCall, ReadCounters, verify};

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]
mod tests;
