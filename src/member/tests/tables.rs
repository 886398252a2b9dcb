//! The rows, and how the component reads them.

use crate::member::remove::MembershipPlace;
use std::collections::BTreeMap;

use crate::audit::AuditEvent;
use crate::invite::{InviteRow, InviteStatus};
use crate::limiter::{LimitEntry, LimitRow, LimitWrite};
use crate::permission::{CustomRoleRow, StandingRows};
use crate::time::UnixMillis;
use crate::token::HashedSecret;
use crate::tree::MembershipRow;
use crate::tree::{GroupCounts, GroupRow};
use crate::user::UserRow;

/// How many memberships of one user are read before they are left to a job;
/// few, so that it happens.
const MAX_PLACES: usize = 1;

/// A membership with the column that no decision reads.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StoredMember {
    pub(crate) row: MembershipRow,
    pub(crate) is_owner: bool,
}

/// An invitation with what recognises its token.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StoredInvite {
    pub(crate) row: InviteRow,
    pub(crate) token_hash: HashedSecret,
}

/// Who has accepted what; nobody if the app noted it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Acceptance {
    pub(crate) invite_id: String,
    pub(crate) user_id: Option<String>,
}

/// Everything that is stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tables {
    pub(crate) groups: Vec<GroupRow>,
    pub(crate) users: Vec<UserRow>,
    pub(crate) members: Vec<StoredMember>,
    pub(crate) roles: Vec<CustomRoleRow>,
    pub(crate) invites: Vec<StoredInvite>,
    pub(crate) acceptances: Vec<Acceptance>,
    pub(crate) counts: BTreeMap<String, GroupCounts>,
    pub(crate) limits: BTreeMap<String, LimitRow>,
    pub(crate) audit: Vec<AuditEvent>,
}

pub(crate) const NO_COUNTS: GroupCounts = GroupCounts {
    members: 0,
    pending_invites: 0,
    teams: 0,
    roles: 0,
};

impl Tables {
    /// The group and those above it.
    pub(crate) fn lineage(&self, group_id: &str) -> Vec<GroupRow> {
        let mut lineage: Vec<GroupRow> = Vec::new();
        let mut next = Some(group_id.to_owned());
        while let Some(id) = next {
            let Some(group) = self.groups.iter().find(|group| group.id == id) else {
                return Vec::new();
            };
            if group.deleted_time.is_some() {
                return Vec::new();
            }
            next = group.parent_group_id.clone();
            lineage.push(group.clone());
        }
        lineage
    }

    /// The ids of the group and of those above it, nearest first.
    pub(crate) fn path(&self, group_id: &str) -> Vec<String> {
        let lineage = self.lineage(group_id);
        lineage.into_iter().map(|group| group.id).collect()
    }

    pub(crate) fn user(&self, id: &str) -> Option<&UserRow> {
        self.users.iter().find(|user| user.id == id)
    }

    pub(crate) fn user_mut(&mut self, id: &str) -> &mut UserRow {
        self.users.iter_mut().find(|user| user.id == id).unwrap()
    }

    pub(crate) fn group_mut(&mut self, id: &str) -> &mut GroupRow {
        self.groups.iter_mut().find(|group| group.id == id).unwrap()
    }

    pub(crate) fn membership(&self, group_id: &str, user_id: &str) -> Option<&MembershipRow> {
        let mut rows = self.members.iter().map(|member| &member.row);
        rows.find(|row| row.group_id == group_id && row.user_id == user_id)
    }

    pub(crate) fn member(&self, id: &str) -> Option<&MembershipRow> {
        let mut rows = self.members.iter().map(|member| &member.row);
        rows.find(|row| row.id == id)
    }

    pub(crate) fn member_mut(&mut self, id: &str) -> &mut StoredMember {
        let mut members = self.members.iter_mut();
        members.find(|member| member.row.id == id).unwrap()
    }

    pub(crate) fn invite(&self, id: &str) -> Option<&StoredInvite> {
        self.invites.iter().find(|invite| invite.row.id == id)
    }

    pub(crate) fn invite_mut(&mut self, id: &str) -> &mut StoredInvite {
        let mut invites = self.invites.iter_mut();
        invites.find(|invite| invite.row.id == id).unwrap()
    }

