//! Many changes in a row.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::permission::StandingRows;
use crate::permission::tests::model::some_roles;
use crate::permission::tests::rows::{line, membership, standing_rows};
use crate::role::{RoleUpdate, update};

/// A member of the organization, with the organization's role among the roles
/// at times.
fn member(roles: &[&'static str], role: &CustomRoleRow) -> StandingRows {
    let mut row = membership(0, roles);
    if roles.contains(&"auditor") {
        row.role_ids.push(AUDITOR.to_owned());
    }
    let mut rows = standing_rows(vec![row]);
    rows.custom_roles.push(role.clone());
    rows
}

/// What the members can do together.
fn held(members: &[Vec<&'static str>], role: &CustomRoleRow) -> BTreeSet<(String, String)> {
    members
        .iter()
        .flat_map(|roles| {
            let rows = member(roles, role);
            let standing = rows.standing(NOW, Some(&config()), &line(1));
            let pairs: Vec<_> = standing
                .permissions()
                .iter()
                .map(|(resource, action)| (resource.to_owned(), action.to_owned()))
                .collect();
            pairs
        })
        .collect()
}

proptest! {
    /// Whatever some members do to a role that they have themselves, one after
    /// another, none of them ends up with what none of them held.
    #[test]
    fn changing_roles_creates_no_power(
        members in prop::collection::vec(some_roles(), 1..4),
        changes in prop::collection::vec((any::<prop::sample::Index>(), some_pairs()), 1..12),
    ) {
        let lineage = line(1);
        let Some(mut role) = lineage.last().map(auditor) else {
            return Ok(());
        };
        let before = held(&members, &role);
        for (who, pairs) in changes {
            let actor = members.get(who.index(members.len())).map(|roles| member(roles, &role));
            prop_assert!(actor.is_some());
            let answer = update(RoleUpdateCall {
                now: NOW,
                config: Scene::groups_config(),
                origin: Origin::default(),
                lineage: lineage.clone(),
                actor,
                role: Some(role.clone()),
                description: None,
                permissions: Some(written(&pairs)),
            });
            if let RoleUpdate::Done { permissions: Some(permissions), .. } = answer {
                role.permissions = permissions;
            }
            prop_assert!(held(&members, &role).is_subset(&before));
        }
    }
}
