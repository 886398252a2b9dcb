//! The limiter over whole flows: it is asked before every comparison, and it
//! is the same one wherever a password is presented.

use proptest::prelude::*;

use super::*;
use crate::refusal::ErrorCode;
use crate::time::Millis;

fn with_ada() -> (Store, OpenSession) {
    let mut store = Store::new(false);
    let session = store.sign_up(ADA, PASSWORD).session();
    (store, session)
}

/// Every way to present a password, with the right one.
fn present(store: &mut Store, way: usize, session: &OpenSession, password: &str) -> bool {
    match way {
        0 => store.sign_in(ADA, password).is_signed_in(),
        1 => store.change(session, password, password) == Reply::Kept,
        _ => store.check_account(ADA, password).is_none(),
    }
}

#[test]
fn no_password_is_compared_while_the_limiter_refuses() {
    for locked_by in 0..3 {
        for way in 0..3 {
            let (mut store, session) = with_ada();
            for _ in 0..5 {
                present(&mut store, locked_by, &session, STRANGERS_PASSWORD);
                assert_eq!(store.work, ONE_HASH);
            }
            let before = store.tables.clone();
            assert!(!present(&mut store, way, &session, PASSWORD));
            assert_eq!(store.work, 0, "{locked_by} locks {way}");
            assert_eq!(store.tables, before, "knocking costs no writes");
            store.wait(Millis(300_000.0));
            assert!(present(&mut store, way, &session, PASSWORD));
        }
    }
}

#[test]
fn the_lock_grows_with_the_failures_and_says_how_long() {
    let (mut store, _) = with_ada();
    let mut waits = vec![];
    for _ in 0..20 {
        if let Some(wait) = store.sign_in(ADA, STRANGERS_PASSWORD).wait() {
            waits.push(wait);
            store.wait(Millis(wait));
            store.sign_in(ADA, STRANGERS_PASSWORD);
        }
    }
    assert_eq!(
        waits,
        [300_000.0, 900_000.0, 3_600_000.0]
            .get(..waits.len())
            .unwrap()
    );
    assert!(waits.len() >= 2);
}

#[test]
fn a_success_forgets_the_failures_of_its_network_only() {
    let (mut store, _) = with_ada();
    for host in [1, 2] {
        store.origin = network(host);
        for _ in 0..4 {
            store.sign_in(ADA, STRANGERS_PASSWORD);
        }
    }
    store.origin = network(1);
    assert!(store.sign_in(ADA, PASSWORD).is_signed_in());
    for (host, locked) in [(1, false), (2, true)] {
        store.origin = network(host);
        store.sign_in(ADA, STRANGERS_PASSWORD);
        let reply = store.sign_in(ADA, PASSWORD);
        assert_eq!(reply.code() == Some(ErrorCode::RateLimited), locked);
    }
}

#[test]
fn strangers_everywhere_cannot_lock_the_owners_network_out() {
    let (mut store, _) = with_ada();
    for host in 10..50 {
        store.origin = network(host);
        store.sign_in(ADA, STRANGERS_PASSWORD);
    }
    store.origin = network(60);
    let elsewhere = store.sign_in(ADA, PASSWORD);
    assert_eq!(elsewhere.code(), Some(ErrorCode::RateLimited));
    assert_eq!(elsewhere.wait(), Some(120_000.0));
    store.origin = network(1);
    assert!(store.sign_in(ADA, PASSWORD).is_signed_in());
}

#[test]
fn an_address_that_cannot_be_read_counts_as_one_network() {
    let (mut store, _) = with_ada();
    for text in ["", "nonsense", "1.2.3.4, 5.6.7.8", "999.1.1.1", "::g"] {
        store.origin.ip_address = Some(text.to_owned());
        store.sign_in(ADA, STRANGERS_PASSWORD);
    }
    store.origin.ip_address = None;
    let reply = store.sign_in(ADA, PASSWORD);
    assert_eq!(reply.code(), Some(ErrorCode::RateLimited));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// However wrong passwords are spread over networks, ways and time, no more
    /// are compared than the bounds of the account and of each lock allow, and
    /// a refusal always says how long to wait.
    #[test]
    fn no_more_wrong_passwords_are_compared_than_the_bounds_allow(
        steps in prop::collection::vec((2_u8..10, 0_usize..2, 0.0_f64..200_000.0), 1..90),
    ) {
        let (mut store, session) = with_ada();
        let start = store.now;
        let mut compared = 0.0;
        let mut of_network = [0.0; 10];
        for (host, way, pause) in steps {
            store.wait(Millis(pause));
            store.origin = network(host);
            let way = way * 2;
            prop_assert!(!present(&mut store, way, &session, STRANGERS_PASSWORD));
            if store.work > 0 {
                compared += 1.0;
                *of_network.get_mut(usize::from(host)).unwrap() += 1.0;
            }
            let passed = store.now.since(start).0;
            prop_assert!(compared <= 30.0 + passed / 120_000.0 + 1e-6);
            for failures in of_network {
                // Five, and then five more for each five minutes at most.
                prop_assert!(failures <= 5.0 * (1.0 + (passed / 300_000.0).floor()));
            }
        }
    }
}
