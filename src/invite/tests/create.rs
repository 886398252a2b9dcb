//! Making invitations.

use crate::audit::AuditEventName;
use crate::invite::row::InviteStatus;
use crate::invite::{InviteCreation, create};
use crate::member::tests::{Invitation, Membership, Store, email_of, words};
use crate::refusal::ErrorCode;
use crate::time::{Millis, UnixMillis};

#[test]
fn only_the_hash_of_the_token_is_stored() {
    let mut store = Store::with_owners();
    let new = Invitation::link("acme", &["admin"]).to(&email_of("dan"));
    let issued = store.invite(Some("cleo"), &new).unwrap();
    let stored = store.tables.invite(&issued.id).unwrap();
    assert!(!issued.token.contains(stored.token_hash.as_str()));
    let row = &stored.row;
    assert_eq!(row.status, InviteStatus::Pending);
    assert_eq!((row.uses, row.max_uses), (0, 1));
    assert_eq!(row.invited_by_user_id.as_deref(), Some("cleo"));
    assert_eq!(row.expires_time, store.now.plus(Millis::DAY.times(7.0)));
    assert_eq!(row.sent_time, None, "who made it has seen the token");
    let event = store.tables.audit.last().unwrap();
    assert_eq!(event.event, AuditEventName::InviteCreated);
    assert_eq!(event.actor_user_id.as_deref(), Some("cleo"));
    assert_eq!(event.group_id.as_deref(), Some("acme"));
}

#[test]
fn what_is_sent_is_marked_and_counted() {
    let mut store = Store::with_owners();
    let new = Invitation::link("acme", &["member"])
        .to(&email_of("dan"))
        .sent();
    let issued = store.invite(Some("ada"), &new).unwrap();
    let row = &store.tables.invite(&issued.id).unwrap().row;
    assert_eq!(row.sent_time, Some(store.now));
    assert_eq!(store.tables.limits.len(), 3);
}

#[test]
fn the_organization_settles_how_long_an_invitation_is_valid() {
    let mut store = Store::with_owners();
    store.settings_mut("acme").invite_lifetime_ms = Some(Millis::DAY);
    let new = Invitation::link("core", &["member"]);
    let issued = store.invite(None, &new).unwrap();
    let row = &store.tables.invite(&issued.id).unwrap().row;
    assert_eq!(row.expires_time, store.now.plus(Millis::DAY));
}

#[test]
fn an_invitation_to_the_app_alone_needs_no_group() {
    let mut store = Store::with_owners();
    let new = Invitation {
        group: None,
        ..Invitation::link("", &["member"])
    };
    assert!(store.invite(None, &new).is_ok());
    assert!(store.invite(Some("finn"), &new).is_ok());
    store.ban("finn");
    for inviter in ["finn", "nobody"] {
        let refused = store.invite(Some(inviter), &new).unwrap_err();
        assert_eq!(refused, ErrorCode::Forbidden, "{inviter}");
    }
}

#[test]
fn forbidden_to_who_may_not_invite() {
    let mut store = Store::with_owners();
    store
        .add(None, Membership::of("acme", "dan", &["member"]))
        .unwrap();
    for inviter in ["dan", "bob", "nobody"] {
        // Neither do they learn who is a member and which roles there are.
        for (user, role) in [("eve", "member"), ("cleo", "member"), ("eve", "nothing")] {
            let new = Invitation::link("acme", &[role]).to(&email_of(user));
            let refused = store.invite(Some(inviter), &new).unwrap_err();
            assert_eq!(refused, ErrorCode::Forbidden, "{inviter} {user} {role}");
        }
    }
}

#[test]
fn forbidden_to_give_more_than_one_holds() {
    let mut store = Store::with_owners();
    for role in ["owner", "editor", "recruiter"] {
        let new = Invitation::link("core", &["member", role]);
        let refused = store.invite(Some("cleo"), &new).unwrap_err();
        assert_eq!(refused, ErrorCode::Forbidden, "{role}");
        assert!(store.invite(Some("ada"), &new).is_ok(), "{role}");
    }
}

#[test]
fn second_factor_required() {
    let mut store = Store::with_owners();
    store.settings_mut("acme").require_second_factor = Some(true);
    let refused = store.invite(Some("ada"), &Invitation::link("acme", &["member"]));
    assert_eq!(refused.unwrap_err(), ErrorCode::SecondFactorRequired);
}

