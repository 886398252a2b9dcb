//! Roles that organizations make themselves.

mod change;
mod create;
mod delete;
mod description;
mod writer;

pub use change::{RoleUpdate, RoleUpdateCall, update};
pub use create::{RoleCreateCall, RoleCreation, create};
pub use delete::{RoleDeleteCall, RoleDeletion, delete};

#[cfg(test)]
mod tests;
