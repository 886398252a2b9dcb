//! Nobody can find out who has an account: the same answer, the same hashing,
//! the same counters. (Signing up without verification is the one flow that
//! has to say that an address is taken.)

use super::*;
use crate::refusal::ErrorCode;
use crate::time::Millis;

const NOBODY: &str = "nobody@example.com";

/// What a caller can observe of a flow.
#[derive(Debug, PartialEq)]
struct Seen {
    code: Option<ErrorCode>,
    wait: Option<f64>,
    started: bool,
    has_verifier: bool,
    work: u64,
    limits: Vec<(Option<f64>, Option<f64>)>,
    mails: usize,
}

/// A store in which Ada's address is proved and nobody's has no account.
fn with_ada() -> Store {
    let mut store = Store::new(true);
    let verifier = store.sign_up(ADA, PASSWORD).verifier();
    let code = store.mailed_code();
    store.verify_email(ADA, &code, Some(&verifier)).session();
    store.tables.limits.clear();
    store.mails.clear();
    store.origin = network(2);
    store
}

fn see(store: &mut Store, flow: impl FnOnce(&mut Store) -> Reply) -> Seen {
    let mails = store.mails.len();
    store.answer = None;
    let reply = flow(store);
    let limits = store.answer.iter().flat_map(|answer| &answer.limits);
    let limits = limits.map(|write| {
        let row = write.row.as_ref();
        (
            row.map(|row| row.value),
            row.and_then(|row| row.locked_until).map(|time| time.0),
        )
    });
    Seen {
        code: reply.code(),
        wait: reply.wait(),
        started: reply.is_started(),
        has_verifier: matches!(reply, Reply::Started(Some(_))),
        work: store.work,
        limits: limits.collect(),
        mails: store.mails.len() - mails,
    }
}

#[test]
fn an_unknown_address_and_a_wrong_password_look_the_same_to_the_end() {
    let (mut known, mut unknown) = (with_ada(), with_ada());
    for attempt in 0..60 {
        let host = 2 + attempt % 7;
        known.origin = network(host);
        unknown.origin = network(host);
        let of_known = see(&mut known, |store| store.sign_in(ADA, STRANGERS_PASSWORD));
        let of_unknown = see(&mut unknown, |store| {
            store.sign_in(NOBODY, STRANGERS_PASSWORD)
        });
        assert_eq!(of_known, of_unknown, "attempt {attempt}");
        for store in [&mut known, &mut unknown] {
            store.wait(Millis::SECOND);
        }
    }
}

#[test]
fn an_account_whose_password_was_cleared_looks_like_an_unknown_address() {
    let mut store = with_ada();
    let account = store.tables.accounts.first_mut().unwrap();
    account.secret = None;
    let of_cleared = see(&mut store, |store| store.sign_in(ADA, PASSWORD));
    let of_unknown = see(&mut with_ada(), |store| store.sign_in(NOBODY, PASSWORD));
    assert_eq!(of_cleared, of_unknown);
    assert_eq!(of_cleared.work, ONE_HASH);
}

#[test]
fn signing_up_with_a_proved_an_unproved_and_a_new_address_looks_the_same() {
    let unproved = "unproved@example.com";
    let mut seen = vec![];
    for email in [ADA, unproved, NOBODY] {
        let mut store = with_ada();
        store.sign_up(unproved, PASSWORD);
        store.tables.limits.clear();
        let first = see(&mut store, |store| store.sign_up(email, PASSWORD));
        assert_eq!(first.work, ONE_HASH);
        assert!(first.started && first.has_verifier);
        let mut all = vec![first];
        for _ in 0..7 {
            all.push(see(&mut store, |store| store.sign_up(email, PASSWORD)));
        }
        let last = all.last().and_then(|last| last.code);
        assert_eq!(last, Some(ErrorCode::RateLimited));
        seen.push(all);
    }
    assert_eq!(seen.first(), seen.get(1));
    assert_eq!(seen.first(), seen.get(2));
}

#[test]
fn asking_for_a_reset_looks_the_same_for_every_address() {
    let (mut known, mut unknown) = (with_ada(), with_ada());
    for attempt in 0..8 {
        let of_known = see(&mut known, |store| store.request_reset(ADA));
        let of_unknown = see(&mut unknown, |store| store.request_reset(NOBODY));
        assert_eq!(of_known, of_unknown, "attempt {attempt}");
        assert!(attempt > 0 || of_known.started);
    }
}

#[test]
fn a_wrong_code_looks_the_same_for_every_address() {
    let (mut known, mut unknown) = (with_ada(), with_ada());
    known.request_reset(ADA);
    unknown.request_reset(NOBODY);
    for attempt in 0..8 {
        for flow in [
            |store: &mut Store, email: &str| store.reset(email, "00000000", NEW_PASSWORD),
            |store: &mut Store, email: &str| store.verify_email(email, "00000000", None),
        ] {
            let of_known = see(&mut known, |store| flow(store, ADA));
            let of_unknown = see(&mut unknown, |store| flow(store, NOBODY));
            assert_eq!(of_known, of_unknown, "attempt {attempt}");
            assert_eq!(of_known.work, 0);
        }
    }
}

#[test]
fn a_ban_and_a_missing_proof_are_not_told_without_the_password() {
    let mut seen = vec![];
    for change in [
        |_: &mut Store| {},
        |store: &mut Store| {
            let user = store.tables.users.first_mut().unwrap();
            user.row.banned_time = Some(store.now);
        },
        |store: &mut Store| {
            store.tables.accounts.first_mut().unwrap().verified_time = None;
        },
    ] {
        let mut store = with_ada();
        change(&mut store);
        seen.push(see(&mut store, |store| {
            store.sign_in(ADA, STRANGERS_PASSWORD)
        }));
    }
    assert!(seen.iter().all(|one| Some(one) == seen.first()));
}
