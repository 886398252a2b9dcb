//! Groups: organizations, and the tree of groups below each.

mod ancestors;
mod config;
mod create;
mod delete;
mod fields;
mod height;
mod restore;
mod row;
mod settings;
mod update;

pub use ancestors::{Ancestors, AncestorsCall, ancestors};
pub use config::{GroupCreators, GroupsConfig};
pub use create::{GroupCreateCall, GroupCreation, create};
pub use delete::{GroupDeleteCall, GroupDeletion, delete};
pub use fields::{GroupFields, GroupTag, PreparedGroup, prepare};
pub use height::{ChildHeight, ChildHeights, HeightWrite};
pub use restore::{GroupRestoration, GroupRestoreCall, restore};
pub use row::{GroupCounts, GroupRow, NewGroup};
pub use settings::GroupSettings;
pub use update::{GroupPatch, GroupUpdate, GroupUpdateCall, update};
