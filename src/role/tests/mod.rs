//! Tests of who makes, changes and deletes roles.

mod create;
mod escalation;
mod write;

use proptest::prelude::*;

use crate::audit::{AuditEvent, AuditEventName, AuditOutcome};
use crate::group::GroupsConfig;
use crate::origin::Origin;
use crate::permission::tests::model::{Case, UNIVERSE, role_allows, some_case};
use crate::permission::tests::rows::{AUDITOR, NOW, auditor, config, statement};
use crate::permission::{CustomRoleRow, Statement};
use crate::refusal::ErrorCode;
use crate::role::{RoleCreateCall, RoleDeleteCall, RoleUpdateCall};
use crate::tree::GroupCounts;

/// Actions on resources, as the tests name them.
type Pairs = Vec<(&'static str, &'static str)>;

/// An actor in an organization, and what the organization has.
#[derive(Clone, Debug)]
struct Scene {
    /// Missing when the app acts.
    actor: Option<Case>,
}

impl Scene {
    fn groups_config() -> GroupsConfig {
        GroupsConfig {
            permissions: Some(config()),
            ..GroupsConfig::default()
        }
    }

    fn creation(&self, role: &str, permissions: &Pairs) -> RoleCreateCall {
        RoleCreateCall {
            now: NOW,
            config: Scene::groups_config(),
            origin: Origin::default(),
            lineage: self.lineage(),
            actor: self.actor.as_ref().map(Case::rows),
            counts: GroupCounts {
                members: 1,
                pending_invites: 0,
                teams: 0,
                roles: 1,
            },
            role: role.to_owned(),
            description: None,
            permissions: written(permissions),
            exists: false,
        }
    }

    fn change(&self, permissions: Option<&Pairs>) -> RoleUpdateCall {
        RoleUpdateCall {
            now: NOW,
            config: Scene::groups_config(),
            origin: Origin::default(),
            lineage: self.lineage(),
            actor: self.actor.as_ref().map(Case::rows),
            role: self.role(),
            description: None,
            permissions: permissions.map(written),
        }
    }

    fn deletion(&self) -> RoleDeleteCall {
        RoleDeleteCall {
            now: NOW,
            config: Scene::groups_config(),
            origin: Origin::default(),
            lineage: self.lineage(),
            actor: self.actor.as_ref().map(Case::rows),
            role: self.role(),
            is_assigned: false,
        }
    }

    /// The organization's role.
    fn role(&self) -> Option<CustomRoleRow> {
        self.lineage().last().map(auditor)
    }

    fn lineage(&self) -> Vec<crate::tree::GroupRow> {
        match &self.actor {
            Some(case) => case.lineage(),
            None => crate::permission::tests::rows::line(1),
        }
    }

    /// Whether the actor holds something, which the app always does.
    fn holds(&self, resource: &str, action: &str) -> bool {
        self.actor
            .as_ref()
            .is_none_or(|case| case.allows(resource, action))
    }

    /// Whether the actor holds all that there is of these.
    fn holds_all(&self, pairs: &[(&str, &str)]) -> bool {
        pairs
            .iter()
            .filter(|(resource, action)| role_allows("owner", resource, action))
            .all(|(resource, action)| self.holds(resource, action))
    }

    /// Why the actor is refused who may not do this.
    fn forbidden(&self) -> ErrorCode {
        match &self.actor {
            Some(case) if case.lacks_second_factor() && case.would_count(0) => {
                ErrorCode::SecondFactorRequired
            }
            _ => ErrorCode::Forbidden,
        }
    }
}

/// All that the organization's role allows.
fn of_auditors() -> Pairs {
    UNIVERSE
        .iter()
        .copied()
        .filter(|(resource, action)| role_allows("auditor", resource, action))
        .collect()
}

fn are_known(pairs: &Pairs) -> bool {
    pairs
        .iter()
        .all(|(resource, action)| role_allows("owner", resource, action))
}

fn written(pairs: &Pairs) -> Vec<Statement> {
    pairs
        .iter()
        .map(|(resource, action)| statement(resource, &[action]))
        .collect()
}

fn some_pairs() -> impl Strategy<Value = Pairs> {
    prop::sample::subsequence(UNIVERSE, 0..4)
}

/// The app, or somebody in an organization.
fn some_scene() -> impl Strategy<Value = Scene> {
    prop::option::weighted(0.9, some_case()).prop_map(|actor| Scene {
        actor: actor.map(|mut case| {
            case.seats.truncate(1);
            case
        }),
    })
}

/// Makes sure that what is recorded fits what came of it: one event with who
/// did it, and none if an argument was wrong.
fn assert_recorded(
    scene: &Scene,
    event: AuditEventName,
    refused: Option<ErrorCode>,
    audit: &[AuditEvent],
) {
    let is_mistake = matches!(
        refused,
        Some(
            ErrorCode::InvalidParameters
                | ErrorCode::UnknownPermission
                | ErrorCode::GroupNotFound
                | ErrorCode::RoleNotFound
        )
    );
    let expected: Vec<_> = (!is_mistake)
        .then(|| {
            let outcome = match refused {
                None => AuditOutcome::Success,
                Some(_) => AuditOutcome::Refused,
            };
            let actor = scene.actor.as_ref().map(|_| "ada");
            (event, outcome, refused, actor, Some("g0"))
        })
        .into_iter()
        .collect();
    let recorded: Vec<_> = audit
        .iter()
        .map(|row| {
            let (actor, group) = (row.actor_user_id.as_deref(), row.group_id.as_deref());
            (row.event, row.outcome, row.code, actor, group)
        })
        .collect();
    assert_eq!(recorded, expected);
}
