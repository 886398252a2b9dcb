//! What is done with the tokens of keys.

use super::rows::{for_group, for_user, found, later, make, terms};
use crate::key::authorize::KeyGroup;
use crate::key::found::FoundKey;
use crate::key::row::ApiKeyRow;
use crate::key::{KeyAuthorization, KeyAuthorizeCall, KeyLeave, KeyLeaveCall, authorize, leave};
use crate::permission::tests::rows::{
    NOW, config, group, line, membership, standing_rows, strings, user, with_second_factor,
};
use crate::permission::{PermissionRequest, RequestedResource, StandingRows};
use crate::refusal::ErrorCode;

fn request(action: &str) -> PermissionRequest {
    PermissionRequest {
        resources: vec![RequestedResource {
            resource: "project".to_owned(),
            actions: strings(&[action]),
            connector: None,
        }],
        connector: None,
    }
}

/// A call outside of groups, with a token for reading and creating projects.
fn call(key: ApiKeyRow) -> KeyAuthorizeCall {
    KeyAuthorizeCall {
        now: NOW,
        config: super::rows::kinds(),
        permissions: Some(config()),
        found: Some(found(key)),
        token_scope: "project:read project:create".to_owned(),
        scope: Some(request("read")),
        group: None,
    }
}

/// The same in a group, where the user who owns the key has these roles.
fn in_group(key: ApiKeyRow, roles: &[&str]) -> KeyAuthorizeCall {
    KeyAuthorizeCall {
        group: Some(KeyGroup {
            group_id: Some("g0".to_owned()),
            lineage: line(1),
            owner: Some(standing_rows(vec![membership(0, roles)])),
            request: Some(request("read")),
        }),
        ..call(key)
    }
}

fn users_key() -> ApiKeyRow {
    make(for_user(terms())).key
}

fn groups_key() -> ApiKeyRow {
    make(for_group(terms(), &["owner"])).key
}

fn code(call: &KeyAuthorizeCall) -> Option<ErrorCode> {
    match authorize(call.clone()) {
        KeyAuthorization::Allowed { .. } => None,
        KeyAuthorization::Refused { refusal } => Some(refusal.code),
    }
}

fn found_of(call: &mut KeyAuthorizeCall) -> &mut FoundKey {
    call.found.as_mut().unwrap()
}

fn group_of(call: &mut KeyAuthorizeCall) -> &mut KeyGroup {
    call.group.as_mut().unwrap()
}

#[test]
fn the_order_is_that_of_a_verification_and_then_the_group() {
    let mut faulty = in_group(users_key(), &["admin"]);
    faulty.scope = Some(request("create"));
    group_of(&mut faulty).group_id = None;
    let found = found_of(&mut faulty);
    found.key.enabled = false;
    found.key.revoked = true;
    found.key.expires_at = Some(NOW);
    found.owner = None;
    let unknown = KeyAuthorizeCall {
        found: None,
        ..faulty.clone()
    };
    assert_eq!(code(&unknown), Some(ErrorCode::InvalidApiKey));
    assert_eq!(code(&faulty), Some(ErrorCode::ApiKeyDisabled));
    found_of(&mut faulty).key.enabled = true;
    assert_eq!(code(&faulty), Some(ErrorCode::ApiKeyRevoked));
    found_of(&mut faulty).key.revoked = false;
    assert_eq!(code(&faulty), Some(ErrorCode::ApiKeyExpired));
    found_of(&mut faulty).key.expires_at = Some(later(1.0));
    assert_eq!(code(&faulty), Some(ErrorCode::ApiKeyOwnerInactive));
    found_of(&mut faulty).owner = Some(user());
    assert_eq!(code(&faulty), Some(ErrorCode::ScopeCheckFailed));
    faulty.scope = Some(request("read"));
    assert_eq!(code(&faulty), Some(ErrorCode::NoActiveGroup));
    group_of(&mut faulty).group_id = Some("g0".to_owned());
    assert_eq!(code(&faulty), Some(ErrorCode::Forbidden));
    group_of(&mut faulty).owner = Some(standing_rows(vec![membership(0, &["owner"])]));
    assert_eq!(code(&faulty), None);
}

