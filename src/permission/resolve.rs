//! What roles allow, by their names.

use super::catalogue::Catalogue;
use super::config::PermissionConfig;
use super::custom_role::CustomRoleRow;
use super::role_name::RoleName;
use super::set::PermissionSet;
use crate::refusal::{ErrorCode, Refusal};
use crate::tree::{GroupRow, Lineage, MembershipRow, OWNER};

/// The most roles that a membership or an invitation names.
pub const MAX_ROLES: usize = 16;

/// Roles, and what they allow together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResolvedRoles {
    /// Their names, each once, in the order in which they were given.
    pub names: Vec<String>,
    /// The ids of those that the organization has made itself.
    pub ids: Vec<String>,
    /// What they allow together.
    pub permissions: PermissionSet,
    /// Whether the owner's role is among them.
    pub includes_owner: bool,
}

impl ResolvedRoles {
    fn push(&mut self, name: String, permissions: Option<PermissionSet>) {
        self.includes_owner |= name == OWNER;
        self.permissions.unite(&permissions.unwrap_or_default());
        self.names.push(name);
    }

    /// Adds other roles.
    pub(super) fn unite(&mut self, other: ResolvedRoles) {
        for (mine, others) in [(&mut self.names, other.names), (&mut self.ids, other.ids)] {
            for text in others {
                if !mine.contains(&text) {
                    mine.push(text);
                }
            }
        }
        self.permissions.unite(&other.permissions);
        self.includes_owner |= other.includes_owner;
    }
}

/// The roles of these names in a group, to be given to somebody. `custom` are
/// the roles of these names that the organization has made, and `lineage` is
/// the group with those above it.
///
/// # Errors
/// `INVALID_PARAMETERS` if there is no name, if there are more than
/// [`MAX_ROLES`], or if one is malformed. `ROLE_NOT_FOUND`, with the name, if
/// there is no such role; an app that defines no permissions may use any name,
/// and roles that are not built in then allow nothing.
pub fn resolve_roles(
    names: &[String],
    permissions: Option<&PermissionConfig>,
    custom: &[CustomRoleRow],
    lineage: &[GroupRow],
) -> Result<ResolvedRoles, Refusal> {
    if names.is_empty() || names.len() > MAX_ROLES {
        return Err(Refusal::with_message(
            ErrorCode::InvalidParameters,
            format!("`roles` is not valid: it must name 1 to {MAX_ROLES} roles"),
        ));
    }
    let catalogue = Catalogue::new(permissions);
    let custom = own_roles(custom, lineage);
    let mut roles = ResolvedRoles::default();
    for name in names {
        let name = RoleName::normalize(name)?.into_string();
        if roles.names.contains(&name) {
            continue;
        }
        let mut allowed = catalogue.role(&name);
        if allowed.is_none() {
            if let Some(row) = custom.iter().find(|row| row.role == name) {
                roles.ids.push(row.id.clone());
                allowed = Some(catalogue.allowed_by(&row.permissions));
            } else if catalogue.is_defined() {
                return Err(Refusal::with_message(
                    ErrorCode::RoleNotFound,
                    format!("there is no role `{name}`"),
                ));
            }
        }
        roles.push(name, allowed);
    }
    Ok(roles)
}

/// The roles that a membership names, whatever has become of them: a role that
/// is gone allows nothing. `custom` are the roles that the membership names by
/// id, and `lineage` is the group with those above it.
pub fn held_roles(
    membership: &MembershipRow,
    permissions: Option<&PermissionConfig>,
    custom: &[CustomRoleRow],
    lineage: &[GroupRow],
) -> ResolvedRoles {
    let custom = own_roles(custom, lineage);
    held_by(membership, &Catalogue::new(permissions), &custom)
}

/// The roles that a membership names, of `custom`, which are the organization's.
///
/// A role that was given by id stays that role, even if the app has come to
/// define one of the same name: nobody gets more because the app changes.
pub(super) fn held_by(
    membership: &MembershipRow,
    catalogue: &Catalogue<'_>,
    custom: &[&CustomRoleRow],
) -> ResolvedRoles {
    let mut roles = ResolvedRoles::default();
    for name in &membership.roles {
        if roles.names.contains(name) {
            continue;
        }
        let own = custom
            .iter()
            .find(|row| row.role == *name && membership.role_ids.contains(&row.id));
        let allowed = match own {
            Some(row) => {
                roles.ids.push(row.id.clone());
                Some(catalogue.allowed_by(&row.permissions))
            }
            None => catalogue.role(name),
        };
        roles.push(name.clone(), allowed);
    }
    roles
}

/// Those of the roles that are of the organization at the end of `lineage`. A
/// group that was moved keeps nothing of the organization it was in.
pub(super) fn own_roles<'a>(
    custom: &'a [CustomRoleRow],
    lineage: &[GroupRow],
) -> Vec<&'a CustomRoleRow> {
    let root = Lineage::of(lineage).root();
    custom
        .iter()
        .filter(|row| root.is_some_and(|root| root.id == row.group_id))
        .collect()
}
