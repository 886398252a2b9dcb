//! Removing a member.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::last_owner::{organization, require_owner_left};
use crate::audit::Record;
use crate::audit::{AuditEvent, AuditEventName};
use crate::group::GroupsConfig;
use crate::origin::Origin;
use crate::permission::{CustomRoleRow, StandingRows, held_roles};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::GroupRow;
use crate::tree::MembershipRow;

/// Where another membership of the user is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct MembershipPlace {
    /// The membership.
    pub membership_id: String,
    /// Its group and those above it.
    pub lineage_ids: Vec<String>,
}

/// A member to remove.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct MemberRemoveCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The group and those above it; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// Who removes; missing when the app does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<StandingRows>,
    /// The membership, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub membership: Option<MembershipRow>,
    /// The roles that the membership names by id.
    pub membership_roles: Vec<CustomRoleRow>,
    /// Whether another member owns the group.
    pub has_other_owner: bool,
    /// The user's other memberships, when the group is an organization.
    pub places: Vec<MembershipPlace>,
    /// Whether these are all of them.
    pub places_complete: bool,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum MemberRemoval {
    /// The user is no longer a member.
    Done {
        /// The memberships to delete, in the group and in those below. None if
        /// there are more of them than were read.
        memberships: Vec<String>,
        /// If there are more of them than were read: when the removal began. The
        /// membership itself stays with this time, owning nothing, until a job
        /// has deleted those below.
        #[serde(skip_serializing_if = "Option::is_none")]
        removed_time: Option<UnixMillis>,
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

/// Decides whether a user leaves a group, alone or by another's hand. Who leaves
/// an organization leaves all groups below it.
pub fn remove(call: MemberRemoveCall) -> MemberRemoval {
    let record = Record {
        event: AuditEventName::MemberRemoved,
        origin: &call.origin,
        user_id: call.membership.as_ref().map(|row| row.user_id.as_str()),
        actor_id: call.actor.as_ref().map(|actor| actor.user_id.as_str()),
        group_id: call.lineage.first().map(|group| group.id.as_str()),
    };
    match decide(&call) {
        Ok(memberships) => MemberRemoval::Done {
            removed_time: memberships.is_none().then_some(call.now),
            memberships: memberships.unwrap_or_default(),
            audit: record.done(),
        },
        Err(refusal) => MemberRemoval::Refused {
            audit: record.refused(&refusal),
            refusal,
        },
    }
}

/// The memberships to delete; nothing if not all of them were read.
fn decide(call: &MemberRemoveCall) -> Result<Option<Vec<String>>, Refusal> {
    let permissions = call.config.permissions();
    let lineage = call.lineage.as_slice();
    let membership = MembershipRow::visible(call.membership.as_ref(), lineage)
        .ok_or(ErrorCode::MemberNotFound)?;
    // Everybody may leave, and needs to hold nothing for it.
    let others = call
        .actor
        .as_ref()
        .filter(|actor| actor.user_id != membership.user_id);
    if let Some(actor) = others {
        let actor = actor.standing(call.now, permissions, lineage);
        actor.require("member", "delete")?;
        let held = held_roles(membership, permissions, &call.membership_roles, lineage);
        actor.require_grant(&held)?;
    }
    require_owner_left(membership, lineage, call.has_other_owner)?;
    let itself = [membership.id.clone()];
    let Some(organization) = organization(lineage) else {
        return Ok(Some(itself.into()));
    };
    if !call.places_complete {
        return Ok(None);
    }
    let below = call.places.iter().filter(|place| {
        place.membership_id != membership.id && place.lineage_ids.contains(&organization.id)
    });
    let below = below.map(|place| place.membership_id.clone());
    Ok(Some(itself.into_iter().chain(below).collect()))
}
