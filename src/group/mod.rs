//! Groups: organizations, and the tree of groups below each.

mod ancestors;
mod bounds;
mod config;
mod create;
mod delete;
mod fields;
mod height;
mod lineage;
mod place;
mod restore;
mod row;
mod settings;
#[cfg(test)]
mod tests;
mod update;

pub use ancestors::{Ancestors, AncestorsCall, ancestors};
pub use config::{GroupCreators, GroupsConfig, MAX_OWNED_GROUPS};
pub use create::{GroupCreateCall, GroupCreation, create};
pub use delete::{GroupDeleteCall, GroupDeletion, delete};
pub use fields::{GroupFields, GroupTag, PreparedGroup, prepare};
pub use height::{ChildHeight, ChildHeights, HeightWrite};
pub(crate) use lineage::Lineage;
pub use restore::{GroupRestoration, GroupRestoreCall, restore};
pub use row::{GroupCounts, GroupRow, NewGroup};
pub use settings::{EffectiveSettings, GroupSettings};
pub use update::{GroupPatch, GroupUpdate, GroupUpdateCall, update};
