//! What the roles of organizations may be made of.

use proptest::prelude::*;

use super::model::{UNIVERSE, role_allows};
use super::rows::{config, statement};
use crate::permission::{Catalogue, Statement, permissions_of};
use crate::refusal::ErrorCode;

fn normalize(statements: &[Statement]) -> Result<Vec<Statement>, ErrorCode> {
    let config = config();
    permissions_of(statements, &Catalogue::new(Some(&config)))
        .map(|set| set.statements())
        .map_err(|refusal| refusal.code)
}

#[test]
fn every_resource_and_every_action_is_stored_once() {
    let statements = [
        statement("role", &["update", "read", "update"]),
        statement("bill", &["read"]),
        statement("role", &["read", "delete"]),
    ];
    let stored = vec![
        statement("bill", &["read"]),
        statement("role", &["delete", "read", "update"]),
    ];
    assert_eq!(normalize(&statements), Ok(stored));
    assert_eq!(normalize(&[]), Ok(vec![]));
}

#[test]
fn statements_without_actions_and_too_many_of_them_are_refused() {
    let read = statement("bill", &["read"]);
    for odd in [
        vec![statement("bill", &[])],
        vec![read.clone(), statement("moon", &[])],
        vec![read.clone(); 257],
        vec![statement("bill", &["read"; 1_025])],
        vec![statement("bill", &["read"; 600]); 2],
    ] {
        assert_eq!(normalize(&odd), Err(ErrorCode::InvalidParameters));
    }
    assert_eq!(normalize(&vec![read.clone(); 256]), Ok(vec![read]));
}

#[test]
fn an_unknown_name_is_not_repeated_at_length() {
    let config = config();
    let odd = [statement(&"m".repeat(1 << 16), &["read"])];
    let refusal = permissions_of(&odd, &Catalogue::new(Some(&config))).err();
    assert!(refusal.is_some_and(|refusal| refusal.message.len() < 200));
}

#[test]
fn without_definitions_only_the_built_in_resources_are_known() {
    let catalogue = Catalogue::new(None);
    assert!(permissions_of(&[statement("team", &["create"])], &catalogue).is_ok());
    assert!(permissions_of(&[statement("bill", &["read"])], &catalogue).is_err());
}

proptest! {
    /// One unknown action among known ones is enough, and normalising again
    /// changes nothing.
    #[test]
    fn only_what_there_is_can_be_allowed(pairs in prop::collection::vec(prop::sample::select(UNIVERSE), 0..12)) {
        let statements: Vec<_> = pairs
            .iter()
            .map(|(resource, action)| statement(resource, &[action]))
            .collect();
        let is_known = pairs.iter().all(|(resource, action)| role_allows("owner", resource, action));
        match normalize(&statements) {
            Ok(stored) => {
                prop_assert!(is_known);
                for (resource, action) in UNIVERSE {
                    let is_stored = stored.iter().any(|s| s.resource == *resource && s.actions.iter().any(|a| a == action));
                    prop_assert_eq!(is_stored, pairs.contains(&(*resource, *action)));
                }
                prop_assert_eq!(normalize(&stored), Ok(stored));
            }
            Err(code) => {
                prop_assert!(!is_known);
                prop_assert_eq!(code, ErrorCode::UnknownPermission);
            }
        }
    }
}
