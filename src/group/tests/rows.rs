//! Rows and calls for tests.

use super::super::*;
use crate::group::update::GroupPatch;
use crate::origin::Origin;
use crate::permission::{PermissionConfig, RoleDefinition, StandingRows, Statement};
use crate::refusal::ErrorCode;
use crate::time::UnixMillis;
use crate::tree::GroupCounts;
use crate::tree::GroupRow;
use crate::tree::GroupSettings;
use crate::tree::{ACTIVE, MembershipRow};
use crate::user::UserRow;

pub(super) const NOW: UnixMillis = UnixMillis(1e12);

/// An app whose roles allow one thing each. It takes the place of the built-in
/// role `admin`, so that nothing is allowed by accident.
pub(super) fn config() -> GroupsConfig {
    let role = |role: &str, resource: &str, actions: &[&str]| RoleDefinition {
        role: role.to_owned(),
        permissions: vec![Statement {
            resource: resource.to_owned(),
            actions: actions.iter().map(|action| (*action).to_owned()).collect(),
        }],
    };
    GroupsConfig {
        permissions: Some(PermissionConfig {
            resources: Vec::new(),
            roles: vec![
                role("editor", "organization", &["update"]),
                role("guard", "organization", &["update", "security"]),
                role("breaker", "organization", &["delete"]),
                role("founder", "team", &["create"]),
                role("mover", "team", &["create", "update"]),
                role("renamer", "team", &["update"]),
                role("cleaner", "team", &["delete"]),
            ],
        }),
        ..GroupsConfig::default()
    }
}

/// The same app with defaults for what organizations settle.
pub(super) fn config_with(settings: GroupSettings) -> GroupsConfig {
    GroupsConfig {
        settings: Some(settings),
        ..config()
    }
}

/// Groups, each below the next; the last is the organization.
pub(super) fn line(ids: &[&str]) -> Vec<GroupRow> {
    let mut height = 0;
    let mut parents = ids.iter().skip(1);
    ids.iter()
        .map(|id| {
            let group = GroupRow {
                id: (*id).to_owned(),
                parent_group_id: parents.next().map(|parent| (*parent).to_owned()),
                slug: None,
                group_type: None,
                height,
                settings: None,
                deleted_time: None,
            };
            height += 1;
            group
        })
        .collect()
}

/// The same groups with what the organization has settled.
pub(super) fn settled(mut lineage: Vec<GroupRow>, settings: GroupSettings) -> Vec<GroupRow> {
    if let Some(root) = lineage.last_mut() {
        root.settings = Some(settings);
    }
    lineage
}

/// The same groups, of which the first is a team.
pub(super) fn team(mut lineage: Vec<GroupRow>) -> Vec<GroupRow> {
    if let Some(group) = lineage.first_mut() {
        group.group_type = Some("team".to_owned());
    }
    lineage
}

pub(super) fn user(id: &str) -> UserRow {
    UserRow {
        id: id.to_owned(),
        email: None,
        email_verification_time: None,
        phone_verification_time: None,
        banned_time: None,
        ban_expiration_time: None,
        role: None,
        second_factor_time: None,
    }
}

/// Somebody with a role in each of these groups.
pub(super) fn actor(id: &str, roles: &[(&str, &str)]) -> StandingRows {
    let memberships = roles
        .iter()
        .map(|(group, role)| MembershipRow {
            id: format!("{id} in {group}"),
            group_id: (*group).to_owned(),
            user_id: id.to_owned(),
            roles: vec![(*role).to_owned()],
            role_ids: Vec::new(),
            status: ACTIVE.to_owned(),
            removed_time: None,
        })
        .collect();
    StandingRows {
        user_id: id.to_owned(),
        user: Some(user(id)),
        memberships,
        custom_roles: Vec::new(),
        session_methods: None,
    }
}

/// The same person with a second factor.
pub(super) fn with_second_factor(mut actor: StandingRows) -> StandingRows {
    if let Some(user) = &mut actor.user {
        user.second_factor_time = Some(NOW);
    }
    actor
}

/// What a group has with so many members and teams.
pub(super) fn counts(members: u32, teams: u32) -> GroupCounts {
    GroupCounts {
        members,
        pending_invites: 0,
        teams,
        roles: 0,
    }
}

pub(super) fn create_call() -> GroupCreateCall {
    GroupCreateCall {
        now: NOW,
        config: config(),
        origin: Origin::default(),
        fields: GroupFields {
            name: Some("Acme".to_owned()),
            ..GroupFields::default()
        },
        settings: None,
        has_parent: false,
        parent_lineage: Vec::new(),
        parent_counts: None,
        actor: None,
        owned_groups: 0,
        slug_taken: false,
    }
}

/// A call to create a group below the first of these.
pub(super) fn create_below(parent_lineage: Vec<GroupRow>) -> GroupCreateCall {
    GroupCreateCall {
        has_parent: true,
        parent_lineage,
        parent_counts: Some(counts(1, 0)),
        ..create_call()
    }
}

pub(super) fn update_call(lineage: Vec<GroupRow>) -> GroupUpdateCall {
    GroupUpdateCall {
        now: NOW,
        config: config(),
        origin: Origin::default(),
        parent_counts: (lineage.len() > 1).then(|| counts(1, 5)),
        lineage,
        actor: None,
        fields: GroupFields::default(),
        settings: None,
        moves: false,
        has_new_parent: false,
        new_lineage: Vec::new(),
        new_parent_counts: None,
        actor_in_new_parent: None,
        children: Vec::new(),
        has_roles: false,
        slug_taken: false,
    }
}

/// A call to move the first group of one lineage below the first of another,
/// or to make it an organization if there is none.
pub(super) fn move_call(lineage: Vec<GroupRow>, new_lineage: Vec<GroupRow>) -> GroupUpdateCall {
    GroupUpdateCall {
        moves: true,
        has_new_parent: !new_lineage.is_empty(),
        new_parent_counts: (!new_lineage.is_empty()).then(|| counts(1, 5)),
        new_lineage,
        ..update_call(lineage)
    }
}

pub(super) fn delete_call(lineage: Vec<GroupRow>) -> GroupDeleteCall {
    GroupDeleteCall {
        now: NOW,
        config: config(),
        origin: Origin::default(),
        counts: counts(1, 0),
        parent_counts: (lineage.len() > 1).then(|| counts(1, 5)),
        lineage,
        children: Vec::new(),
        actor: None,
    }
}

/// Why a group was not created.
pub(super) fn creation_refused(call: GroupCreateCall) -> Option<ErrorCode> {
    match create(call) {
        GroupCreation::Done { .. } => None,
        GroupCreation::Refused { refusal, .. } => Some(refusal.code),
    }
}

/// Why a group was not changed.
pub(super) fn update_refused(call: GroupUpdateCall) -> Option<ErrorCode> {
    match update(call) {
        GroupUpdate::Done { .. } => None,
        GroupUpdate::Refused { refusal, .. } => Some(refusal.code),
    }
}

/// Why a group was not deleted.
pub(super) fn deletion_refused(call: GroupDeleteCall) -> Option<ErrorCode> {
    match delete(call) {
        GroupDeletion::Done { .. } => None,
        GroupDeletion::Refused { refusal, .. } => Some(refusal.code),
    }
}

/// What is stored of a change that must be possible.
#[expect(clippy::panic, reason = "a test fails by panicking")]
pub(super) fn patch_of(call: GroupUpdateCall) -> GroupPatch {
    match update(call) {
        GroupUpdate::Done { patch, .. } => *patch,
        GroupUpdate::Refused { refusal, .. } => panic!("{refusal:?}"),
    }
}
