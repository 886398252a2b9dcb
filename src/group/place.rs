//! Whether there is a place for a group in the tree.

use super::config::GroupsConfig;
use crate::refusal::{ErrorCode, Refusal};
use crate::tree::{GroupCounts, GroupRow};
use crate::tree::{Lineage, MAX_DEPTH};

/// The group at the beginning of `lineage`.
///
/// # Errors
/// `GROUP_NOT_FOUND` if there is none, if it or one above it is deleted, or if
/// the groups above do not lead to an organization.
pub(super) fn find(lineage: &[GroupRow]) -> Result<&GroupRow, Refusal> {
    let is_there = lineage.iter().all(|group| group.deleted_time.is_none())
        && Lineage::of(lineage).root().is_some();
    lineage
        .first()
        .filter(|_| is_there)
        .ok_or_else(|| ErrorCode::GroupNotFound.into())
}

/// Makes sure that a group with `height` levels below it can be put below the
/// group at the beginning of `parent_lineage`.
///
/// # Errors
/// `GROUP_TOO_DEEP` if a group would have more than [`MAX_DEPTH`] above it.
pub(super) fn require_depth(parent_lineage: &[GroupRow], height: u32) -> Result<(), Refusal> {
    let depth = u32::try_from(parent_lineage.len()).unwrap_or(u32::MAX);
    if depth.saturating_add(height) <= u32::from(MAX_DEPTH) {
        Ok(())
    } else {
        Err(ErrorCode::GroupTooDeep.into())
    }
}

/// Makes sure that there can be one more team below the group at the beginning
/// of `parent_lineage`. What is not counted is taken for too many.
///
/// # Errors
/// `TEAM_LIMIT_REACHED`.
pub(super) fn require_team_room(
    config: &GroupsConfig,
    parent_lineage: &[GroupRow],
    parent_counts: Option<&GroupCounts>,
) -> Result<(), Refusal> {
    let limit = config.settings_of(parent_lineage).team_limit;
    if parent_counts.is_some_and(|counts| counts.teams < limit) {
        Ok(())
    } else {
        Err(ErrorCode::TeamLimitReached.into())
    }
}

/// Makes sure that a team can go away from below the group whose counts are
/// given. What is not counted is taken for the last one.
///
/// # Errors
/// `LAST_TEAM` if the organization keeps its last teams.
pub(super) fn require_other_team(
    config: &GroupsConfig,
    lineage: &[GroupRow],
    parent_counts: Option<&GroupCounts>,
) -> Result<(), Refusal> {
    let has_other = parent_counts.is_some_and(|counts| counts.teams > 1);
    if has_other || !config.settings_of(lineage).keeps_last_team {
        Ok(())
    } else {
        Err(ErrorCode::LastTeam.into())
    }
}
