//! Rows and settings for tests.

use crate::permission::config::RoleDefinition;
use crate::permission::{CustomRoleRow, PermissionConfig, StandingRows, Statement};
use crate::time::UnixMillis;
use crate::tree::{ACTIVE, MembershipRow};
use crate::tree::{GroupRow, GroupSettings};
use crate::user::UserRow;

pub(crate) const NOW: UnixMillis = UnixMillis(1e12);

/// The id of the role `auditor` that the organization has made.
pub(crate) const AUDITOR: &str = "role-auditor";

pub(crate) fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

pub(crate) fn statement(resource: &str, actions: &[&str]) -> Statement {
    Statement {
        resource: resource.to_owned(),
        actions: strings(actions),
    }
}

/// An app with projects and bills. It replaces the built-in role `member`, adds
/// an action to a built-in resource, and names one that it has not defined.
pub(crate) fn config() -> PermissionConfig {
    let role = |role: &str, permissions: &[Statement]| RoleDefinition {
        role: role.to_owned(),
        permissions: permissions.to_vec(),
    };
    PermissionConfig {
        resources: vec![
            statement("project", &["create", "read", "delete"]),
            statement("bill", &["read", "pay"]),
            statement("member", &["export"]),
        ],
        roles: vec![
            role(
                "Editor",
                &[
                    statement("project", &["create", "read", "fly"]),
                    statement("role", &["create", "update", "delete"]),
                ],
            ),
            role("member", &[statement("project", &["read"])]),
        ],
    }
}

/// A group, its parent, and so on up to the organization: `g0`, `g1` …
pub(crate) fn line(levels: usize) -> Vec<GroupRow> {
    (0..levels)
        .map(|level| group(level, (level + 1 < levels).then_some(level + 1)))
        .collect()
}

pub(crate) fn group(number: usize, parent: Option<usize>) -> GroupRow {
    GroupRow {
        id: format!("g{number}"),
        parent_group_id: parent.map(|parent| format!("g{parent}")),
        slug: None,
        group_type: None,
        height: 0,
        settings: None,
        deleted_time: None,
    }
}

/// The same groups, of an organization that asks for a second factor or not.
pub(crate) fn with_second_factor(mut lineage: Vec<GroupRow>, required: bool) -> Vec<GroupRow> {
    if let Some(root) = lineage.last_mut() {
        root.settings = Some(GroupSettings {
            require_second_factor: Some(required),
            ..GroupSettings::default()
        });
    }
    lineage
}

pub(crate) fn user() -> UserRow {
    UserRow {
        id: "ada".to_owned(),
        email: None,
        email_verification_time: None,
        phone_verification_time: None,
        banned_time: None,
        ban_expiration_time: None,
        role: None,
        second_factor_time: None,
    }
}

pub(crate) fn membership(level: usize, roles: &[&str]) -> MembershipRow {
    MembershipRow {
        id: format!("m{level}"),
        group_id: format!("g{level}"),
        user_id: "ada".to_owned(),
        roles: strings(roles),
        role_ids: Vec::new(),
        status: ACTIVE.to_owned(),
        removed_time: None,
    }
}

/// The role `auditor` of an organization.
pub(crate) fn auditor(organization: &GroupRow) -> CustomRoleRow {
    CustomRoleRow {
        id: AUDITOR.to_owned(),
        group_id: organization.id.clone(),
        role: "auditor".to_owned(),
        permissions: vec![
            statement("bill", &["read"]),
            statement("role", &["read", "paint"]),
        ],
    }
}

pub(crate) fn standing_rows(memberships: Vec<MembershipRow>) -> StandingRows {
    StandingRows {
        user_id: "ada".to_owned(),
        user: Some(user()),
        memberships,
        custom_roles: Vec::new(),
        session_methods: None,
    }
}
