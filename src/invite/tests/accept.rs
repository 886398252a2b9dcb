//! Accepting invitations.

use crate::audit::AuditEventName;
use crate::entropy::Entropy;
use crate::invite::accept::InviteCredential;
use crate::invite::row::InviteStatus;
use crate::invite::{InviteAcceptance, accept};
use crate::member::tests::{Invitation, Issued, Membership, Store, email_of, statement, words};
use crate::refusal::ErrorCode;
use crate::time::Millis;
use crate::token;

/// A store with an invitation that the owner of `acme` has made.
fn with(new: &Invitation) -> (Store, Issued) {
    let mut store = Store::with_owners();
    let issued = store.invite(Some("ada"), new).unwrap();
    (store, issued)
}

fn link() -> Invitation {
    Invitation::link("acme", &["editor"])
}

fn set_role(store: &mut Store, user: &str, role: &str) {
    let id = store.tables.membership("acme", user).unwrap().id.clone();
    store
        .update(None, &id, Some(&words(&[role])), None)
        .unwrap();
}

fn status_of(store: &Store, issued: &Issued) -> InviteStatus {
    store.tables.invite(&issued.id).unwrap().row.status
}

#[test]
fn who_accepts_becomes_a_member() {
    let (mut store, issued) = with(&link());
    assert_eq!(store.accept("dan", &issued.token), Ok(true));
    let row = store.tables.membership("acme", "dan").unwrap();
    assert_eq!(
        (row.roles.clone(), row.status.as_str()),
        (words(&["editor"]), "active")
    );
    assert_eq!(status_of(&store, &issued), InviteStatus::Accepted);
    let event = store.tables.audit.last().unwrap();
    assert_eq!(event.event, AuditEventName::InviteAccepted);
    assert_eq!(event.user_id.as_deref(), Some("dan"));
    assert_eq!(event.group_id.as_deref(), Some("acme"));
}

#[test]
fn accepting_again_changes_nothing() {
    let (mut store, issued) = with(&link());
    store.accept("dan", &issued.token).unwrap();
    let before = store.tables.clone();
    assert_eq!(store.accept("dan", &issued.token), Ok(false));
    store.wait(Millis::DAY.times(30.0));
    assert_eq!(store.accept("dan", &issued.token), Ok(false));
    assert_eq!(store.tables, before);
    // Who has left meanwhile does not come back with it.
    store.leave("dan", "acme").unwrap();
    assert_eq!(store.accept("dan", &issued.token), Ok(false));
    assert_eq!(store.tables.membership("acme", "dan"), None);
}

#[test]
fn a_link_is_accepted_as_often_as_it_may_be() {
    let (mut store, issued) = with(&link().for_many(2));
    store.accept("dan", &issued.token).unwrap();
    assert_eq!(status_of(&store, &issued), InviteStatus::Pending);
    assert_eq!(store.accept("dan", &issued.token), Ok(false));
    store.accept("eve", &issued.token).unwrap();
    assert_eq!(status_of(&store, &issued), InviteStatus::Accepted);
    let refused = store.accept("finn", &issued.token);
    assert_eq!(refused, Err(ErrorCode::InviteAlreadyAccepted));
}

#[test]
fn a_token_that_was_sent_proves_the_address() {
    for (is_sent, proves) in [(true, true), (false, false)] {
        let new = Invitation {
            is_sent,
            ..link().to(&email_of("finn"))
        };
        let (mut store, issued) = with(&new);
        store.accept("finn", &issued.token).unwrap();
        let user = store.tables.user("finn").unwrap();
        assert_eq!(user.email_verification_time.is_some(), proves);
        let mut audit = store.tables.audit.iter();
        let recorded = audit.any(|event| event.event == AuditEventName::EmailVerified);
        assert_eq!(recorded, proves);
    }
}

#[test]
fn an_address_is_proved_once() {
    let (mut store, issued) = with(&link().to(&email_of("dan")).sent());
    let before = store.tables.user("dan").cloned();
    store.accept("dan", &issued.token).unwrap();
    assert_eq!(store.tables.user("dan").cloned(), before);
}

#[test]
fn the_id_proves_no_address() {
    let (mut store, issued) = with(&link().to(&email_of("finn")).sent());
    let refused = store.accept_by_id(Some("finn"), &issued.id);
    assert_eq!(refused, Err(ErrorCode::EmailNotVerified));
    let refused = store.accept_by_id(Some("dan"), &issued.id);
    assert_eq!(refused, Err(ErrorCode::InviteEmailMismatch));
    store.tables.user_mut("finn").email_verification_time = Some(store.now);
    assert_eq!(store.accept_by_id(Some("finn"), &issued.id), Ok(true));
}

#[test]
fn without_a_user_nobody_becomes_a_member() {
    let (mut store, issued) = with(&link().for_many(2));
    let members = store.tables.members.len();
    assert_eq!(store.accept_by_id(None, &issued.id), Ok(true));
    assert_eq!(store.accept_by_id(None, &issued.id), Ok(true));
    let refused = store.accept_by_id(None, &issued.id);
    assert_eq!(refused, Err(ErrorCode::InviteAlreadyAccepted));
    assert_eq!(store.tables.members.len(), members);
}

