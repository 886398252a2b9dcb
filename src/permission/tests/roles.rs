//! Which roles there are, and what they allow.

use crate::permission::config::RoleDefinition;
use crate::permission::resolve::MAX_ROLES;
use proptest::prelude::*;

use super::model::{ROLES, UNIVERSE, role_allows};
use super::rows::{AUDITOR, auditor, config, group, line, membership, statement, strings};
use crate::permission::{
    PermissionConfig, PermissionSet, ResolvedRoles, held_roles, resolve_roles,
};
use crate::refusal::{ErrorCode, Refusal};

fn resolve(names: &[&str], config: Option<&PermissionConfig>) -> Result<ResolvedRoles, Refusal> {
    let lineage = line(2);
    let custom: Vec<_> = lineage.last().map(auditor).into_iter().collect();
    resolve_roles(&strings(names), config, &custom, &lineage)
}

fn permissions(names: &[&str], config: Option<&PermissionConfig>) -> Vec<String> {
    resolve(names, config)
        .map(|roles| written(&roles.permissions))
        .unwrap_or_default()
}

fn written(set: &PermissionSet) -> Vec<String> {
    set.iter()
        .map(|(resource, action)| format!("{resource}:{action}"))
        .collect()
}

fn code(names: &[&str], config: Option<&PermissionConfig>) -> Option<ErrorCode> {
    resolve(names, config).err().map(|refusal| refusal.code)
}

/// The whole table of built-in roles, as apps rely on it.
#[test]
fn the_built_in_roles_allow_what_is_written_down() {
    let of_admins = strings(&[
        "apiKey:create",
        "apiKey:delete",
        "apiKey:read",
        "apiKey:update",
        "invitation:cancel",
        "invitation:create",
        "invitation:read",
        "member:create",
        "member:delete",
        "member:update",
        "organization:update",
        "role:create",
        "role:delete",
        "role:read",
        "role:update",
        "team:create",
        "team:delete",
        "team:update",
    ]);
    let mut of_owners = of_admins.clone();
    of_owners.extend(strings(&["organization:delete", "organization:security"]));
    of_owners.sort();
    assert_eq!(permissions(&["owner"], None), of_owners);
    assert_eq!(permissions(&["admin"], None), of_admins);
    assert_eq!(permissions(&["member"], None), ["role:read"]);
}

#[test]
fn owners_hold_what_the_app_defines_and_admins_do_not() {
    let config = config();
    for action in ["project:create", "bill:pay", "member:export"] {
        assert!(permissions(&["owner"], Some(&config)).contains(&action.to_owned()));
        assert!(!permissions(&["admin"], Some(&config)).contains(&action.to_owned()));
    }
}

#[test]
fn a_role_of_the_app_takes_the_place_of_the_built_in_one() {
    let config = config();
    assert_eq!(permissions(&["member"], Some(&config)), ["project:read"]);
    let owner = PermissionConfig {
        roles: vec![RoleDefinition {
            role: "OWNER".to_owned(),
            permissions: vec![statement("organization", &["update"])],
        }],
        ..config
    };
    let roles = resolve(&["Owner"], Some(&owner)).ok();
    let held = roles.as_ref().map(|roles| written(&roles.permissions));
    assert_eq!(held, Some(strings(&["organization:update"])));
    assert!(roles.is_some_and(|roles| roles.includes_owner));
}

#[test]
fn a_role_that_there_is_not_is_refused_when_the_app_defines_roles() {
    let config = config();
    let code = code(&["editor", "ghost"], Some(&config));
    assert_eq!(code, Some(ErrorCode::RoleNotFound));
}

#[test]
fn without_definitions_any_name_can_be_given_and_allows_nothing() {
    let roles = resolve(&["Ghost", "Member"], None).ok();
    let names = roles.as_ref().map(|roles| roles.names.clone());
    assert_eq!(names, Some(strings(&["ghost", "member"])));
    assert_eq!(
        permissions(&["ghost", "member"], None),
        permissions(&["member"], None)
    );
}

#[test]
fn names_are_bounded_and_named_once() {
    let config = config();
    assert_eq!(code(&[], None), Some(ErrorCode::InvalidParameters));
    let many = vec!["member"; MAX_ROLES + 1];
    assert_eq!(code(&many, None), Some(ErrorCode::InvalidParameters));
    assert_eq!(code(&["a b"], None), Some(ErrorCode::InvalidParameters));
    let once = resolve(&["Editor", "editor", "AUDITOR", "auditor"], Some(&config)).ok();
    let once = once.map(|roles| (roles.names, roles.ids));
    let expected = (strings(&["editor", "auditor"]), strings(&[AUDITOR]));
    assert_eq!(once, Some(expected));
}

