//! What has to hold after everything that happens.

use std::collections::BTreeSet;

use super::choice::nth;
use super::oracle::{Held, OWNING, Oracle, Question, pair};
use super::tables::Tables;
use super::{GROUPS, Invitation, Membership, Store, USERS, email_of, statement};
use crate::group::GroupsConfig;
use crate::invite::InviteStatus;
use crate::refusal::ErrorCode;
use crate::tree::GroupRow;
use crate::tree::MembershipRow;

/// The kind of what nobody does.
const NATURE: &str = "nature";

/// Who answers for what somebody gets by a step.
#[derive(Clone, Debug, PartialEq)]
enum Giver {
    /// A user, who must hold it.
    User(String),
    /// The app, or the course of things.
    Anybody,
    /// Nobody gets anything.
    Nobody,
}

/// What came of a step.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) kind: &'static str,
    pub(super) result: Result<(), ErrorCode>,
    actor: Option<String>,
    giver: Giver,
    /// The group and what the actor must have been allowed there.
    needs: Option<(String, (String, String))>,
    /// The membership that was changed or removed, as it was.
    touched: Option<MembershipRow>,
}

impl Outcome {
    /// Something that an actor has tried, or the app.
    pub(super) fn by(
        actor: Option<&str>,
        kind: &'static str,
        result: Result<(), ErrorCode>,
    ) -> Self {
        Outcome {
            kind,
            result,
            actor: actor.map(str::to_owned),
            giver: actor.map_or(Giver::Anybody, |actor| Giver::User(actor.to_owned())),
            needs: None,
            touched: None,
        }
    }

    /// Something that happens.
    pub(super) fn of_nature() -> Self {
        Outcome::by(None, NATURE, Ok(()))
    }

    fn is_of_nature(&self) -> bool {
        self.kind == NATURE
    }

    /// Something by which nobody gets anything, whoever does it.
    pub(super) fn gives_nothing(self) -> Self {
        let giver = Giver::Nobody;
        Outcome { giver, ..self }
    }

    /// Something that takes a permission.
    pub(super) fn needs(self, group: &str, resource: &str, action: &str) -> Self {
        let needs = Some((group.to_owned(), pair((resource, action))));
        Outcome { needs, ..self }
    }

    /// Something that is done to a membership.
    pub(super) fn touches(self, row: &MembershipRow) -> Self {
        let touched = Some(row.clone());
        Outcome { touched, ..self }
    }
}

/// How it was before a step.
pub(super) struct Snapshot {
    pub(super) tables: Tables,
    config: GroupsConfig,
}

/// A deployment, and what its past obliges it to.
pub(super) struct World {
    pub(super) store: Store,
    /// All tokens that were made, with their invitations, oldest first.
    pub(super) tokens: Vec<(String, String)>,
    /// The organizations that have had an owner.
    owned: BTreeSet<String>,
}

impl World {
    /// A world in which something has happened already.
    pub(super) fn new() -> Self {
        let mut store = Store::with_owners();
        let lead = statement("member", &["create", "update"]);
        store.create_role(None, "acme", "lead", &[lead]).unwrap();
        for (group, user, role) in [
            ("acme", "dan", "recruiter"),
            ("acme", "eve", "member"),
            ("engineering", "eve", "lead"),
            ("sales", "eve", "admin"),
        ] {
            let new = Membership::of(group, user, &[role]);
            store.add(Some("ada"), new).unwrap();
        }
        let asleep = Membership::of("core", "cleo", &["owner"]).with_status("suspended");
        store.add(Some("ada"), asleep).unwrap();
        let mut tokens = Vec::new();
        for (inviter, invitation) in [
            (
                "cleo",
                Invitation::link("engineering", &["lead"]).for_many(3),
            ),
            (
                "dan",
                Invitation::link("acme", &["recruiter"]).to(&email_of("finn")),
            ),
        ] {
            let issued = store.invite(Some(inviter), &invitation).unwrap();
            tokens.push((issued.id, issued.token));
        }
        World {
            store,
            tokens,
            owned: BTreeSet::new(),
        }
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot {
            tables: self.store.tables.clone(),
            config: self.store.config.clone(),
        }
    }

    /// One of the memberships that are there, or one that is not.
    pub(super) fn nth_member(&self, number: usize) -> MembershipRow {
        let members = &self.store.tables.members;
        let member = nth(members, number);
        member.map_or_else(
            || MembershipRow {
                id: "gone".to_owned(),
                group_id: "acme".to_owned(),
                user_id: "eve".to_owned(),
                roles: Vec::new(),
                role_ids: Vec::new(),
                status: String::new(),
                removed_time: None,
            },
            |member| member.row.clone(),
        )
    }

