//! Any sequence of sign-ins, right and wrong answers and waiting, against a
//! simple model.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Step {
    /// The first factor is proved anew.
    SignIn,
    /// A right code of the app: of the step before, of now, of the next one.
    Right(i32),
    /// A wrong code of the app.
    Wrong,
    /// One of the recovery codes, used or not.
    Recovery(usize),
    /// A wrong code of the app in a session.
    WrongStepUp,
    /// Time passes.
    Wait(f64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::SignIn),
        2 => (-1..=1).prop_map(Step::Right),
        8 => Just(Step::Wrong),
        1 => (0_usize..10).prop_map(Step::Recovery),
        2 => Just(Step::WrongStepUp),
        2 => prop_oneof![0.0_f64..6e4, 0.0_f64..2e6, 0.0_f64..1e8].prop_map(Step::Wait),
    ]
}

/// What the rules say, in the simplest words.
#[derive(Default)]
struct Model {
    failures: u32,
    locked_until: f64,
    challenge_ends: f64,
    tries_left: u32,
    last_step: Option<u32>,
    used: HashSet<usize>,
}

impl Model {
    fn sign_in(&mut self, now: UnixMillis) {
        self.challenge_ends = now.0 + 600_000.0;
        self.tries_left = 5;
    }

    fn admits(&self, now: UnixMillis) -> bool {
        self.tries_left > 0 && now.0 < self.challenge_ends && now.0 >= self.locked_until
    }

    fn succeed(&mut self) {
        self.failures = 0;
        self.tries_left = 0;
    }

    fn fail(&mut self, now: UnixMillis) {
        self.failures += 1;
        if self.failures.is_multiple_of(10) {
            let doubled = 2.0_f64.powf(f64::from(self.failures) / 10.0 - 1.0);
            self.locked_until = now.0 + (900_000.0 * doubled).min(86_400_000.0);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// The core says what the model says: a challenge admits five tries, a user
    /// ten failures before a lock; a refused try compares nothing; a step and a
    /// recovery code work once.
    #[test]
    fn tries_never_exceed_the_limits(steps in prop::collection::vec(step(), 1..120)) {
        let mut store = Store::new();
        let mut model = Model::default();
        let mut failures: Vec<f64> = vec![];
        model.sign_in(store.now);
        for step in steps {
            let before = (store.lock.clone(), store.factors.clone(), store.recovery_codes.clone());
            let now = store.now;
            let (outcome, is_right, admitted, in_challenge) = match step {
                Step::SignIn => {
                    store.start_challenge();
                    model.sign_in(now);
                    continue;
                }
                Step::Wait(duration) => {
                    store.now = now.plus(Millis(duration.floor()));
                    continue;
                }
                Step::Right(offset) => {
                    let used = time_step(now, TotpParameters::default().period).unwrap();
                    let used = used.checked_add_signed(offset).unwrap();
                    let is_right = model.last_step.is_none_or(|last| used > last);
                    let admitted = model.admits(now);
                    if is_right && admitted {
                        model.last_step = Some(used);
                    }
                    (store.answer(totp(&code_at(now, offset))), is_right, admitted, true)
                }
                Step::Wrong => {
                    let admitted = model.admits(now);
                    (store.answer(totp(&wrong_code(now))), false, admitted, true)
                }
                Step::Recovery(index) => {
                    let admitted = model.admits(now);
                    let is_right = !model.used.contains(&index);
                    if is_right && admitted {
                        model.used.insert(index);
                    }
                    let code = store.codes.get(index).unwrap().clone();
                    (store.answer(recovery(&code)), is_right, admitted, true)
                }
                Step::WrongStepUp => {
                    let context = AttemptContext::StepUp {
                        session: stale_session("ada"),
                        factors: Box::new(factors(1)),
                    };
                    let admitted = now.0 >= model.locked_until;
                    let outcome = store.prove(context, totp(&wrong_code(now)));
                    (outcome, false, admitted, false)
                }
            };
            prop_assert_eq!(outcome.is_ok(), is_right && admitted);
            if !admitted {
                let after = (store.lock.clone(), store.factors.clone(), store.recovery_codes.clone());
                prop_assert_eq!(before, after);
            } else if is_right {
                model.succeed();
                failures.clear();
                prop_assert!(store.challenge.is_none() && store.lock.row.is_none());
            } else {
                model.fail(now);
                if in_challenge {
                    model.tries_left -= 1;
                }
                failures.push(now.0);
                let recent = failures.iter().filter(|time| now.0 - **time < 900_000.0);
                prop_assert!(recent.count() <= 10);
            }
        }
    }
}
