//! No organization loses its last owner.

use crate::refusal::{ErrorCode, Refusal};
use crate::tree::GroupRow;
use crate::tree::MembershipRow;

/// The group at the beginning of `lineage`, if it is an organization.
pub(super) fn organization(lineage: &[GroupRow]) -> Option<&GroupRow> {
    lineage
        .first()
        .filter(|group| group.parent_group_id.is_none())
}

/// Makes sure that an organization has an owner when `membership` no longer is
/// one. Groups below an organization need none: its owners own them, too.
///
/// # Errors
/// `LAST_OWNER`, for everybody, the app included.
pub(super) fn require_owner_left(
    membership: &MembershipRow,
    lineage: &[GroupRow],
    has_other_owner: bool,
) -> Result<(), Refusal> {
    if organization(lineage).is_some() && membership.is_owner() && !has_other_owner {
        Err(ErrorCode::LastOwner.into())
    } else {
        Ok(())
    }
}