    /// The id and the group of a role.
    pub(super) fn nth_role(&self, number: usize) -> (String, String) {
        let roles = &self.store.tables.roles;
        let role = nth(roles, number);
        role.map_or_else(
            || ("gone".to_owned(), "acme".to_owned()),
            |role| (role.id.clone(), role.group_id.clone()),
        )
    }

    /// The id, the group and the maker of an invitation.
    pub(super) fn nth_invite(&self, number: usize) -> (String, String, Option<String>) {
        let invites = &self.store.tables.invites;
        let invite = nth(invites, number);
        invite.map_or_else(
            || ("gone".to_owned(), "acme".to_owned(), None),
            |invite| {
                let row = invite.row.clone();
                (row.id, row.group_id.unwrap(), row.invited_by_user_id)
            },
        )
    }

    /// An invitation, and a token that it has or had.
    pub(super) fn nth_token(&self, number: usize) -> (String, String) {
        let made_up = ("gone".to_owned(), "inv_made-up".to_owned());
        nth(&self.tokens, number).cloned().unwrap_or(made_up)
    }

    /// Makes sure that all that has to hold holds after a step.
    pub(super) fn check(&mut self, before: &Snapshot, outcome: &Outcome) {
        let context = format!("{outcome:?}");
        self.check_rows(&context);
        self.check_owners(&context);
        self.check_invites(before, &context);
        let (old, new) = (&before.tables, &self.store.tables);
        let is_given = (&old.members, &old.roles) != (&new.members, &new.roles);
        if is_given || outcome.is_of_nature() {
            self.check_standings(&context);
        }
        if is_given {
            self.check_gains(before, outcome);
        }
        if outcome.result.is_err() {
            let now = self.store.now;
            assert_eq!(
                self.store.tables.without_traces(now),
                before.tables.without_traces(now),
                "what is refused changes nothing: {context}"
            );
        }
        self.check_authority(before, outcome);
    }

    /// One membership per user and group, and counts as there are rows.
    fn check_rows(&self, context: &str) {
        let tables = &self.store.tables;
        let members = tables.members.iter();
        let places: BTreeSet<_> = members
            .map(|member| (&member.row.group_id, &member.row.user_id))
            .collect();
        assert_eq!(places.len(), tables.members.len(), "{context}");
        for (group, _) in GROUPS {
            let counts = tables.counts(group);
            let members = tables.members.iter();
            let members = members.filter(|member| member.row.group_id == group);
            let roles = tables.roles.iter().filter(|role| role.group_id == group);
            assert_eq!(
                (counts.members, counts.pending_invites, counts.roles),
                (
                    u32::try_from(members.count()).unwrap(),
                    u32::try_from(tables.pending(Some(group)).count()).unwrap(),
                    u32::try_from(roles.count()).unwrap(),
                ),
                "counts are as there are rows: {context}"
            );
        }
    }

    /// An organization that has had an owner has an active one.
    fn check_owners(&mut self, context: &str) {
        for (group, _) in GROUPS.iter().filter(|(_, parent)| parent.is_none()) {
            let mut members = self.store.tables.members.iter();
            let is_owned = members.any(|member| {
                let row = &member.row;
                let is_active = row.status == "active" && row.removed_time.is_none();
                row.group_id == *group && is_active && row.roles.iter().any(|role| role == "owner")
            });
            let was_owned = self.owned.contains(*group);
            assert!(is_owned || !was_owned, "{group} has an owner: {context}");
            if is_owned {
                self.owned.insert((*group).to_owned());
            }
        }
        for member in &self.store.tables.members {
            let row = &member.row;
            let owns = row.status == "active"
                && row.removed_time.is_none()
                && row.roles.iter().any(|role| role == "owner");
            assert_eq!(member.is_owner, owns, "the column is right: {context}");
        }
    }

