//! Invitations, as the component makes, renews, revokes and accepts them.

use super::store::Store;
use super::tables::{Acceptance, StoredInvite};
use super::words;
use crate::invite::{
    InviteAcceptCall, InviteAcceptance, InviteCreateCall, InviteCreation, InviteCredential,
    InviteInput, InviteLimits, InviteRenewCall, InviteRenewal, InviteRevocation, InviteRevokeCall,
    InviteRow, InviteStatus, PresentedInvite, accept, create, limit_keys, present, renew, revoke,
};
use crate::refusal::ErrorCode;
use crate::time::UnixMillis;

/// An invitation to make.
#[derive(Clone, Debug)]
pub(crate) struct Invitation {
    pub(crate) group: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) roles: Option<Vec<String>>,
    pub(crate) expires_time: Option<UnixMillis>,
    pub(crate) max_uses: Option<f64>,
    pub(crate) is_sent: bool,
}

/// An invitation that was made.
#[derive(Clone, Debug)]
pub(crate) struct Issued {
    pub(crate) id: String,
    pub(crate) token: String,
}

impl Invitation {
    /// A link to a group.
    pub(crate) fn link(group: &str, roles: &[&str]) -> Self {
        Invitation {
            group: Some(group.to_owned()),
            email: None,
            roles: Some(words(roles)),
            expires_time: None,
            max_uses: None,
            is_sent: false,
        }
    }

    /// The same invitation for one address.
    pub(crate) fn to(self, email: &str) -> Self {
        Invitation {
            email: Some(email.to_owned()),
            ..self
        }
    }

    /// The same link for many.
    pub(crate) fn for_many(self, max_uses: u32) -> Self {
        Invitation {
            max_uses: Some(f64::from(max_uses)),
            ..self
        }
    }

    /// The same invitation, sent by e-mail.
    pub(crate) fn sent(self) -> Self {
        Invitation {
            is_sent: true,
            ..self
        }
    }
}

impl Store {
    fn limits(&self, email: Option<&str>, inviter: Option<&str>) -> InviteLimits {
        let keys = limit_keys(email.unwrap_or_default(), inviter, &self.origin);
        InviteLimits {
            send_to: self.tables.limit(keys.send_to),
            send_from: self.tables.limit(keys.send_from),
            send_by: self.tables.limit(keys.send_by),
        }
    }

    /// What `create` is asked, as the component reads it.
    pub(crate) fn create_call(&self, inviter: Option<&str>, new: &Invitation) -> InviteCreateCall {
        let group = new.group.as_deref();
        let lineage = group.map_or_else(Vec::new, |group| self.tables.lineage(group));
        let names = new.roles.clone().unwrap_or_default();
        let duplicates = self.tables.pending(group);
        let duplicates = duplicates.filter(|row| new.email.is_some() && row.email == new.email);
        let overdue = self.tables.pending(group);
        let overdue = overdue.filter(|row| row.expires_time <= self.now);
        let mut users = self.tables.users.iter();
        let invitee = users.find(|user| {
            new.email.is_some() && user.email == new.email && user.email_verification_time.is_some()
        });
        InviteCreateCall {
            now: self.now,
            config: self.config.clone(),
            origin: self.origin.clone(),
            input: InviteInput {
                email: new.email.clone(),
                roles: new.roles.clone(),
                expires_time: new.expires_time,
                max_uses: new.max_uses,
            },
            has_group: group.is_some(),
            counts: group.map(|group| self.tables.counts(group)),
            inviter: inviter.map(|inviter| self.tables.standing(inviter, &lineage)),
            custom_roles: self.tables.roles_named(&names, &lineage),
            duplicates: duplicates.cloned().collect(),
            overdue: overdue.cloned().collect(),
            invitee_memberships: invitee
                .map_or_else(Vec::new, |user| self.tables.memberships(&user.id, &lineage)),
            limits: new
                .is_sent
                .then(|| self.limits(new.email.as_deref(), inviter)),
            lineage,
        }
    }

