//! Members and invitations against a store that carries out answers as the
//! component does.

mod add;
mod choice;
mod coverage;
mod invariants;
mod model;
mod oracle;
mod remove;
mod step;
mod store;
mod store_of_invites;
mod store_of_members;
mod store_of_roles;
mod tables;
mod update;

pub(crate) use store::Store;
pub(crate) use store_of_invites::{Invitation, Issued};
pub(crate) use store_of_members::Membership;

use crate::group::GroupsConfig;
use crate::permission::{PermissionConfig, RoleDefinition, Statement};

/// The users of every test, each with a proved address, except for `finn`.
pub(crate) const USERS: [&str; 6] = ["ada", "bob", "cleo", "dan", "eve", "finn"];

/// The groups of every test with those above them: two organizations, the
/// first with three levels and tight limits. `core` is a team.
pub(crate) const GROUPS: [(&str, Option<&str>); 6] = [
    ("acme", None),
    ("engineering", Some("acme")),
    ("core", Some("engineering")),
    ("sales", Some("acme")),
    ("zeta", None),
    ("lab", Some("zeta")),
];

pub(crate) fn email_of(user: &str) -> String {
    format!("{user}@example.com")
}

pub(crate) fn words(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

pub(crate) fn statement(resource: &str, actions: &[&str]) -> Statement {
    Statement {
        resource: resource.to_owned(),
        actions: words(actions),
    }
}

/// An app with resources and roles of its own.
pub(crate) fn app_with_roles() -> GroupsConfig {
    app(vec![
        definition("editor", vec![statement("project", &["create", "delete"])]),
        definition(
            "recruiter",
            vec![
                statement("member", &["create", "update", "delete"]),
                statement("invitation", &["create", "cancel"]),
                statement("project", &["create"]),
            ],
        ),
    ])
}

/// The same app, later: it has given up one role and redefined two that are
/// built in.
pub(crate) fn app_with_other_roles() -> GroupsConfig {
    app(vec![
        definition(
            "admin",
            vec![
                statement("member", &["create", "update"]),
                statement("invitation", &["create"]),
                statement("role", &["create", "update", "delete"]),
                statement("billing", &["read"]),
            ],
        ),
        definition("member", vec![statement("billing", &["read", "write"])]),
        definition("recruiter", vec![statement("invitation", &["create"])]),
    ])
}

fn app(roles: Vec<RoleDefinition>) -> GroupsConfig {
    GroupsConfig {
        permissions: Some(PermissionConfig {
            resources: vec![
                statement("project", &["create", "delete"]),
                statement("billing", &["read", "write"]),
            ],
            roles,
        }),
        ..GroupsConfig::default()
    }
}

fn definition(role: &str, permissions: Vec<Statement>) -> RoleDefinition {
    RoleDefinition {
        role: role.to_owned(),
        permissions,
    }
}