    /// An invitation is accepted as often as it may be, once by each, by whom
    /// it is for, and only while it waits for that.
    fn check_invites(&self, before: &Snapshot, context: &str) {
        let tables = &self.store.tables;
        for invite in &tables.invites {
            let row = &invite.row;
            let acceptances = tables.acceptances.iter();
            let acceptances = acceptances.filter(|acceptance| acceptance.invite_id == row.id);
            let users: Vec<_> = acceptances.map(|acceptance| &acceptance.user_id).collect();
            let uses = usize::try_from(row.uses).unwrap();
            assert_eq!(users.len(), uses, "{context}");
            assert!(row.uses <= row.max_uses, "{context}");
            assert_eq!(
                row.status == InviteStatus::Accepted,
                row.uses == row.max_uses,
                "it is accepted when it is used up: {context}"
            );
            let named: Vec<_> = users.into_iter().flatten().collect();
            let distinct: BTreeSet<_> = named.iter().collect();
            assert_eq!(distinct.len(), named.len(), "once by each: {context}");
            for user in named {
                let email = &tables.user(user).unwrap().email;
                assert!(row.email.is_none() || row.email == *email, "{context}");
            }
            if let Some(earlier) = before.tables.invite(&row.id) {
                let was_open = earlier.row.status == InviteStatus::Pending
                    && self.store.now < earlier.row.expires_time;
                assert!(was_open || earlier.row.uses == row.uses, "{context}");
            }
        }
    }

    /// The core and the oracle agree on what everybody may do.
    fn check_standings(&self, context: &str) {
        let Store {
            tables,
            config,
            now,
            ..
        } = &self.store;
        for (group, _) in GROUPS {
            let lineage: Vec<GroupRow> = tables.lineage(group);
            for user in USERS {
                let rows = tables.standing(user, &lineage);
                let standing = rows.standing(*now, config.permissions(), &lineage);
                let mut held: Held = standing.permissions().iter().map(pair).collect();
                if standing.is_owner() {
                    held.insert(pair(OWNING));
                }
                let expected = Oracle::of(&self.store).held(user, group, Question::Now);
                assert_eq!(held, expected, "{user} in {group} after {context}");
            }
        }
    }

    /// Who did something was allowed to, and held all that the member held to
    /// whom it was done. Owners are refused nothing for want of permission.
    fn check_authority(&self, before: &Snapshot, outcome: &Outcome) {
        let Some(actor) = &outcome.actor else {
            assert_ne!(outcome.result, Err(ErrorCode::Forbidden), "the app may");
            return;
        };
        let Some((group, permission)) = &outcome.needs else {
            return;
        };
        let oracle = before.oracle();
        let held = oracle.held(actor, group, Question::Now);
        if outcome.result == Err(ErrorCode::Forbidden) {
            assert!(!held.contains(&pair(OWNING)), "owners may: {outcome:?}");
        }
        if outcome.result.is_ok() {
            assert!(held.contains(permission), "not allowed: {outcome:?}");
            let others = outcome.touched.as_ref().filter(|row| row.user_id != *actor);
            if let Some(row) = others {
                let theirs = oracle.allowed_by(row);
                assert!(
                    theirs.is_subset(&held),
                    "touched who holds more: {outcome:?}"
                );
            }
        }
    }

    /// Nobody gets by an actor what the actor did not hold.
    fn check_gains(&self, before: &Snapshot, outcome: &Outcome) {
        if outcome.giver == Giver::Anybody {
            return;
        }
        let (old, new) = (before.oracle(), Oracle::of(&self.store));
        for (group, _) in GROUPS {
            let most = match &outcome.giver {
                Giver::User(giver) => old.held(giver, group, Question::Now),
                Giver::Anybody | Giver::Nobody => Held::new(),
            };
            for user in USERS {
                for question in [Question::Granted, Question::Promised] {
                    let had = old.held(user, group, question);
                    let has = new.held(user, group, question);
                    let gains: Held = has.difference(&had).cloned().collect();
                    assert!(
                        gains.is_subset(&most),
                        "{user} gets {gains:?} in {group} by {outcome:?}"
                    );
                }
            }
        }
        // Not even roles that allow no more than others the user has already.
        for member in &self.store.tables.members {
            let earlier = before.tables.member(&member.row.id);
            let is_same = earlier.is_some_and(|row| {
                (&row.roles, &row.role_ids) == (&member.row.roles, &member.row.role_ids)
            });
            if let Giver::User(giver) = &outcome.giver
                && !is_same
            {
                let most = old.held(giver, &member.row.group_id, Question::Now);
                assert!(new.allowed_by(&member.row).is_subset(&most), "{outcome:?}");
            }
        }
    }
}

impl Snapshot {
    fn oracle(&self) -> Oracle<'_> {
        Oracle {
            tables: &self.tables,
            config: &self.config,
        }
    }
}