/// Of another organization, or of a group that is no organization.
#[test]
fn roles_of_other_organizations_are_nobodys() {
    let config = config();
    let lineage = line(2);
    for other in [group(0, None), group(7, None)] {
        let custom = [auditor(&other)];
        let given = resolve_roles(&strings(&["auditor"]), Some(&config), &custom, &lineage);
        assert_eq!(given.err().map(|r| r.code), Some(ErrorCode::RoleNotFound));
        let mut row = membership(0, &["auditor"]);
        row.role_ids.push(AUDITOR.to_owned());
        let held = held_roles(&row, Some(&config), &custom, &lineage);
        assert!(held.permissions.iter().next().is_none() && held.ids.is_empty());
    }
}

/// A role that was deleted and made again is another role.
#[test]
fn a_membership_holds_the_organizations_roles_by_id_alone() {
    let lineage = line(1);
    let custom: Vec<_> = lineage.last().map(auditor).into_iter().collect();
    let mut row = membership(0, &["auditor"]);
    row.role_ids.push("an older role".to_owned());
    let held = held_roles(&row, Some(&config()), &custom, &lineage);
    assert!(held.permissions.iter().next().is_none());
    row.role_ids = strings(&[AUDITOR]);
    let held = held_roles(&row, Some(&config()), &custom, &lineage);
    assert_eq!(written(&held.permissions), ["bill:read", "role:read"]);
}

#[test]
fn a_role_held_by_id_stays_what_it_is_when_the_app_defines_the_name() {
    let mut config = config();
    config.roles.push(RoleDefinition {
        role: "auditor".to_owned(),
        permissions: vec![statement("bill", &["read", "pay"])],
    });
    let lineage = line(1);
    let custom: Vec<_> = lineage.last().map(auditor).into_iter().collect();
    let mut row = membership(0, &["auditor"]);
    let by_name = held_roles(&row, Some(&config), &custom, &lineage);
    assert_eq!(written(&by_name.permissions), ["bill:pay", "bill:read"]);
    row.role_ids = strings(&[AUDITOR]);
    let by_id = held_roles(&row, Some(&config), &custom, &lineage);
    assert_eq!(written(&by_id.permissions), ["bill:read", "role:read"]);
    // Who gets it now gets the app's.
    assert_eq!(
        permissions(&["auditor"], Some(&config)),
        ["bill:pay", "bill:read"]
    );
}

proptest! {
    /// What is united is neither more nor less than what each role allows.
    #[test]
    fn roles_allow_together_what_each_of_them_does(
        names in prop::sample::subsequence(ROLES, 1..ROLES.len()),
    ) {
        let names: Vec<_> = names.into_iter().filter(|name| *name != "ghost").collect();
        prop_assume!(!names.is_empty());
        let config = config();
        let roles = resolve(&names, Some(&config)).map_err(|r| TestCaseError::fail(r.message))?;
        for (resource, action) in UNIVERSE {
            let expected = names.iter().any(|role| role_allows(role, resource, action));
            prop_assert_eq!(roles.permissions.holds(resource, action), expected, "{}:{}", resource, action);
        }
        prop_assert_eq!(roles.includes_owner, names.contains(&"owner"));
    }

    /// A role that allows more never allows less.
    #[test]
    fn more_statements_never_allow_less(
        some in prop::sample::subsequence(UNIVERSE, 0..8),
        more in prop::sample::subsequence(UNIVERSE, 0..8),
    ) {
        let with = |pairs: &[(&str, &str)]| {
            let mut config = config();
            config.roles = vec![RoleDefinition {
                role: "editor".to_owned(),
                permissions: pairs.iter().map(|(resource, action)| statement(resource, &[action])).collect(),
            }];
            resolve(&["editor"], Some(&config)).map(|roles| roles.permissions).unwrap_or_default()
        };
        let (less, both) = (with(&some), with(&[some.clone(), more].concat()));
        prop_assert_eq!(both.missing(&less).next(), None);
        // Only what there is.
        prop_assert!(both.iter().all(|(resource, action)| role_allows("owner", resource, action)));
    }
}
