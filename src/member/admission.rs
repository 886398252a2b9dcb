//! What stands in the way of a membership, whoever gives it.

use super::row::{MembershipRow, NewMembership};
use crate::group::{GroupCounts, GroupRow, GroupsConfig, MAX_OWNED_GROUPS};
use crate::refusal::{ErrorCode, Refusal};

/// Makes sure that the user has no membership in the group yet.
///
/// # Errors
/// `DUPLICATE_MEMBERSHIP`, or `REMOVAL_IN_PROGRESS` while an earlier one is
/// being removed.
pub(crate) fn require_no_membership(existing: Option<&MembershipRow>) -> Result<(), Refusal> {
    match existing {
        None => Ok(()),
        Some(membership) if membership.removed_time.is_some() => {
            Err(ErrorCode::RemovalInProgress.into())
        }
        Some(_) => Err(ErrorCode::DuplicateMembership.into()),
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
