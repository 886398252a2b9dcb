//! The events that are recorded about accounts and sessions.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::origin::Origin;
use crate::refusal::ErrorCode;

mod record;

pub(crate) use record::Record;

/// What happened. The names are stable: they are stored and filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum AuditEventName {
    /// A user was created.
    SignUp,
    /// A session was opened, or an attempt to open one was refused.
    SignIn,
    /// The user ended the session.
    SignOut,
    /// An identifier was locked for a network after too many failures.
    AccountLocked,
    /// A code was sent to prove an e-mail address.
    EmailVerificationRequested,
    /// The user proved an e-mail address.
    EmailVerified,
    /// A code was sent to reset a password.
    PasswordResetRequested,
    /// A password was reset with a code.
    PasswordReset,
    /// A signed-in user changed the password.
    PasswordChanged,
    /// A session was ended by the user from elsewhere, or by the app.
    SessionRevoked,
    /// A session was ended because the user opened too many.
    SessionEvicted,
    /// A used refresh token came back: the session was ended.
    RefreshTokenReused,
    /// Accounts and sessions of an unproven user were removed when the owner
    /// of the mailbox came.
    UnprovenAccessRevoked,
    /// The app gave the user an account.
    AccountCreated,
    /// The app changed the secret of an account.
    AccountUpdated,
    /// An account was removed from the user.
    AccountRemoved,
    /// The user's data were changed.
    UserUpdated,
    /// The user was removed.
    UserRemoved,
    /// A group was created.
    GroupCreated,
    /// A group was changed or moved.
    GroupUpdated,
    /// A group was deleted with all below.
    GroupDeleted,
    /// A deleted organization was restored.
    GroupRestored,
    /// A user became a member of a group.
    MemberAdded,
    /// A membership got other roles or another status.
    MemberUpdated,
    /// A member left a group or was removed from it.
    MemberRemoved,
    /// An organization made a role.
    RoleCreated,
    /// An organization changed a role.
    RoleUpdated,
    /// An organization deleted a role.
    RoleDeleted,
    /// An invitation was made.
    InviteCreated,
    /// An invitation got a new token; the one before is void.
    InviteRenewed,
    /// An invitation was accepted.
    InviteAccepted,
    /// An invitation was revoked.
    InviteRevoked,
    /// The app gave or took a role for the whole app.
    UserRoleChanged,
    /// A passkey was added, or was to be.
    PasskeyRegistered,
    /// A passkey got another name.
    PasskeyRenamed,
    /// A passkey was removed.
    PasskeyRemoved,
    /// The counter of a passkey went back: it may have been copied.
    PasskeyCounterRegressed,
    /// An API key was made.
    ApiKeyCreated,
    /// An API key was changed.
    ApiKeyUpdated,
    /// An API key was replaced by another; the old one is revoked.
    ApiKeyRotated,
    /// An API key was revoked.
    ApiKeyRevoked,
    /// An API key was deleted.
    ApiKeyRemoved,
    /// An API key has expired.
    ApiKeyExpired,
    /// An API key was used as often as its quota allows.
    ApiKeyExhausted,
    /// A first factor was proved, and a second one is owed before there is a
    /// session.
    SecondFactorRequested,
    /// A second factor was set up, or its first code was wrong.
    SecondFactorEnrolled,
    /// A second factor was removed.
    SecondFactorRemoved,
    /// A second factor was proved, or an attempt to prove it was refused.
    SecondFactorVerified,
    /// The second factors of a user were locked after too many failures.
    SecondFactorLocked,
    /// A user got recovery codes; the ones before are void.
    RecoveryCodesIssued,
    /// A recovery code was used.
    RecoveryCodeUsed,
    /// The person proved once more who they are: the session was replaced by a
    /// fresh one.
    SessionSteppedUp,
    /// A device is not asked for a second factor for a while.
    DeviceTrusted,
    /// A device is asked for the second factor again.
    DeviceForgotten,
}

/// Whether it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum AuditOutcome {
    /// It was done.
    Success,
    /// It was refused.
    Refused,
}

/// A row of the table `AuditEvent`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AuditEvent {
    /// What happened.
    pub event: AuditEventName,
    /// Whether it was done.
    pub outcome: AuditOutcome,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<ErrorCode>,
    /// The user it is about, if there is one already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// Who did it, if it was somebody else than the user it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor_user_id: Option<String>,
    /// The group it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_id: Option<String>,
    /// The API key it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// The session it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// The provider through which it happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The client's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<String>,
    /// The client's software.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
}

impl AuditEvent {
    /// Something that was done.
    pub fn success(event: AuditEventName, origin: &Origin) -> Self {
        AuditEvent {
            event,
            outcome: AuditOutcome::Success,
            code: None,
            user_id: None,
            actor_user_id: None,
            group_id: None,
            key_id: None,
            session_id: None,
            provider: None,
            ip_address: origin.valid_ip_address(),
            user_agent: origin.bounded_user_agent(),
        }
    }

    /// Something that was refused with `code`.
    pub fn refused(event: AuditEventName, code: ErrorCode, origin: &Origin) -> Self {
        AuditEvent {
            outcome: AuditOutcome::Refused,
            code: Some(code),
            ..AuditEvent::success(event, origin)
        }
    }

    /// The event with its user.
    pub fn of_user(self, user_id: Option<&str>) -> Self {
        AuditEvent {
            user_id: user_id.map(str::to_owned),
            ..self
        }
    }

    /// The event with who did it.
    pub fn by(self, actor_user_id: Option<&str>) -> Self {
        AuditEvent {
            actor_user_id: actor_user_id.map(str::to_owned),
            ..self
        }
    }

    /// The event with its group.
    pub fn in_group(self, group_id: Option<&str>) -> Self {
        AuditEvent {
            group_id: group_id.map(str::to_owned),
            ..self
        }
    }

    /// The event with its API key.
    pub fn of_key(self, key_id: &str) -> Self {
        AuditEvent {
            key_id: Some(key_id.to_owned()),
            ..self
        }
    }

    /// The event with its session.
    pub fn of_session(self, session_id: &str) -> Self {
        AuditEvent {
            session_id: Some(session_id.to_owned()),
            ..self
        }
    }

    /// The event with the provider it came through.
    pub fn through(self, provider: &str) -> Self {
        AuditEvent {
            provider: Some(provider.to_owned()),
            ..self
        }
    }
}
