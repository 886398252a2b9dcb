//! Random lives of two organizations: steps are carried out by the store, and
//! what has to hold afterwards is worked out without it.

use proptest::prelude::*;

use super::choice::{actor_of, group_of, names_of, role_name_of, statements_of, user_of};
use super::invariants::{Outcome, Snapshot, World};
use super::step::{Step, step};
use super::{Invitation, Membership, USERS, app_with_other_roles, email_of};
use crate::group::GroupsConfig;
use crate::refusal::ErrorCode;
use crate::time::Millis;

impl World {
    /// Carries out a step. Numbers are taken modulo what there is.
    pub(super) fn take(&mut self, step: &Step) -> Outcome {
        match step {
            Step::Add { .. } | Step::Update { .. } | Step::Remove { .. } | Step::Leave { .. } => {
                self.take_member_step(step)
            }
            Step::CreateRole { .. } | Step::UpdateRole { .. } | Step::DeleteRole { .. } => {
                self.take_role_step(step)
            }
            Step::Invite { .. }
            | Step::Renew { .. }
            | Step::Revoke { .. }
            | Step::Accept { .. }
            | Step::AcceptById { .. } => self.take_invite_step(step),
            _ => self.change_surroundings(step),
        }
    }

    fn take_member_step(&mut self, step: &Step) -> Outcome {
        match step {
            Step::Add {
                actor,
                group,
                user,
                roles,
                status,
            } => {
                let (actor, group) = (actor_of(*actor), group_of(*group));
                let new = Membership::of(group, user_of(*user), &names_of(roles));
                let new = match status % 8 {
                    0 => new.with_status("suspended"),
                    _ => new,
                };
                let result = self.store.add(actor, new);
                Outcome::by(actor, "add", result.map(|_| ())).needs(group, "member", "create")
            }
            Step::Update {
                actor,
                member,
                roles,
                status,
            } => {
                let row = self.nth_member(*member);
                // Many try to help themselves.
                let actor = if actor.is_multiple_of(3) {
                    Some(row.user_id.as_str())
                } else {
                    actor_of(*actor)
                };
                let roles = roles.as_ref().map(|roles| super::words(&names_of(roles)));
                let status = match status % 4 {
                    0 => Some("suspended"),
                    1 => Some("active"),
                    _ => None,
                };
                let result = self.store.update(actor, &row.id, roles.as_deref(), status);
                Outcome::by(actor, "update", result)
                    .needs(&row.group_id, "member", "update")
                    .touches(&row)
            }
            Step::Remove { actor, member } => {
                let (actor, row) = (actor_of(*actor), self.nth_member(*member));
                let result = self.store.remove(actor, &row.id);
                let outcome = Outcome::by(actor, "remove", result).gives_nothing();
                if actor == Some(row.user_id.as_str()) {
                    return outcome;
                }
                outcome
                    .needs(&row.group_id, "member", "delete")
                    .touches(&row)
            }
            Step::Leave { member } => {
                let row = self.nth_member(*member);
                let result = self.store.leave(&row.user_id, &row.group_id);
                Outcome::by(Some(&row.user_id), "leave", result).gives_nothing()
            }
            _ => Outcome::of_nature(),
        }
    }

    fn take_role_step(&mut self, step: &Step) -> Outcome {
        match step {
            Step::CreateRole {
                actor,
                group,
                name,
                permissions,
            } => {
                let (actor, group) = (actor_of(*actor), group_of(*group));
                let name = role_name_of(*name);
                let permissions = statements_of(permissions);
                let result = self.store.create_role(actor, group, name, &permissions);
                Outcome::by(actor, "create role", result.map(|_| ()))
                    .needs(group, "role", "create")
                    .gives_nothing()
            }
            Step::UpdateRole {
                actor,
                role,
                permissions,
            } => {
                let (actor, role) = (actor_of(*actor), self.nth_role(*role));
                let permissions = statements_of(permissions);
                let result = self.store.update_role(actor, &role.0, &permissions);
                Outcome::by(actor, "update role", result).needs(&role.1, "role", "update")
            }
            Step::DeleteRole { actor, role } => {
                let (actor, role) = (actor_of(*actor), self.nth_role(*role));
                let result = self.store.delete_role(actor, &role.0);
                Outcome::by(actor, "delete role", result)
                    .needs(&role.1, "role", "delete")
                    .gives_nothing()
            }
            _ => Outcome::of_nature(),
        }
    }

