//! Memberships: who belongs to a group, and with which roles.

mod add;
mod admission;
mod inherit;
mod last_owner;
mod remove;
mod update;

pub use add::{MemberAddCall, MemberAddition, add};
pub(crate) use admission::{require_no_membership, require_ownable, require_room};
pub use inherit::{Inheritance, MemberInheritCall, inherit};
pub use remove::{MemberRemoval, MemberRemoveCall, remove};
pub use update::{MemberUpdate, MemberUpdateCall, update};

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]
pub(crate) mod tests;
