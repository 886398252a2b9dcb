//! The fields of a group that people write.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::refusal::Refusal;

/// A label of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct GroupTag {
    /// What the label is about.
    pub key: String,
    /// What it says.
    pub value: String,
}

/// Fields of a group as the app passes them. A missing field stays as it is; an
/// empty `slug` or `type` takes away what is there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct GroupFields {
    /// The name.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The name in addresses.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// What kind of group it is.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(rename = "type")]
    pub group_type: Option<String>,
    /// Labels.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<GroupTag>>,
}

/// Fields that were checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PreparedGroup {
    /// They are well-formed.
    Valid {
        /// The fields, normalised.
        fields: GroupFields,
    },
    /// They are not.
    Refused {
        /// Why: `INVALID_PARAMETERS`, naming the field.
        refusal: Refusal,
    },
}

/// Checks and normalises what people write about a group.
pub fn prepare(fields: GroupFields) -> PreparedGroup {
    todo!()
}
