//! Making, changing, replacing and revoking keys.

use crate::key::create::KeyOwner;
use crate::key::limits::KeyRateLimit;
use crate::key::terms::KeyTerms;
use crate::key::update::{KeyChange, RemovableTerm};
use proptest::prelude::*;

use super::rows::{for_group, for_user, kinds, later, make, operation, stored, terms};
use crate::entropy::Entropy;
use crate::key::{
    KeyCreateCall, KeyCreation, KeyRevocation, KeyRotateCall, KeyRotation, KeyUpdate,
    KeyUpdateCall, create, revoke, rotate, update,
};
use crate::permission::tests::rows::{NOW, membership, standing_rows, statement, user};
use crate::refusal::ErrorCode;
use crate::time::Millis;

fn entropy() -> Entropy {
    Entropy::from_seed([9; 32])
}

fn creation(call: KeyCreateCall) -> Option<ErrorCode> {
    match create(call, &mut entropy()) {
        KeyCreation::Done { .. } => None,
        KeyCreation::Refused { refusal, .. } => Some(refusal.code),
    }
}

#[test]
fn a_key_is_for_whom_there_is() {
    let mut call = for_user(terms());
    call.owner = KeyOwner::User { user: None };
    assert_eq!(creation(call.clone()), Some(ErrorCode::UserNotFound));
    let mut banned = user();
    banned.banned_time = Some(NOW);
    call.owner = KeyOwner::User { user: Some(banned) };
    assert_eq!(creation(call.clone()), Some(ErrorCode::UserBanned));
    call.owner = KeyOwner::Group {
        lineage: Vec::new(),
    };
    assert_eq!(creation(call), Some(ErrorCode::GroupNotFound));
}

#[test]
fn nobody_makes_a_key_for_another_user() {
    let mut call = for_user(terms());
    let mut other = standing_rows(Vec::new());
    other.user_id = "grace".to_owned();
    if let Some(user) = &mut other.user {
        user.id = "grace".to_owned();
    }
    call.actor = Some(other);
    assert_eq!(creation(call.clone()), Some(ErrorCode::Forbidden));
    call.actor = Some(standing_rows(Vec::new()));
    assert_eq!(creation(call), None);
}

#[test]
fn a_groups_key_needs_the_permission_and_what_it_names() {
    let allowed = |roles: &[&str], resource: &str, action: &str| {
        let mut wanted = terms();
        wanted.scopes = vec![statement(resource, &[action])];
        creation(for_group(wanted, roles))
    };
    assert_eq!(allowed(&["owner"], "project", "create"), None);
    // Who may make keys, but does not hold what this one names.
    assert_eq!(
        allowed(&["admin"], "project", "create"),
        Some(ErrorCode::Forbidden)
    );
    assert_eq!(allowed(&["admin"], "invitation", "read"), None);
    // Who holds it, but may not make keys.
    assert_eq!(
        allowed(&["member"], "project", "read"),
        Some(ErrorCode::Forbidden)
    );
    assert_eq!(
        allowed(&["owner"], "project", "fly"),
        Some(ErrorCode::ApiKeyInvalidScope)
    );
}

#[test]
fn the_keys_of_an_owner_are_bounded() {
    for (owned_keys, code) in [(49, None), (50, Some(ErrorCode::ApiKeyLimitReached))] {
        let call = KeyCreateCall {
            owned_keys,
            ..for_user(terms())
        };
        assert_eq!(creation(call), code);
    }
}

#[test]
fn scopes_are_those_of_the_kind() {
    let mut call = for_user(terms());
    call.config.configurations[0].scopes = Some(vec![statement("project", &["read"])]);
    assert_eq!(creation(call.clone()), None);
    call.terms.scopes = vec![statement("project", &["create"])];
    assert_eq!(creation(call.clone()), Some(ErrorCode::ApiKeyInvalidScope));
    for (resource, action) in [("", "a"), ("a", ""), ("a b", "c"), ("a", "*")] {
        call.terms.scopes = vec![statement(resource, &[action])];
        assert_eq!(creation(call.clone()), Some(ErrorCode::ApiKeyInvalidScope));
    }
    call.terms.scopes = vec![statement("a", &[])];
    assert_eq!(creation(call), Some(ErrorCode::ApiKeyInvalidScope));
}

#[test]
fn an_expiry_is_a_day_to_a_year_away() {
    let day = Millis::DAY.0;
    for (milliseconds, is_valid) in [
        (day - 1.0, false),
        (day, true),
        (365.0 * day, true),
        (365.0 * day + 1.0, false),
        (-day, false),
        (f64::NAN, false),
    ] {
        let mut wanted = terms();
        wanted.expires_at = Some(later(milliseconds));
        assert_eq!(
            creation(for_user(wanted)).is_none(),
            is_valid,
            "{milliseconds}"
        );
    }
    let mut call = for_user(terms());
    call.config.configurations[0].default_lifetime_ms = Some(Millis::DAY);
    assert_eq!(make(call).key.expires_at, Some(later(day)));
    assert_eq!(make(for_user(terms())).key.expires_at, None);
}

#[test]
fn large_metadata_and_odd_names_are_refused() {
    let with = |change: fn(&mut KeyTerms)| {
        let mut wanted = terms();
        change(&mut wanted);
        creation(for_user(wanted))
    };
    let invalid = Some(ErrorCode::InvalidParameters);
    assert_eq!(with(|terms| terms.metadata_length = 4_097.0), invalid);
    assert_eq!(with(|terms| terms.metadata_length = f64::NAN), invalid);
    assert_eq!(with(|terms| terms.name = String::new()), invalid);
    assert_eq!(with(|terms| terms.name = "a".repeat(65)), invalid);
    assert_eq!(with(|terms| terms.name = "\u{202e}".to_owned()), invalid);
}

