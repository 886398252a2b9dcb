//! The tree of groups and the memberships in it, as they are stored: what
//! permissions are found out from.

mod group;
mod lineage;
mod membership;
mod settings;

pub(crate) use group::is_team;
pub use group::{GroupCounts, GroupRow};
pub(crate) use lineage::{Lineage, MAX_DEPTH};
pub(crate) use membership::{ACTIVE, membership_status};
pub use membership::{MembershipRow, NewMembership, OWNER};
pub use settings::GroupSettings;
