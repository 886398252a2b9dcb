//! Whether a key that there is works at all, and for what.

use super::config::KeysConfig;
use super::found::FoundKey;
use super::granted::granted;
use crate::permission::{PermissionConfig, PermissionSet};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;

/// Why a key does not work.
pub(super) enum Unusable {
    /// For this reason.
    Refused(Refusal),
    /// Who made it has left the group, and it was to end with that.
    MakerHasLeft,
}

/// What a key may be used for now. The order is fixed: of a kind that the app
/// no longer has, disabled, revoked, expired, without its owner.
pub(super) fn usable(
    found: &FoundKey,
    now: UnixMillis,
    config: &KeysConfig,
    permissions: Option<&PermissionConfig>,
) -> Result<PermissionSet, Unusable> {
    let key = &found.key;
    let Ok(kind) = config.configuration(Some(&key.config_id)) else {
        return refused(ErrorCode::InvalidApiKey);
    };
    if !key.enabled {
        return refused(ErrorCode::ApiKeyDisabled);
    }
    if key.revoked {
        return refused(ErrorCode::ApiKeyRevoked);
    }
    if key.is_expired(now) {
        return refused(ErrorCode::ApiKeyExpired);
    }
    let held = held_by_owner(found, now, permissions)?;
    Ok(match &kind.scopes {
        None => held,
        Some(known) => {
            let known = PermissionSet::of(known);
            held.only(|resource, action| known.holds(resource, action))
        }
    })
}

/// What of a key's scopes its owner lets it have.
fn held_by_owner(
    found: &FoundKey,
    now: UnixMillis,
    permissions: Option<&PermissionConfig>,
) -> Result<PermissionSet, Unusable> {
    let key = &found.key;
    if key.group_id.is_none() {
        let is_there = found
            .owner
            .as_ref()
            .is_some_and(|owner| !owner.is_banned(now));
        return if is_there {
            Ok(PermissionSet::of(&key.scopes))
        } else {
            refused(ErrorCode::ApiKeyOwnerInactive)
        };
    }
    if found.lineage.is_empty() {
        return refused(ErrorCode::ApiKeyOwnerInactive);
    }
    if key.created_by_user_id.is_none() {
        return Ok(PermissionSet::of(&key.scopes));
    }
    let Some(maker) = &found.creator else {
        return refused(ErrorCode::ApiKeyOwnerInactive);
    };
    let standing = maker.standing(now, permissions, &found.lineage);
    if standing.is_member() {
        Ok(granted(&key.scopes, &standing, permissions))
    } else if key.revoke_on_leave && maker.has_left(&found.lineage) {
        Err(Unusable::MakerHasLeft)
    } else {
        refused(ErrorCode::ApiKeyOwnerInactive)
    }
}

fn refused<T>(code: ErrorCode) -> Result<T, Unusable> {
    Err(Unusable::Refused(code.into()))
}
