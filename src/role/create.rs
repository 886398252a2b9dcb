//! Making a role.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::description;
use super::writer::Writer;
use crate::audit::Record;
use crate::audit::{AuditEvent, AuditEventName};
use crate::group::GroupsConfig;
use crate::origin::Origin;
use crate::permission::{Catalogue, RoleName, StandingRows, Statement, permissions_of};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::{GroupCounts, GroupRow};

/// A role to make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RoleCreateCall {
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
    /// What the organization has.
    pub counts: GroupCounts,
    /// The name.
    pub role: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What it allows.
    pub permissions: Vec<Statement>,
    /// Whether the organization has a role with the name in lower case.
    pub exists: bool,
}

/// A role to store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewRole {
    /// The name.
    pub role: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What it allows, each resource and action once.
    pub permissions: Vec<Statement>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum RoleCreation {
    /// It is made.
    Done {
        /// The role to store.
        role: NewRole,
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

/// Decides whether a role is made: never with more than who makes it holds.
pub fn create(call: RoleCreateCall) -> RoleCreation {
    let record = Record {
        event: AuditEventName::RoleCreated,
        origin: &call.origin,
        user_id: None,
        actor_id: call.actor.as_ref().map(|actor| actor.user_id.as_str()),
        group_id: call.lineage.first().map(|group| group.id.as_str()),
    };
    match decide(&call) {
        Ok(role) => RoleCreation::Done {
            role,
            audit: record.done(),
        },
        Err(refusal) => RoleCreation::Refused {
            audit: record.refused(&refusal),
            refusal,
        },
    }
}

fn decide(call: &RoleCreateCall) -> Result<NewRole, Refusal> {
    let writer = Writer::new(call.now, &call.config, &call.lineage, call.actor.as_ref())?;
    // Before anything else, so that who may not make roles learns nothing about
    // those that there are.
    writer.require("create")?;
    let catalogue = Catalogue::new(call.config.permissions());
    let role = RoleName::normalize(&call.role)?.into_string();
    let description = call
        .description
        .as_deref()
        .map(description::normalize)
        .transpose()?
        .filter(|text| !text.is_empty());
    let permissions = permissions_of(&call.permissions, &catalogue)?;
    writer.require_all(&permissions)?;
    if call.exists || catalogue.role(&role).is_some() {
        return Err(ErrorCode::RoleAlreadyExists.into());
    }
    if call.counts.roles >= call.config.settings_of(&call.lineage).role_limit {
        return Err(ErrorCode::RoleLimitReached.into());
    }
    Ok(NewRole {
        role,
        description,
        permissions: permissions.statements(),
    })
}
