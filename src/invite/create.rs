//! Making an invitation.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::inviter::Inviter;
use super::limits::InviteLimits;
use super::row::{InviteRow, InviteStatus, NewInvite};
use super::terms::{self, InviteInput, Terms};
use super::token;
use crate::audit::Record;
use crate::audit::{AuditEvent, AuditEventName};
use crate::entropy::Entropy;
use crate::group::GroupsConfig;
use crate::limiter::LimitWrite;
use crate::member::require_no_membership;
use crate::origin::Origin;
use crate::permission::{CustomRoleRow, MEMBER, ResolvedRoles, StandingRows, resolve_roles};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::MembershipRow;
use crate::tree::{GroupCounts, GroupRow};

/// An invitation to make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct InviteCreateCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// What it is to be.
    pub input: InviteInput,
    /// Whether it is to a group, and not to the app alone.
    pub has_group: bool,
    /// The group and those above it; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// What the group has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<GroupCounts>,
    /// Who invites; missing when the app does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inviter: Option<StandingRows>,
    /// The organization's own roles of these names.
    pub custom_roles: Vec<CustomRoleRow>,
    /// Pending invitations of the address to the group.
    pub duplicates: Vec<InviteRow>,
    /// Pending invitations to the group whose time is over.
    pub overdue: Vec<InviteRow>,
    /// The memberships of the user with this proved address, if there is one,
    /// in the group and in those above it.
    pub invitee_memberships: Vec<MembershipRow>,
    /// If it is to be sent by e-mail: the limits of that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<InviteLimits>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum InviteCreation {
    /// It is made.
    Done {
        /// The invitation to store.
        invite: NewInvite,
        /// The token, which is not stored.
        token: String,
        /// Invitations whose time is over.
        expired: Vec<String>,
        /// Counters to store.
        limits: Vec<LimitWrite>,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
        /// Invitations whose time is over.
        expired: Vec<String>,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
}

/// Decides whether somebody is invited: never with more than who invites holds.
pub fn create(call: InviteCreateCall, entropy: &mut Entropy) -> InviteCreation {
    let record = Record {
        event: AuditEventName::InviteCreated,
        origin: &call.origin,
        user_id: None,
        actor_id: call
            .inviter
            .as_ref()
            .map(|inviter| inviter.user_id.as_str()),
        group_id: call.lineage.first().map(|group| group.id.as_str()),
    };
    let expired = expired(&call);
    match decide(&call, expired.len()) {
        Ok(Accepted {
            terms,
            roles,
            limits,
        }) => {
            let (token, token_hash) = token::mint(entropy);
            InviteCreation::Done {
                invite: NewInvite {
                    invited_by_user_id: call
                        .inviter
                        .as_ref()
                        .map(|inviter| inviter.user_id.clone()),
                    sent_time: call.limits.is_some().then_some(call.now),
                    email: terms.email,
                    role: roles.names.first().cloned().unwrap_or_default(),
                    roles: roles.names,
                    status: InviteStatus::Pending,
                    expires_time: terms.expires_time,
                    max_uses: terms.max_uses,
                    uses: 0,
                    token_hash,
                },
                token,
                expired,
                limits,
                audit: record.done(),
            }
        }
        Err(refusal) => InviteCreation::Refused {
            audit: record.refused(&refusal),
            refusal,
            expired,
        },
    }
}

/// An invitation that may be made.
struct Accepted {
    terms: Terms,
    roles: ResolvedRoles,
    limits: Vec<LimitWrite>,
}

fn decide(call: &InviteCreateCall, expired: usize) -> Result<Accepted, Refusal> {
    let permissions = call.config.permissions();
    let lineage = call.lineage.as_slice();
    if call.has_group && lineage.is_empty() {
        return Err(ErrorCode::GroupNotFound.into());
    }
    // Who may invite nobody learns nothing about roles, members and addresses.
    let inviter = call
        .inviter
        .as_ref()
        .map(|rows| Inviter::of(rows, call.now, permissions, lineage, call.has_group));
    if let Some(inviter) = &inviter {
        inviter.require()?;
    }
    let settings = call.config.settings_of(lineage);
    let terms = terms::check(&call.input, call.now, settings.invite_lifetime)?;
    let default_roles = [MEMBER.to_owned()];
    let names = call.input.roles.as_deref().unwrap_or(&default_roles);
    let roles = resolve_roles(names, permissions, &call.custom_roles, lineage)?;
    if let Some(inviter) = &inviter {
        inviter.require_grant(&roles)?;
    }
    require_no_membership(&call.invitee_memberships, lineage)?;
    if terms.email.is_some() && call.duplicates.iter().any(|row| row.is_open(call.now)) {
        return Err(ErrorCode::DuplicateInvite.into());
    }
    if let Some(counts) = call.counts.as_ref().filter(|_| call.has_group) {
        let expired = u32::try_from(expired).unwrap_or(u32::MAX);
        if counts.pending_invites.saturating_sub(expired) >= settings.pending_invite_limit {
            return Err(ErrorCode::InviteLimitReached.into());
        }
    }
    let limits = terms::count_sent(call.limits.as_ref(), terms.email.as_deref(), call.now)?;
    Ok(Accepted {
        terms,
        roles,
        limits,
    })
}

/// The invitations whose time is over, each once.
fn expired(call: &InviteCreateCall) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    let rows = call.overdue.iter().chain(&call.duplicates);
    for row in rows.filter(|row| row.is_overdue(call.now)) {
        if !ids.contains(&row.id) {
            ids.push(row.id.clone());
        }
    }
    ids
}
