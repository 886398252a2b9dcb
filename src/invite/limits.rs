//! How many invitations may be sent.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::limiter::{LimitEntry, LimitWrite};
use crate::origin::Origin;
use crate::time::{Millis, UnixMillis};

/// The keys of the rows that sending an invitation reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct InviteLimitKeys {
    /// E-mails to the address.
    pub send_to: String,
    /// E-mails asked for by the network.
    pub send_from: String,
    /// Invitations sent by the inviter, or by the app.
    pub send_by: String,
}

/// The rows that sending an invitation reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct InviteLimits {
    /// E-mails to the address.
    pub send_to: LimitEntry,
    /// E-mails asked for by the network.
    pub send_from: LimitEntry,
    /// Invitations sent by the inviter, or by the app.
    pub send_by: LimitEntry,
}

/// The keys for an invitation of `email` by `inviter`.
pub fn keys(email: &str, inviter: Option<&str>, origin: &Origin) -> InviteLimitKeys {
    todo!()
}

impl InviteLimits {
    /// Counts one invitation.
    ///
    /// # Errors
    /// The time to wait; nothing is counted then.
    pub fn send(&self, now: UnixMillis) -> Result<Vec<LimitWrite>, Millis> {
        todo!()
    }
}
