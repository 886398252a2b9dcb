//! The order in which a key is verified: each step with the one before it.

use super::rows::{for_group, for_user, found, kinds, later, make, origin, terms};
use crate::key::found::FoundKey;
use crate::key::limits::{KeyQuota, KeyRateLimit};
use crate::key::mark::KeyMark;
use crate::key::row::ApiKeyRow;
use crate::key::verify::ReadCounters;
use crate::key::{KeyVerification, KeyVerifyCall, PresentedKey, present, verify};
use crate::permission::tests::rows::{NOW, config, membership, standing_rows, strings};
use crate::permission::{PermissionRequest, RequestedResource};
use crate::refusal::ErrorCode;
use crate::time::Millis;

/// A faulty key, in all ways at once. Steps mend it one by one.
struct Faults {
    call: KeyVerifyCall,
}

fn request(resource: &str, action: &str) -> PermissionRequest {
    PermissionRequest {
        resources: vec![RequestedResource {
            resource: resource.to_owned(),
            actions: strings(&[action]),
            connector: None,
        }],
        connector: None,
    }
}

fn call(raw: &str, found: Option<FoundKey>) -> KeyVerifyCall {
    KeyVerifyCall {
        now: NOW,
        config: kinds(),
        permissions: Some(config()),
        origin: origin(),
        raw: raw.to_owned(),
        config_id: None,
        request: None,
        found,
        counters: None,
    }
}

fn code(call: &KeyVerifyCall) -> Option<ErrorCode> {
    match verify(call.clone()) {
        KeyVerification::Refused { refusal, .. } => Some(refusal.code),
        _ => None,
    }
}

impl Faults {
    fn all() -> Self {
        let mut made = make(for_user(super::rows::terms()));
        made.key.enabled = false;
        made.key.revoked = true;
        made.key.expires_at = Some(NOW);
        made.key.quota = Some(KeyQuota {
            remaining: 0.0,
            refill_amount: None,
            refill_interval: None,
        });
        made.key.rate_limit = Some(KeyRateLimit {
            max_requests: 0.0,
            window_ms: Millis::MINUTE,
            kind: None,
        });
        made.key.shards = 1;
        let mut found = found(made.key);
        found.owner = None;
        let mut call = call(&made.raw, Some(found));
        call.config_id = Some("live".to_owned());
        call.request = Some(request("project", "create"));
        call.counters = Some(ReadCounters {
            picked: 0,
            rows: Vec::new(),
            is_complete: true,
        });
        Faults { call }
    }

    fn key(&mut self) -> &mut ApiKeyRow {
        &mut self.call.found.as_mut().unwrap().key
    }
}

#[test]
fn the_order_is_pinned_step_by_step() {
    let mut faults = Faults::all();
    let unknown = KeyVerifyCall {
        found: None,
        ..faults.call.clone()
    };
    assert_eq!(code(&unknown), Some(ErrorCode::InvalidApiKey));
    // Of another kind: in the same words.
    assert_eq!(code(&faults.call), Some(ErrorCode::InvalidApiKey));
    faults.call.config_id = Some("default".to_owned());
    assert_eq!(code(&faults.call), Some(ErrorCode::ApiKeyDisabled));
    faults.key().enabled = true;
    assert_eq!(code(&faults.call), Some(ErrorCode::ApiKeyRevoked));
    faults.key().revoked = false;
    assert_eq!(code(&faults.call), Some(ErrorCode::ApiKeyExpired));
    faults.key().expires_at = Some(later(1.0));
    assert_eq!(code(&faults.call), Some(ErrorCode::ApiKeyOwnerInactive));
    faults.call.found.as_mut().unwrap().owner = Some(crate::permission::tests::rows::user());
    assert_eq!(code(&faults.call), Some(ErrorCode::ScopeCheckFailed));
    faults.call.request = Some(request("project", "read"));
    assert_eq!(code(&faults.call), Some(ErrorCode::ApiKeyQuotaExceeded));
    faults.key().quota = None;
    assert_eq!(code(&faults.call), Some(ErrorCode::ApiKeyRateLimited));
    faults.key().rate_limit = None;
    assert_eq!(code(&faults.call), None);
}

#[test]
fn what_is_no_key_is_refused_without_looking_it_up() {
    let made = make(for_user(terms()));
    let refused = |raw: &str| matches!(present(raw), PresentedKey::Refused { refusal } if refusal.code == ErrorCode::InvalidApiKey);
    assert!(!refused(&made.raw));
    for position in 0..made.raw.len() {
        let changed: String = made
            .raw
            .chars()
            .enumerate()
            .map(|(index, c)| match (index == position, c) {
                (false, c) => c,
                (true, 'x') => 'y',
                (true, _) => 'x',
            })
            .collect();
        assert!(refused(&changed), "{position}");
    }
    for raw in ["", "sk_", "Bearer", &"sk_".repeat(1_000_000), "sk_\u{0}"] {
        assert!(refused(raw));
    }
}

