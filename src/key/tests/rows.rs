//! Rows for tests.

use crate::entropy::Entropy;
use crate::key::config::{KeyConfiguration, KeysConfig};
use crate::key::create::{KeyOwner, NewApiKey};
use crate::key::found::FoundKey;
use crate::key::row::ApiKeyRow;
use crate::key::terms::KeyTerms;
use crate::key::{KeyCreateCall, KeyCreation, KeyOperation, create};
use crate::origin::Origin;
use crate::permission::tests::rows::{
    NOW, config, line, membership, standing_rows, statement, user,
};
use crate::time::{Millis, UnixMillis};

/// A moment after [`NOW`].
pub(super) fn later(milliseconds: f64) -> UnixMillis {
    NOW.plus(Millis(milliseconds))
}

pub(super) fn origin() -> Origin {
    Origin {
        ip_address: Some("203.0.113.1".to_owned()),
        user_agent: None,
    }
}

/// Two kinds of keys.
pub(super) fn kinds() -> KeysConfig {
    let kind = |config_id: &str, prefix: Option<&str>| KeyConfiguration {
        config_id: config_id.to_owned(),
        prefix: prefix.map(str::to_owned),
        ..KeyConfiguration::default()
    };
    KeysConfig {
        configurations: vec![kind("default", None), kind("live", Some("myapp_live_"))],
    }
}

/// What a key is made with: it may read projects.
pub(super) fn terms() -> KeyTerms {
    KeyTerms {
        name: "Build server".to_owned(),
        scopes: vec![statement("project", &["read"])],
        rate_limit: None,
        quota: None,
        expires_at: None,
        metadata_length: 0.0,
        revoke_on_leave: false,
    }
}

/// A key of a user, to be made by the app.
pub(super) fn for_user(terms: KeyTerms) -> KeyCreateCall {
    KeyCreateCall {
        now: NOW,
        config: kinds(),
        permissions: Some(config()),
        origin: origin(),
        config_id: None,
        owner: KeyOwner::User { user: Some(user()) },
        actor: None,
        owned_keys: 0,
        terms,
    }
}

/// A key of a group, to be made by somebody with these roles there.
pub(super) fn for_group(terms: KeyTerms, roles: &[&str]) -> KeyCreateCall {
    KeyCreateCall {
        owner: KeyOwner::Group { lineage: line(1) },
        actor: Some(standing_rows(vec![membership(0, roles)])),
        ..for_user(terms)
    }
}

/// A raw key with its row.
#[derive(Clone)]
pub(super) struct Made {
    pub(super) raw: String,
    pub(super) key: ApiKeyRow,
}

/// Makes a key.
pub(super) fn make(call: KeyCreateCall) -> Made {
    let is_group = matches!(call.owner, KeyOwner::Group { .. });
    let creator = call.actor.as_ref().map(|actor| actor.user_id.clone());
    match create(call, &mut Entropy::from_seed([7; 32])) {
        KeyCreation::Done { raw, key, .. } => Made {
            raw,
            key: stored(*key, is_group, creator),
        },
        KeyCreation::Refused { refusal, .. } => panic!("{refusal:?}"),
    }
}

/// The row of a new key.
pub(super) fn stored(key: NewApiKey, is_group: bool, creator: Option<String>) -> ApiKeyRow {
    ApiKeyRow {
        id: "key".to_owned(),
        config_id: key.config_id,
        prefix: key.prefix,
        secret_hash: key.secret_hash,
        user_id: (!is_group).then(|| "ada".to_owned()),
        group_id: is_group.then(|| "g0".to_owned()),
        created_by_user_id: creator,
        name: key.name,
        scopes: key.scopes,
        rate_limit: key.rate_limit,
        quota: key.quota,
        shards: key.shards,
        limit_time: key.limit_time,
        quota_time: key.quota_time,
        enabled: key.enabled,
        revoked: key.revoked,
        expires_at: key.expires_at,
        exhausted_time: None,
        last_used_at: None,
        revoke_on_leave: key.revoke_on_leave,
    }
}

/// A key with what it depends on, all of it in order.
pub(super) fn found(key: ApiKeyRow) -> FoundKey {
    let is_group = key.group_id.is_some();
    FoundKey {
        owner: (!is_group).then(user),
        lineage: if is_group { line(1) } else { Vec::new() },
        creator: key
            .created_by_user_id
            .as_ref()
            .map(|_| standing_rows(vec![membership(0, &["owner"])])),
        key,
    }
}

/// Something that the app does with a key.
pub(super) fn operation(key: ApiKeyRow) -> KeyOperation {
    KeyOperation {
        now: NOW,
        config: kinds(),
        permissions: Some(config()),
        origin: origin(),
        lineage: if key.group_id.is_some() {
            line(1)
        } else {
            Vec::new()
        },
        key: Some(key),
        actor: None,
    }
}
