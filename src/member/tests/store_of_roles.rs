//! Roles of organizations, as the component makes, changes and deletes them.

use super::store::Store;
use crate::permission::{CustomRoleRow, Statement};
use crate::refusal::ErrorCode;
use crate::role::{
    RoleCreateCall, RoleCreation, RoleDeleteCall, RoleDeletion, RoleUpdate, RoleUpdateCall, create,
    delete, update,
};

impl Store {
    /// Makes a role, by an actor or by the app.
    pub(crate) fn create_role(
        &mut self,
        actor: Option<&str>,
        group: &str,
        role: &str,
        permissions: &[Statement],
    ) -> Result<String, ErrorCode> {
        let lineage = self.tables.lineage(group);
        let existing = self.tables.roles_named(&[role.to_owned()], &lineage);
        let answer = create(RoleCreateCall {
            now: self.now,
            config: self.config.clone(),
            origin: self.origin.clone(),
            actor: actor.map(|actor| self.tables.standing(actor, &lineage)),
            counts: self.tables.counts(group),
            role: role.to_owned(),
            description: None,
            permissions: permissions.to_vec(),
            exists: !existing.is_empty(),
            lineage,
        });
        match answer {
            RoleCreation::Done { role, audit } => {
                self.record_done(audit);
                let id = self.next_id("role");
                self.tables.roles.push(CustomRoleRow {
                    id: id.clone(),
                    group_id: group.to_owned(),
                    role: role.role,
                    permissions: role.permissions,
                });
                self.tables.counts_mut(group).roles += 1;
                Ok(id)
            }
            RoleCreation::Refused { refusal, audit } => Err(self.record_refused(&refusal, audit)),
        }
    }

    /// Changes what a role allows, by an actor or by the app.
    pub(crate) fn update_role(
        &mut self,
        actor: Option<&str>,
        role: &str,
        permissions: &[Statement],
    ) -> Result<(), ErrorCode> {
        let row = self.tables.roles_by_id(&[role.to_owned()]).pop();
        let group = row.as_ref().map_or("", |row| &row.group_id);
        let lineage = self.tables.lineage(group);
        let answer = update(RoleUpdateCall {
            now: self.now,
            config: self.config.clone(),
            origin: self.origin.clone(),
            actor: actor.map(|actor| self.tables.standing(actor, &lineage)),
            role: row,
            description: None,
            permissions: Some(permissions.to_vec()),
            lineage,
        });
        match answer {
            RoleUpdate::Done {
                permissions, audit, ..
            } => {
                self.record_done(audit);
                let mut rows = self.tables.roles.iter_mut();
                rows.find(|row| row.id == role).unwrap().permissions = permissions.unwrap();
                Ok(())
            }
            RoleUpdate::Refused { refusal, audit } => Err(self.record_refused(&refusal, audit)),
        }
    }

    /// Deletes a role, by an actor or by the app.
    pub(crate) fn delete_role(&mut self, actor: Option<&str>, role: &str) -> Result<(), ErrorCode> {
        let row = self.tables.roles_by_id(&[role.to_owned()]).pop();
        let group = row.as_ref().map_or("", |row| &row.group_id).to_owned();
        let lineage = self.tables.lineage(&group);
        let mut members = self.tables.members.iter();
        let answer = delete(RoleDeleteCall {
            now: self.now,
            config: self.config.clone(),
            origin: self.origin.clone(),
            actor: actor.map(|actor| self.tables.standing(actor, &lineage)),
            is_assigned: members.any(|member| member.row.role_ids.iter().any(|id| id == role)),
            role: row,
            lineage,
        });
        match answer {
            RoleDeletion::Done { audit } => {
                self.record_done(audit);
                self.tables.roles.retain(|row| row.id != role);
                self.tables.counts_mut(&group).roles -= 1;
                Ok(())
            }
            RoleDeletion::Refused { refusal, audit } => Err(self.record_refused(&refusal, audit)),
        }
    }
}