    /// The memberships of a user in a group and in those above.
    pub(crate) fn memberships(&self, user_id: &str, lineage: &[GroupRow]) -> Vec<MembershipRow> {
        let rows = lineage
            .iter()
            .filter_map(|group| self.membership(&group.id, user_id).cloned());
        rows.collect()
    }

    /// What is known of a user in a group.
    pub(crate) fn standing(&self, user_id: &str, lineage: &[GroupRow]) -> StandingRows {
        let user = self.user(user_id).cloned();
        let memberships = self.memberships(user_id, lineage);
        let ids: Vec<String> = memberships
            .iter()
            .flat_map(|membership| membership.role_ids.clone())
            .collect();
        StandingRows {
            user_id: user_id.to_owned(),
            user,
            memberships,
            custom_roles: self.roles_by_id(&ids),
            session_methods: None,
        }
    }

    pub(crate) fn roles_by_id(&self, ids: &[String]) -> Vec<CustomRoleRow> {
        let roles = self.roles.iter();
        roles
            .filter(|role| ids.contains(&role.id))
            .cloned()
            .collect()
    }

    /// The organization's own roles of these names.
    pub(crate) fn roles_named(&self, names: &[String], lineage: &[GroupRow]) -> Vec<CustomRoleRow> {
        let Some(root) = lineage.last() else {
            return Vec::new();
        };
        let names: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        let roles = self.roles.iter();
        roles
            .filter(|role| role.group_id == root.id && names.contains(&role.role))
            .cloned()
            .collect()
    }

    pub(crate) fn counts(&self, group_id: &str) -> GroupCounts {
        self.counts.get(group_id).cloned().unwrap_or(NO_COUNTS)
    }

    pub(crate) fn counts_mut(&mut self, group_id: &str) -> &mut GroupCounts {
        self.counts.entry(group_id.to_owned()).or_insert(NO_COUNTS)
    }

    /// How many groups the user owns.
    pub(crate) fn owned_groups(&self, user_id: &str) -> u32 {
        let members = self.members.iter();
        let owned = members.filter(|member| member.is_owner && member.row.user_id == user_id);
        u32::try_from(owned.count()).unwrap()
    }

    pub(crate) fn has_other_owner(&self, group_id: &str, user_id: &str) -> bool {
        let members = self.members.iter();
        let mut owners =
            members.filter(|member| member.is_owner && member.row.group_id == group_id);
        owners.any(|owner| owner.row.user_id != user_id)
    }

    /// The other memberships of the user, and whether these are all of them.
    pub(crate) fn places(&self, membership: &MembershipRow) -> (Vec<MembershipPlace>, bool) {
        let members = self.members.iter().map(|member| &member.row);
        let mut places: Vec<MembershipPlace> = members
            .filter(|row| row.user_id == membership.user_id && row.id != membership.id)
            .map(|row| MembershipPlace {
                membership_id: row.id.clone(),
                lineage_ids: self.path(&row.group_id),
            })
            .collect();
        let complete = places.len() <= MAX_PLACES;
        places.truncate(MAX_PLACES);
        (places, complete)
    }

    /// Pending invitations to the group, or to the app alone.
    pub(crate) fn pending(&self, group_id: Option<&str>) -> impl Iterator<Item = &InviteRow> {
        let rows = self.invites.iter().map(|invite| &invite.row);
        rows.filter(move |row| {
            row.status == InviteStatus::Pending && row.group_id.as_deref() == group_id
        })
    }

    pub(crate) fn limit(&self, key: String) -> LimitEntry {
        let row = self.limits.get(&key).cloned();
        LimitEntry { key, row }
    }

    pub(crate) fn write_limits(&mut self, writes: Vec<LimitWrite>) {
        for LimitWrite { key, row } in writes {
            self.limits.insert(key, row.unwrap());
        }
    }

    /// The same rows as a refusal must leave them: without the audit trail and
    /// the counters, and with the invitations marked whose time is over.
    pub(crate) fn without_traces(&self, now: UnixMillis) -> Tables {
        let mut tables = Tables {
            limits: BTreeMap::new(),
            audit: Vec::new(),
            ..self.clone()
        };
        for invite in &mut tables.invites {
            if invite.row.status == InviteStatus::Pending && invite.row.expires_time <= now {
                invite.row.status = InviteStatus::Expired;
            }
        }
        for counts in tables.counts.values_mut() {
            counts.pending_invites = 0;
        }
        tables
    }
}
