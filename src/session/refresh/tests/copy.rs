//! The copy of the session beside its refresh token.

use super::*;
use crate::session::SessionRestriction;

/// A family that was opened before its row had a copy of the session.
fn open_without_copy() -> (Store, String) {
    let (mut store, token) = Store::open();
    if let Some(row) = store.row.as_mut() {
        row.session = None;
        row.session_due_time = None;
    }
    (store, token)
}

/// The subject of an access token.
fn subject(store: &Store, token: &str, now: UnixMillis) -> Option<String> {
    let expectation = Expectation {
        issuer: "https://example.convex.site",
        audience: "convex",
        now,
        leeway: Millis(0.0),
    };
    let keys = [store.key.public_key.clone()];
    verify(token, &keys, &expectation)
        .ok()
        .map(|claims| claims.sub)
}

#[test]
fn the_session_is_read_and_written_once_an_hour() {
    let (mut store, mut token) = Store::open();
    for minute in 1..=180 {
        let now = START.plus(Millis::MINUTE.times(f64::from(minute)));
        token = store.refresh(&token, now).unwrap_or_default();
    }
    assert_eq!(store.reads, 3);
    let hours = [1.0, 2.0, 3.0].map(|hour| START.plus(Millis::HOUR.times(hour)));
    assert_eq!(store.patches, hours);
}

#[test]
fn a_refresh_keeps_the_copy_and_when_it_has_to_be_renewed() {
    let (mut store, token) = Store::open();
    let first = copy_of(&store);
    let due = START.plus(Millis::HOUR);
    assert_eq!(first.1, Some(due));
    let early = START.plus(Millis::MINUTE.times(59.0));
    let token = store.refresh(&token, early).unwrap_or_default();
    assert_eq!(copy_of(&store), first);
    assert_eq!(store.reads, 0);
    assert!(store.refresh(&token, due).is_ok());
    assert_eq!(copy_of(&store), (first.0, Some(due.plus(Millis::HOUR))));
    assert_eq!(store.reads, 1);
}

#[test]
fn a_row_without_a_copy_gets_one_at_its_first_rotation() {
    let (mut store, token) = open_without_copy();
    let now = START.plus(Millis::MINUTE);
    let successor = store.refresh(&token, now).unwrap_or_default();
    let copy = store.session.as_ref().map(SessionRow::copy);
    assert_eq!(copy_of(&store), (copy, Some(START.plus(Millis::HOUR))));
    assert!(store.refresh(&successor, now).is_ok());
    assert_eq!(store.reads, 1);
    assert_eq!(store.patches, []);
}

#[test]
fn a_session_used_in_the_future_is_read_within_an_hour() {
    let (mut store, token) = open_without_copy();
    if let Some(session) = store.session.as_mut() {
        session.last_active_time = START.plus(Millis::DAY);
    }
    assert!(store.refresh(&token, START).is_ok());
    assert_eq!(copy_of(&store).1, Some(START.plus(Millis::HOUR)));
}

#[test]
fn a_session_that_is_due_and_not_given_ends_the_family() {
    let due = START.plus(Millis::HOUR);
    let not_a_time = Some(UnixMillis(f64::NAN));
    for (has_copy, due_time, now) in [
        (true, Some(due), due),
        (true, None, START),
        (true, not_a_time, START),
        (false, Some(due), START),
        (false, None, START),
    ] {
        let (mut store, token) = Store::open();
        if let Some(row) = store.row.as_mut() {
            row.session = row.session.take().filter(|_| has_copy);
            row.session_due_time = due_time;
        }
        store.session = None;
        let answer =
            refresh(store.call(&token, now), &mut store.entropy).unwrap_or_else(|_| unreadable());
        assert_eq!(answer, refused(true, vec![]));
    }
}

#[test]
fn a_session_that_was_deleted_by_hand_is_refreshed_for_an_hour_at_most() {
    let (mut store, mut token) = Store::open();
    store.session = None;
    let due = START.plus(Millis::HOUR);
    token = store
        .refresh(&token, UnixMillis(due.0 - 1.0))
        .unwrap_or_default();
    assert!(!token.is_empty());
    assert_eq!(
        store.refresh(&token, due),
        Err(ErrorCode::InvalidRefreshToken)
    );
    assert!(store.row.is_none());
}

#[test]
fn a_copy_of_a_session_that_is_over_is_not_refreshed() {
    let (mut store, token) = Store::open();
    if let Some(session) = store.row.as_mut().and_then(|row| row.session.as_mut()) {
        session.expiration_time = START;
    }
    assert!(store.refresh(&token, START).is_err());
    assert!(store.row.is_none());
}

#[test]
fn a_restricted_session_stays_restricted() {
    let (mut store, mut token) = open_without_copy();
    if let Some(session) = store.session.as_mut() {
        session.restriction = Some(SessionRestriction::SecondFactorEnrollment);
    }
    // From its row, from the copy, and from its row again.
    for minutes in [1.0, 2.0, 61.0] {
        let now = START.plus(Millis::MINUTE.times(minutes));
        let (access, successor) = store.refreshed(&token, now).unwrap_or_default();
        let subject = subject(&store, &access, now);
        assert_eq!(subject.as_deref(), Some("user|session|restricted"));
        token = successor;
    }
    assert_eq!(store.reads, 2);
}

#[test]
fn the_grace_period_gives_the_same_successor_whether_the_session_is_read_or_not() {
    let (mut store, token) = Store::open();
    let early = START.plus(Millis(3_595_000.0));
    let successor = store.refresh(&token, early);
    assert!(successor.is_ok());
    assert_eq!(store.refresh(&token, early), successor);
    assert_eq!(store.reads, 0);
    let before = copy_of(&store);
    let due = START.plus(Millis::HOUR);
    assert_eq!(store.refresh(&token, due), successor);
    assert_eq!(store.reads, 1);
    assert_eq!(store.patches, [due]);
    // Nothing is rotated, so the row stays as it is, and the next rotation reads
    // the session once more.
    assert_eq!(copy_of(&store), before);
    assert!(store.refresh(&successor.unwrap_or_default(), due).is_ok());
    assert_eq!(copy_of(&store).1, Some(due.plus(Millis::HOUR)));
    assert_eq!(store.patches, [due]);
}
