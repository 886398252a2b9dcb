//! Permissions: what roles allow, and what a user may do in a group.

mod built_in;
mod check;
mod config;
mod request;
mod set;
mod standing;
mod statement;

pub use check::{
    PermissionCheck, PermissionCheckCall, PermissionList, PermissionListCall, check, list,
};
pub use config::{PermissionConfig, RoleDefinition};
pub use request::{Connector, PermissionRequest, RequestedResource};
pub use set::PermissionSet;
pub use standing::{CustomRoleRow, StandingRows};
pub use statement::Statement;
