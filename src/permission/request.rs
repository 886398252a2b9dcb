//! What is asked of a permission check.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

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
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connector: Option<Connector>,
}

/// What somebody wants to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PermissionRequest {
    /// The resources with their actions.
    pub resources: Vec<RequestedResource>,
    /// Whether all resources are needed, which is the default, or one.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connector: Option<Connector>,
}
