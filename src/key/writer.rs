//! Who makes, changes and revokes a key.

use crate::permission::{PermissionConfig, Standing, StandingRows};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::GroupRow;

/// The resource of the keys of a group.
pub(super) const RESOURCE: &str = "apiKey";

/// Makes sure that somebody may do this with a key: users with their own keys,
/// and with those of a group whoever its roles allow it. The app itself, which
/// is no actor, may do everything.
///
/// Gives what the actor is in the group, for a group's key.
///
/// # Errors
/// `FORBIDDEN`, `SECOND_FACTOR_REQUIRED`.
pub(super) fn require(
    action: &str,
    now: UnixMillis,
    permissions: Option<&PermissionConfig>,
    user_id: Option<&str>,
    lineage: &[GroupRow],
    actor: Option<&StandingRows>,
) -> Result<Option<Standing>, Refusal> {
    let Some(actor) = actor else {
        return Ok(None);
    };
    if let Some(user_id) = user_id {
        let is_own = actor
            .user
            .as_ref()
            .is_some_and(|user| user.id == user_id && !user.is_banned(now));
        return if is_own {
            Ok(None)
        } else {
            Err(ErrorCode::Forbidden.into())
        };
    }
    let standing = actor.standing(now, permissions, lineage);
    standing.require(RESOURCE, action)?;
    Ok(Some(standing))
}
