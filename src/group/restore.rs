//! Restoring a deleted organization.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::GroupsConfig;
use crate::audit::Record;
use crate::audit::{AuditEvent, AuditEventName};
use crate::origin::Origin;
use crate::permission::StandingRows;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::GroupRow;

/// A deleted organization to restore.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct GroupRestoreCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The organization, if its row is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupRow>,
    /// Whether the removal of its rows has not begun.
    pub is_waiting: bool,
    /// Who restores it; missing when the app does.
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
pub enum GroupRestoration {
    /// It is there again.
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

/// Decides whether a deleted organization is restored: while its grace period
/// lasts, by the app or an owner.
pub fn restore(call: GroupRestoreCall) -> GroupRestoration {
    let record = Record {
        event: AuditEventName::GroupRestored,
        origin: &call.origin,
        user_id: None,
        actor_id: call.actor.as_ref().map(|actor| actor.user_id.as_str()),
        group_id: call.group.as_ref().map(|group| group.id.as_str()),
    };
    match decide(&call) {
        Ok(()) => GroupRestoration::Done {
            audit: record.done(),
        },
        Err(refusal) => GroupRestoration::Refused {
            audit: record.refused(&refusal),
            refusal,
        },
    }
}

fn decide(call: &GroupRestoreCall) -> Result<(), Refusal> {
    let group = call
        .group
        .as_ref()
        .filter(|group| group.deleted_time.is_some() && call.is_waiting)
        .ok_or(ErrorCode::GroupNotFound)?;
    let Some(actor) = &call.actor else {
        return Ok(());
    };
    // The owners are still who they were: a standing does not ask whether the
    // organization is deleted.
    let organization = core::slice::from_ref(group);
    let standing = actor.standing(call.now, call.config.permissions(), organization);
    if standing.is_owner() {
        return Ok(());
    }
    Err(match standing.block() {
        Some(code) => code.into(),
        None => Refusal::with_message(
            ErrorCode::Forbidden,
            "you are not allowed to do this: only owners restore an organization".to_owned(),
        ),
    })
}
