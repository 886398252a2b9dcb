//! What an organization can settle.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::time::Millis;

/// What an organization can settle. What is missing is the app's default, and
/// without one the default that stands here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct GroupSettings {
    /// The most members of the organization, and of any group below: 100.
    #[serde(
        default,
        deserialize_with = "crate::number::read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub member_limit: Option<f64>,
    /// The most invitations that wait for an answer, in each group: 100.
    #[serde(
        default,
        deserialize_with = "crate::number::read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub pending_invite_limit: Option<f64>,
    /// How long an invitation is valid: seven days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invite_lifetime_ms: Option<Millis>,
    /// The most groups of the type `team` below one group: 100.
    #[serde(
        default,
        deserialize_with = "crate::number::read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub team_limit: Option<f64>,
    /// The most members of a team: `member_limit`.
    #[serde(
        default,
        deserialize_with = "crate::number::read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub team_member_limit: Option<f64>,
    /// The most roles of the organization's own: 50.
    #[serde(
        default,
        deserialize_with = "crate::number::read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub role_limit: Option<f64>,
    /// Whether the last team below a group cannot be deleted: no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keeps_last_team: Option<bool>,
    /// Whether the slug stays as it is: no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug_locked: Option<bool>,
    /// Whether only members with a second factor may do anything: no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub require_second_factor: Option<bool>,
    /// Whether it cannot be deleted while it has other members: no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deletion_protection: Option<bool>,
    /// During which time a deleted organization can be restored: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deletion_grace_ms: Option<Millis>,
}
