//! What is asked of a permission check.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::set::PermissionSet;

/// How several things are asked for together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
pub enum Connector {
    /// All of them.
    #[serde(rename = "AND")]
    And,
    /// At least one of them.
    #[serde(rename = "OR")]
    Or,
}

/// Actions on one resource that somebody wants to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RequestedResource {
    /// The resource.
    pub resource: String,
    /// The actions.
    pub actions: Vec<String>,
    /// Whether all actions are needed, which is the default, or one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connector: Option<Connector>,
}

/// What somebody wants to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PermissionRequest {
    /// The resources with their actions.
    pub resources: Vec<RequestedResource>,
    /// Whether all resources are needed, which is the default, or one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connector: Option<Connector>,
}

impl Connector {
    /// Whether all of `parts` hold, or at least one of them does.
    fn joins(self, mut parts: impl Iterator<Item = bool>) -> bool {
        match self {
            Connector::And => parts.all(|holds| holds),
            Connector::Or => parts.any(|holds| holds),
        }
    }
}

impl PermissionRequest {
    /// Whether `held` is enough for what is asked.
    ///
    /// Who asks for nothing gets nothing: a request without resources, or with
    /// a resource without actions, is refused as a whole. It is a mistake of
    /// whoever wrote it, and "all of nothing" must not open a door.
    pub fn is_covered_by(&self, held: &PermissionSet) -> bool {
        let asks_for_nothing = self.resources.is_empty()
            || self
                .resources
                .iter()
                .any(|requested| requested.actions.is_empty());
        !asks_for_nothing
            && self
                .connector
                .unwrap_or(Connector::And)
                .joins(self.resources.iter().map(|requested| {
                    requested.connector.unwrap_or(Connector::And).joins(
                        requested
                            .actions
                            .iter()
                            .map(|action| held.holds(&requested.resource, action)),
                    )
                }))
    }
}
