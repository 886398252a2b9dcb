//! Who may give which roles.

use crate::permission::config::RoleDefinition;
use proptest::prelude::*;

use super::model::{ROLES, UNIVERSE, role_allows, some_case};
use super::rows::{NOW, auditor, config, line, membership, standing_rows, strings};
use crate::permission::resolve_roles;
use crate::refusal::ErrorCode;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Roles are given by who holds all that they allow, and the owner's role by
    /// owners.
    #[test]
    fn nobody_gives_more_than_they_hold(
        case in some_case(),
        names in prop::sample::subsequence(ROLES, 1..4),
    ) {
        let names: Vec<_> = names.into_iter().filter(|name| *name != "ghost").collect();
        prop_assume!(!names.is_empty());
        let (config, lineage) = (config(), case.lineage());
        let custom: Vec<_> = lineage.last().map(auditor).into_iter().collect();
        let roles = resolve_roles(&strings(&names), Some(&config), &custom, &lineage)
            .map_err(|refusal| TestCaseError::fail(refusal.message))?;
        let standing = case.rows().standing(NOW, Some(&config), &lineage);
        let holds_all = UNIVERSE
            .iter()
            .filter(|(resource, action)| names.iter().any(|role| role_allows(role, resource, action)))
            .all(|(resource, action)| case.allows(resource, action));
        let may_make_owners = !names.contains(&"owner") || case.roles().contains("owner");
        let answer = standing.require_grant(&roles).map_err(|refusal| refusal.code);
        prop_assert_eq!(answer.is_ok(), holds_all && may_make_owners);
        if let Err(code) = answer {
            prop_assert_eq!(code, standing.block().unwrap_or(ErrorCode::Forbidden));
        }
    }
}

/// Even when the app has made the owner's role a small one.
#[test]
fn only_owners_make_owners() {
    let mut config = config();
    config.roles.push(RoleDefinition {
        role: "owner".to_owned(),
        permissions: vec![],
    });
    let lineage = line(1);
    let owner = resolve_roles(&strings(&["owner"]), Some(&config), &[], &lineage);
    let may = |role: &str| {
        let standing =
            standing_rows(vec![membership(0, &[role])]).standing(NOW, Some(&config), &lineage);
        owner
            .clone()
            .and_then(|owner| standing.require_grant(&owner))
    };
    assert_eq!(
        may("admin").err().map(|refusal| refusal.code),
        Some(ErrorCode::Forbidden)
    );
    assert_eq!(may("owner"), Ok(()));
}

#[test]
fn a_refusal_names_what_is_missing() {
    let lineage = line(1);
    let standing = standing_rows(vec![membership(0, &["member"])]).standing(NOW, None, &lineage);
    let message = |result: Result<(), crate::refusal::Refusal>| result.err().map(|r| r.message);
    let required = message(standing.require("team", "create")).unwrap_or_default();
    assert!(required.contains("`team:create`"), "{required}");
    let admin = resolve_roles(&strings(&["admin"]), None, &[], &lineage)
        .and_then(|roles| standing.require_grant(&roles));
    let granted = message(admin).unwrap_or_default();
    assert!(granted.contains("`invitation:cancel`"), "{granted}");
    assert!(!granted.contains("`role:read`"), "{granted}");
}
