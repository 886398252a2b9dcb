//! The roles and resources that are always there.

use crate::tree::OWNER;

/// The role of who manages a group for its owners.
pub const ADMIN: &str = "admin";

/// The role of everybody else, and of who gets none by name.
pub const MEMBER: &str = "member";

/// The resources that groups bring along, with all their actions.
pub(super) const RESOURCES: &[(&str, &[&str])] = &[
    ("organization", &["update", "delete", "security"]),
    ("member", &["create", "update", "delete"]),
    ("invitation", &["create", "read", "cancel"]),
    ("team", &["create", "update", "delete"]),
    ("role", &["create", "read", "update", "delete"]),
    ("apiKey", &["create", "read", "update", "delete"]),
];

/// A role that is always there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BuiltInRole {
    /// May do everything, what the app defines included.
    Owner,
    /// May do everything that is built in, except what the owners keep to
    /// themselves.
    Admin,
    /// May see the roles.
    Member,
}

impl BuiltInRole {
    /// The role of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            OWNER => Some(BuiltInRole::Owner),
            ADMIN => Some(BuiltInRole::Admin),
            MEMBER => Some(BuiltInRole::Member),
            _ => None,
        }
    }

    /// Whether the role allows something. `is_built_in` says whether the action
    /// is one of [`RESOURCES`], and not one that the app added.
    pub(super) fn allows(self, resource: &str, action: &str, is_built_in: bool) -> bool {
        match self {
            BuiltInRole::Owner => true,
            BuiltInRole::Admin => {
                is_built_in
                    && !matches!((resource, action), ("organization", "delete" | "security"))
            }
            BuiltInRole::Member => is_built_in && (resource, action) == ("role", "read"),
        }
    }
}

/// Whether an action is one of [`RESOURCES`].
pub(super) fn is_built_in(resource: &str, action: &str) -> bool {
    RESOURCES
        .iter()
        .any(|(name, actions)| *name == resource && actions.contains(&action))
}
