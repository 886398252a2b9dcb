//! What a wrong secret leaves behind.

use crate::audit::{AuditEvent, AuditEventName};
use crate::limiter::{AttemptLimits, LimitWrite};
use crate::time::UnixMillis;

/// Counts a wrong secret. `refused` records it; a failure that locks the
/// identifier for the network is recorded as such, too.
pub(crate) fn count(
    attempt: &AttemptLimits,
    refused: AuditEvent,
    now: UnixMillis,
) -> (Vec<LimitWrite>, Vec<AuditEvent>) {
    let failure = attempt.fail(now);
    let locked = failure.locked.then(|| AuditEvent {
        event: AuditEventName::AccountLocked,
        ..refused.clone()
    });
    let audit = [refused].into_iter().chain(locked).collect();
    (failure.writes, audit)
}
