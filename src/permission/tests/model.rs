//! What the rules say about random users in random groups, written down as
//! plainly as possible.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::rows::{AUDITOR, auditor, line, membership, standing_rows, user, with_second_factor};
use crate::permission::StandingRows;
use crate::time::UnixMillis;
use crate::tree::GroupRow;

/// Every permission that there is with [`super::rows::config`], and some that
/// there are not.
pub(crate) const UNIVERSE: &[(&str, &str)] = &[
    ("organization", "update"),
    ("organization", "delete"),
    ("organization", "security"),
    ("member", "create"),
    ("member", "update"),
    ("member", "delete"),
    ("member", "export"),
    ("invitation", "create"),
    ("invitation", "read"),
    ("invitation", "cancel"),
    ("team", "create"),
    ("team", "update"),
    ("team", "delete"),
    ("role", "create"),
    ("role", "read"),
    ("role", "update"),
    ("role", "delete"),
    ("apiKey", "create"),
    ("apiKey", "read"),
    ("apiKey", "update"),
    ("apiKey", "delete"),
    ("project", "create"),
    ("project", "read"),
    ("project", "delete"),
    ("bill", "read"),
    ("bill", "pay"),
    ("project", "fly"),
    ("role", "paint"),
    ("moon", "read"),
];

/// The names of roles in these tests. The last one is nobody's.
pub(crate) const ROLES: &[&str] = &["owner", "admin", "member", "editor", "auditor", "ghost"];

/// Whether a role allows something, with [`super::rows::config`].
pub(crate) fn role_allows(role: &str, resource: &str, action: &str) -> bool {
    let exists = UNIVERSE.contains(&(resource, action))
        && !matches!(
            (resource, action),
            ("project", "fly") | ("role", "paint") | ("moon", _)
        );
    let is_the_apps =
        matches!(resource, "project" | "bill") || (resource, action) == ("member", "export");
    let is_the_owners = matches!((resource, action), ("organization", "delete" | "security"));
    exists
        && match role {
            "owner" => true,
            "admin" => !is_the_apps && !is_the_owners,
            "member" => (resource, action) == ("project", "read"),
            "editor" => matches!(
                (resource, action),
                ("project", "create" | "read") | ("role", "create" | "update" | "delete")
            ),
            "auditor" => matches!((resource, action), ("bill", "read") | ("role", "read")),
            _ => false,
        }
}

/// A membership in one of the groups.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    pub(crate) roles: Vec<&'static str>,
    pub(crate) is_active: bool,
    pub(crate) is_being_removed: bool,
    pub(crate) is_of_another_user: bool,
}

/// What is the matter with the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Person {
    Missing,
    Banned,
    BannedBefore,
    Welcome,
}

/// A user in a group and those above it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// From the group up to the organization.
    pub(crate) seats: Vec<Option<Seat>>,
    pub(crate) person: Person,
    pub(crate) has_second_factor: bool,
    pub(crate) needs_second_factor: bool,
}

impl Case {
    pub(crate) fn lineage(&self) -> Vec<GroupRow> {
        with_second_factor(line(self.seats.len()), self.needs_second_factor)
    }

    pub(crate) fn rows(&self) -> StandingRows {
        let memberships = self
            .seats
            .iter()
            .enumerate()
            .filter_map(|(level, seat)| {
                let seat = seat.as_ref()?;
                let mut row = membership(level, &seat.roles);
                if seat.roles.contains(&"auditor") {
                    row.role_ids.push(AUDITOR.to_owned());
                }
                if !seat.is_active {
                    row.status = "suspended".to_owned();
                }
                row.removed_time = seat.is_being_removed.then_some(UnixMillis(5.0));
                if seat.is_of_another_user {
                    row.user_id = "eve".to_owned();
                }
                Some(row)
            })
            .collect();
        let mut rows = standing_rows(memberships);
        rows.custom_roles = self.lineage().last().map(auditor).into_iter().collect();
        let mut user = user();
        user.second_factor_time = self.has_second_factor.then_some(UnixMillis(1.0));
        user.banned_time =
            matches!(self.person, Person::Banned | Person::BannedBefore).then_some(UnixMillis(1.0));
        user.ban_expiration_time = (self.person == Person::BannedBefore).then_some(UnixMillis(2.0));
        rows.user = (self.person != Person::Missing).then_some(user);
        rows
    }

    /// Whether the membership at a level would count, a second factor aside.
    pub(crate) fn would_count(&self, level: usize) -> bool {
        let seat = |level: usize| {
            self.seats
                .get(level)
                .and_then(Option::as_ref)
                .filter(|seat| !seat.is_of_another_user)
        };
        let is_barred =
            (level..self.seats.len()).any(|above| seat(above).is_some_and(|s| s.is_being_removed));
        matches!(self.person, Person::Welcome | Person::BannedBefore)
            && seat(level).is_some_and(|seat| seat.is_active)
            && !is_barred
    }

    /// Whether the organization asks in vain for a second factor.
    pub(crate) fn lacks_second_factor(&self) -> bool {
        self.needs_second_factor && !self.has_second_factor
    }

    /// The roles of all memberships that count.
    pub(crate) fn roles(&self) -> BTreeSet<&'static str> {
        (0..self.seats.len())
            .filter(|level| self.would_count(*level) && !self.lacks_second_factor())
            .filter_map(|level| self.seats.get(level)?.as_ref())
            .flat_map(|seat| seat.roles.iter().copied())
            .collect()
    }

    /// Whether the user may do something.
    pub(crate) fn allows(&self, resource: &str, action: &str) -> bool {
        self.roles()
            .iter()
            .any(|role| role_allows(role, resource, action))
    }
}

pub(crate) fn some_roles() -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(ROLES, 1..=3)
}

fn some_seat() -> impl Strategy<Value = Seat> {
    (
        some_roles(),
        prop::bool::weighted(0.8),
        prop::bool::weighted(0.15),
        prop::bool::weighted(0.1),
    )
        .prop_map(
            |(roles, is_active, is_being_removed, is_of_another_user)| Seat {
                roles,
                is_active,
                is_being_removed,
                is_of_another_user,
            },
        )
}

/// Users in groups at any depth. Most have nothing the matter with them.
pub(crate) fn some_case() -> impl Strategy<Value = Case> {
    (
        prop::collection::vec(prop::option::of(some_seat()), 1..7),
        prop::sample::select(vec![
            Person::Welcome,
            Person::Welcome,
            Person::Welcome,
            Person::BannedBefore,
            Person::Banned,
            Person::Missing,
        ]),
        any::<bool>(),
        prop::bool::weighted(0.3),
    )
        .prop_map(
            |(seats, person, has_second_factor, needs_second_factor)| Case {
                seats,
                person,
                has_second_factor,
                needs_second_factor,
            },
        )
}