#[test]
fn a_key_is_good_for_what_is_in_its_token_and_in_its_row() {
    let mut narrow_token = call(users_key());
    for claim in [
        "",
        "project",
        "project:",
        "project:rea",
        "project:readall read",
    ] {
        narrow_token.token_scope = claim.to_owned();
        assert_eq!(code(&narrow_token), Some(ErrorCode::ScopeCheckFailed));
    }
    let mut narrow_row = call(users_key());
    narrow_row.scope = Some(request("create"));
    assert_eq!(code(&narrow_row), Some(ErrorCode::ScopeCheckFailed));
}

#[test]
fn a_users_key_needs_what_the_user_may_do_in_the_group() {
    assert_eq!(code(&in_group(users_key(), &["owner"])), None);
    assert_eq!(code(&in_group(users_key(), &["member"])), None);
    assert_eq!(
        code(&in_group(users_key(), &["admin"])),
        Some(ErrorCode::Forbidden)
    );
    let mut gone = in_group(users_key(), &["owner"]);
    group_of(&mut gone).lineage.clear();
    assert_eq!(code(&gone), Some(ErrorCode::Forbidden));
    let mut unread = in_group(users_key(), &["owner"]);
    group_of(&mut unread).owner = None;
    assert_eq!(code(&unread), Some(ErrorCode::Forbidden));
    let mut lacks_factor = in_group(users_key(), &["owner"]);
    group_of(&mut lacks_factor).lineage = with_second_factor(line(1), true);
    assert_eq!(code(&lacks_factor), Some(ErrorCode::SecondFactorRequired));
}

#[test]
fn a_membership_is_enough_where_nothing_else_is_asked() {
    let mut member = in_group(users_key(), &["admin"]);
    group_of(&mut member).request = None;
    assert_eq!(code(&member), None);
    group_of(&mut member).owner = Some(standing_rows(Vec::new()));
    assert_eq!(code(&member), Some(ErrorCode::Forbidden));
}

#[test]
fn a_groups_key_is_good_in_the_group_and_below() {
    let in_line = |lineage| {
        let mut call = in_group(groups_key(), &[]);
        group_of(&mut call).lineage = lineage;
        group_of(&mut call).owner = None;
        code(&call)
    };
    assert_eq!(in_line(line(1)), None);
    assert_eq!(in_line(vec![group(7, Some(0)), group(0, None)]), None);
    assert_eq!(in_line(vec![group(7, None)]), Some(ErrorCode::Forbidden));
    assert_eq!(in_line(Vec::new()), Some(ErrorCode::Forbidden));
}

fn leaves(key: &ApiKeyRow, maker: Option<StandingRows>) -> bool {
    let mut found = found(key.clone());
    found.creator = maker;
    let call = KeyLeaveCall {
        now: NOW,
        config: super::rows::kinds(),
        origin: super::rows::origin(),
        found,
    };
    match leave(call) {
        KeyLeave::Revoked(leaving) => {
            assert_eq!(leaving.mark.revoked, Some(true));
            assert_eq!(leaving.audit.len(), 1);
            true
        }
        KeyLeave::Kept => false,
    }
}

#[test]
fn a_key_ends_with_its_maker_only_if_it_is_to_and_they_have_left() {
    let mut wanted = terms();
    wanted.revoke_on_leave = true;
    let key = make(for_group(wanted, &["owner"])).key;
    let gone = StandingRows {
        user: None,
        ..standing_rows(Vec::new())
    };
    assert!(leaves(&key, Some(standing_rows(Vec::new()))));
    assert!(leaves(&key, Some(gone.clone())));
    assert!(!leaves(&groups_key(), Some(gone)));
    assert!(!leaves(
        &key,
        Some(standing_rows(vec![membership(0, &["member"])]))
    ));
    assert!(!leaves(&key, None));
    let mut banned = standing_rows(vec![membership(0, &["member"])]);
    banned.user.as_mut().unwrap().banned_time = Some(NOW);
    assert!(!leaves(&key, Some(banned)));
    let mut revoked = key;
    revoked.revoked = true;
    assert!(!leaves(&revoked, Some(standing_rows(Vec::new()))));
}
