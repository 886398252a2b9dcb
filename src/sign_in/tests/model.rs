//! Random lives of two accounts against a simple model: who may have a session
//! after which steps.

use proptest::prelude::*;

use super::*;
use crate::audit::AuditEventName;
use crate::refusal::ErrorCode;
use crate::time::Millis;

const EMAILS: [&str; 2] = [ADA, "bob@example.com"];
const PASSWORDS: [&str; 3] = [PASSWORD, NEW_PASSWORD, STRANGERS_PASSWORD];

/// The cap of the store's configuration.
const CAP: usize = 4;

/// What a person does; numbers choose among what there is.
#[derive(Clone, Debug)]
enum Step {
    SignUp {
        who: usize,
        password: usize,
    },
    SignIn {
        who: usize,
        password: usize,
    },
    RequestReset {
        who: usize,
    },
    Reset {
        who: usize,
        code: usize,
        password: usize,
    },
    Change {
        session: usize,
        current: usize,
        new: usize,
    },
    Refresh {
        session: usize,
    },
    Wait {
        milliseconds: f64,
    },
    Move {
        host: u8,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..EMAILS.len();
    let password = 0..PASSWORDS.len();
    prop_oneof![
        2 => (who.clone(), password.clone()).prop_map(|(who, password)| Step::SignUp { who, password }),
        6 => (who.clone(), password.clone()).prop_map(|(who, password)| Step::SignIn { who, password }),
        2 => who.clone().prop_map(|who| Step::RequestReset { who }),
        4 => (who, 0_usize..4, password.clone())
            .prop_map(|(who, code, password)| Step::Reset { who, code, password }),
        3 => (0_usize..8, password.clone(), password)
            .prop_map(|(session, current, new)| Step::Change { session, current, new }),
        4 => (0_usize..8).prop_map(|session| Step::Refresh { session }),
        2 => (0.0_f64..4_000_000.0).prop_map(|milliseconds| Step::Wait { milliseconds }),
        2 => (1_u8..4).prop_map(|host| Step::Move { host }),
    ]
}

/// A session of the model: whose it is, and whether it must have ended.
#[derive(Debug)]
struct Known {
    open: OpenSession,
    who: usize,
    ended: bool,
}

/// What the model knows: the password and the one valid code of each person,
/// and every session that was ever opened.
struct World {
    store: Store,
    passwords: [Option<usize>; 2],
    codes: [Option<(String, f64)>; 2],
    mailed: Vec<String>,
    known: Vec<Known>,
}

impl World {
    fn new() -> Self {
        World {
            store: Store::new(false),
            passwords: [None; 2],
            codes: [None, None],
            mailed: vec!["00000000".to_owned()],
            known: vec![],
        }
    }

    fn open(&mut self, who: usize, open: OpenSession) {
        let ended = false;
        self.known.push(Known { open, who, ended });
        let live = self
            .known
            .iter()
            .filter(|known| known.who == who && !known.ended);
        if live.count() > CAP {
            let mut sessions = self.known.iter_mut();
            let oldest = sessions.find(|known| known.who == who && !known.ended);
            oldest.unwrap().ended = true;
        }
    }

    fn end_all(&mut self, who: usize, but: Option<&str>) {
        for known in &mut self.known {
            known.ended |= known.who == who && Some(known.open.id.as_str()) != but;
        }
    }

    fn take(&mut self, step: Step) -> Result<(), TestCaseError> {
        match step {
            Step::Wait { milliseconds } => self.store.wait(Millis(milliseconds)),
            Step::Move { host } => self.store.origin = network(host),
            Step::SignUp { who, password } => {
                let reply = self.store.sign_up(email(who), text(password));
                if reply.is_signed_in() {
                    let held = self.passwords.get_mut(who).unwrap();
                    prop_assert_eq!(*held, None, "an address is taken once");
                    *held = Some(password);
                    self.open(who, reply.session());
                }
            }
            Step::SignIn { who, password } => {
                let reply = self.store.sign_in(email(who), text(password));
                let is_right = self.passwords.get(who).unwrap() == &Some(password);
                match reply.code() {
                    None => {
                        prop_assert!(is_right, "only the present password signs in");
                        self.open(who, reply.session());
                    }
                    Some(ErrorCode::InvalidCredentials) => prop_assert!(!is_right),
                    Some(code) => prop_assert_eq!(code, ErrorCode::RateLimited),
                }
            }
            Step::RequestReset { who } => self.request_reset(who)?,
            Step::Reset {
                who,
                code,
                password,
            } => self.reset(who, code, password)?,
            Step::Change {
                session,
                current,
                new,
            } => self.change(session, current, new)?,
            Step::Refresh { session } => self.refresh(session)?,
        }
        Ok(())
    }

