//! Permissions that are held.

/// The united permissions of some roles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PermissionSet(std::collections::BTreeSet<(String, String)>);