#[test]
fn group_not_found() {
    let mut store = Store::with_owners();
    for inviter in [None, Some("ada")] {
        let refused = store.invite(inviter, &Invitation::link("gone", &["member"]));
        assert_eq!(refused.unwrap_err(), ErrorCode::GroupNotFound);
    }
}

#[test]
fn role_not_found() {
    let mut store = Store::with_owners();
    let refused = store.invite(Some("ada"), &Invitation::link("acme", &["nothing"]));
    assert_eq!(refused.unwrap_err(), ErrorCode::RoleNotFound);
}

#[test]
fn invalid_email() {
    let mut store = Store::with_owners();
    let long = format!("{}@example.com", "a".repeat(1 << 20));
    for email in [
        "",
        "dan",
        "dan@",
        "dan\u{FF20}example.com",
        "a\u{202E}@example.com",
        &long,
    ] {
        let new = Invitation::link("acme", &["member"]).to(email);
        let refused = store.invite(Some("ada"), &new).unwrap_err();
        assert_eq!(refused, ErrorCode::InvalidEmail, "{email:.40}");
    }
}

#[test]
fn invalid_parameters() {
    let store = Store::with_owners();
    let link = || Invitation::link("acme", &["member"]);
    let expiring = |time: f64| Invitation {
        expires_time: Some(UnixMillis(time)),
        ..link()
    };
    let used = |max_uses: f64| Invitation {
        max_uses: Some(max_uses),
        ..link()
    };
    let now = store.now.0;
    for new in [
        expiring(now),
        expiring(now - 1.0),
        expiring(now + Millis::DAY.times(90.0).0 + 1.0),
        expiring(f64::NAN),
        expiring(f64::INFINITY),
        expiring(f64::NEG_INFINITY),
        used(0.0),
        used(-1.0),
        used(1.5),
        used(10_001.0),
        used(f64::NAN),
        used(f64::INFINITY),
        used(2.0).to(&email_of("dan")),
        // There is nowhere to send a link to.
        link().sent(),
        Invitation::link("acme", &[]),
        Invitation::link("acme", &["no role"]),
    ] {
        let mut store = Store::with_owners();
        let refused = store.invite(Some("ada"), &new).unwrap_err();
        assert_eq!(refused, ErrorCode::InvalidParameters, "{new:?}");
    }
    for new in [
        expiring(now + 1.0),
        expiring(now + Millis::DAY.times(90.0).0),
        used(1.0),
        used(10_000.0),
        used(1.0).to(&email_of("dan")),
    ] {
        let mut store = Store::with_owners();
        assert!(store.invite(Some("ada"), &new).is_ok(), "{new:?}");
    }
}

#[test]
fn duplicate_membership() {
    let mut store = Store::with_owners();
    let new = Invitation::link("acme", &["member"]).to(&email_of("cleo"));
    let refused = store.invite(Some("ada"), &new).unwrap_err();
    assert_eq!(refused, ErrorCode::DuplicateMembership);
    let cleo = store.tables.membership("acme", "cleo").unwrap().id.clone();
    store.tables.member_mut(&cleo).row.removed_time = Some(store.now);
    let refused = store.invite(Some("ada"), &new).unwrap_err();
    assert_eq!(refused, ErrorCode::RemovalInProgress);
}

#[test]
fn duplicate_invite() {
    let mut store = Store::with_owners();
    let new = Invitation::link("acme", &["member"]).to(&email_of("dan"));
    let first = store.invite(Some("ada"), &new).unwrap();
    let refused = store.invite(Some("cleo"), &new).unwrap_err();
    assert_eq!(refused, ErrorCode::DuplicateInvite);
    let elsewhere = Invitation::link("core", &["member"]).to(&email_of("dan"));
    assert!(store.invite(Some("ada"), &elsewhere).is_ok());
    // One whose time is over is in nobody's way, and is marked.
    store.wait(Millis::DAY.times(7.0));
    assert!(store.invite(Some("ada"), &new).is_ok());
    let row = &store.tables.invite(&first.id).unwrap().row;
    assert_eq!(row.status, InviteStatus::Expired);
}

