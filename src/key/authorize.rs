//! What the holder of a key's token may do.
//!
//! The token was verified by Convex. It may be older than a change of its key,
//! so the key is asked again: for what it may be used now, and by whom.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::KeysConfig;
use super::exchange::scopes_in;
use super::found::FoundKey;
use super::usable::{Unusable, usable};
use super::verify::{KeyIdentity, identity};
use crate::permission::{PermissionConfig, PermissionRequest, PermissionSet, StandingRows};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::GroupRow;

/// A call with a key's token.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyAuthorizeCall {
    /// The time.
    pub now: UnixMillis,
    /// The kinds of keys.
    pub config: KeysConfig,
    /// What the app defines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<PermissionConfig>,
    /// The key that the token names, and what was read with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<FoundKey>,
    /// The claim `scope` of the token.
    pub token_scope: String,
    /// What the key has to be made for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<PermissionRequest>,
    /// The group in which something is to be done, if it is in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<KeyGroup>,
}

/// A group in which something is to be done with a key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyGroup {
    /// The group that was named, or that the owner of the key has selected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_id: Option<String>,
    /// The group with those above it; empty if it is gone.
    pub lineage: Vec<GroupRow>,
    /// What the user who owns the key is in the group, if a user does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<StandingRows>,
    /// What is to be done there; missing to ask for a membership only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<PermissionRequest>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum KeyAuthorization {
    /// It may be done.
    Allowed {
        /// Whom the key stands for.
        identity: KeyIdentity,
        /// The roles that the owner has in the group; none if a group owns the
        /// key.
        roles: Vec<String>,
    },
    /// It may not.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

/// Decides what may be done with a key's token. The order is that of a
/// verification; then the group is asked: a user's key never does what the user
/// may not do there, and a group's key does nothing outside of the group and
/// those below. That the owner administers the app counts for nothing.
pub fn authorize(call: KeyAuthorizeCall) -> KeyAuthorization {
    match decide(&call) {
        Ok((identity, roles)) => KeyAuthorization::Allowed { identity, roles },
        Err(refusal) => KeyAuthorization::Refused { refusal },
    }
}

fn decide(call: &KeyAuthorizeCall) -> Result<(KeyIdentity, Vec<String>), Refusal> {
    let found = call.found.as_ref().ok_or(ErrorCode::InvalidApiKey)?;
    let permissions = call.permissions.as_ref();
    let now_allowed =
        usable(found, call.now, &call.config, permissions).map_err(|unusable| match unusable {
            Unusable::Refused(refusal) => refusal,
            Unusable::MakerHasLeft => ErrorCode::ApiKeyRevoked.into(),
        })?;
    // A token does not grow when its key does.
    let in_token = PermissionSet::of(&scopes_in(&call.token_scope));
    let scopes = now_allowed.only(|resource, action| in_token.holds(resource, action));
    if call
        .scope
        .as_ref()
        .is_some_and(|scope| !scope.is_covered_by(&scopes))
    {
        return Err(ErrorCode::ScopeCheckFailed.into());
    }
    let roles = match &call.group {
        None => Vec::new(),
        Some(group) => roles_in(group, call, found, &scopes)?,
    };
    Ok((identity(&found.key, &scopes), roles))
}

/// The roles of the key's owner in a group, if the key may be used there. What
/// is asked has to be held by the key and by its owner alike, so that of two
/// alternatives one is held as a whole.
fn roles_in(
    group: &KeyGroup,
    call: &KeyAuthorizeCall,
    found: &FoundKey,
    scopes: &PermissionSet,
) -> Result<Vec<String>, Refusal> {
    if group.group_id.is_none() {
        return Err(ErrorCode::NoActiveGroup.into());
    }
    let covers = |held: &PermissionSet| {
        group
            .request
            .as_ref()
            .is_none_or(|request| request.is_covered_by(held))
    };
    if let Some(owning) = &found.key.group_id {
        let is_inside = group.lineage.iter().any(|above| above.id == *owning);
        // What the maker may do is in the scopes already.
        return if is_inside && covers(scopes) {
            Ok(Vec::new())
        } else {
            Err(ErrorCode::Forbidden.into())
        };
    }
    let standing = group
        .owner
        .as_ref()
        .map(|owner| owner.standing(call.now, call.permissions.as_ref(), &group.lineage))
        .unwrap_or_default();
    let held = scopes
        .clone()
        .only(|resource, action| standing.permissions().holds(resource, action));
    if standing.is_member() && covers(&held) {
        Ok(standing.roles().to_vec())
    } else {
        Err(standing.block().unwrap_or(ErrorCode::Forbidden).into())
    }
}
