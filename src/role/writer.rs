//! Who makes, changes and deletes the roles of an organization.

use crate::group::GroupsConfig;
use crate::permission::{CustomRoleRow, PermissionSet, Standing, StandingRows};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::GroupRow;

/// Who writes a role of an organization: a user, or the app itself, which may
/// do everything.
pub(super) struct Writer<'a> {
    organization: &'a GroupRow,
    standing: Option<Standing>,
}

impl<'a> Writer<'a> {
    /// Who writes in the group at the beginning of `lineage`.
    ///
    /// # Errors
    /// `GROUP_NOT_FOUND` if it is empty, and `INVALID_PARAMETERS` if the group
    /// is not an organization.
    pub(super) fn new(
        now: UnixMillis,
        config: &GroupsConfig,
        lineage: &'a [GroupRow],
        actor: Option<&StandingRows>,
    ) -> Result<Self, Refusal> {
        let organization = lineage.first().ok_or(ErrorCode::GroupNotFound)?;
        if organization.parent_group_id.is_some() {
            return Err(Refusal::with_message(
                ErrorCode::InvalidParameters,
                "`groupId` is not valid: only organizations, the groups without one above, have \
                 roles of their own"
                    .to_owned(),
            ));
        }
        Ok(Writer {
            organization,
            standing: actor.map(|rows| rows.standing(now, config.permissions(), lineage)),
        })
    }

    /// Makes sure that the writer may do this with roles.
    ///
    /// # Errors
    /// `SECOND_FACTOR_REQUIRED`, or `FORBIDDEN`.
    pub(super) fn require(&self, action: &str) -> Result<(), Refusal> {
        self.standing
            .as_ref()
            .map_or(Ok(()), |standing| standing.require("role", action))
    }

    /// The role, which has to be one of the organization's own.
    ///
    /// # Errors
    /// `ROLE_NOT_FOUND`.
    pub(super) fn own_role<'b>(
        &self,
        role: Option<&'b CustomRoleRow>,
    ) -> Result<&'b CustomRoleRow, Refusal> {
        role.filter(|role| role.group_id == self.organization.id)
            .ok_or_else(|| ErrorCode::RoleNotFound.into())
    }

    /// Makes sure that the writer holds all that a role allows.
    ///
    /// # Errors
    /// `SECOND_FACTOR_REQUIRED`, or `FORBIDDEN` with what is missing.
    pub(super) fn require_all(&self, permissions: &PermissionSet) -> Result<(), Refusal> {
        self.standing
            .as_ref()
            .map_or(Ok(()), |standing| standing.require_all(permissions))
    }
}
