//! What is recorded of operations on members, roles and invitations.

use super::{AuditEvent, AuditEventName};
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};

/// What an operation is about.
pub(crate) struct Record<'a> {
    /// What was to happen.
    pub(crate) event: AuditEventName,
    /// Where the request came from.
    pub(crate) origin: &'a Origin,
    /// The user it is about.
    pub(crate) user_id: Option<&'a str>,
    /// Who did it; missing when the app did.
    pub(crate) actor_id: Option<&'a str>,
    /// The group it is about.
    pub(crate) group_id: Option<&'a str>,
}

impl Record<'_> {
    /// What is recorded when it was done.
    pub(crate) fn done(&self) -> Vec<AuditEvent> {
        vec![self.complete(AuditEvent::success(self.event, self.origin))]
    }

    /// What is recorded when it was refused: nothing if it could not have been
    /// done by anybody, because an argument is malformed or names nothing.
    pub(crate) fn refused(&self, refusal: &Refusal) -> Vec<AuditEvent> {
        if is_mistake(refusal.code) {
            return Vec::new();
        }
        let event = AuditEvent::refused(self.event, refusal.code, self.origin);
        vec![self.complete(event)]
    }

    fn complete(&self, event: AuditEvent) -> AuditEvent {
        let actor_id = self.actor_id.filter(|actor| Some(*actor) != self.user_id);
        event
            .of_user(self.user_id)
            .by(actor_id)
            .in_group(self.group_id)
    }
}

fn is_mistake(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::InvalidParameters
            | ErrorCode::InvalidEmail
            | ErrorCode::UserNotFound
            | ErrorCode::GroupNotFound
            | ErrorCode::MemberNotFound
            | ErrorCode::RoleNotFound
            | ErrorCode::UnknownPermission
            | ErrorCode::InviteNotFound
            | ErrorCode::KeyNotFound
            | ErrorCode::ApiKeyInvalidScope
    )
}
