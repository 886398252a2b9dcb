//! Deleting a group.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::GroupsConfig;
use super::height::{self, ChildHeights, HeightWrite};
use super::place;
use crate::audit::Record;
use crate::audit::{AuditEvent, AuditEventName};
use crate::origin::Origin;
use crate::permission::StandingRows;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::{GroupCounts, GroupRow};

/// A group to delete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct GroupDeleteCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The group and those above it; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// What the group has.
    pub counts: GroupCounts,
    /// What the group above has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_counts: Option<GroupCounts>,
    /// The highest groups right below each group above.
    pub children: Vec<ChildHeights>,
    /// Who deletes it; missing when the app does.
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
pub enum GroupDeletion {
    /// It is deleted.
    Done {
        /// Since when it is invisible.
        deleted_time: UnixMillis,
        /// When its rows begin to be removed: now, or after the grace period.
        due_time: UnixMillis,
        /// Groups above that are lower now.
        heights: Vec<HeightWrite>,
        /// By how many the teams below the group above change.
        parent_teams: i32,
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

/// Decides whether a group is deleted, with all below.
pub fn delete(call: GroupDeleteCall) -> GroupDeletion {
    let record = Record {
        event: AuditEventName::GroupDeleted,
        origin: &call.origin,
        user_id: None,
        actor_id: call.actor.as_ref().map(|actor| actor.user_id.as_str()),
        group_id: call.lineage.first().map(|group| group.id.as_str()),
    };
    match decide(&call) {
        Ok((due_time, parent_teams)) => GroupDeletion::Done {
            deleted_time: call.now,
            due_time,
            heights: height::after_deletion(&call.lineage, &call.children),
            parent_teams,
            audit: record.done(),
        },
        Err(refusal) => GroupDeletion::Refused {
            audit: record.refused(&refusal),
            refusal,
        },
    }
}

fn decide(call: &GroupDeleteCall) -> Result<(UnixMillis, i32), Refusal> {
    let group = place::find(&call.lineage)?;
    let is_root = group.parent_group_id.is_none();
    if let Some(actor) = &call.actor {
        let resource = if is_root { "organization" } else { "team" };
        actor
            .standing(call.now, call.config.permissions(), &call.lineage)
            .require(resource, "delete")?;
    }
    if is_root {
        let settings = call.config.settings_of(&call.lineage);
        if settings.deletion_protection && call.counts.members > 1 {
            return Err(ErrorCode::GroupHasMembers.into());
        }
        return Ok((call.now.plus(settings.deletion_grace), 0));
    }
    if group.is_team() {
        place::require_other_team(&call.config, &call.lineage, call.parent_counts.as_ref())?;
    }
    Ok((call.now, -i32::from(group.is_team())))
}
