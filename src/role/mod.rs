//! Roles that organizations make themselves.

mod change;
mod create;
mod delete;

pub use change::{RoleUpdate, RoleUpdateCall, update};
pub use create::{NewRole, RoleCreateCall, RoleCreation, create};
pub use delete::{RoleDeleteCall, RoleDeletion, delete};
