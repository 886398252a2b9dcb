//! Removing members and leaving: what is deleted, and one test for each
//! refusal.

use super::{Membership, Store, words};
use crate::audit::AuditEventName;
use crate::member::remove::MembershipPlace;
use crate::member::{MemberRemoval, remove};
use crate::refusal::ErrorCode;
use crate::time::UnixMillis;

fn with_member(group: &str, user: &str, role: &str) -> (Store, String) {
    let mut store = Store::with_owners();
    let id = store
        .add(None, Membership::of(group, user, &[role]))
        .unwrap();
    (store, id)
}

fn id_of(store: &Store, group: &str, user: &str) -> String {
    store.tables.membership(group, user).unwrap().id.clone()
}

#[test]
fn who_leaves_an_organization_leaves_all_below() {
    let (mut store, _) = with_member("acme", "eve", "member");
    store
        .add(None, Membership::of("core", "eve", &["owner"]))
        .unwrap();
    store.leave("eve", "acme").unwrap();
    assert_eq!(store.tables.membership("acme", "eve"), None);
    assert_eq!(store.tables.membership("core", "eve"), None);
    let event = store.tables.audit.last().unwrap();
    assert_eq!(event.event, AuditEventName::MemberRemoved);
    assert_eq!(event.user_id.as_deref(), Some("eve"));
    assert_eq!(event.actor_user_id, None);
}

#[test]
fn who_leaves_a_group_below_stays_elsewhere() {
    let (mut store, _) = with_member("engineering", "eve", "member");
    for group in ["acme", "core", "sales"] {
        store
            .add(None, Membership::of(group, "eve", &["member"]))
            .unwrap();
    }
    store.leave("eve", "engineering").unwrap();
    for group in ["acme", "core", "sales"] {
        assert!(store.tables.membership(group, "eve").is_some(), "{group}");
    }
}

#[test]
fn memberships_of_other_organizations_stay() {
    let (store, eve) = with_member("acme", "eve", "member");
    let mut call = store.remove_call(None, &eve);
    call.places = [
        ("a", "core"),
        ("b", "lab"),
        ("c", "gone"),
        (eve.as_str(), "acme"),
    ]
    .map(|(id, group)| MembershipPlace {
        membership_id: id.to_owned(),
        lineage_ids: store.tables.path(group),
    })
    .into();
    let MemberRemoval::Done {
        memberships,
        removed_time,
        ..
    } = remove(call)
    else {
        unreachable_in_test()
    };
    assert_eq!(memberships, [eve, "a".to_owned()]);
    assert_eq!(removed_time, None);
}

#[test]
fn what_is_too_much_at_once_counts_for_nothing_until_it_is_gone() {
    let (mut store, eve) = with_member("acme", "eve", "owner");
    for group in ["engineering", "sales"] {
        store
            .add(None, Membership::of(group, "eve", &["owner"]))
            .unwrap();
    }
    store
        .add(None, Membership::of("lab", "eve", &["member"]))
        .unwrap();
    store.remove(Some("ada"), &eve).unwrap();
    let row = store.tables.member(&eve).unwrap();
    assert_eq!(row.removed_time, Some(store.now));
    assert!(!store.tables.has_other_owner("acme", "ada"));
    for group in ["acme", "engineering", "sales"] {
        let new = Membership::of(group, "dan", &["member"]);
        assert_eq!(
            store.add(Some("eve"), new),
            Err(ErrorCode::Forbidden),
            "{group}"
        );
    }
    store.finish_removals();
    for (group, stays) in [("acme", false), ("sales", false), ("lab", true)] {
        assert_eq!(
            store.tables.membership(group, "eve").is_some(),
            stays,
            "{group}"
        );
    }
}

#[test]
fn everybody_may_leave() {
    for role in ["member", "admin", "editor"] {
        let (mut store, eve) = with_member("acme", "eve", role);
        store.settings_mut("acme").require_second_factor = Some(true);
        store.ban("eve");
        assert_eq!(store.remove(Some("eve"), &eve), Ok(()), "{role}");
    }
}

#[test]
fn two_owners_cannot_both_leave() {
    for (first, second) in [("ada", "eve"), ("eve", "ada")] {
        let (mut store, _) = with_member("acme", "eve", "owner");
        store.leave(first, "acme").unwrap();
        assert_eq!(store.leave(second, "acme"), Err(ErrorCode::LastOwner));
        let last = id_of(&store, "acme", second);
        assert_eq!(store.remove(None, &last), Err(ErrorCode::LastOwner));
        let event = store.tables.audit.last().unwrap();
        assert_eq!(event.code, Some(ErrorCode::LastOwner));
    }
}

#[test]
fn an_owner_who_is_not_active_is_no_other_owner() {
    let (mut store, eve) = with_member("acme", "eve", "owner");
    store.update(Some("ada"), &eve, None, Some("away")).unwrap();
    assert_eq!(store.leave("ada", "acme"), Err(ErrorCode::LastOwner));
    assert_eq!(store.leave("eve", "acme"), Ok(()));
}

#[test]
fn the_last_owner_of_a_group_below_may_leave() {
    let (mut store, _) = with_member("engineering", "eve", "owner");
    assert_eq!(store.leave("eve", "engineering"), Ok(()));
}

#[test]
fn forbidden_to_who_may_not_delete_members() {
    let (mut store, eve) = with_member("acme", "eve", "member");
    store
        .add(None, Membership::of("acme", "dan", &["member"]))
        .unwrap();
    for actor in ["dan", "bob", "nobody"] {
        assert_eq!(
            store.remove(Some(actor), &eve),
            Err(ErrorCode::Forbidden),
            "{actor}"
        );
    }
    assert_eq!(store.remove(Some("cleo"), &eve), Ok(()));
}

#[test]
fn forbidden_to_remove_who_holds_more() {
    for role in ["owner", "editor"] {
        let (mut store, eve) = with_member("acme", "eve", role);
        assert_eq!(
            store.remove(Some("cleo"), &eve),
            Err(ErrorCode::Forbidden),
            "{role}"
        );
        assert_eq!(store.remove(Some("ada"), &eve), Ok(()), "{role}");
    }
}

#[test]
fn second_factor_required() {
    let (mut store, eve) = with_member("acme", "eve", "member");
    store.settings_mut("acme").require_second_factor = Some(true);
    let refused = store.remove(Some("ada"), &eve);
    assert_eq!(refused, Err(ErrorCode::SecondFactorRequired));
    store.tables.user_mut("ada").second_factor_time = Some(UnixMillis(1.0));
    assert_eq!(store.remove(Some("ada"), &eve), Ok(()));
}

#[test]
fn member_not_found() {
    let (mut store, eve) = with_member("acme", "eve", "member");
    assert_eq!(store.remove(None, "gone"), Err(ErrorCode::MemberNotFound));
    assert_eq!(store.leave("dan", "acme"), Err(ErrorCode::MemberNotFound));
    // A removal that has begun is not begun again.
    store.tables.member_mut(&eve).row.removed_time = Some(store.now);
    assert_eq!(store.remove(None, &eve), Err(ErrorCode::MemberNotFound));
}

#[test]
fn who_holds_roles_that_are_gone_can_be_removed() {
    let (mut store, eve) = with_member("acme", "eve", "member");
    store.tables.member_mut(&eve).row.roles = words(&["forgotten", "member"]);
    assert_eq!(store.remove(Some("cleo"), &eve), Ok(()));
}

#[expect(clippy::panic, reason = "a test fails by panicking")]
fn unreachable_in_test() -> ! {
    panic!("it should be done")
}
