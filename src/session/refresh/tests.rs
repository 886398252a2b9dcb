//! The refresh state machine against a simple model.

use crate::session::refresh::RefreshTokenWrite;
use proptest::prelude::*;

use super::*;
use crate::jose::{Expectation, verify};
use crate::session::AuthenticationMethod;
use crate::signing_key;

mod copy;

const START: UnixMillis = UnixMillis(1_000_000_000_000.0);

fn config() -> SessionConfig {
    SessionConfig {
        issuer: "https://example.convex.site".to_owned(),
        audience: None,
        access_token_lifetime_ms: None,
        total_lifetime_ms: Some(Millis::DAY.times(30.0)),
        idle_lifetime_ms: Some(Millis::DAY.times(2.0)),
        refresh_grace_ms: None,
        max_sessions: None,
    }
}

fn user() -> UserRow {
    UserRow {
        id: "user".to_owned(),
        email: None,
        email_verification_time: None,
        phone_verification_time: None,
        banned_time: None,
        ban_expiration_time: None,
        role: None,
        second_factor_time: None,
    }
}

/// One session and what is stored of it.
struct Store {
    entropy: Entropy,
    key: SigningKeyRow,
    row: Option<RefreshTokenRow>,
    session: Option<SessionRow>,
    /// How often a refresh had to read the session's row.
    reads: usize,
    /// When the session's row was written.
    patches: Vec<UnixMillis>,
    audit: Vec<AuditEvent>,
}

impl Store {
    fn open() -> (Self, String) {
        let mut entropy = Entropy::from_seed([3; 32]);
        let key = signing_key::choose(START, &[], &mut entropy).key;
        let session = SessionRow {
            id: "session".to_owned(),
            user_id: "user".to_owned(),
            expiration_time: START.plus(config().total_lifetime()),
            last_active_time: START,
            authentication_time: START,
            authentication_methods: vec![AuthenticationMethod::Password],
            provider: "password".to_owned(),
            ip_address: None,
            user_agent: None,
            restriction: None,
        };
        let call = IssueCall {
            now: START,
            config: config(),
            session: session.clone(),
            signing_key: key.clone(),
        };
        let issued = issue(call, &mut entropy).unwrap_or_else(|_| unreadable());
        let row = RefreshTokenRow {
            session_id: session.id.clone(),
            family_hash: issued.row.family_hash,
            token_hash: issued.row.token_hash,
            previous_hash: None,
            rotated_time: None,
            successor_salt: None,
            expiration_time: issued.row.expiration_time,
            session: Some(issued.row.session),
            session_due_time: Some(issued.row.session_due_time),
        };
        let store = Store {
            entropy,
            key,
            row: Some(row),
            session: Some(session),
            reads: 0,
            patches: vec![],
            audit: vec![],
        };
        (store, issued.refresh_token)
    }

    /// What the component calls the core with, which reads the session's row
    /// only when it has to.
    fn call(&self, token: &str, now: UnixMillis) -> RefreshCall {
        let is_due = self.row.as_ref().is_some_and(|row| {
            row.session.is_none() || row.session_due_time.is_none_or(|due| now >= due)
        });
        RefreshCall {
            now,
            config: config(),
            origin: Origin::default(),
            refresh_token: token.to_owned(),
            row: self.row.clone(),
            session: self.session.clone().filter(|_| is_due),
            user: Some(user()),
            signing_key: self.key.clone(),
        }
    }

    fn refresh(&mut self, token: &str, now: UnixMillis) -> Result<String, ErrorCode> {
        self.refreshed(token, now).map(|(_, successor)| successor)
    }

    /// The access token and the refresh token that a refresh gives.
    fn refreshed(&mut self, token: &str, now: UnixMillis) -> Result<(String, String), ErrorCode> {
        let call = self.call(token, now);
        self.reads += usize::from(call.session.is_some());
        let answer = refresh(call, &mut self.entropy).unwrap_or_else(|_| unreadable());
        self.audit.extend(answer.audit);
        if answer.revoke {
            self.row = None;
            self.session = None;
        }
        if let (Some(session), Some(patch)) = (self.session.as_mut(), answer.session) {
            session.last_active_time = patch.last_active_time;
            self.patches.push(patch.last_active_time);
        }
        if let (
            Some(row),
            RefreshTokenWrite::Rotate {
                token_hash,
                previous_hash,
                rotated_time,
                successor_salt,
                expiration_time,
                session,
                session_due_time,
            },
        ) = (self.row.as_mut(), answer.write)
        {
            row.token_hash = token_hash;
            row.previous_hash = Some(previous_hash);
            row.rotated_time = Some(rotated_time);
            row.successor_salt = Some(successor_salt);
            row.expiration_time = expiration_time;
            row.session = Some(session);
            row.session_due_time = Some(session_due_time);
        }
        match answer.outcome {
            RefreshOutcome::Refreshed {
                token,
                refresh_token,
            } => Ok((token, refresh_token)),
            RefreshOutcome::Refused { refusal } => Err(refusal.code),
        }
    }
}

/// What the family's row knows of the session, and until when.
fn copy_of(store: &Store) -> (Option<SessionCopy>, Option<UnixMillis>) {
    let row = store.row.as_ref();
    (
        row.and_then(|row| row.session.clone()),
        row.and_then(|row| row.session_due_time),
    )
}

#[expect(clippy::panic, reason = "a test fails by panicking")]
fn unreadable() -> ! {
    panic!("the signing key should be readable")
}

