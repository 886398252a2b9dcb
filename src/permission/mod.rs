//! Permissions: what roles allow, and what a user may do in a group.

mod built_in;
mod catalogue;
mod check;
mod config;
mod request;
mod resolve;
mod role_name;
mod set;
mod standing;
mod statement;

pub use built_in::{ADMIN, MEMBER, OWNER};
pub(crate) use catalogue::Catalogue;
pub use check::{
    PermissionCheck, PermissionCheckCall, PermissionList, PermissionListCall, check, list,
};
pub use config::{PermissionConfig, RoleDefinition};
pub use request::{Connector, PermissionRequest, RequestedResource};
pub use resolve::{MAX_ROLES, ResolvedRoles, held_roles, resolve_roles};
pub use role_name::RoleName;
pub use set::PermissionSet;
pub use standing::{CustomRoleRow, Standing, StandingRows};
pub use statement::Statement;
pub(crate) use statement::permissions_of;

#[cfg(test)]
pub(crate) mod tests;