#[test]
fn an_invitation_to_the_app_alone_gives_no_membership() {
    let new = Invitation {
        group: None,
        ..link()
    };
    let (mut store, issued) = with(&new);
    let members = store.tables.members.len();
    assert_eq!(store.accept("dan", &issued.token), Ok(true));
    assert_eq!(store.tables.members.len(), members);
    let (mut store, issued) = with(&new);
    store.ban("ada");
    let refused = store.accept("dan", &issued.token);
    assert_eq!(refused, Err(ErrorCode::InviterNotAllowed));
}

#[test]
fn invite_not_found() {
    let (mut store, issued) = with(&link());
    let mut entropy = Entropy::from_seed([1; 32]);
    let other = token::encode("inv", &entropy.bytes::<32>());
    for text in ["", "inv_", &other, &issued.id, &issued.token.to_uppercase()] {
        let refused = store.accept("dan", text);
        assert_eq!(refused, Err(ErrorCode::InviteNotFound), "{text}");
    }
    let refused = store.accept_by_id(Some("dan"), "gone");
    assert_eq!(refused, Err(ErrorCode::InviteNotFound));
}

#[test]
fn user_not_found() {
    let (mut store, issued) = with(&link());
    let refused = store.accept("nobody", &issued.token);
    assert_eq!(refused, Err(ErrorCode::UserNotFound));
}

#[test]
fn user_banned() {
    let (mut store, issued) = with(&link());
    store.ban("dan");
    let refused = store.accept("dan", &issued.token);
    assert_eq!(refused, Err(ErrorCode::UserBanned));
}

#[test]
fn invite_revoked() {
    let (mut store, issued) = with(&link());
    store.revoke(Some("ada"), &issued.id).unwrap();
    store.wait(Millis::DAY.times(30.0));
    let refused = store.accept("dan", &issued.token);
    assert_eq!(refused, Err(ErrorCode::InviteRevoked));
    assert_eq!(status_of(&store, &issued), InviteStatus::Revoked);
}

#[test]
fn invite_already_accepted() {
    let (mut store, issued) = with(&link());
    store.accept("dan", &issued.token).unwrap();
    let refused = store.accept("eve", &issued.token);
    assert_eq!(refused, Err(ErrorCode::InviteAlreadyAccepted));
    // Also if nobody has noted that it is used up.
    store.tables.invite_mut(&issued.id).row.status = InviteStatus::Pending;
    let refused = store.accept("eve", &issued.token);
    assert_eq!(refused, Err(ErrorCode::InviteAlreadyAccepted));
}

#[test]
fn invite_expired() {
    let (mut store, issued) = with(&link());
    store.wait(Millis(Millis::DAY.times(7.0).0 - 1.0));
    let call = store.accept_call(Some("dan"), Some(&issued.id), InviteCredential::Token);
    assert!(matches!(accept(call), InviteAcceptance::Done { .. }));
    store.wait(Millis(1.0));
    let refused = store.accept("dan", &issued.token);
    assert_eq!(refused, Err(ErrorCode::InviteExpired));
    assert_eq!(status_of(&store, &issued), InviteStatus::Expired);
    assert_eq!(store.tables.counts("acme").pending_invites, 0);
    // It is marked once.
    let call = store.accept_call(Some("dan"), Some(&issued.id), InviteCredential::Token);
    let InviteAcceptance::Refused {
        refusal, expired, ..
    } = accept(call)
    else {
        unreachable_in_test()
    };
    assert_eq!((refusal.code, expired), (ErrorCode::InviteExpired, false));
}

#[test]
fn invite_email_mismatch() {
    let (mut store, issued) = with(&link().to(&email_of("dan")).sent());
    let refused = store.accept("eve", &issued.token);
    assert_eq!(refused, Err(ErrorCode::InviteEmailMismatch));
    store.tables.user_mut("eve").email = None;
    let refused = store.accept("eve", &issued.token);
    assert_eq!(refused, Err(ErrorCode::InviteEmailMismatch));
}

#[test]
fn group_not_found() {
    for user in [Some("dan"), None] {
        let (mut store, issued) = with(&link());
        store.tables.group_mut("acme").deleted_time = Some(store.now);
        let refused = store.accept_by_id(user, &issued.id);
        assert_eq!(refused, Err(ErrorCode::GroupNotFound));
    }
    let (store, issued) = with(&link());
    let mut call = store.accept_call(Some("dan"), Some(&issued.id), InviteCredential::Token);
    call.counts = None;
    let InviteAcceptance::Refused { refusal, .. } = accept(call) else {
        unreachable_in_test()
    };
    assert_eq!(refusal.code, ErrorCode::GroupNotFound);
}

