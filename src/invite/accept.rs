//! Accepting an invitation.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::inviter::roles_now;
use super::row::{InviteRow, InviteStatus};
use crate::audit::Record;
use crate::audit::{AuditEvent, AuditEventName};
use crate::group::GroupsConfig;
use crate::member::{require_no_membership, require_ownable, require_room};
use crate::origin::Origin;
use crate::permission::{CustomRoleRow, ResolvedRoles, StandingRows};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::{ACTIVE, MembershipRow, NewMembership};
use crate::tree::{GroupCounts, GroupRow};
use crate::user::UserRow;

/// By what the invitation was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum InviteCredential {
    /// By its token.
    Token,
    /// By its id, which proves nothing.
    Id,
}

/// An invitation to accept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct InviteAcceptCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// By what it was found.
    pub credential: InviteCredential,
    /// The invitation, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invite: Option<InviteRow>,
    /// Who accepts, if there is such a user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRow>,
    /// Whether nobody was named who accepts: then the app notes that it was
    /// accepted, and nobody becomes a member.
    pub is_anonymous: bool,
    /// Whether this user has accepted it before.
    pub has_accepted: bool,
    /// The group and those above it; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// What the group has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<GroupCounts>,
    /// The user's memberships in the group and in those above it.
    pub memberships: Vec<MembershipRow>,
    /// How many groups the user owns, counted up to one more than the limit.
    pub owned_groups: u32,
    /// Who invites, if a user does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inviter: Option<StandingRows>,
    /// The organization's own roles of the invitation's names.
    pub custom_roles: Vec<CustomRoleRow>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum InviteAcceptance {
    /// It is accepted.
    Done {
        /// The membership to store, if the invitation is to a group.
        #[serde(skip_serializing_if = "Option::is_none")]
        membership: Option<NewMembership>,
        /// How many have accepted it now.
        uses: u32,
        /// What has become of it.
        status: InviteStatus,
        /// When the address was proved, if it is by this.
        #[serde(skip_serializing_if = "Option::is_none")]
        email_verification_time: Option<UnixMillis>,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
    /// The same user has accepted it before; nothing changes.
    Repeated,
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
        /// Whether its time is over.
        expired: bool,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
}

/// Decides whether a user accepts an invitation. Who has made it must be allowed
/// to invite with its roles now, as they are now.
pub fn accept(call: InviteAcceptCall) -> InviteAcceptance {
    let record = Record {
        event: AuditEventName::InviteAccepted,
        origin: &call.origin,
        user_id: call.user.as_ref().map(|user| user.id.as_str()),
        actor_id: None,
        group_id: call.lineage.first().map(|group| group.id.as_str()),
    };
    match decide(&call) {
        Ok(None) => InviteAcceptance::Repeated,
        Ok(Some(accepted)) => {
            let proved = Record {
                event: AuditEventName::EmailVerified,
                ..record
            };
            let mut audit = record.done();
            if accepted.proves_address {
                audit.extend(proved.done());
            }
            InviteAcceptance::Done {
                membership: accepted.membership,
                uses: accepted.uses,
                status: accepted.status,
                email_verification_time: accepted.proves_address.then_some(call.now),
                audit,
            }
        }
        Err(refusal) => InviteAcceptance::Refused {
            expired: refusal.code == ErrorCode::InviteExpired
                && call
                    .invite
                    .as_ref()
                    .is_some_and(|invite| invite.is_overdue(call.now)),
            audit: record.refused(&refusal),
            refusal,
        },
    }
}

/// What comes of an invitation that is accepted.
struct Accepted {
    membership: Option<NewMembership>,
    uses: u32,
    status: InviteStatus,
    proves_address: bool,
}

/// Nothing if the user has accepted the invitation before.
fn decide(call: &InviteAcceptCall) -> Result<Option<Accepted>, Refusal> {
    let invite = call.invite.as_ref().ok_or(ErrorCode::InviteNotFound)?;
    let user = accepting_user(call)?;
    if user.is_some() && call.has_accepted {
        return Ok(None);
    }
    require_open(invite, call.now)?;
    let proves_address = match (user, &invite.email) {
        (Some(user), Some(email)) => meets_address(user, email, invite, call.credential)?,
        _ => false,
    };
    let membership = match (user, &invite.group_id) {
        (_, Some(_)) if call.lineage.is_empty() => return Err(ErrorCode::GroupNotFound.into()),
        (Some(_), Some(_)) => Some(join(call, invite)?),
        (Some(_), None) => {
            // There is nothing to join, but who has invited must still be there.
            given_roles(call, invite)?;
            None
        }
        (None, _) => None,
    };
    let uses = invite.uses.saturating_add(1);
    Ok(Some(Accepted {
        membership,
        uses,
        status: if uses < invite.max_uses {
            InviteStatus::Pending
        } else {
            InviteStatus::Accepted
        },
        proves_address,
    }))
}

/// Who accepts; nobody if the app only notes that it was accepted.
fn accepting_user(call: &InviteAcceptCall) -> Result<Option<&UserRow>, Refusal> {
    if call.is_anonymous {
        return Ok(None);
    }
    let user = call.user.as_ref().ok_or(ErrorCode::UserNotFound)?;
    if user.is_banned(call.now) {
        return Err(ErrorCode::UserBanned.into());
    }
    Ok(Some(user))
}

fn require_open(invite: &InviteRow, now: UnixMillis) -> Result<(), Refusal> {
    let code = match invite.status {
        InviteStatus::Revoked => ErrorCode::InviteRevoked,
        InviteStatus::Accepted => ErrorCode::InviteAlreadyAccepted,
        InviteStatus::Expired => ErrorCode::InviteExpired,
        InviteStatus::Pending if invite.uses >= invite.max_uses => ErrorCode::InviteAlreadyAccepted,
        InviteStatus::Pending if invite.is_overdue(now) => ErrorCode::InviteExpired,
        InviteStatus::Pending => return Ok(()),
    };
    Err(code.into())
}

/// Makes sure that an invitation of `email` is this user's, and says whether the
/// user proves the address by accepting it.
///
/// Whoever has the token may have got it from the inviter, so it proves the
/// address only if it was sent there and shown to nobody. The id proves nothing
/// at all: then the user must have proved the address before.
fn meets_address(
    user: &UserRow,
    email: &str,
    invite: &InviteRow,
    credential: InviteCredential,
) -> Result<bool, Refusal> {
    if user.email.as_deref() != Some(email) {
        return Err(ErrorCode::InviteEmailMismatch.into());
    }
    let is_proved = user.email_verification_time.is_some();
    match credential {
        InviteCredential::Id if !is_proved => Err(ErrorCode::EmailNotVerified.into()),
        InviteCredential::Id => Ok(false),
        InviteCredential::Token => Ok(!is_proved && invite.sent_time.is_some()),
    }
}

fn given_roles(call: &InviteAcceptCall, invite: &InviteRow) -> Result<ResolvedRoles, Refusal> {
    roles_now(
        invite,
        call.inviter.as_ref(),
        call.now,
        call.config.permissions(),
        &call.custom_roles,
        &call.lineage,
    )
}

/// The membership that the invitation gives.
fn join(call: &InviteAcceptCall, invite: &InviteRow) -> Result<NewMembership, Refusal> {
    require_no_membership(&call.memberships, &call.lineage)?;
    // Without its counts, a group is being removed.
    let counts = call.counts.as_ref().ok_or(ErrorCode::GroupNotFound)?;
    require_room(&call.config, &call.lineage, counts)?;
    let roles = given_roles(call, invite)?;
    let membership = NewMembership::new(roles.names, roles.ids, ACTIVE.to_owned());
    require_ownable(&membership, call.owned_groups)?;
    Ok(membership)
}
