//! Changing a role.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::description;
use super::writer::Writer;
use crate::audit::Record;
use crate::audit::{AuditEvent, AuditEventName};
use crate::group::GroupsConfig;
use crate::origin::Origin;
use crate::permission::{Catalogue, CustomRoleRow, StandingRows, Statement, permissions_of};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::GroupRow;

/// A change to a role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RoleUpdateCall {
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
    /// What it is for; empty to take it away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What it allows from now on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Vec<Statement>>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum RoleUpdate {
    /// It is changed.
    Done {
        /// What it is for; empty to take it away.
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<String>,
        /// What it allows from now on.
        #[serde(skip_serializing_if = "Option::is_none")]
        permissions: Option<Vec<Statement>>,
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

/// Decides whether a role is changed: who changes it must hold what it allowed
/// and what it will allow.
pub fn update(call: RoleUpdateCall) -> RoleUpdate {
    let record = Record {
        event: AuditEventName::RoleUpdated,
        origin: &call.origin,
        user_id: None,
        actor_id: call.actor.as_ref().map(|actor| actor.user_id.as_str()),
        group_id: call.lineage.first().map(|group| group.id.as_str()),
    };
    match decide(&call) {
        Ok(Change {
            description,
            permissions,
        }) => RoleUpdate::Done {
            description,
            permissions,
            audit: record.done(),
        },
        Err(refusal) => RoleUpdate::Refused {
            audit: record.refused(&refusal),
            refusal,
        },
    }
}

/// What to store.
struct Change {
    description: Option<String>,
    permissions: Option<Vec<Statement>>,
}

fn decide(call: &RoleUpdateCall) -> Result<Change, Refusal> {
    // Without the role, its organization is not known either.
    if call.role.is_none() && call.lineage.is_empty() {
        return Err(ErrorCode::RoleNotFound.into());
    }
    let writer = Writer::new(call.now, &call.config, &call.lineage, call.actor.as_ref())?;
    writer.require("update")?;
    let catalogue = Catalogue::new(call.config.permissions());
    let role = writer.own_role(call.role.as_ref())?;
    writer.require_all(&catalogue.allowed_by(&role.permissions))?;
    let description = call
        .description
        .as_deref()
        .map(description::normalize)
        .transpose()?;
    let permissions = call
        .permissions
        .as_deref()
        .map(|statements| permissions_of(statements, &catalogue))
        .transpose()?;
    if let Some(permissions) = &permissions {
        writer.require_all(permissions)?;
    }
    Ok(Change {
        description,
        permissions: permissions.map(|set| set.statements()),
    })
}
