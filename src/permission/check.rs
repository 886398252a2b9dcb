//! Whether a user may do something in a group.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::PermissionConfig;
use super::request::PermissionRequest;
use super::standing::StandingRows;
use super::statement::Statement;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::GroupRow;

/// A question about a user in a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PermissionCheckCall {
    /// The time.
    pub now: UnixMillis,
    /// What the app defines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<PermissionConfig>,
    /// When the session ends in which the user asks; missing if somebody else
    /// asks about the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_expiration_time: Option<UnixMillis>,
    /// The group and those above it, nearest first; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// The user.
    pub standing: StandingRows,
    /// What the user wants to do; missing to ask for a membership only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<PermissionRequest>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PermissionCheck {
    /// The user may.
    Allowed {
        /// The roles that the user has in the group, by any membership.
        roles: Vec<String>,
    },
    /// The user may not.
    Refused {
        /// `NOT_SIGNED_IN`, `FORBIDDEN`, or `SECOND_FACTOR_REQUIRED`.
        refusal: Refusal,
    },
}

/// A question for everything a user may do in a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PermissionListCall {
    /// The time.
    pub now: UnixMillis,
    /// What the app defines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<PermissionConfig>,
    /// The group and those above it, nearest first.
    pub lineage: Vec<GroupRow>,
    /// The user.
    pub standing: StandingRows,
}

/// Everything a user may do in a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PermissionList {
    /// The roles, of all memberships that count.
    pub roles: Vec<String>,
    /// What they allow together.
    pub permissions: Vec<Statement>,
    /// Whether nothing is allowed because the user has no second factor.
    pub second_factor_required: bool,
}

/// Decides whether a user may do something in a group. What all active
/// memberships in the group and above it allow is united.
pub fn check(call: PermissionCheckCall) -> PermissionCheck {
    if call
        .session_expiration_time
        .is_some_and(|end| call.now >= end)
    {
        return PermissionCheck::Refused {
            refusal: ErrorCode::NotSignedIn.into(),
        };
    }
    let permissions = call.permissions.as_ref();
    let standing = call.standing.standing(call.now, permissions, &call.lineage);
    let allowed = match &call.request {
        None => standing.is_member(),
        Some(request) => request.is_covered_by(standing.permissions()),
    };
    if allowed {
        PermissionCheck::Allowed {
            roles: standing.roles().to_vec(),
        }
    } else {
        PermissionCheck::Refused {
            refusal: standing.block().unwrap_or(ErrorCode::Forbidden).into(),
        }
    }
}

/// Says everything a user may do in a group.
pub fn list(call: PermissionListCall) -> PermissionList {
    let permissions = call.permissions.as_ref();
    let standing = call.standing.standing(call.now, permissions, &call.lineage);
    PermissionList {
        roles: standing.roles().to_vec(),
        permissions: standing.permissions().statements(),
        second_factor_required: standing.block() == Some(ErrorCode::SecondFactorRequired),
    }
}
