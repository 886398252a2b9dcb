//! Permissions: what roles allow, and what a user may do in a group.

mod built_in;
mod catalogue;
mod check;
mod checked;
mod config;
mod custom_role;
mod request;
mod resolve;
mod role_name;
mod set;
mod standing;
mod statement;

pub use built_in::MEMBER;
pub(crate) use catalogue::Catalogue;
pub use check::{
    PermissionCheck, PermissionCheckCall, PermissionList, PermissionListCall, check, list,
};
pub(crate) use checked::permissions_of;
pub use config::PermissionConfig;
#[cfg(test)]
pub(crate) use config::RoleDefinition;
pub use custom_role::CustomRoleRow;
pub use request::PermissionRequest;
#[cfg(test)]
pub(crate) use request::RequestedResource;
pub use resolve::{ResolvedRoles, held_roles, resolve_roles};
pub use role_name::RoleName;
pub use set::PermissionSet;
pub use standing::{Standing, StandingRows};
pub use statement::Statement;

#[cfg(test)]
pub(crate) mod tests;
