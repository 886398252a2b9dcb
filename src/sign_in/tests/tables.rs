//! The rows, and how they are read.

use std::collections::BTreeMap;

use crate::account::AccountRow;
use crate::audit::{AuditEvent, AuditEventName, AuditOutcome};
use crate::code::CodePurpose;
use crate::limiter::{
    AttemptKeys, AttemptLimits, LimitEntry, LimitRow, LimitWrite, RequestKeys, RequestLimits,
};
use crate::session::{RefreshTokenRow, SessionRow};
use crate::sign_in::CodeRow;
use crate::user::{UserFields, UserRow};

/// By what a code is found: provider, purpose and identifier.
pub(super) type CodeKey = (String, &'static str, String);

/// A user with the columns that no decision reads.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StoredUser {
    pub(super) row: UserRow,
    pub(super) name: Option<String>,
}

/// Everything that is stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tables {
    pub(super) users: Vec<StoredUser>,
    pub(super) accounts: Vec<AccountRow>,
    pub(super) sessions: Vec<SessionRow>,
    pub(super) refresh_tokens: Vec<RefreshTokenRow>,
    pub(super) codes: BTreeMap<CodeKey, CodeRow>,
    pub(super) limits: BTreeMap<String, LimitRow>,
    pub(super) audit: Vec<AuditEvent>,
}

impl StoredUser {
    /// Stores the fields that are given.
    pub(super) fn patch(&mut self, fields: UserFields) {
        self.name = fields.name.or(self.name.take());
        self.row.email = fields.email.or(self.row.email.take());
        self.row.email_verification_time = fields
            .email_verification_time
            .or(self.row.email_verification_time);
    }
}

impl Tables {
    pub(super) fn account(&self, provider: &str, identifier: &str) -> Option<&AccountRow> {
        self.accounts
            .iter()
            .find(|row| row.provider == provider && row.account_id == identifier)
    }

    pub(super) fn user(&self, id: &str) -> Option<&UserRow> {
        let mut rows = self.users.iter().map(|user| &user.row);
        rows.find(|row| row.id == id)
    }

    /// The sessions of a user, oldest first.
    pub(super) fn sessions_of(&self, user_id: &str) -> Vec<SessionRow> {
        let sessions = self.sessions.iter();
        sessions
            .filter(|session| session.user_id == user_id)
            .cloned()
            .collect()
    }

    /// Deletes a session and its refresh token.
    pub(super) fn delete_session(&mut self, id: &str) {
        self.sessions.retain(|session| session.id != id);
        self.refresh_tokens.retain(|row| row.session_id != id);
    }

    pub(super) fn attempt_limits(&self, keys: AttemptKeys) -> AttemptLimits {
        AttemptLimits {
            lock: self.limit(keys.lock),
            account: self.limit(keys.account),
            origin: self.limit(keys.origin),
        }
    }

    pub(super) fn request_limits(&self, keys: RequestKeys) -> RequestLimits {
        RequestLimits {
            send_to: self.limit(keys.send_to),
            send_from: self.limit(keys.send_from),
            sign_up_from: self.limit(keys.sign_up_from),
        }
    }

    fn limit(&self, key: String) -> LimitEntry {
        let row = self.limits.get(&key).cloned();
        LimitEntry { key, row }
    }

    pub(super) fn write_limits(&mut self, writes: &[LimitWrite]) {
        for LimitWrite { key, row } in writes {
            match row {
                Some(row) => self.limits.insert(key.clone(), row.clone()),
                None => self.limits.remove(key),
            };
        }
    }

    /// The stored code of an identifier.
    pub(super) fn code(&self, purpose: CodePurpose, identifier: &str) -> Option<&CodeRow> {
        self.codes.get(&code_key("password", purpose, identifier))
    }

    /// How often an event was recorded.
    pub(super) fn count(&self, event: AuditEventName, outcome: AuditOutcome) -> usize {
        let events = self.audit.iter();
        events
            .filter(|row| row.event == event && row.outcome == outcome)
            .count()
    }

    /// The same rows without the audit trail and the counters: what a refusal
    /// must leave as it was.
    pub(super) fn without_traces(&self) -> Tables {
        Tables {
            limits: BTreeMap::new(),
            audit: vec![],
            ..self.clone()
        }
    }
}

pub(super) fn code_key(provider: &str, purpose: CodePurpose, identifier: &str) -> CodeKey {
    (provider.to_owned(), purpose.as_str(), identifier.to_owned())
}
