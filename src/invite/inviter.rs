//! Whether a user may invite.

use super::row::InviteRow;
use crate::permission::{
    CustomRoleRow, PermissionConfig, ResolvedRoles, Standing, StandingRows, resolve_roles,
};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::GroupRow;

/// A user who invites, as the user is now.
pub(super) enum Inviter {
    /// To a group, where the user has this standing.
    ToGroup(Standing),
    /// To the app alone, where there are no permissions. Whether the user may
    /// is the app's to say, except that the user must exist and not be banned.
    ToApp {
        /// Whether that is so.
        is_welcome: bool,
    },
}

impl Inviter {
    /// What a user is who invites to the group at the beginning of `lineage`,
    /// or to the app alone.
    pub(super) fn of(
        rows: &StandingRows,
        now: UnixMillis,
        permissions: Option<&PermissionConfig>,
        lineage: &[GroupRow],
        to_group: bool,
    ) -> Self {
        if to_group {
            Inviter::ToGroup(rows.standing(now, permissions, lineage))
        } else {
            Inviter::ToApp {
                is_welcome: is_welcome(rows, now),
            }
        }
    }

    /// Makes sure that the user may invite at all.
    ///
    /// # Errors
    /// `FORBIDDEN` or `SECOND_FACTOR_REQUIRED`.
    pub(super) fn require(&self) -> Result<(), Refusal> {
        match self {
            Inviter::ToGroup(standing) => standing.require("invitation", "create"),
            Inviter::ToApp { is_welcome: true } => Ok(()),
            Inviter::ToApp { is_welcome: false } => Err(ErrorCode::Forbidden.into()),
        }
    }

    /// Makes sure that the user may give these roles. An invitation to the app
    /// alone gives none: its roles are words for the app.
    ///
    /// # Errors
    /// `FORBIDDEN` or `SECOND_FACTOR_REQUIRED`.
    pub(super) fn require_grant(&self, roles: &ResolvedRoles) -> Result<(), Refusal> {
        match self {
            Inviter::ToGroup(standing) => standing.require_grant(roles),
            Inviter::ToApp { .. } => Ok(()),
        }
    }
}

/// Whether the user exists and is not banned.
pub(super) fn is_welcome(rows: &StandingRows, now: UnixMillis) -> bool {
    rows.user
        .as_ref()
        .is_some_and(|user| user.id == rows.user_id && !user.is_banned(now))
}

/// The roles of an invitation as they are now, if who has made it may still
/// invite with them. What that user was allowed when the invitation was made
/// does not count.
///
/// # Errors
/// `INVITER_NOT_ALLOWED`, and what `resolve_roles` refuses.
pub(super) fn roles_now(
    invite: &InviteRow,
    inviter: Option<&StandingRows>,
    now: UnixMillis,
    permissions: Option<&PermissionConfig>,
    custom: &[CustomRoleRow],
    lineage: &[GroupRow],
) -> Result<ResolvedRoles, Refusal> {
    let not_allowed = |_: Refusal| Refusal::from(ErrorCode::InviterNotAllowed);
    let to_group = invite.group_id.is_some();
    let inviter = match (&invite.invited_by_user_id, inviter) {
        (None, _) => None,
        (Some(user_id), Some(rows)) if rows.user_id == *user_id => {
            Some(Inviter::of(rows, now, permissions, lineage, to_group))
        }
        (Some(_), _) => return Err(ErrorCode::InviterNotAllowed.into()),
    };
    if let Some(inviter) = &inviter {
        inviter.require().map_err(not_allowed)?;
    }
    let roles = resolve_roles(&invite.roles, permissions, custom, lineage)?;
    if let Some(inviter) = &inviter {
        inviter.require_grant(&roles).map_err(not_allowed)?;
    }
    Ok(roles)
}
