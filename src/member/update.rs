//! Changing a membership.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::admission::require_ownable;
use super::last_owner::require_owner_left;
use crate::audit::Record;
use crate::audit::{AuditEvent, AuditEventName};
use crate::group::GroupsConfig;
use crate::origin::Origin;
use crate::permission::{CustomRoleRow, StandingRows, held_roles, resolve_roles};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::GroupRow;
use crate::tree::membership_status;
use crate::tree::{ACTIVE, MembershipRow, NewMembership};

/// A change to a membership.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct MemberUpdateCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The group and those above it; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// Who changes it; missing when the app does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<StandingRows>,
    /// The membership, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub membership: Option<MembershipRow>,
    /// The roles that the membership names by id.
    pub membership_roles: Vec<CustomRoleRow>,
    /// Whether another member owns the group.
    pub has_other_owner: bool,
    /// How many groups the user owns, counted up to one more than the limit.
    pub owned_groups: u32,
    /// The new roles, if they change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    /// The organization's own roles of these names.
    pub custom_roles: Vec<CustomRoleRow>,
    /// The new status, if it changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum MemberUpdate {
    /// It is changed.
    Done {
        /// The membership to store.
        membership: NewMembership,
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

/// Decides whether a membership gets other roles or another status. Who changes
/// it must hold what it allowed and what it will allow.
pub fn update(call: MemberUpdateCall) -> MemberUpdate {
    let record = Record {
        event: AuditEventName::MemberUpdated,
        origin: &call.origin,
        user_id: call.membership.as_ref().map(|row| row.user_id.as_str()),
        actor_id: call.actor.as_ref().map(|actor| actor.user_id.as_str()),
        group_id: call.lineage.first().map(|group| group.id.as_str()),
    };
    match decide(&call) {
        Ok(membership) => MemberUpdate::Done {
            membership,
            audit: record.done(),
        },
        Err(refusal) => MemberUpdate::Refused {
            audit: record.refused(&refusal),
            refusal,
        },
    }
}

fn decide(call: &MemberUpdateCall) -> Result<NewMembership, Refusal> {
    let permissions = call.config.permissions();
    let lineage = call.lineage.as_slice();
    let before = MembershipRow::visible(call.membership.as_ref(), lineage)
        .ok_or(ErrorCode::MemberNotFound)?;
    let held = held_roles(before, permissions, &call.membership_roles, lineage);
    let actor = call
        .actor
        .as_ref()
        .map(|rows| (rows, rows.standing(call.now, permissions, lineage)));
    if let Some((rows, actor)) = &actor {
        actor.require("member", "update")?;
        if rows.user_id != before.user_id {
            actor.require_grant(&held)?;
        }
    }
    let status = match &call.status {
        Some(status) => membership_status(status)?,
        None => before.status.clone(),
    };
    let activates = status == ACTIVE && before.status != ACTIVE;
    let (given, membership) = match &call.roles {
        Some(names) => {
            let roles = resolve_roles(names, permissions, &call.custom_roles, lineage)?;
            (
                Some(roles.clone()),
                NewMembership::new(roles.names, roles.ids, status),
            )
        }
        // Roles that did not count and do now are given, too.
        None => (activates.then_some(held), before.with_status(status)),
    };
    if let (Some((_, actor)), Some(given)) = (&actor, &given) {
        actor.require_grant(given)?;
    }
    if !membership.is_owner {
        require_owner_left(before, lineage, call.has_other_owner)?;
    }
    if !before.is_owner() {
        require_ownable(&membership, call.owned_groups)?;
    }
    Ok(membership)
}
