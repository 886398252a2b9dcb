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

#[cfg(test)]
pub(crate) use accept::InviteCredential;
pub use accept::{InviteAcceptCall, InviteAcceptance, accept};
pub use create::{InviteCreateCall, InviteCreation, create};
#[cfg(test)]
pub(crate) use limits::InviteLimits;
pub use limits::{InviteLimitKeys, keys as limit_keys};
pub use renew::{InviteRenewCall, InviteRenewal, renew};
pub use revoke::{InviteRevocation, InviteRevokeCall, revoke};
#[cfg(test)]
pub(crate) use row::{InviteRow, InviteStatus};
#[cfg(test)]
pub(crate) use terms::InviteInput;
pub use token::{PreparedEmail, PresentedInvite, prepare_email, present};

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
