//! Changing members: what is stored, and one test for each refusal.

use super::{Membership, Store, words};
use crate::audit::AuditEventName;
use crate::member::{MemberUpdate, update};
use crate::refusal::ErrorCode;
use crate::time::UnixMillis;

/// A store in which `dan` has a membership, and its id.
fn with_dan(group: &str, role: &str, status: &str) -> (Store, String) {
    let mut store = Store::with_owners();
    let dan = Membership::of(group, "dan", &[role]).with_status(status);
    let id = store.add(None, dan).unwrap();
    (store, id)
}

fn id_of(store: &Store, group: &str, user: &str) -> String {
    store.tables.membership(group, user).unwrap().id.clone()
}

#[test]
fn what_is_not_named_stays() {
    let (mut store, dan) = with_dan("acme", "recruiter", "active");
    store
        .update(Some("ada"), &dan, None, Some("onLeave"))
        .unwrap();
    let row = store.tables.member(&dan).unwrap();
    assert_eq!(
        (row.roles.clone(), row.status.as_str()),
        (words(&["recruiter"]), "onLeave")
    );
    store
        .update(Some("ada"), &dan, Some(&words(&["owner"])), None)
        .unwrap();
    let row = store.tables.member(&dan).unwrap();
    assert_eq!(
        (row.roles.clone(), row.status.as_str()),
        (words(&["owner"]), "onLeave")
    );
    assert!(!store.tables.has_other_owner("acme", "ada"));
    store
        .update(Some("ada"), &dan, None, Some("active"))
        .unwrap();
    assert!(store.tables.has_other_owner("acme", "ada"));
    let event = store.tables.audit.last().unwrap();
    assert_eq!(event.event, AuditEventName::MemberUpdated);
    assert_eq!(event.user_id.as_deref(), Some("dan"));
    assert_eq!(event.actor_user_id.as_deref(), Some("ada"));
}

#[test]
fn a_change_of_oneself_names_no_actor() {
    let mut store = Store::with_owners();
    let cleo = id_of(&store, "acme", "cleo");
    store
        .update(Some("cleo"), &cleo, Some(&words(&["member"])), None)
        .unwrap();
    let event = store.tables.audit.last().unwrap();
    assert_eq!(event.user_id.as_deref(), Some("cleo"));
    assert_eq!(event.actor_user_id, None);
}

#[test]
fn forbidden_to_who_may_not_update_members() {
    let (mut store, dan) = with_dan("acme", "member", "active");
    for actor in ["dan", "bob", "nobody"] {
        let result = store.update(Some(actor), &dan, None, Some("away"));
        assert_eq!(result, Err(ErrorCode::Forbidden), "{actor}");
    }
}

#[test]
fn forbidden_to_touch_who_holds_more() {
    let (mut store, dan) = with_dan("acme", "editor", "active");
    let ada = id_of(&store, "acme", "ada");
    for member in [dan, ada] {
        for (roles, status) in [
            (Some(words(&["member"])), None),
            (None, Some("away")),
            (None, None),
        ] {
            let result = store.update(Some("cleo"), &member, roles.as_deref(), status);
            assert_eq!(result, Err(ErrorCode::Forbidden), "{roles:?} {status:?}");
        }
    }
}

#[test]
fn forbidden_to_give_more_than_one_holds() {
    let (mut store, dan) = with_dan("acme", "member", "active");
    let cleo = id_of(&store, "acme", "cleo");
    for member in [dan, cleo] {
        for role in ["owner", "editor"] {
            let roles = words(&["admin", role]);
            let result = store.update(Some("cleo"), &member, Some(&roles), None);
            assert_eq!(result, Err(ErrorCode::Forbidden), "{role}");
        }
    }
}

#[test]
fn forbidden_to_wake_roles_of_ones_own() {
    let mut store = Store::with_owners();
    let asleep = Membership::of("core", "cleo", &["owner"]).with_status("suspended");
    let cleo = store.add(None, asleep).unwrap();
    let result = store.update(Some("cleo"), &cleo, None, Some("active"));
    assert_eq!(result, Err(ErrorCode::Forbidden));
    // Anything else can be done with them, and an owner can wake them.
    store
        .update(Some("cleo"), &cleo, None, Some("away"))
        .unwrap();
    store
        .update(Some("ada"), &cleo, None, Some("active"))
        .unwrap();
    store
        .update(Some("cleo"), &cleo, None, Some("active"))
        .unwrap();
}

#[test]
fn second_factor_required() {
    let (mut store, dan) = with_dan("core", "member", "active");
    store.settings_mut("acme").require_second_factor = Some(true);
    let result = store.update(Some("ada"), &dan, None, Some("away"));
    assert_eq!(result, Err(ErrorCode::SecondFactorRequired));
}