#[test]
fn a_key_with_the_selector_of_another_is_unknown() {
    let mine = make(for_user(terms()));
    let mut other = mine.clone();
    other.key.secret_hash = crate::token::HashedSecret::of(b"another");
    assert_eq!(
        code(&call(&mine.raw, Some(found(other.key)))),
        Some(ErrorCode::InvalidApiKey)
    );
}

#[test]
fn the_prefix_is_that_of_its_kind() {
    let mut live = for_user(terms());
    live.config_id = Some("live".to_owned());
    let made = make(live);
    assert!(made.raw.starts_with("myapp_live_"));
    assert!(!made.raw.starts_with("myapp_live__"));
    assert_eq!(made.key.config_id, "live");
    assert_eq!(code(&call(&made.raw, Some(found(made.key)))), None);
}

#[test]
fn a_limited_key_is_not_verified_where_nothing_can_be_counted() {
    let mut limited = terms();
    limited.rate_limit = Some(KeyRateLimit {
        max_requests: 100.0,
        window_ms: Millis::MINUTE,
        kind: None,
    });
    let made = make(for_user(limited));
    let answer = verify(call(&made.raw, Some(found(made.key))));
    assert!(matches!(answer, KeyVerification::ReadOne { shards: 12 }));
}

#[test]
fn the_last_use_is_stored_once_an_hour() {
    let mut made = make(for_user(terms()));
    let last_used = |key: &ApiKeyRow| match verify(call(&made.raw, Some(found(key.clone())))) {
        KeyVerification::Verified { last_used_at, .. } => last_used_at,
        other => panic!("{other:?}"),
    };
    assert_eq!(last_used(&made.key), Some(NOW));
    let mut key = made.key.clone();
    key.last_used_at = Some(later(-Millis::HOUR.0 + 1.0));
    assert_eq!(last_used(&key), None);
    key.last_used_at = Some(later(-Millis::HOUR.0));
    assert_eq!(last_used(&key), Some(NOW));
    made.key = key;
}

#[test]
fn a_groups_key_does_what_its_maker_still_may() {
    let mut wanted = terms();
    wanted.scopes[0].actions = strings(&["read", "create"]);
    let made = make(for_group(wanted, &["owner"]));
    let scopes = |roles: &[&str]| {
        let mut found = found(made.key.clone());
        found.creator = Some(standing_rows(vec![membership(0, roles)]));
        match verify(call(&made.raw, Some(found))) {
            KeyVerification::Verified { identity, .. } => identity.scopes,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(scopes(&["owner"])[0].actions, strings(&["create", "read"]));
    assert_eq!(scopes(&["member"])[0].actions, strings(&["read"]));
    assert_eq!(scopes(&["admin"]), Vec::new());
}

#[test]
fn a_groups_key_rests_or_is_revoked_when_its_maker_has_left() {
    let left = |revoke_on_leave: bool| {
        let mut wanted = terms();
        wanted.revoke_on_leave = revoke_on_leave;
        let made = make(for_group(wanted, &["owner"]));
        let mut found = found(made.key);
        found.creator = Some(standing_rows(Vec::new()));
        verify(call(&made.raw, Some(found)))
    };
    assert!(matches!(
        left(false),
        KeyVerification::Refused { refusal, mark: None, audit }
            if refusal.code == ErrorCode::ApiKeyOwnerInactive && audit.is_empty()
    ));
    assert!(matches!(
        left(true),
        KeyVerification::Refused { refusal, mark: Some(KeyMark { revoked: Some(true), .. }), audit }
            if refusal.code == ErrorCode::ApiKeyRevoked && audit.len() == 1
    ));
}

#[test]
fn a_groups_key_is_gone_with_the_group() {
    let made = make(for_group(terms(), &["owner"]));
    let mut found = found(made.key);
    found.lineage.clear();
    assert_eq!(
        code(&call(&made.raw, Some(found))),
        Some(ErrorCode::ApiKeyOwnerInactive)
    );
}

#[test]
fn a_quota_without_refill_marks_the_key_once() {
    let mut limited = terms();
    limited.quota = Some(KeyQuota {
        remaining: 0.0,
        refill_amount: None,
        refill_interval: None,
    });
    let made = make(for_user(limited));
    let mut used = call(&made.raw, Some(found(made.key)));
    used.counters = Some(ReadCounters {
        picked: 0,
        rows: Vec::new(),
        is_complete: true,
    });
    let is_marked = |call: &KeyVerifyCall| match verify(call.clone()) {
        KeyVerification::Refused { mark, audit, .. } => (mark.is_some(), audit.len()),
        other => panic!("{other:?}"),
    };
    assert_eq!(is_marked(&used), (true, 1));
    used.found.as_mut().unwrap().key.exhausted_time = Some(NOW);
    assert_eq!(is_marked(&used), (false, 0));
}
