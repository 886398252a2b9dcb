//! Members, as the component adds, changes and removes them.

use super::store::Store;
use super::tables::{StoredMember, Tables};
use super::words;
use crate::member::{
    MemberAddCall, MemberAddition, MemberRemoval, MemberRemoveCall, MemberUpdate, MemberUpdateCall,
    add, remove, update,
};
use crate::refusal::ErrorCode;
use crate::tree::{MembershipRow, NewMembership};

/// A membership to add.
#[derive(Clone, Debug)]
pub(crate) struct Membership {
    pub(crate) group: String,
    pub(crate) user: String,
    pub(crate) roles: Option<Vec<String>>,
    pub(crate) status: Option<String>,
}

impl Membership {
    pub(crate) fn of(group: &str, user: &str, roles: &[&str]) -> Self {
        Membership {
            group: group.to_owned(),
            user: user.to_owned(),
            roles: Some(words(roles)),
            status: None,
        }
    }

    pub(crate) fn with_status(self, status: &str) -> Self {
        Membership {
            status: Some(status.to_owned()),
            ..self
        }
    }
}

impl Store {
    /// What `add` is asked, as the component reads it.
    pub(crate) fn add_call(&self, actor: Option<&str>, new: &Membership) -> MemberAddCall {
        let lineage = self.tables.lineage(&new.group);
        let names = new.roles.clone().unwrap_or_default();
        MemberAddCall {
            now: self.now,
            config: self.config.clone(),
            origin: self.origin.clone(),
            counts: self.tables.counts(&new.group),
            actor: actor.map(|actor| self.tables.standing(actor, &lineage)),
            user_id: new.user.clone(),
            user_exists: self.tables.user(&new.user).is_some(),
            memberships: self.tables.memberships(&new.user, &lineage),
            owned_groups: self.tables.owned_groups(&new.user),
            roles: new.roles.clone(),
            custom_roles: self.tables.roles_named(&names, &lineage),
            status: new.status.clone(),
            lineage,
        }
    }

    /// Adds a member, by an actor or by the app.
    pub(crate) fn add(
        &mut self,
        actor: Option<&str>,
        new: Membership,
    ) -> Result<String, ErrorCode> {
        match add(self.add_call(actor, &new)) {
            MemberAddition::Done { membership, audit } => {
                self.record_done(audit);
                Ok(self.insert_member(&new.group, &new.user, membership))
            }
            MemberAddition::Refused { refusal, audit } => Err(self.record_refused(&refusal, audit)),
        }
    }

    /// What `update` is asked, as the component reads it.
    pub(crate) fn update_call(
        &self,
        actor: Option<&str>,
        member: &str,
        roles: Option<&[String]>,
        status: Option<&str>,
    ) -> MemberUpdateCall {
        let membership = self.tables.member(member);
        let place = membership.map_or(("", ""), |row| (&row.group_id, &row.user_id));
        let lineage = self.tables.lineage(place.0);
        MemberUpdateCall {
            now: self.now,
            config: self.config.clone(),
            origin: self.origin.clone(),
            actor: actor.map(|actor| self.tables.standing(actor, &lineage)),
            membership: membership.cloned(),
            membership_roles: membership
                .map_or_else(Vec::new, |row| self.tables.roles_by_id(&row.role_ids)),
            has_other_owner: self.tables.has_other_owner(place.0, place.1),
            owned_groups: self.tables.owned_groups(place.1),
            roles: roles.map(<[String]>::to_vec),
            custom_roles: self.tables.roles_named(roles.unwrap_or_default(), &lineage),
            status: status.map(str::to_owned),
            lineage,
        }
    }