#[test]
fn an_address_is_the_same_however_it_is_typed() {
    let mut store = Store::with_owners();
    let new = Invitation::link("acme", &["member"]).to(" Dan@Example.COM ");
    let issued = store.invite(Some("ada"), &new).unwrap();
    let row = &store.tables.invite(&issued.id).unwrap().row;
    assert_eq!(row.email, Some(email_of("dan")));
}

#[test]
fn invite_limit_reached() {
    let mut store = Store::with_owners();
    let link = Invitation::link("acme", &["member"]);
    for _ in 0..3 {
        store.invite(Some("ada"), &link).unwrap();
    }
    let refused = store.invite(None, &link).unwrap_err();
    assert_eq!(refused, ErrorCode::InviteLimitReached);
    // Those whose time is over make room, also when somebody is refused.
    store.wait(Millis::DAY.times(7.0));
    store.invite(Some("eve"), &link).unwrap_err();
    assert_eq!(store.tables.counts("acme").pending_invites, 0);
    assert!(store.invite(None, &link).is_ok());
}

#[test]
fn each_group_has_a_limit_of_its_own() {
    let mut store = Store::with_owners();
    for group in ["acme", "core"] {
        for _ in 0..3 {
            let link = Invitation::link(group, &["member"]);
            assert!(store.invite(Some("ada"), &link).is_ok(), "{group}");
        }
    }
}

#[test]
fn rate_limited() {
    let mut store = Store::with_owners();
    let new = Invitation::link("zeta", &["member"])
        .to(&email_of("dan"))
        .sent();
    for _ in 0..5 {
        let issued = store.invite(Some("bob"), &new).unwrap();
        store.revoke(None, &issued.id).unwrap();
    }
    let call = store.create_call(Some("bob"), &new);
    let InviteCreation::Refused { refusal, .. } = create(call, &mut store.entropy) else {
        unreachable_in_test()
    };
    assert_eq!(refusal.code, ErrorCode::RateLimited);
    assert_eq!(refusal.retry_after_ms, Some(600_000.0));
    let before = store.tables.limits.clone();
    store.invite(Some("bob"), &new).unwrap_err();
    assert_eq!(
        store.tables.limits, before,
        "what is refused is not counted"
    );
    // What is not sent needs no limit, and other members can be written to.
    let shown = Invitation {
        is_sent: false,
        ..new.clone()
    };
    let shown = store.invite(Some("bob"), &shown).unwrap();
    store.revoke(None, &shown.id).unwrap();
    let eve = Invitation::link("zeta", &["member"])
        .to(&email_of("eve"))
        .sent();
    assert!(store.invite(Some("bob"), &eve).is_ok());
    store.wait(Millis(600_000.0));
    assert!(store.invite(Some("bob"), &new).is_ok());
}

#[test]
fn marks_are_made_once_and_only_where_time_is_over() {
    let mut store = Store::with_owners();
    let new = Invitation::link("acme", &["member"]).to(&email_of("dan"));
    let old = store.invite(Some("ada"), &new).unwrap();
    store.wait(Millis::DAY.times(8.0));
    let fresh = store
        .invite(Some("ada"), &Invitation::link("acme", &["member"]))
        .unwrap();
    let mut call = store.create_call(Some("ada"), &new);
    for id in [&old.id, &fresh.id] {
        let mut row = store.tables.invite(id).unwrap().row.clone();
        if *id == old.id {
            row.status = InviteStatus::Pending;
            call.duplicates.push(row.clone());
            call.overdue.push(row.clone());
        }
        call.overdue.push(row);
    }
    let InviteCreation::Done { expired, .. } = create(call, &mut store.entropy) else {
        unreachable_in_test()
    };
    assert_eq!(expired, [old.id]);
}

#[test]
fn roles_are_stored_once_and_as_they_are_called() {
    let mut store = Store::with_owners();
    let new = Invitation::link("acme", &["Admin", "member", "ADMIN"]);
    let issued = store.invite(Some("ada"), &new).unwrap();
    let row = &store.tables.invite(&issued.id).unwrap().row;
    assert_eq!(row.roles, words(&["admin", "member"]));
}

#[expect(clippy::panic, reason = "a test fails by panicking")]
fn unreachable_in_test() -> ! {
    panic!("another answer was expected")
}
