//! Restoring a deleted organization.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::GroupsConfig;
use super::row::GroupRow;
use crate::audit::AuditEvent;
use crate::origin::Origin;
use crate::permission::StandingRows;
use crate::refusal::Refusal;
use crate::time::UnixMillis;

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
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupRow>,
    /// Whether the removal of its rows has not begun.
    pub is_waiting: bool,
    /// Who restores it; missing when the app does.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
    todo!()
}