    /// Changes a membership, by an actor or by the app.
    pub(crate) fn update(
        &mut self,
        actor: Option<&str>,
        member: &str,
        roles: Option<&[String]>,
        status: Option<&str>,
    ) -> Result<(), ErrorCode> {
        match update(self.update_call(actor, member, roles, status)) {
            MemberUpdate::Done { membership, audit } => {
                self.record_done(audit);
                let stored = self.tables.member_mut(member);
                stored.is_owner = membership.is_owner;
                stored.row.roles = membership.roles;
                stored.row.role_ids = membership.role_ids;
                stored.row.status = membership.status;
                Ok(())
            }
            MemberUpdate::Refused { refusal, audit } => Err(self.record_refused(&refusal, audit)),
        }
    }

    /// What `remove` is asked, as the component reads it.
    pub(crate) fn remove_call(&self, actor: Option<&str>, member: &str) -> MemberRemoveCall {
        let membership = self.tables.member(member);
        let place = membership.map_or(("", ""), |row| (&row.group_id, &row.user_id));
        let lineage = self.tables.lineage(place.0);
        let (places, places_complete) = membership
            .filter(|_| lineage.len() == 1)
            .map_or((Vec::new(), true), |row| self.tables.places(row));
        MemberRemoveCall {
            now: self.now,
            config: self.config.clone(),
            origin: self.origin.clone(),
            actor: actor.map(|actor| self.tables.standing(actor, &lineage)),
            membership: membership.cloned(),
            membership_roles: membership
                .map_or_else(Vec::new, |row| self.tables.roles_by_id(&row.role_ids)),
            has_other_owner: self.tables.has_other_owner(place.0, place.1),
            places,
            places_complete,
            lineage,
        }
    }

    /// Removes a member, by an actor or by the app.
    pub(crate) fn remove(&mut self, actor: Option<&str>, member: &str) -> Result<(), ErrorCode> {
        match remove(self.remove_call(actor, member)) {
            MemberRemoval::Done {
                memberships,
                removed_time,
                audit,
            } => {
                self.record_done(audit);
                for id in memberships {
                    self.tables.delete_member(&id);
                }
                if removed_time.is_some() {
                    let stored = self.tables.member_mut(member);
                    stored.row.removed_time = removed_time;
                    stored.is_owner = false;
                }
                Ok(())
            }
            MemberRemoval::Refused { refusal, audit } => Err(self.record_refused(&refusal, audit)),
        }
    }

    /// A user leaves a group.
    pub(crate) fn leave(&mut self, user: &str, group: &str) -> Result<(), ErrorCode> {
        let member = self.tables.membership(group, user);
        let member = member.map_or_else(String::new, |row| row.id.clone());
        self.remove(Some(user), &member)
    }

    /// Does what the job does with removals that are too large for one
    /// transaction: first what is below, and the bar at the end.
    pub(crate) fn finish_removals(&mut self) {
        let members = self.tables.members.iter().map(|member| member.row.clone());
        let removed: Vec<MembershipRow> =
            members.filter(|row| row.removed_time.is_some()).collect();
        for bar in removed {
            let members = self.tables.members.iter().map(|member| member.row.clone());
            let of_user: Vec<MembershipRow> =
                members.filter(|row| row.user_id == bar.user_id).collect();
            for row in of_user {
                if row.id != bar.id && self.tables.path(&row.group_id).contains(&bar.group_id) {
                    self.tables.delete_member(&row.id);
                }
            }
            self.tables.delete_member(&bar.id);
        }
    }
}

impl Tables {
    pub(super) fn insert_member(&mut self, id: &str, group: &str, user: &str, new: NewMembership) {
        self.members.push(StoredMember {
            row: MembershipRow {
                id: id.to_owned(),
                group_id: group.to_owned(),
                user_id: user.to_owned(),
                roles: new.roles,
                role_ids: new.role_ids,
                status: new.status,
                removed_time: None,
            },
            is_owner: new.is_owner,
        });
        self.counts_mut(group).members += 1;
    }

    fn delete_member(&mut self, id: &str) {
        let group = self.member(id).unwrap().group_id.clone();
        self.members.retain(|member| member.row.id != id);
        self.counts_mut(&group).members -= 1;
    }
}
