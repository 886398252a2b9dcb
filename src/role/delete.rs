//! Deleting a role.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::writer::Writer;
use crate::audit::Record;
use crate::audit::{AuditEvent, AuditEventName};
use crate::group::GroupsConfig;
use crate::origin::Origin;
use crate::permission::{Catalogue, CustomRoleRow, StandingRows};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::GroupRow;

/// A role to delete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RoleDeleteCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The organization, alone; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// Who does it; missing when the app does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<StandingRows>,
    /// The role, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<CustomRoleRow>,
    /// Whether a member has it.
    pub is_assigned: bool,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum RoleDeletion {
    /// It is deleted.
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

/// Decides whether a role is deleted: not while somebody has it, and not by who
/// holds less than it allows.
pub fn delete(call: RoleDeleteCall) -> RoleDeletion {
    let record = Record {
        event: AuditEventName::RoleDeleted,
        origin: &call.origin,
        user_id: None,
        actor_id: call.actor.as_ref().map(|actor| actor.user_id.as_str()),
        group_id: call.lineage.first().map(|group| group.id.as_str()),
    };
    match decide(&call) {
        Ok(()) => RoleDeletion::Done {
            audit: record.done(),
        },
        Err(refusal) => RoleDeletion::Refused {
            audit: record.refused(&refusal),
            refusal,
        },
    }
}

fn decide(call: &RoleDeleteCall) -> Result<(), Refusal> {
    // Without the role, its organization is not known either.
    if call.role.is_none() && call.lineage.is_empty() {
        return Err(ErrorCode::RoleNotFound.into());
    }
    let writer = Writer::new(call.now, &call.config, &call.lineage, call.actor.as_ref())?;
    writer.require("delete")?;
    let role = writer.own_role(call.role.as_ref())?;
    let catalogue = Catalogue::new(call.config.permissions());
    writer.require_all(&catalogue.allowed_by(&role.permissions))?;
    if call.is_assigned {
        return Err(ErrorCode::RoleInUse.into());
    }
    Ok(())
}
