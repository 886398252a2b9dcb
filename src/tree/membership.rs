//! The stored form of a membership.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::group::GroupRow;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;

/// The status of a membership that counts.
pub(crate) const ACTIVE: &str = "active";

/// The role of who owns a group.
pub const OWNER: &str = "owner";

/// The longest status, in characters.
const MAX_STATUS_LENGTH: usize = 32;

/// The columns of a row of the table `GroupMember` that decisions need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct MembershipRow {
    /// The document's id.
    #[serde(rename = "_id")]
    pub id: String,
    /// The group.
    pub group_id: String,
    /// Who belongs to it.
    pub user_id: String,
    /// The roles.
    pub roles: Vec<String>,
    /// Those of the roles that the organization has made itself.
    pub role_ids: Vec<String>,
    /// `active`, or any other word: then the membership grants nothing.
    pub status: String,
    /// Since when the user is being removed from the group and all below.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed_time: Option<UnixMillis>,
}

/// A membership to store, without the group and the user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewMembership {
    /// The first role.
    pub role: String,
    /// All roles, each once.
    pub roles: Vec<String>,
    /// Those of the roles that the organization has made itself.
    pub role_ids: Vec<String>,
    /// Whether the user owns the group: active, with the owner's role.
    pub is_owner: bool,
    /// The status.
    pub status: String,
}

impl MembershipRow {
    /// The membership as callers may see it: not one that is being removed, and
    /// only in the group at the beginning of `lineage`, which is empty when the
    /// group or one above it is gone.
    pub(crate) fn visible<'a>(
        membership: Option<&'a MembershipRow>,
        lineage: &[GroupRow],
    ) -> Option<&'a MembershipRow> {
        let group = lineage.first()?;
        membership.filter(|row| row.removed_time.is_none() && row.group_id == group.id)
    }

    /// Whether the user owns the group by this membership.
    pub(crate) fn is_owner(&self) -> bool {
        self.removed_time.is_none() && owns(&self.roles, &self.status)
    }

    /// The same membership with another status.
    pub(crate) fn with_status(&self, status: String) -> NewMembership {
        NewMembership {
            role: self.roles.first().cloned().unwrap_or_default(),
            is_owner: owns(&self.roles, &status),
            roles: self.roles.clone(),
            role_ids: self.role_ids.clone(),
            status,
        }
    }
}

impl NewMembership {
    /// A membership with the roles of these names, of which those with an id are
    /// the organization's own. The status was checked by [`membership_status`].
    pub(crate) fn new(roles: Vec<String>, role_ids: Vec<String>, status: String) -> Self {
        NewMembership {
            role: roles.first().cloned().unwrap_or_default(),
            is_owner: owns(&roles, &status),
            roles,
            role_ids,
            status,
        }
    }
}

fn owns(roles: &[String], status: &str) -> bool {
    status == ACTIVE && roles.iter().any(|role| role == OWNER)
}

/// The status of a membership, as it is stored.
///
/// # Errors
/// `INVALID_PARAMETERS` if it is not a short word that begins with a lower-case
/// letter.
pub(crate) fn membership_status(text: &str) -> Result<String, Refusal> {
    let is_word = text.len() <= MAX_STATUS_LENGTH
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if is_word {
        Ok(text.to_owned())
    } else {
        Err(Refusal::with_message(
            ErrorCode::InvalidParameters,
            format!(
                "`status` is not valid: it must be a lower-case letter and then letters, digits, \
                 `_` and `-`, at most {MAX_STATUS_LENGTH} in all"
            ),
        ))
    }
}
