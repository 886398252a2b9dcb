//! Creating a group.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::GroupsConfig;
use super::fields::GroupFields;
use super::height::HeightWrite;
use super::row::{GroupCounts, GroupRow, NewGroup};
use super::settings::GroupSettings;
use crate::audit::AuditEvent;
use crate::member::NewMembership;
use crate::origin::Origin;
use crate::permission::StandingRows;
use crate::refusal::Refusal;
use crate::time::UnixMillis;

/// A group to create.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct GroupCreateCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The fields, prepared. The name is needed.
    pub fields: GroupFields,
    /// What the organization settles.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<GroupSettings>,
    /// Whether a group above was named.
    pub has_parent: bool,
    /// The group above and those above it; empty if there is none.
    pub parent_lineage: Vec<GroupRow>,
    /// What the group above has.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_counts: Option<GroupCounts>,
    /// Who creates it, with the standing in the group above; missing when the
    /// app does.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<StandingRows>,
    /// How many groups the actor owns, counted up to one more than the limit.
    pub owned_groups: u32,
    /// Whether a group beside it has or had the slug.
    pub slug_taken: bool,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum GroupCreation {
    /// It is created.
    Done {
        /// The group to store.
        group: NewGroup,
        /// The actor's membership in a new organization.
        #[tsify(optional)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<NewMembership>,
        /// Groups above that are higher now.
        heights: Vec<HeightWrite>,
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

/// Decides whether a group is created. Whoever creates an organization owns it.
pub fn create(call: GroupCreateCall) -> GroupCreation {
    todo!()
}
