//! What is recorded of keys.

use super::row::ApiKeyRow;
use crate::audit::{AuditEvent, AuditEventName};
use crate::origin::Origin;

/// Whom an operation on a key is about.
pub(super) struct KeyRecord<'a> {
    key: &'a ApiKeyRow,
    origin: &'a Origin,
}

impl<'a> KeyRecord<'a> {
    /// An operation on a key.
    pub(super) fn of(key: &'a ApiKeyRow, origin: &'a Origin) -> Self {
        KeyRecord { key, origin }
    }

    /// Something that happened to it.
    pub(super) fn done(&self, event: AuditEventName) -> AuditEvent {
        AuditEvent::success(event, self.origin)
            .of_user(self.key.user_id.as_deref())
            .in_group(self.key.group_id.as_deref())
            .of_key(&self.key.id)
    }
}
