//! Groups: organizations, and the tree of groups below each.

mod ancestors;
mod bounds;
mod config;
mod create;
mod delete;
mod fields;
mod height;
mod place;
mod restore;
mod row;
mod settings;
#[cfg(test)]
mod tests;
mod update;

pub use ancestors::{Ancestors, AncestorsCall, ancestors};
pub use config::{GroupsConfig, MAX_OWNED_GROUPS};
pub use create::{GroupCreateCall, GroupCreation, create};
pub use delete::{GroupDeleteCall, GroupDeletion, delete};
pub use fields::{GroupFields, PreparedGroup, prepare};
pub use restore::{GroupRestoration, GroupRestoreCall, restore};
pub use update::{GroupUpdate, GroupUpdateCall, update};
