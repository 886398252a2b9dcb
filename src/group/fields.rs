//! The fields of a group that people write.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::identifier;
use crate::refusal::{ErrorCode, Refusal};

/// The longest name, in characters: a line on a page.
const MAX_NAME_LENGTH: usize = 128;

/// The longest slug: one label of a domain name is at most 63, and apps use
/// slugs there, too, or in paths.
const MAX_SLUG_LENGTH: usize = 64;

/// The longest word for what kind of group it is.
const MAX_TYPE_LENGTH: usize = 32;

/// The most labels. Each is a row of an index, written with the group.
const MAX_TAGS: usize = 32;

/// The longest key of a label, in characters.
const MAX_TAG_KEY_LENGTH: usize = 64;

/// The longest value of a label, in characters.
const MAX_TAG_VALUE_LENGTH: usize = 256;

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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The name in addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// What kind of group it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(rename = "type")]
    pub group_type: Option<String>,
    /// Labels.
    #[serde(skip_serializing_if = "Option::is_none")]
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
    match normalize(fields) {
        Ok(fields) => PreparedGroup::Valid { fields },
        Err(refusal) => PreparedGroup::Refused { refusal },
    }
}

fn normalize(fields: GroupFields) -> Result<GroupFields, Refusal> {
    Ok(GroupFields {
        name: fields
            .name
            .map(|name| text("name", &name, MAX_NAME_LENGTH))
            .transpose()?,
        slug: fields.slug.map(|slug| normalize_slug(&slug)).transpose()?,
        group_type: fields.group_type.map(check_type).transpose()?,
        tags: fields.tags.map(normalize_tags).transpose()?,
    })
}

/// Lower case without space around it. Only ASCII is lowered: other letters are
/// refused, not replaced by what they look like.
fn normalize_slug(raw: &str) -> Result<String, Refusal> {
    if raw.is_empty() {
        return Ok(String::new());
    }
    let trimmed = raw.trim();
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if trimmed.len() <= MAX_SLUG_LENGTH && trimmed.split('-').all(is_word) {
        Ok(trimmed.to_ascii_lowercase())
    } else {
        Err(invalid(
            "slug",
            &format!(
                "it must be words of letters and digits with single hyphens between them, at \
                 most {MAX_SLUG_LENGTH} characters in all"
            ),
        ))
    }
}

fn check_type(group_type: String) -> Result<String, Refusal> {
    let is_word = group_type.len() <= MAX_TYPE_LENGTH
        && group_type.starts_with(|first: char| first.is_ascii_alphabetic())
        && group_type
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if is_word || group_type.is_empty() {
        Ok(group_type)
    } else {
        Err(invalid(
            "type",
            &format!(
                "it must be a letter and then letters, digits, `_` and `-`, at most \
                 {MAX_TYPE_LENGTH} in all"
            ),
        ))
    }
}

/// The labels in the order in which they were given, each once.
fn normalize_tags(tags: Vec<GroupTag>) -> Result<Vec<GroupTag>, Refusal> {
    if tags.len() > MAX_TAGS {
        return Err(invalid("tags", &format!("there can be at most {MAX_TAGS}")));
    }
    let mut normalized: Vec<GroupTag> = Vec::new();
    for tag in tags {
        let tag = GroupTag {
            key: text("tags", &tag.key, MAX_TAG_KEY_LENGTH)?,
            value: text("tags", &tag.value, MAX_TAG_VALUE_LENGTH)?,
        };
        if !normalized.contains(&tag) {
            normalized.push(tag);
        }
    }
    Ok(normalized)
}

fn text(field: &str, raw: &str, max_length: usize) -> Result<String, Refusal> {
    identifier::display_text(raw, max_length).map_err(|error| invalid(field, &error.to_string()))
}

/// A refusal because of what was written in a field.
pub(super) fn invalid(field: &str, reason: &str) -> Refusal {
    Refusal::with_message(
        ErrorCode::InvalidParameters,
        format!("`{field}` is not valid: {reason}"),
    )
}
