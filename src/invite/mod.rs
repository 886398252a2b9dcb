//! Invitations to groups.

mod accept;
mod create;
mod inviter;
mod limits;
mod renew;
mod revoke;
mod row;
mod terms;
mod token;

pub use accept::{InviteAcceptCall, InviteAcceptance, InviteCredential, accept};
pub use create::{InviteCreateCall, InviteCreation, InviteInput, create};
pub use limits::{InviteLimitKeys, InviteLimits, keys as limit_keys};
pub use renew::{InviteRenewCall, InviteRenewal, renew};
pub use revoke::{InviteRevocation, InviteRevokeCall, revoke};
pub use row::{InviteRow, InviteStatus, NewInvite};
pub use token::{PreparedEmail, PresentedInvite, prepare_email, present};

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
