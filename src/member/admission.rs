//! What stands in the way of a membership, whoever gives it.

use crate::group::{GroupsConfig, MAX_OWNED_GROUPS};
use crate::refusal::{ErrorCode, Refusal};
use crate::tree::{GroupCounts, GroupRow};
use crate::tree::{MembershipRow, NewMembership};

/// Makes sure that the user has no membership in the group at the beginning of
/// `lineage` yet. `memberships` are the user's in these groups.
///
/// # Errors
/// `DUPLICATE_MEMBERSHIP`, or `REMOVAL_IN_PROGRESS` while one in the group or
/// above it is being removed: with it go all memberships below, and a new one
/// would, too.
pub(crate) fn require_no_membership(
    memberships: &[MembershipRow],
    lineage: &[GroupRow],
) -> Result<(), Refusal> {
    let is_barred = memberships
        .iter()
        .any(|membership| membership.removed_time.is_some());
    let is_member = memberships.iter().any(|membership| {
        lineage
            .first()
            .is_some_and(|group| group.id == membership.group_id)
    });
    if is_barred {
        Err(ErrorCode::RemovalInProgress.into())
    } else if is_member {
        Err(ErrorCode::DuplicateMembership.into())
    } else {
        Ok(())
    }
}

/// Makes sure that the group at the beginning of `lineage` has room for one
/// more membership.
///
/// # Errors
/// `MEMBER_LIMIT_REACHED`, and `GROUP_NOT_FOUND` if there is no group.
pub(crate) fn require_room(
    config: &GroupsConfig,
    lineage: &[GroupRow],
    counts: &GroupCounts,
) -> Result<(), Refusal> {
    let group = lineage.first().ok_or(ErrorCode::GroupNotFound)?;
    let settings = config.settings_of(lineage);
    let limit = if group.is_team() {
        settings.team_member_limit
    } else {
        settings.member_limit
    };
    if counts.members < limit {
        Ok(())
    } else {
        Err(ErrorCode::MemberLimitReached.into())
    }
}

/// Makes sure that a user who owns `owned_groups` groups may get a membership
/// that owns one more. Removing a user looks at all of these groups in one
/// transaction, which bounds them.
///
/// # Errors
/// `GROUP_LIMIT_REACHED`.
pub(crate) fn require_ownable(
    membership: &NewMembership,
    owned_groups: u32,
) -> Result<(), Refusal> {
    if membership.is_owner && owned_groups >= MAX_OWNED_GROUPS {
        Err(ErrorCode::GroupLimitReached.into())
    } else {
        Ok(())
    }
}
