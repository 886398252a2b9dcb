//! Adding members: what is stored, and one test for each refusal.

use super::{Membership, Store, words};
use crate::audit::{AuditEventName, AuditOutcome};
use crate::member::{MemberAddition, add};
use crate::refusal::ErrorCode;
use crate::time::UnixMillis;

#[test]
fn a_member_gets_the_roles_once_and_in_order() {
    let mut store = Store::with_owners();
    let roles = ["Recruiter", "member", "recruiter"];
    let id = store.add(Some("ada"), Membership::of("acme", "dan", &roles));
    let stored = store.tables.member(&id.unwrap()).unwrap();
    assert_eq!(stored.roles, ["recruiter", "member"]);
    assert_eq!(stored.status, "active");
    assert_eq!(stored.role_ids, words(&[]));
}

#[test]
fn without_a_role_somebody_is_a_member() {
    let store = Store::with_owners();
    let mut call = store.add_call(None, &Membership::of("acme", "dan", &[]));
    call.roles = None;
    let MemberAddition::Done { membership, .. } = add(call) else {
        unreachable_in_test()
    };
    assert_eq!(
        (membership.role.as_str(), membership.is_owner),
        ("member", false)
    );
}

#[test]
fn who_is_not_active_owns_nothing() {
    let mut store = Store::with_owners();
    let owner = Membership::of("acme", "dan", &["owner"]).with_status("invited");
    store.add(None, owner).unwrap();
    assert!(!store.tables.has_other_owner("acme", "ada"));
}

#[test]
fn a_role_of_the_organization_is_named_by_id() {
    let mut store = Store::with_owners();
    let role = store.create_role(None, "acme", "lead", &[]).unwrap();
    let id = store.add(Some("ada"), Membership::of("core", "dan", &["lead"]));
    let stored = store.tables.member(&id.unwrap()).unwrap();
    assert_eq!(stored.role_ids, [role]);
}

#[test]
fn what_is_done_and_refused_is_recorded() {
    let mut store = Store::with_owners();
    let dan = Membership::of("acme", "dan", &["member"]);
    store.add(Some("cleo"), dan.clone()).unwrap();
    store.add(Some("eve"), dan).unwrap_err();
    let mut events = store.tables.audit.iter().rev();
    for (outcome, actor) in [
        (AuditOutcome::Refused, "eve"),
        (AuditOutcome::Success, "cleo"),
    ] {
        let event = events.next().unwrap();
        assert_eq!(event.event, AuditEventName::MemberAdded);
        assert_eq!(event.outcome, outcome);
        assert_eq!(event.user_id.as_deref(), Some("dan"));
        assert_eq!(event.actor_user_id.as_deref(), Some(actor));
        assert_eq!(event.group_id.as_deref(), Some("acme"));
    }
}

#[test]
fn forbidden_to_who_may_not_add_members() {
    for actor in ["dan", "bob", "nobody", ""] {
        // Neither do they learn whether the user or the role exists.
        for (user, role) in [("eve", "member"), ("nobody", "member"), ("ada", "nothing")] {
            let mut store = Store::with_owners();
            let new = Membership::of("acme", user, &[role]);
            assert_eq!(
                store.add(Some(actor), new),
                Err(ErrorCode::Forbidden),
                "{actor}"
            );
        }
    }
}

#[test]
fn forbidden_to_give_more_than_one_holds() {
    for (group, role, result) in [
        ("acme", "admin", None),
        ("acme", "member", None),
        // The admin holds none of the app's own permissions.
        ("acme", "editor", Some(ErrorCode::Forbidden)),
        ("acme", "owner", Some(ErrorCode::Forbidden)),
        ("core", "owner", Some(ErrorCode::Forbidden)),
        ("core", "admin", None),
    ] {
        let mut store = Store::with_owners();
        let new = Membership::of(group, "dan", &[role]);
        assert_eq!(
            store.add(Some("cleo"), new).err(),
            result,
            "{role} in {group}"
        );
    }
}

#[test]
fn an_owner_below_is_none_above() {
    let mut store = Store::with_owners();
    store
        .add(None, Membership::of("engineering", "dan", &["owner"]))
        .unwrap();
    for (group, result) in [
        ("engineering", None),
        ("core", None),
        ("sales", Some(ErrorCode::Forbidden)),
        ("acme", Some(ErrorCode::Forbidden)),
    ] {
        let new = Membership::of(group, "eve", &["owner"]);
        assert_eq!(store.add(Some("dan"), new).err(), result, "{group}");
    }
}

#[test]
fn second_factor_required() {
    let mut store = Store::with_owners();
    store.settings_mut("acme").require_second_factor = Some(true);
    let new = Membership::of("core", "dan", &["member"]);
    let refused = store.add(Some("ada"), new.clone());
    assert_eq!(refused, Err(ErrorCode::SecondFactorRequired));
    store.tables.user_mut("ada").second_factor_time = Some(UnixMillis(1.0));
    assert!(store.add(Some("ada"), new).is_ok());
}

