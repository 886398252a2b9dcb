//! What the numbers of random steps choose.

use super::{GROUPS, USERS, statement};
use crate::permission::Statement;

const ROLES: [&str; 8] = [
    "owner",
    "admin",
    "member",
    "editor",
    "recruiter",
    "lead",
    "Scribe",
    "unheard-of",
];

const PERMISSIONS: [(&str, &[&str]); 8] = [
    ("project", &["create", "delete"]),
    ("billing", &["read"]),
    ("billing", &["write"]),
    ("member", &["create", "update"]),
    ("member", &["delete"]),
    ("invitation", &["create", "cancel"]),
    ("role", &["create", "update", "delete"]),
    ("organization", &["delete"]),
];

/// One of the users, more often one who may do much, or the app.
pub(super) fn actor_of(number: usize) -> Option<&'static str> {
    let users = [
        "ada", "ada", "ada", "bob", "bob", "cleo", "cleo", "dan", "dan", "eve", "finn",
    ];
    users.get(number % (users.len() + 4)).copied()
}

pub(super) fn user_of(number: usize) -> &'static str {
    USERS[number % USERS.len()]
}

pub(super) fn group_of(number: usize) -> &'static str {
    // Most happens where it is tight.
    GROUPS[[0, 0, 0, 1, 2, 2, 3, 4, 4, 5][number % 10]].0
}

pub(super) fn names_of(roles: &[usize]) -> Vec<&'static str> {
    roles.iter().map(|role| ROLES[role % ROLES.len()]).collect()
}

pub(super) fn statements_of(permissions: &[usize]) -> Vec<Statement> {
    let chosen = permissions
        .iter()
        .map(|number| PERMISSIONS[number % PERMISSIONS.len()]);
    chosen
        .map(|(resource, actions)| statement(resource, actions))
        .collect()
}

/// A name for an organization's own role.
pub(super) fn role_name_of(number: usize) -> &'static str {
    if number.is_multiple_of(2) {
        "lead"
    } else {
        "Scribe"
    }
}

/// One of what there is, the newest first, and now and then nothing.
pub(super) fn nth<T>(rows: &[T], number: usize) -> Option<&T> {
    let index = number.checked_sub(1)?.checked_rem(rows.len())?;
    rows.iter().rev().nth(index)
}