    /// Invites somebody, by a user or by the app.
    pub(crate) fn invite(
        &mut self,
        inviter: Option<&str>,
        new: &Invitation,
    ) -> Result<Issued, ErrorCode> {
        let call = self.create_call(inviter, new);
        match create(call, &mut self.entropy) {
            InviteCreation::Done {
                invite,
                token,
                expired,
                limits,
                audit,
            } => {
                self.record_done(audit);
                self.mark_expired(&expired);
                self.tables.write_limits(limits);
                let id = self.next_id("invite");
                self.tables.invites.push(StoredInvite {
                    row: InviteRow {
                        id: id.clone(),
                        group_id: new.group.clone(),
                        invited_by_user_id: invite.invited_by_user_id,
                        email: invite.email,
                        roles: invite.roles,
                        status: invite.status,
                        expires_time: invite.expires_time,
                        max_uses: invite.max_uses,
                        uses: invite.uses,
                        sent_time: invite.sent_time,
                    },
                    token_hash: invite.token_hash,
                });
                if let Some(group) = &new.group {
                    self.tables.counts_mut(group).pending_invites += 1;
                }
                Ok(Issued { id, token })
            }
            InviteCreation::Refused {
                refusal,
                expired,
                audit,
            } => {
                self.mark_expired(&expired);
                Err(self.record_refused(&refusal, audit))
            }
        }
    }

    /// What `renew` is asked, as the component reads it.
    pub(crate) fn renew_call(
        &self,
        actor: Option<&str>,
        invite: &str,
        is_sent: bool,
    ) -> InviteRenewCall {
        let row = self.tables.invite(invite).map(|invite| invite.row.clone());
        let group = row.as_ref().and_then(|row| row.group_id.as_deref());
        let lineage = group.map_or_else(Vec::new, |group| self.tables.lineage(group));
        let inviter = row
            .as_ref()
            .and_then(|row| row.invited_by_user_id.as_deref());
        let names = row.as_ref().map_or(&[][..], |row| &row.roles);
        let email = row.as_ref().and_then(|row| row.email.as_deref());
        InviteRenewCall {
            now: self.now,
            config: self.config.clone(),
            origin: self.origin.clone(),
            actor: actor.map(|actor| self.tables.standing(actor, &lineage)),
            inviter: inviter.map(|inviter| self.tables.standing(inviter, &lineage)),
            custom_roles: self.tables.roles_named(names, &lineage),
            limits: is_sent.then(|| self.limits(email, actor.or(inviter))),
            invite: row,
            lineage,
        }
    }

    /// Gives an invitation a new token, by an actor or by the app.
    pub(crate) fn renew(
        &mut self,
        actor: Option<&str>,
        invite: &str,
        is_sent: bool,
    ) -> Result<String, ErrorCode> {
        let call = self.renew_call(actor, invite, is_sent);
        match renew(call, &mut self.entropy) {
            InviteRenewal::Done {
                token,
                token_hash,
                expires_time,
                sent_time,
                limits,
                audit,
            } => {
                self.record_done(audit);
                self.tables.write_limits(limits);
                let stored = self.tables.invite_mut(invite);
                stored.token_hash = token_hash;
                stored.row.expires_time = expires_time;
                stored.row.sent_time = sent_time;
                Ok(token)
            }
            InviteRenewal::Refused { refusal, audit } => Err(self.record_refused(&refusal, audit)),
        }
    }

    /// Takes an invitation back, by an actor or by the app.
    pub(crate) fn revoke(&mut self, actor: Option<&str>, invite: &str) -> Result<(), ErrorCode> {
        let row = self.tables.invite(invite).map(|invite| invite.row.clone());
        let group = row.as_ref().and_then(|row| row.group_id.as_deref());
        let lineage = group.map_or_else(Vec::new, |group| self.tables.lineage(group));
        let answer = revoke(InviteRevokeCall {
            now: self.now,
            config: self.config.clone(),
            origin: self.origin.clone(),
            actor: actor.map(|actor| self.tables.standing(actor, &lineage)),
            invite: row,
            lineage,
        });
        match answer {
            InviteRevocation::Done { audit } => {
                self.record_done(audit);
                self.close(invite, InviteStatus::Revoked);
                Ok(())
            }
            InviteRevocation::Refused { refusal, audit } => {
                Err(self.record_refused(&refusal, audit))
            }
        }
    }

