//! Actions on a resource.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// Actions on a resource, as roles name them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// The resource.
    pub resource: String,
    /// What may be done with it.
    pub actions: Vec<String>,
}
