//! Making an invitation.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::limits::InviteLimits;
use super::row::{InviteRow, NewInvite};
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

/// What an invitation is to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct InviteInput {
    /// Whom it is for, prepared; missing for a link that anybody may use.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The roles of the membership; `member` when missing.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    /// Until when it can be accepted; the organization's lifetime when missing.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_time: Option<UnixMillis>,
    /// How many people may accept it: one by default, and always with an address.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<f64>,
}

/// An invitation to make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct InviteCreateCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// What it is to be.
    pub input: InviteInput,
    /// Whether it is to a group, and not to the app alone.
    pub has_group: bool,
    /// The group and those above it; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// What the group has.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<GroupCounts>,
    /// Who invites; missing when the app does.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inviter: Option<StandingRows>,
    /// The organization's own roles of these names.
    pub custom_roles: Vec<CustomRoleRow>,
    /// Pending invitations of the address to the group.
    pub duplicates: Vec<InviteRow>,
    /// Pending invitations to the group whose time is over.
    pub overdue: Vec<InviteRow>,
    /// The membership of the user with this proved address, if there is one.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitee_membership: Option<MembershipRow>,
    /// If it is to be sent by e-mail: the limits of that.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<InviteLimits>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum InviteCreation {
    /// It is made.
    Done {
        /// The invitation to store.
        invite: NewInvite,
        /// The token, which is not stored.
        token: String,
        /// Invitations whose time is over.
        expired: Vec<String>,
        /// Counters to store.
        limits: Vec<LimitWrite>,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
        /// Invitations whose time is over.
        expired: Vec<String>,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
}

/// Decides whether somebody is invited: never with more than who invites holds.
pub fn create(call: InviteCreateCall, entropy: &mut Entropy) -> InviteCreation {
    todo!()
}
