//! Giving an invitation a new token.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::inviter::{Inviter, roles_now};
use super::limits::InviteLimits;
use super::row::InviteRow;
use super::terms;
use super::token;
use crate::audit::Record;
use crate::audit::{AuditEvent, AuditEventName};
use crate::entropy::Entropy;
use crate::group::GroupsConfig;
use crate::limiter::LimitWrite;
use crate::origin::Origin;
use crate::permission::{CustomRoleRow, StandingRows};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::token::HashedSecret;
use crate::tree::GroupRow;

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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invite: Option<InviteRow>,
    /// The group and those above it; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// Who does it; missing when the app does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<StandingRows>,
    /// Who has invited; missing when the app has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inviter: Option<StandingRows>,
    /// The organization's own roles of these names.
    pub custom_roles: Vec<CustomRoleRow>,
    /// If it is to be sent by e-mail: the limits of that.
    #[serde(skip_serializing_if = "Option::is_none")]
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
        /// When the token is sent to the address and shown to nobody else. If
        /// missing, the stored time goes: this token proves no address.
        #[serde(skip_serializing_if = "Option::is_none")]
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
/// Both who does it and who has invited must be allowed to invite with its roles.
pub fn renew(call: InviteRenewCall, entropy: &mut Entropy) -> InviteRenewal {
    let record = Record {
        event: AuditEventName::InviteRenewed,
        origin: &call.origin,
        user_id: None,
        actor_id: call.actor.as_ref().map(|actor| actor.user_id.as_str()),
        group_id: call.lineage.first().map(|group| group.id.as_str()),
    };
    match decide(&call) {
        Ok((expires_time, limits)) => {
            let (token, token_hash) = token::mint(entropy);
            InviteRenewal::Done {
                token,
                token_hash,
                expires_time,
                sent_time: call.limits.is_some().then_some(call.now),
                limits,
                audit: record.done(),
            }
        }
        Err(refusal) => InviteRenewal::Refused {
            audit: record.refused(&refusal),
            refusal,
        },
    }
}

fn decide(call: &InviteRenewCall) -> Result<(UnixMillis, Vec<LimitWrite>), Refusal> {
    let permissions = call.config.permissions();
    let lineage = call.lineage.as_slice();
    let invite = call.invite.as_ref().ok_or(ErrorCode::InviteNotFound)?;
    let to_group = invite.group_id.is_some();
    if to_group && lineage.is_empty() {
        return Err(ErrorCode::GroupNotFound.into());
    }
    let actor = call
        .actor
        .as_ref()
        .map(|rows| Inviter::of(rows, call.now, permissions, lineage, to_group));
    if let (Some(rows), Some(actor)) = (&call.actor, &actor) {
        actor.require()?;
        // Without a group there are no permissions, and only who made it may.
        if !to_group && !invite.is_by(&rows.user_id) {
            return Err(ErrorCode::Forbidden.into());
        }
    }
    if !invite.is_open(call.now) {
        return Err(ErrorCode::InviteNotPending.into());
    }
    let roles = roles_now(
        invite,
        call.inviter.as_ref(),
        call.now,
        permissions,
        &call.custom_roles,
        lineage,
    )?;
    if let Some(actor) = &actor {
        actor.require_grant(&roles)?;
    }
    let limits = terms::count_sent(call.limits.as_ref(), invite.email.as_deref(), call.now)?;
    let lifetime = call.config.settings_of(lineage).invite_lifetime;
    let fresh = call.now.plus(lifetime);
    // A longer time that the app has chosen stays.
    let expires_time = if invite.expires_time > fresh {
        invite.expires_time
    } else {
        fresh
    };
    Ok((expires_time, limits))
}