#[test]
fn member_not_found() {
    let (mut store, dan) = with_dan("engineering", "member", "active");
    let result = store.update(None, "gone", None, None);
    assert_eq!(result, Err(ErrorCode::MemberNotFound));
    // Neither is who is being removed, or whose group is gone.
    store.tables.member_mut(&dan).row.removed_time = Some(store.now);
    let result = store.update(None, &dan, None, None);
    assert_eq!(result, Err(ErrorCode::MemberNotFound));
    store.tables.member_mut(&dan).row.removed_time = None;
    store.tables.group_mut("acme").deleted_time = Some(store.now);
    let result = store.update(None, &dan, None, None);
    assert_eq!(result, Err(ErrorCode::MemberNotFound));
}

#[test]
fn a_membership_of_another_group_is_not_found() {
    let (store, dan) = with_dan("engineering", "member", "active");
    let mut call = store.update_call(Some("ada"), &dan, None, None);
    call.lineage = store.tables.lineage("sales");
    let MemberUpdate::Refused { refusal, .. } = update(call) else {
        unreachable_in_test()
    };
    assert_eq!(refusal.code, ErrorCode::MemberNotFound);
}

#[test]
fn invalid_parameters() {
    let (mut store, dan) = with_dan("acme", "member", "active");
    for (roles, status) in [
        (Some(words(&[])), None),
        (Some(words(&["no role"])), None),
        (None, Some("Not a status")),
    ] {
        let result = store.update(Some("ada"), &dan, roles.as_deref(), status);
        assert_eq!(
            result,
            Err(ErrorCode::InvalidParameters),
            "{roles:?} {status:?}"
        );
    }
}

#[test]
fn role_not_found() {
    let (mut store, dan) = with_dan("acme", "member", "active");
    let result = store.update(Some("ada"), &dan, Some(&words(&["nothing"])), None);
    assert_eq!(result, Err(ErrorCode::RoleNotFound));
}

#[test]
fn last_owner() {
    let mut store = Store::with_owners();
    let ada = id_of(&store, "acme", "ada");
    for actor in [Some("ada"), None] {
        for (roles, status) in [(Some(words(&["admin"])), None), (None, Some("away"))] {
            let result = store.update(actor, &ada, roles.as_deref(), status);
            assert_eq!(
                result,
                Err(ErrorCode::LastOwner),
                "{actor:?} {roles:?} {status:?}"
            );
        }
        // Other roles beside the owner's change nothing about that.
        let more = words(&["owner", "editor"]);
        store.update(actor, &ada, Some(&more), None).unwrap();
    }
    let cleo = id_of(&store, "acme", "cleo");
    store
        .update(Some("ada"), &cleo, Some(&words(&["owner"])), None)
        .unwrap();
    store
        .update(Some("ada"), &ada, Some(&words(&["admin"])), None)
        .unwrap();
    let result = store.update(None, &cleo, None, Some("away"));
    assert_eq!(result, Err(ErrorCode::LastOwner));
}

#[test]
fn a_group_below_needs_no_owner() {
    let (mut store, dan) = with_dan("engineering", "owner", "active");
    assert!(
        store
            .update(Some("dan"), &dan, Some(&words(&["member"])), None)
            .is_ok()
    );
}

#[test]
fn group_limit_reached() {
    for (status, owned_groups, roles, code) in [
        (
            "active",
            500,
            Some("owner"),
            Some(ErrorCode::GroupLimitReached),
        ),
        ("active", 499, Some("owner"), None),
        ("away", 500, Some("owner"), None),
        ("active", 500, Some("admin"), None),
    ] {
        let (store, dan) = with_dan("core", "member", "active");
        let roles = roles.map(|role| words(&[role]));
        let mut call = store.update_call(Some("ada"), &dan, roles.as_deref(), Some(status));
        call.owned_groups = owned_groups;
        let refused = match update(call) {
            MemberUpdate::Done { .. } => None,
            MemberUpdate::Refused { refusal, .. } => Some(refusal.code),
        };
        assert_eq!(refused, code, "{roles:?} {status} {owned_groups}");
    }
    // Who owns the group already owns no more of them afterwards.
    let (store, dan) = with_dan("core", "owner", "active");
    let mut call = store.update_call(None, &dan, Some(&words(&["owner", "admin"])), None);
    call.owned_groups = 501;
    assert!(matches!(update(call), MemberUpdate::Done { .. }));
}

#[test]
fn a_ban_ends_what_an_actor_may() {
    let (mut store, dan) = with_dan("acme", "member", "active");
    store.tables.user_mut("ada").banned_time = Some(UnixMillis(0.0));
    let result = store.update(Some("ada"), &dan, None, Some("away"));
    assert_eq!(result, Err(ErrorCode::Forbidden));
}

#[expect(clippy::panic, reason = "a test fails by panicking")]
fn unreachable_in_test() -> ! {
    panic!("it should be refused")
}
