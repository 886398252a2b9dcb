//! Giving an invitation a new token.

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

/// An invitation to send again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct InviteRenewCall {
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
    /// Who has invited; missing when the app has.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inviter: Option<StandingRows>,
    /// The organization's own roles of these names.
    pub custom_roles: Vec<CustomRoleRow>,
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
pub enum InviteRenewal {
    /// It has a new token.
    Done {
        /// The token, which is not stored.
        token: String,
        /// What recognises it.
        token_hash: HashedSecret,
        /// Until when it can be accepted.
        expires_time: UnixMillis,
        /// When the token is sent to the address and shown to nobody else.
        #[tsify(optional)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sent_time: Option<UnixMillis>,
        /// Counters to store.
        limits: Vec<LimitWrite>,
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

/// Decides whether a pending invitation gets a new token. The one before is void.
pub fn renew(call: InviteRenewCall, entropy: &mut Entropy) -> InviteRenewal {
    todo!()
}