    fn request_reset(&mut self, who: usize) -> Result<(), TestCaseError> {
        let reply = self.store.request_reset(email(who));
        let has_account = self.passwords.get(who).unwrap().is_some();
        if reply.is_started() && has_account {
            let code = self.store.mailed_code();
            let expiration = self.store.now.plus(Millis::HOUR).0;
            self.mailed.push(code.clone());
            *self.codes.get_mut(who).unwrap() = Some((code, expiration));
        } else {
            prop_assert!(reply.is_started() || reply.code() == Some(ErrorCode::RateLimited));
        }
        Ok(())
    }

    fn reset(&mut self, who: usize, code: usize, password: usize) -> Result<(), TestCaseError> {
        // One of the last codes that were mailed to anybody.
        let index = self.mailed.len().saturating_sub(1 + code);
        let presented = self.mailed.get(index).unwrap().clone();
        let valid = self.codes.get(who).unwrap().clone();
        let is_valid = valid
            .is_some_and(|(code, expiration)| code == presented && self.store.now.0 < expiration);
        let reply = self.store.reset(email(who), &presented, text(password));
        match reply.code() {
            None => {
                prop_assert!(is_valid, "only the last code of this address, once");
                *self.codes.get_mut(who).unwrap() = None;
                *self.passwords.get_mut(who).unwrap() = Some(password);
                self.end_all(who, None);
                self.open(who, reply.session());
            }
            // A valid code may have been tried too often.
            Some(ErrorCode::InvalidVerificationCode) => {}
            Some(code) => prop_assert_eq!(code, ErrorCode::RateLimited),
        }
        Ok(())
    }

    fn change(&mut self, session: usize, current: usize, new: usize) -> Result<(), TestCaseError> {
        let Some(known) = pick(&self.known, session) else {
            return Ok(());
        };
        let (who, ended, open) = (known.who, known.ended, known.open.clone());
        let reply = self.store.change(&open, text(current), text(new));
        if reply == Reply::Kept {
            prop_assert!(!ended, "a session that is over changes nothing");
            let held = self.passwords.get_mut(who).unwrap();
            prop_assert_eq!(*held, Some(current));
            *held = Some(new);
            self.end_all(who, Some(&open.id));
        } else {
            prop_assert!(reply.code().is_some());
        }
        Ok(())
    }

    fn refresh(&mut self, session: usize) -> Result<(), TestCaseError> {
        let index = self.known.len().checked_sub(1 + session);
        let Some(known) = index.and_then(|index| self.known.get_mut(index)) else {
            return Ok(());
        };
        let result = self.store.refresh(&mut known.open);
        prop_assert_eq!(result.is_err(), known.ended);
        Ok(())
    }

    /// What holds after every step.
    fn check(&self) -> Result<(), TestCaseError> {
        let tables = &self.store.tables;
        for user in &tables.users {
            prop_assert!(tables.sessions_of(&user.row.id).len() <= CAP);
        }
        let live = self.known.iter().filter(|known| !known.ended);
        let mut live: Vec<_> = live.map(|known| known.open.id.clone()).collect();
        let mut stored: Vec<_> = tables.sessions.iter().map(|row| row.id.clone()).collect();
        live.sort();
        stored.sort();
        prop_assert_eq!(live, stored, "the sessions are those of the model");
        let reused = AuditEventName::RefreshTokenReused;
        prop_assert!(tables.audit.iter().all(|event| event.event != reused));
        Ok(())
    }
}

fn email(who: usize) -> &'static str {
    EMAILS.get(who).unwrap()
}

fn text(password: usize) -> &'static str {
    PASSWORDS.get(password).unwrap()
}

/// A session, counted from the newest.
fn pick(known: &[Known], back: usize) -> Option<&Known> {
    known.iter().rev().nth(back)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// A session exists only for whom presented the present password or the
    /// valid code; after a reset or a change no older session goes on; codes
    /// are used once; there are never more sessions than the cap.
    #[test]
    fn sessions_follow_the_model(steps in prop::collection::vec(step(), 1..40)) {
        let mut world = World::new();
        for step in steps {
            world.take(step)?;
            world.check()?;
        }
    }
}