#[test]
fn a_replaced_key_is_revoked_and_its_successor_like_it() {
    let made = make(for_user(terms()));
    let call = |key| KeyRotateCall {
        operation: operation(key),
        name: None,
        expires_at: None,
    };
    let KeyRotation::Done { raw, key, mark, .. } = rotate(call(made.key.clone()), &mut entropy())
    else {
        panic!("it is replaced");
    };
    assert_ne!(raw, made.raw);
    assert_eq!(mark.revoked, Some(true));
    let successor = stored(*key, false, None);
    assert_eq!(successor.scopes, made.key.scopes);
    assert_eq!(successor.name, made.key.name);
    // Whoever comes second finds it revoked.
    let mut revoked = made.key.clone();
    revoked.revoked = true;
    let mut expired = made.key;
    expired.expires_at = Some(NOW);
    for (key, code) in [
        (revoked, ErrorCode::ApiKeyRevoked),
        (expired, ErrorCode::ApiKeyExpired),
    ] {
        let refused = rotate(call(key), &mut entropy());
        assert!(matches!(refused, KeyRotation::Refused { refusal, .. } if refusal.code == code));
    }
}

#[test]
fn who_replaces_a_groups_key_has_to_hold_what_it_names() {
    let made = make(for_group(terms(), &["owner"]));
    let code = |roles: &[&str]| {
        let mut operation = operation(made.key.clone());
        operation.actor = Some(standing_rows(vec![membership(0, roles)]));
        let call = KeyRotateCall {
            operation,
            name: None,
            expires_at: None,
        };
        match rotate(call, &mut entropy()) {
            KeyRotation::Done { .. } => None,
            KeyRotation::Refused { refusal, .. } => Some(refusal.code),
        }
    };
    assert_eq!(code(&["owner"]), None);
    assert_eq!(code(&["admin"]), Some(ErrorCode::Forbidden));
    assert_eq!(code(&["admin", "member"]), None);
}

#[test]
fn a_revoked_key_stays_revoked() {
    let mut made = make(for_user(terms()));
    assert!(matches!(
        revoke(operation(made.key.clone())),
        KeyRevocation::Done { mark: Some(_), audit } if audit.len() == 1
    ));
    made.key.revoked = true;
    assert!(matches!(
        revoke(operation(made.key.clone())),
        KeyRevocation::Done { mark: None, audit } if audit.is_empty()
    ));
    let call = KeyUpdateCall {
        operation: operation(made.key),
        change: KeyChange {
            enabled: Some(true),
            ..KeyChange::default()
        },
        removed: Vec::new(),
        counters: Vec::new(),
    };
    assert!(matches!(
        update(call),
        KeyUpdate::Refused { refusal, .. } if refusal.code == ErrorCode::ApiKeyRevoked
    ));
}

#[test]
fn limits_come_and_go() {
    let made = make(for_user(terms()));
    let change = |key, rate_limit, removed| {
        let call = KeyUpdateCall {
            operation: operation(key),
            change: KeyChange {
                rate_limit,
                ..KeyChange::default()
            },
            removed,
            counters: Vec::new(),
        };
        match update(call) {
            KeyUpdate::Done { patch, .. } => patch.limits.unwrap(),
            KeyUpdate::Refused { refusal, .. } => panic!("{refusal:?}"),
        }
    };
    let limit = KeyRateLimit {
        max_requests: 100.0,
        window_ms: Millis::MINUTE,
        kind: None,
    };
    let limits = change(made.key.clone(), Some(limit.clone()), Vec::new());
    assert_eq!(
        (limits.shards, limits.rate_limit),
        (12, Some(limit.clone()))
    );
    let mut limited = made.key;
    limited.rate_limit = Some(limit);
    limited.shards = 12;
    let limits = change(limited, None, vec![RemovableTerm::RateLimit]);
    assert_eq!((limits.shards, limits.rate_limit), (0, None));
    assert!(limits.counters.is_empty());
}

#[test]
fn a_kind_with_a_prefix_that_cannot_be_is_refused() {
    for prefix in ["", "_", "1a", "a b", "\u{e4}", &"a".repeat(33)] {
        let mut call = for_user(terms());
        call.config = kinds();
        call.config.configurations[0].prefix = Some(prefix.to_owned());
        assert_eq!(
            creation(call),
            Some(ErrorCode::InvalidParameters),
            "{prefix}"
        );
    }
}

proptest! {
    /// Whatever is asked for, what is stored is within bounds or nothing.
    #[test]
    fn odd_terms_are_refused_or_stored_in_form(
        name in "\\PC{0,80}",
        resource in "\\PC{0,70}",
        action in "\\PC{0,70}",
        max_requests in prop::num::f64::ANY,
        window in prop::num::f64::ANY,
        expires_at in prop::option::of(prop::num::f64::ANY),
    ) {
        let mut wanted = terms();
        wanted.name = name;
        wanted.scopes = vec![statement(&resource, &[&action])];
        wanted.rate_limit = Some(KeyRateLimit { max_requests, window_ms: Millis(window), kind: None });
        wanted.expires_at = expires_at.map(crate::time::UnixMillis);
        if let KeyCreation::Done { key, .. } = create(for_user(wanted), &mut entropy()) {
            prop_assert!((1..=16).contains(&key.shards));
            prop_assert!(key.name.chars().count() <= 64);
            prop_assert!(key.expires_at.is_none_or(|time| time > NOW));
        }
    }
}