#[test]
fn a_banned_actor_is_nobody() {
    let mut store = Store::with_owners();
    store.ban("ada");
    let new = Membership::of("acme", "dan", &["member"]);
    assert_eq!(store.add(Some("ada"), new), Err(ErrorCode::Forbidden));
}

#[test]
fn group_not_found() {
    let mut store = Store::with_owners();
    let gone = Membership::of("gone", "dan", &["member"]);
    assert_eq!(store.add(None, gone), Err(ErrorCode::GroupNotFound));
    store.tables.group_mut("acme").deleted_time = Some(store.now);
    let below = Membership::of("core", "dan", &["member"]);
    assert_eq!(store.add(Some("ada"), below), Err(ErrorCode::GroupNotFound));
}

#[test]
fn user_not_found() {
    let mut store = Store::with_owners();
    let new = Membership::of("acme", "nobody", &["member"]);
    assert_eq!(store.add(Some("ada"), new), Err(ErrorCode::UserNotFound));
}

#[test]
fn role_not_found() {
    let mut store = Store::with_owners();
    store.create_role(None, "zeta", "lead", &[]).unwrap();
    // A role of another organization is none of this one.
    for role in ["nothing", "lead"] {
        let new = Membership::of("acme", "dan", &[role]);
        assert_eq!(store.add(None, new), Err(ErrorCode::RoleNotFound), "{role}");
    }
    // An app that defines no roles may name them as it likes.
    store.config.permissions = None;
    let new = Membership::of("acme", "dan", &["nothing"]);
    assert!(store.add(None, new).is_ok());
}

#[test]
fn invalid_parameters() {
    let many: Vec<String> = (0..17).map(|number| format!("role{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let long = "a".repeat(1 << 20);
    let member = |roles: &[&str]| Membership::of("acme", "dan", roles);
    for new in [
        member(&[]),
        member(&many),
        member(&[""]),
        member(&["own er"]),
        member(&["owner\u{0}"]),
        member(&["\u{FF4F}wner"]),
        member(&["\u{212A}ing"]),
        member(&[&long]),
        member(&["member"]).with_status(""),
        member(&["member"]).with_status("Active"),
        member(&["member"]).with_status("active "),
        member(&["member"]).with_status("1"),
        member(&["member"]).with_status("\u{0430}ctive"),
        member(&["member"]).with_status(&long),
    ] {
        let mut store = Store::with_owners();
        let refused = store.add(Some("ada"), new.clone());
        assert_eq!(refused, Err(ErrorCode::InvalidParameters), "{new:.60?}");
    }
}

#[test]
fn duplicate_membership() {
    let mut store = Store::with_owners();
    for status in ["active", "suspended"] {
        let cleo = store.tables.membership("acme", "cleo").unwrap().id.clone();
        store.update(None, &cleo, None, Some(status)).unwrap();
        let again = Membership::of("acme", "cleo", &["member"]);
        assert_eq!(store.add(None, again), Err(ErrorCode::DuplicateMembership));
    }
}

#[test]
fn removal_in_progress() {
    let mut store = Store::with_owners();
    for group in ["acme", "engineering", "sales"] {
        store
            .add(None, Membership::of(group, "eve", &["member"]))
            .unwrap();
    }
    store.leave("eve", "acme").unwrap();
    let again = Membership::of("acme", "eve", &["member"]);
    assert_eq!(
        store.add(None, again.clone()),
        Err(ErrorCode::RemovalInProgress)
    );
    store.finish_removals();
    assert!(store.add(None, again).is_ok());
}

#[test]
fn member_limit_reached() {
    let mut store = Store::with_owners();
    // Five in each group, two in a team, whatever their status.
    for (group, members) in [("acme", 3), ("sales", 5), ("core", 2)] {
        for number in 0..members {
            let user = ["dan", "eve", "finn", "ada", "bob"][number];
            let new = Membership::of(group, user, &["member"]).with_status("suspended");
            store.add(None, new).unwrap();
        }
        let one_more = Membership::of(
            group,
            if group == "acme" { "bob" } else { "cleo" },
            &["member"],
        );
        let refused = store.add(None, one_more);
        assert_eq!(refused, Err(ErrorCode::MemberLimitReached), "{group}");
    }
}

#[test]
fn group_limit_reached() {
    let store = Store::with_owners();
    for (role, status, owned_groups, code) in [
        ("owner", "active", 499, None),
        ("owner", "active", 500, Some(ErrorCode::GroupLimitReached)),
        ("owner", "suspended", 500, None),
        ("admin", "active", 500, None),
    ] {
        let new = Membership::of("core", "dan", &[role]).with_status(status);
        let mut call = store.add_call(Some("ada"), &new);
        call.owned_groups = owned_groups;
        let refused = match add(call) {
            MemberAddition::Done { .. } => None,
            MemberAddition::Refused { refusal, .. } => Some(refusal.code),
        };
        assert_eq!(refused, code, "{role} {status} {owned_groups}");
    }
}

#[expect(clippy::panic, reason = "a test fails by panicking")]
fn unreachable_in_test() -> ! {
    panic!("it should be done")
}
