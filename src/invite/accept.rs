//! Accepting an invitation.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::limits::InviteLimits;
use super::row::{InviteRow, InviteStatus};
use crate::audit::AuditEvent;
use crate::entropy::Entropy;
use crate::group::{GroupCounts, GroupRow, GroupsConfig};
use crate::limiter::LimitWrite;
use crate::member::{MembershipRow, NewMembership};
use crate::origin::Origin;
use crate::permission::{CustomRoleRow, StandingRows};
use crate::refusal::Refusal;
use crate::time::{Millis, UnixMillis};
use crate::token::HashedSecret;
use crate::user::UserRow;

/// By what the invitation was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum InviteCredential {
    /// By its token.
    Token,
    /// By its id, which proves nothing.
    Id,
}

/// An invitation to accept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct InviteAcceptCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// By what it was found.
    pub credential: InviteCredential,
    /// The invitation, if there is one.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invite: Option<InviteRow>,
    /// Who accepts, if there is such a user.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRow>,
    /// Whether nobody was named who accepts: then the app notes that it was
    /// accepted, and nobody becomes a member.
    pub is_anonymous: bool,
    /// Whether this user has accepted it before.
    pub has_accepted: bool,
    /// The group and those above it; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// What the group has.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<GroupCounts>,
    /// The user's membership in the group, if there is one.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub existing: Option<MembershipRow>,
    /// How many groups the user owns, counted up to one more than the limit.
    pub owned_groups: u32,
    /// Who invites, if a user does.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inviter: Option<StandingRows>,
    /// The organization's own roles of the invitation's names.
    pub custom_roles: Vec<CustomRoleRow>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum InviteAcceptance {
    /// It is accepted.
    Done {
        /// The membership to store, if the invitation is to a group.
        #[tsify(optional)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        membership: Option<NewMembership>,
        /// How many have accepted it now.
        uses: u32,
        /// What has become of it.
        status: InviteStatus,
        /// When the address was proved, if it is by this.
        #[tsify(optional)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        email_verification_time: Option<UnixMillis>,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
    /// The same user has accepted it before; nothing changes.
    Repeated,
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
        /// Whether its time is over.
        expired: bool,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
}

/// Decides whether a user accepts an invitation.
pub fn accept(call: InviteAcceptCall) -> InviteAcceptance {
    todo!()
}
