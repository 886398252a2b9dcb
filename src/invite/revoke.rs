//! Taking back an invitation.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::inviter::is_welcome;
use super::row::InviteRow;
use crate::audit::Record;
use crate::audit::{AuditEvent, AuditEventName};
use crate::group::GroupsConfig;
use crate::origin::Origin;
use crate::permission::StandingRows;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::GroupRow;

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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invite: Option<InviteRow>,
    /// The group and those above it; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// Who does it; missing when the app does.
    #[serde(skip_serializing_if = "Option::is_none")]
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

/// Decides whether an invitation is taken back. Whoever made it always may, and
/// does not have to hold anything for it.
pub fn revoke(call: InviteRevokeCall) -> InviteRevocation {
    let record = Record {
        event: AuditEventName::InviteRevoked,
        origin: &call.origin,
        user_id: None,
        actor_id: call.actor.as_ref().map(|actor| actor.user_id.as_str()),
        group_id: call.lineage.first().map(|group| group.id.as_str()),
    };
    match decide(&call) {
        Ok(()) => InviteRevocation::Done {
            audit: record.done(),
        },
        Err(refusal) => InviteRevocation::Refused {
            audit: record.refused(&refusal),
            refusal,
        },
    }
}

fn decide(call: &InviteRevokeCall) -> Result<(), Refusal> {
    let lineage = call.lineage.as_slice();
    let invite = call.invite.as_ref().ok_or(ErrorCode::InviteNotFound)?;
    let to_group = invite.group_id.is_some();
    if to_group && lineage.is_empty() {
        return Err(ErrorCode::GroupNotFound.into());
    }
    if let Some(rows) = &call.actor {
        let made_it = invite.is_by(&rows.user_id) && is_welcome(rows, call.now);
        if !made_it && to_group {
            let permissions = call.config.permissions();
            let actor = rows.standing(call.now, permissions, lineage);
            actor.require("invitation", "cancel")?;
        } else if !made_it {
            return Err(ErrorCode::Forbidden.into());
        }
    }
    if invite.is_open(call.now) {
        Ok(())
    } else {
        Err(ErrorCode::InviteNotPending.into())
    }
}
