//! The stored form of an invitation.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::time::UnixMillis;
use crate::token::HashedSecret;

/// What can become of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum InviteStatus {
    /// It waits for an answer.
    Pending,
    /// It was accepted as often as it may be.
    Accepted,
    /// It was taken back.
    Revoked,
    /// Its time is over.
    Expired,
}

/// The columns of a row of the table `GroupInvite` that decisions need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct InviteRow {
    /// The document's id.
    #[serde(rename = "_id")]
    pub id: String,
    /// The group to join.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_id: Option<String>,
    /// Who invites; missing when the app does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invited_by_user_id: Option<String>,
    /// Whom it is for; missing for a link that anybody may use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The roles of the membership.
    pub roles: Vec<String>,
    /// What has become of it.
    pub status: InviteStatus,
    /// Until when it can be accepted.
    pub expires_time: UnixMillis,
    /// How many people may accept it.
    pub max_uses: u32,
    /// How many have.
    pub uses: u32,
    /// When its token was last sent to `email` and shown to nobody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent_time: Option<UnixMillis>,
}

/// An invitation to store, without its group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewInvite {
    /// Who invites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invited_by_user_id: Option<String>,
    /// Whom it is for, normalised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The first role.
    pub role: String,
    /// All roles, each once.
    pub roles: Vec<String>,
    /// Pending.
    pub status: InviteStatus,
    /// Until when it can be accepted.
    pub expires_time: UnixMillis,
    /// How many people may accept it.
    pub max_uses: u32,
    /// None.
    pub uses: u32,
    /// When its token is sent to `email`, if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent_time: Option<UnixMillis>,
    /// What recognises the token.
    pub token_hash: HashedSecret,
}

impl InviteRow {
    /// Whether it still waits for an answer. One whose time is over does not,
    /// even if nobody has noted that yet.
    pub(super) fn is_open(&self, now: UnixMillis) -> bool {
        self.status == InviteStatus::Pending && now < self.expires_time
    }

    /// Whether this user has made it.
    pub(super) fn is_by(&self, user_id: &str) -> bool {
        self.invited_by_user_id.as_deref() == Some(user_id)
    }

    /// Whether its time is over and nobody has noted that yet.
    pub(super) fn is_overdue(&self, now: UnixMillis) -> bool {
        self.status == InviteStatus::Pending && !self.is_open(now)
    }
}