    /// What `accept` is asked, as the component reads it.
    pub(crate) fn accept_call(
        &self,
        user: Option<&str>,
        invite: Option<&str>,
        credential: InviteCredential,
    ) -> InviteAcceptCall {
        let row = invite
            .and_then(|invite| self.tables.invite(invite))
            .map(|invite| invite.row.clone());
        let group = row.as_ref().and_then(|row| row.group_id.as_deref());
        let lineage = group.map_or_else(Vec::new, |group| self.tables.lineage(group));
        let inviter = row
            .as_ref()
            .and_then(|row| row.invited_by_user_id.as_deref());
        let names = row.as_ref().map_or(&[][..], |row| &row.roles);
        let user_id = user.unwrap_or_default();
        let mut acceptances = self.tables.acceptances.iter();
        InviteAcceptCall {
            now: self.now,
            config: self.config.clone(),
            origin: self.origin.clone(),
            credential,
            user: self.tables.user(user_id).cloned(),
            is_anonymous: user.is_none(),
            has_accepted: acceptances.any(|acceptance| {
                acceptance.user_id.as_deref() == user && Some(&*acceptance.invite_id) == invite
            }),
            counts: group.map(|group| self.tables.counts(group)),
            memberships: self.tables.memberships(user_id, &lineage),
            owned_groups: self.tables.owned_groups(user_id),
            inviter: inviter.map(|inviter| self.tables.standing(inviter, &lineage)),
            custom_roles: self.tables.roles_named(names, &lineage),
            invite: row,
            lineage,
        }
    }

    /// Accepts an invitation by its token. Says whether that changed anything.
    pub(crate) fn accept(&mut self, user: &str, token: &str) -> Result<bool, ErrorCode> {
        let invite = match present(token) {
            PresentedInvite::Refused { refusal } => return Err(refusal.code),
            PresentedInvite::Wellformed { token_hash } => {
                let mut invites = self.tables.invites.iter();
                invites
                    .find(|invite| invite.token_hash == token_hash)
                    .map(|invite| invite.row.id.clone())
            }
        };
        let call = self.accept_call(Some(user), invite.as_deref(), InviteCredential::Token);
        self.apply_acceptance(call)
    }

    /// Accepts an invitation by its id, by a user or by nobody.
    pub(crate) fn accept_by_id(
        &mut self,
        user: Option<&str>,
        invite: &str,
    ) -> Result<bool, ErrorCode> {
        let call = self.accept_call(user, Some(invite), InviteCredential::Id);
        self.apply_acceptance(call)
    }

    fn apply_acceptance(&mut self, call: InviteAcceptCall) -> Result<bool, ErrorCode> {
        let invite = call.invite.clone();
        let user_id = call.user.as_ref().map(|user| user.id.clone());
        match accept(call) {
            InviteAcceptance::Repeated => Ok(false),
            InviteAcceptance::Done {
                membership,
                uses,
                status,
                email_verification_time,
                audit,
            } => {
                self.record_done(audit);
                let invite = invite.unwrap();
                if let Some(new) = membership {
                    let group = invite.group_id.as_deref().unwrap();
                    self.insert_member(group, user_id.as_deref().unwrap(), new);
                }
                if let Some(time) = email_verification_time {
                    let user = self.tables.user_mut(user_id.as_deref().unwrap());
                    user.email_verification_time = Some(time);
                }
                self.tables.invite_mut(&invite.id).row.uses = uses;
                if status != InviteStatus::Pending {
                    self.close(&invite.id, status);
                }
                self.tables.acceptances.push(Acceptance {
                    invite_id: invite.id,
                    user_id,
                });
                Ok(true)
            }
            InviteAcceptance::Refused {
                refusal,
                expired,
                audit,
            } => {
                if expired {
                    self.mark_expired(&[invite.unwrap().id]);
                }
                Err(self.record_refused(&refusal, audit))
            }
        }
    }

    fn mark_expired(&mut self, invites: &[String]) {
        for invite in invites {
            self.close(invite, InviteStatus::Expired);
        }
    }

    /// Ends the waiting of an invitation. The component takes whatever it is
    /// told to end for one that waits.
    fn close(&mut self, invite: &str, status: InviteStatus) {
        let row = &mut self.tables.invite_mut(invite).row;
        assert_eq!(row.status, InviteStatus::Pending, "it is counted once");
        row.status = status;
        if let Some(group) = row.group_id.clone() {
            self.tables.counts_mut(&group).pending_invites -= 1;
        }
    }
}