#[test]
fn duplicate_membership() {
    let (mut store, issued) = with(&link());
    let refused = store.accept("cleo", &issued.token);
    assert_eq!(refused, Err(ErrorCode::DuplicateMembership));
    assert_eq!(status_of(&store, &issued), InviteStatus::Pending);
    let cleo = store.tables.membership("acme", "cleo").unwrap().id.clone();
    store.tables.member_mut(&cleo).row.removed_time = Some(store.now);
    let refused = store.accept("cleo", &issued.token);
    assert_eq!(refused, Err(ErrorCode::RemovalInProgress));
}

#[test]
fn member_limit_reached() {
    let (mut store, issued) = with(&link());
    for user in ["dan", "eve", "finn"] {
        store
            .add(None, Membership::of("acme", user, &["member"]))
            .unwrap();
    }
    let refused = store.accept("bob", &issued.token);
    assert_eq!(refused, Err(ErrorCode::MemberLimitReached));
    assert_eq!(status_of(&store, &issued), InviteStatus::Pending);
}

#[test]
fn group_limit_reached() {
    let (store, issued) = with(&Invitation::link("acme", &["owner"]));
    for (owned_groups, is_refused) in [(499, false), (500, true)] {
        let mut call = store.accept_call(Some("dan"), Some(&issued.id), InviteCredential::Token);
        call.owned_groups = owned_groups;
        let refused = matches!(
            accept(call),
            InviteAcceptance::Refused { refusal, .. }
                if refusal.code == ErrorCode::GroupLimitReached
        );
        assert_eq!(refused, is_refused);
    }
}

/// What the inviter was allowed when the invitation was made does not count.
#[test]
fn inviter_not_allowed() {
    type Change = fn(&mut Store);
    let changes: [(&str, Change); 6] = [
        ("demoted", |store| set_role(store, "cleo", "member")),
        ("may invite, but holds less", |store| {
            set_role(store, "cleo", "recruiter")
        }),
        ("banned", |store| store.ban("cleo")),
        ("left", |store| store.leave("cleo", "acme").unwrap()),
        ("deleted", |store| {
            store.tables.users.retain(|user| user.id != "cleo")
        }),
        ("without a second factor", |store| {
            store.settings_mut("acme").require_second_factor = Some(true);
        }),
    ];
    for (what, change) in changes {
        let mut store = Store::with_owners();
        let admin = Invitation::link("core", &["admin"]);
        let issued = store.invite(Some("cleo"), &admin).unwrap();
        change(&mut store);
        let refused = store.accept("dan", &issued.token);
        assert_eq!(refused, Err(ErrorCode::InviterNotAllowed), "{what}");
        assert_eq!(status_of(&store, &issued), InviteStatus::Pending, "{what}");
    }
}

#[test]
fn an_owner_is_invited_by_who_is_one_still() {
    let (mut store, issued) = with(&Invitation::link("acme", &["owner"]));
    store
        .add(None, Membership::of("acme", "eve", &["owner"]))
        .unwrap();
    set_role(&mut store, "ada", "admin");
    let refused = store.accept("dan", &issued.token);
    assert_eq!(refused, Err(ErrorCode::InviterNotAllowed));
    set_role(&mut store, "ada", "owner");
    assert_eq!(store.accept("dan", &issued.token), Ok(true));
}

#[test]
fn a_role_counts_as_it_is_now() {
    let mut store = Store::with_owners();
    let reading = statement("role", &["read"]);
    let role = store.create_role(None, "acme", "lead", &[reading]).unwrap();
    let issued = store
        .invite(Some("cleo"), &Invitation::link("acme", &["lead"]))
        .unwrap();
    let more = statement("project", &["delete"]);
    store.update_role(Some("ada"), &role, &[more]).unwrap();
    let refused = store.accept("dan", &issued.token);
    assert_eq!(refused, Err(ErrorCode::InviterNotAllowed));
}

#[test]
fn an_inviter_who_was_not_read_is_not_allowed() {
    let (store, issued) = with(&link());
    let lineage = store.tables.lineage("acme");
    for inviter in [None, Some(store.tables.standing("bob", &lineage))] {
        let mut call = store.accept_call(Some("dan"), Some(&issued.id), InviteCredential::Token);
        call.inviter = inviter;
        let InviteAcceptance::Refused { refusal, .. } = accept(call) else {
            unreachable_in_test()
        };
        assert_eq!(refusal.code, ErrorCode::InviterNotAllowed);
    }
}

#[test]
fn role_not_found() {
    for inviter in [Some("ada"), None] {
        let mut store = Store::with_owners();
        let role = store.create_role(None, "acme", "lead", &[]).unwrap();
        let issued = store
            .invite(inviter, &Invitation::link("acme", &["lead"]))
            .unwrap();
        store.delete_role(None, &role).unwrap();
        let refused = store.accept("dan", &issued.token);
        assert_eq!(refused, Err(ErrorCode::RoleNotFound));
    }
}

#[expect(clippy::panic, reason = "a test fails by panicking")]
fn unreachable_in_test() -> ! {
    panic!("another answer was expected")
}
