//! Memberships: who belongs to a group, and with which roles.

mod add;
mod inherit;
mod remove;
mod row;
mod update;

pub use add::{MemberAddCall, MemberAddition, add};
pub use inherit::{Inheritance, MemberInheritCall, inherit};
pub use remove::{MemberRemoval, MemberRemoveCall, MembershipPlace, remove};
pub use row::{MembershipRow, NewMembership};
pub use update::{MemberUpdate, MemberUpdateCall, update};
