//! Adding a member.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::admission::{require_no_membership, require_ownable, require_room};
use crate::audit::Record;
use crate::audit::{AuditEvent, AuditEventName};
use crate::group::GroupsConfig;
use crate::origin::Origin;
use crate::permission::{CustomRoleRow, MEMBER, StandingRows, resolve_roles};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::membership_status;
use crate::tree::{ACTIVE, MembershipRow, NewMembership};
use crate::tree::{GroupCounts, GroupRow};

/// A member to add.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct MemberAddCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The group and those above it; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// What the group has already.
    pub counts: GroupCounts,
    /// Who adds; missing when the app does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<StandingRows>,
    /// Who is added.
    pub user_id: String,
    /// Whether there is such a user.
    pub user_exists: bool,
    /// The user's memberships in the group and in those above it.
    pub memberships: Vec<MembershipRow>,
    /// How many groups the user owns, counted up to one more than the limit.
    pub owned_groups: u32,
    /// The roles; `member` when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    /// The organization's own roles of these names.
    pub custom_roles: Vec<CustomRoleRow>,
    /// The status; `active` when missing.
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
pub enum MemberAddition {
    /// The user is a member.
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

/// Decides whether a user becomes a member of a group, and with which roles:
/// never with more than who adds holds.
pub fn add(call: MemberAddCall) -> MemberAddition {
    let record = Record {
        event: AuditEventName::MemberAdded,
        origin: &call.origin,
        user_id: Some(&call.user_id),
        actor_id: call.actor.as_ref().map(|actor| actor.user_id.as_str()),
        group_id: call.lineage.first().map(|group| group.id.as_str()),
    };
    match decide(&call) {
        Ok(membership) => MemberAddition::Done {
            membership,
            audit: record.done(),
        },
        Err(refusal) => MemberAddition::Refused {
            audit: record.refused(&refusal),
            refusal,
        },
    }
}

fn decide(call: &MemberAddCall) -> Result<NewMembership, Refusal> {
    let permissions = call.config.permissions();
    if call.lineage.is_empty() {
        return Err(ErrorCode::GroupNotFound.into());
    }
    // Who may add nobody learns nothing about roles, users and members.
    let actor = call
        .actor
        .as_ref()
        .map(|actor| actor.standing(call.now, permissions, &call.lineage));
    if let Some(actor) = &actor {
        actor.require("member", "create")?;
    }
    let status = membership_status(call.status.as_deref().unwrap_or(ACTIVE))?;
    let default_roles = [MEMBER.to_owned()];
    let names = call.roles.as_deref().unwrap_or(&default_roles);
    let roles = resolve_roles(names, permissions, &call.custom_roles, &call.lineage)?;
    if let Some(actor) = &actor {
        actor.require_grant(&roles)?;
    }
    if !call.user_exists {
        return Err(ErrorCode::UserNotFound.into());
    }
    require_no_membership(&call.memberships, &call.lineage)?;
    require_room(&call.config, &call.lineage, &call.counts)?;
    let membership = NewMembership::new(roles.names, roles.ids, status);
    require_ownable(&membership, call.owned_groups)?;
    Ok(membership)
}