#[test]
fn fifty_refreshes_of_one_token_in_the_grace_period_give_one_live_token() {
    let (mut store, token) = Store::open();
    let mut successors: Vec<_> = (0..50)
        .map(|attempt| store.refresh(&token, START.plus(Millis(f64::from(attempt) * 200.0))))
        .collect();
    successors.dedup();
    assert_eq!(successors.len(), 1);
    assert!(matches!(successors.first(), Some(Ok(_))));
}

#[test]
fn use_after_the_grace_period_revokes_the_family_and_is_audited() {
    let (mut store, token) = Store::open();
    let successor = store.refresh(&token, START).unwrap_or_default();
    let late = START.plus(Millis(10_001.0));
    assert_eq!(
        store.refresh(&token, late),
        Err(ErrorCode::InvalidRefreshToken)
    );
    assert_eq!(
        store.refresh(&successor, late),
        Err(ErrorCode::InvalidRefreshToken)
    );
    let events: Vec<_> = store.audit.iter().map(|event| event.event).collect();
    assert_eq!(events, [AuditEventName::RefreshTokenReused]);
}

#[test]
fn any_older_token_of_the_family_revokes_it() {
    let (mut store, first) = Store::open();
    let second = store.refresh(&first, START).unwrap_or_default();
    let third = store.refresh(&second, START).unwrap_or_default();
    assert!(store.refresh(&first, START).is_err());
    assert!(store.refresh(&third, START).is_err());
    assert_eq!(store.audit.len(), 1);
}

#[test]
fn an_idle_session_ends() {
    let (mut store, token) = Store::open();
    let idle = START.plus(Millis::DAY.times(2.0));
    assert!(store.refresh(&token, idle).is_err());
    assert!(store.row.is_none());
}

#[test]
fn a_session_ends_however_often_it_is_refreshed() {
    let (mut store, mut token) = Store::open();
    for day in 1..30 {
        let now = START.plus(Millis::DAY.times(f64::from(day)));
        token = store.refresh(&token, now).unwrap_or_default();
        assert!(!token.is_empty(), "day {day}");
    }
    let end = START.plus(Millis::DAY.times(30.0));
    assert!(store.refresh(&token, end).is_err());
}

#[test]
fn an_access_token_never_outlives_its_session() {
    let (store, _) = Store::open();
    let (Some(session), _) = copy_of(&store) else {
        unreadable()
    };
    let now = UnixMillis(session.expiration_time.0 - 60_000.0);
    let key = read_key(&store.key).unwrap_or_else(|_| unreadable());
    let token = access_token::make(
        "session",
        &session,
        &config(),
        &key,
        now,
        &mut Entropy::from_seed([9; 32]),
    )
    .unwrap_or_default();
    let expectation = |now| Expectation {
        issuer: "https://example.convex.site",
        audience: "convex",
        now,
        leeway: Millis(0.0),
    };
    let keys = [store.key.public_key.clone()];
    assert!(verify(&token, &keys, &expectation(now)).is_ok());
    assert!(verify(&token, &keys, &expectation(session.expiration_time)).is_err());
}

#[test]
fn a_banned_or_missing_user_is_not_refreshed() {
    let (mut store, token) = Store::open();
    for user in [
        None,
        Some(UserRow {
            banned_time: Some(START),
            ..user()
        }),
    ] {
        let call = RefreshCall {
            now: START,
            config: config(),
            origin: Origin::default(),
            refresh_token: token.clone(),
            row: store.row.clone(),
            session: store.session.clone(),
            user,
            signing_key: store.key.clone(),
        };
        let answer = refresh(call, &mut store.entropy).unwrap_or_else(|_| unreadable());
        assert!(answer.revoke);
        assert!(matches!(answer.outcome, RefreshOutcome::Refused { .. }));
    }
}

#[test]
fn garbage_is_refused_without_a_read() {
    let (_, token) = Store::open();
    let mut broken = token.clone();
    broken.pop();
    for text in [
        "",
        "rt_",
        "rt_0",
        &broken,
        &token.to_uppercase(),
        "💥",
        &"a".repeat(1 << 20),
    ] {
        assert!(matches!(present(text), PresentedToken::Refused { .. }));
    }
    assert!(matches!(present(&token), PresentedToken::WellFormed { .. }));
}

proptest! {
    /// Whatever tokens of a family are presented in whatever order, the model
    /// agrees: the current one and, in the grace period, the one before it go
    /// on; every other one ends the family for good.
    #[test]
    fn the_family_follows_the_model(
        steps in prop::collection::vec((0_usize..4, 0.0_f64..15_000.0), 1..60),
    ) {
        let (mut store, first) = Store::open();
        let mut now = START;
        let mut tokens = vec![first];
        let mut rotated = START;
        let mut alive = true;
        for (age, wait) in steps {
            now = now.plus(Millis(wait));
            let index = tokens.len().saturating_sub(age + 1);
            let token = tokens.get(index).cloned().unwrap_or_default();
            let is_current = index + 1 == tokens.len();
            let is_previous = index + 2 == tokens.len();
            let expected = alive && (is_current || (is_previous && now.since(rotated) <= Millis(10_000.0)));
            let answer = store.refresh(&token, now);
            prop_assert_eq!(answer.is_ok(), expected);
            alive = expected;
            if let Ok(successor) = answer {
                if is_current {
                    tokens.push(successor);
                    rotated = now;
                } else {
                    prop_assert_eq!(Some(&successor), tokens.last());
                }
            }
        }
    }
}
