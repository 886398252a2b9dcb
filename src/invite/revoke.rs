//! Taking back an invitation.

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

/// An invitation to take back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct InviteRevokeCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The invitation, if there is one.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invite: Option<InviteRow>,
    /// The group and those above it; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// Who does it; missing when the app does.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<StandingRows>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum InviteRevocation {
    /// It is taken back.
    Done {
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
}

/// Decides whether an invitation is taken back. Whoever made it always may.
pub fn revoke(call: InviteRevokeCall) -> InviteRevocation {
    todo!()
}