    fn take_invite_step(&mut self, step: &Step) -> Outcome {
        match step {
            Step::Invite {
                inviter,
                group,
                email,
                roles,
                max_uses,
                is_sent,
            } => {
                let (inviter, group) = (actor_of(*inviter), group_of(*group));
                let link = Invitation::link(group, &names_of(roles));
                let new = match USERS.get(email % 12) {
                    Some(user) if *is_sent => link.to(&email_of(user)).sent(),
                    Some(user) => link.to(&email_of(user)),
                    None => link.for_many(*max_uses),
                };
                let result = self.store.invite(inviter, &new).map(|issued| {
                    self.tokens.push((issued.id, issued.token));
                });
                Outcome::by(inviter, "invite", result)
                    .needs(group, "invitation", "create")
                    .gives_nothing()
            }
            Step::Renew {
                actor,
                invite,
                is_sent,
            } => {
                let (actor, row) = (actor_of(*actor), self.nth_invite(*invite));
                let result = self.store.renew(actor, &row.0, *is_sent).map(|token| {
                    self.tokens.push((row.0.clone(), token));
                });
                Outcome::by(actor, "renew", result)
                    .needs(&row.1, "invitation", "create")
                    .gives_nothing()
            }
            Step::Revoke { actor, invite } => {
                let (actor, row) = (actor_of(*actor), self.nth_invite(*invite));
                let result = self.store.revoke(actor, &row.0);
                let outcome = Outcome::by(actor, "revoke", result).gives_nothing();
                if row.2.as_deref() == actor {
                    return outcome;
                }
                outcome.needs(&row.1, "invitation", "cancel")
            }
            Step::Accept { user, token } => {
                let (invite, token) = self.nth_token(*token);
                let user = self.addressee(*user, &invite).unwrap_or(user_of(*user));
                let result = self.store.accept(user, &token);
                let valid = self.tokens.iter().rfind(|(id, _)| *id == invite);
                let is_void = valid.is_some_and(|(_, valid)| *valid != token);
                assert!(
                    !is_void || result.is_err(),
                    "a token that was replaced is void"
                );
                self.acceptance("accept", &invite, Some(user), result)
            }
            Step::AcceptById { user, invite } => {
                let invite = self.nth_invite(*invite).0;
                let user = self.addressee(*user, &invite).or(actor_of(*user));
                let result = self.store.accept_by_id(user, &invite);
                self.acceptance("accept by id", &invite, user, result)
            }
            _ => Outcome::of_nature(),
        }
    }

    /// The user for whom an invitation is, for half of the numbers.
    fn addressee(&self, number: usize, invite: &str) -> Option<&'static str> {
        let invite = self.store.tables.invite(invite)?;
        let mut users = USERS.into_iter();
        users.find(|user| number.is_multiple_of(2) && invite.row.email == Some(email_of(user)))
    }

    /// Whoever has made an invitation gives what comes of it.
    fn acceptance(
        &self,
        kind: &'static str,
        invite: &str,
        user: Option<&str>,
        result: Result<bool, ErrorCode>,
    ) -> Outcome {
        let invite = self.store.tables.invite(invite);
        let group = invite.and_then(|invite| invite.row.group_id.clone());
        let inviter = invite.and_then(|invite| invite.row.invited_by_user_id.clone());
        let outcome = Outcome::by(inviter.as_deref(), kind, result.map(|_| ()));
        match (result, group) {
            // Nobody joined.
            (Ok(false) | Err(_), _) | (_, None) => outcome.gives_nothing(),
            (Ok(true), Some(_)) if user.is_none() => outcome.gives_nothing(),
            (Ok(true), Some(group)) => outcome.needs(&group, "invitation", "create"),
        }
    }

    /// Makes sure that nobody has joined a group below one that they are being
    /// removed from, from where they would be removed with it.
    fn check_joins(&self, before: &Snapshot, outcome: &Outcome) {
        let tables = &self.store.tables;
        for member in &tables.members {
            let row = &member.row;
            let lineage = tables.lineage(&row.group_id);
            let memberships = before.tables.memberships(&row.user_id, &lineage);
            let is_barred = memberships.iter().any(|row| row.removed_time.is_some());
            let is_new = before.tables.member(&row.id).is_none();
            assert!(!(is_new && is_barred), "{row:?} after {outcome:?}");
        }
    }

    fn change_surroundings(&mut self, step: &Step) -> Outcome {
        match step {
            Step::FinishRemovals => {
                self.store.finish_removals();
                return Outcome::of_nature().gives_nothing();
            }
            Step::Wait { milliseconds } => self.store.wait(Millis(*milliseconds)),
            Step::Ban { user } => self.store.ban(user_of(*user)),
            Step::Unban { user } => self.store.unban(user_of(*user)),
            Step::AskForSecondFactor { group, asks } => {
                let root = self.store.tables.path(group_of(*group)).pop().unwrap();
                self.store.settings_mut(&root).require_second_factor = Some(*asks);
            }
            Step::SetSecondFactor { user, has } => {
                let now = self.store.now;
                let user = self.store.tables.user_mut(user_of(*user));
                user.second_factor_time = has.then_some(now);
            }
            Step::ChangeApp { config } => {
                self.store.config = match config % 3 {
                    0 => GroupsConfig::default(),
                    1 => super::app_with_roles(),
                    _ => app_with_other_roles(),
                };
            }
            _ => {}
        }
        Outcome::of_nature()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever happens in whatever order, nobody gives what they do not hold,
    /// organizations keep an owner, counts are right, and invitations are
    /// accepted as often as they may be.
    #[test]
    fn what_has_to_hold_holds_after_every_step(steps in prop::collection::vec(step(), 1..60)) {
        let mut world = World::new();
        for step in &steps {
            let before = world.snapshot();
            let outcome = world.take(step);
            world.check(&before, &outcome);
            world.check_joins(&before, &outcome);
        }
    }
}
