//! What is done with a key that there is.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::KeysConfig;
use super::row::ApiKeyRow;
use super::writer;
use crate::audit::Record;
use crate::audit::{AuditEvent, AuditEventName};
use crate::origin::Origin;
use crate::permission::{PermissionConfig, Standing, StandingRows};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::GroupRow;

/// A key, and who does something with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyOperation {
    /// The time.
    pub now: UnixMillis,
    /// The kinds of keys.
    pub config: KeysConfig,
    /// What the app defines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<PermissionConfig>,
    /// Where the request came from.
    pub origin: Origin,
    /// The key, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<ApiKeyRow>,
    /// The group that owns it with those above; empty if none does.
    pub lineage: Vec<GroupRow>,
    /// Who does it; missing when the app does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<StandingRows>,
}

impl KeyOperation {
    /// The key, if the actor may do this with it, and what the actor is in the
    /// group that owns it.
    ///
    /// # Errors
    /// `KEY_NOT_FOUND`, `FORBIDDEN`, `SECOND_FACTOR_REQUIRED`.
    pub(super) fn authorize(
        &self,
        action: &str,
    ) -> Result<(&ApiKeyRow, Option<Standing>), Refusal> {
        let key = self
            .key
            .as_ref()
            .filter(|key| key.group_id.is_none() || !self.lineage.is_empty())
            .ok_or(ErrorCode::KeyNotFound)?;
        let standing = writer::require(
            action,
            self.now,
            self.permissions.as_ref(),
            key.user_id.as_deref(),
            &self.lineage,
            self.actor.as_ref(),
        )?;
        Ok((key, standing))
    }

    /// The key, if the actor may end it. The app may also where the group that
    /// owns the key is deleted and could be restored.
    ///
    /// # Errors
    /// `KEY_NOT_FOUND`, `FORBIDDEN`, `SECOND_FACTOR_REQUIRED`.
    pub(super) fn authorize_end(&self, action: &str) -> Result<&ApiKeyRow, Refusal> {
        match &self.key {
            Some(key) if self.actor.is_none() => Ok(key),
            _ => self.authorize(action).map(|(key, _)| key),
        }
    }

    /// Who counts as the maker of the key once it is given to the actor: the
    /// actor, for the key of a group, and else whoever made it.
    pub(super) fn maker(&self) -> Option<String> {
        let key = self.key.as_ref()?;
        self.actor
            .as_ref()
            .filter(|_| key.group_id.is_some())
            .map(|actor| actor.user_id.clone())
            .or_else(|| key.created_by_user_id.clone())
    }

    /// What is recorded when it was done.
    pub(super) fn done(&self, event: AuditEventName) -> Vec<AuditEvent> {
        self.of_key(self.record(event).done())
    }

    /// What is recorded when it was refused.
    pub(super) fn refused(&self, event: AuditEventName, refusal: &Refusal) -> Vec<AuditEvent> {
        self.of_key(self.record(event).refused(refusal))
    }

    fn record(&self, event: AuditEventName) -> Record<'_> {
        let key = self.key.as_ref();
        Record {
            event,
            origin: &self.origin,
            user_id: key.and_then(|key| key.user_id.as_deref()),
            actor_id: self.actor.as_ref().map(|actor| actor.user_id.as_str()),
            group_id: key.and_then(|key| key.group_id.as_deref()),
        }
    }

    fn of_key(&self, events: Vec<AuditEvent>) -> Vec<AuditEvent> {
        match &self.key {
            None => events,
            Some(key) => events
                .into_iter()
                .map(|event| event.of_key(&key.id))
                .collect(),
        }
    }
}
