//! The rules of challenges and tries, and the rows that tests are made of.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::recovery_code::{self, RecoveryCodesRow};
use super::totp::TotpFactorRow;
use super::*;
use crate::audit::AuditEventName;
use crate::code::Pepper;
use crate::entropy::Entropy;
use crate::factor_secret::{self, FactorKey, FactorKeyring, SecretBinding, SecretPurpose};
use crate::limiter::{LimitEntry, LimitRow, second_factor_key};
use crate::origin::Origin;
use crate::refusal::SecondFactorMethod;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::challenge::CHALLENGE_LIFETIME;
use crate::second_factor::response::SecondFactorResponse;
use crate::second_factor::writes::ChallengeWrite;
use crate::session::{AuthenticationMethod, SessionRestriction, SessionRow};
use crate::time::{Millis, UnixMillis};
use crate::totp::{TotpParameters, hotp, time_step};

mod machine;
mod verification;

pub(crate) const NOW: UnixMillis = UnixMillis(1e12);

/// The secret of the app in tests.
pub(crate) const SECRET: &[u8] = b"12345678901234567890";

const PASSWORD: &[AuthenticationMethod] = &[AuthenticationMethod::Password];

fn session(user_id: &str, age: Millis, methods: &[AuthenticationMethod]) -> SessionRow {
    SessionRow {
        id: "session".to_owned(),
        user_id: user_id.to_owned(),
        expiration_time: NOW.plus(Millis::DAY.times(400.0)),
        last_active_time: NOW,
        authentication_time: UnixMillis(NOW.0 - age.0),
        authentication_methods: methods.to_vec(),
        provider: "password".to_owned(),
        ip_address: None,
        user_agent: None,
        restriction: None,
    }
}

/// A session that proved two factors a minute ago.
pub(crate) fn fresh_session(user_id: &str) -> SessionRow {
    let methods = [
        AuthenticationMethod::Password,
        AuthenticationMethod::OneTimeCode,
        AuthenticationMethod::MultipleFactors,
    ];
    session(user_id, Millis::MINUTE, &methods)
}

/// A session that proved two factors an hour ago.
pub(crate) fn stale_session(user_id: &str) -> SessionRow {
    SessionRow {
        authentication_time: UnixMillis(NOW.0 - Millis::HOUR.0),
        ..fresh_session(user_id)
    }
}

/// A session that proved a password just now.
pub(crate) fn password_session(user_id: &str) -> SessionRow {
    session(user_id, Millis(0.0), PASSWORD)
}

/// A session that is for setting up a second factor.
pub(crate) fn restricted_session(user_id: &str) -> SessionRow {
    SessionRow {
        restriction: Some(SessionRestriction::SecondFactorEnrollment),
        ..password_session(user_id)
    }
}

/// A user with so many authenticator apps.
pub(crate) fn factors(totps: u32) -> SecondFactors {
    SecondFactors {
        totps: (0..totps)
            .map(|number| live_factor(&number.to_string(), "ada"))
            .collect(),
        ..SecondFactors::default()
    }
}

pub(crate) fn secrets() -> SecondFactorSecrets {
    SecondFactorSecrets {
        pepper: Pepper::from_bytes([1; 32]),
        keyring: FactorKeyring::new(vec![FactorKey::from_bytes(1, [2; 32])]),
    }
}

/// An app whose first code was right.
pub(crate) fn live_factor(id: &str, user_id: &str) -> TotpFactorRow {
    let binding = SecretBinding {
        purpose: SecretPurpose::Totp,
        user_id,
        secret_id: id,
    };
    let mut entropy = Entropy::from_seed([3; 32]);
    let secret = factor_secret::seal(&secrets().keyring, &binding, SECRET, &mut entropy).unwrap();
    let parameters = TotpParameters::default();
    TotpFactorRow {
        id: id.to_owned(),
        user_id: user_id.to_owned(),
        secret,
        secret_id: id.to_owned(),
        algorithm: parameters.algorithm,
        digits: parameters.digits,
        period: parameters.period,
        name: None,
        verified_time: Some(NOW),
        last_used_step: None,
        creation_time: NOW,
    }
}

/// An app that waits for its first code.
pub(crate) fn pending_factor(id: &str, user_id: &str) -> TotpFactorRow {
    TotpFactorRow {
        verified_time: None,
        ..live_factor(id, user_id)
    }
}

/// The code of `now`, `steps` later.
pub(crate) fn code_at(now: UnixMillis, steps: i32) -> String {
    let parameters = TotpParameters::default();
    let step = time_step(now, parameters.period).unwrap();
    let step = step.checked_add_signed(steps).unwrap();
    let code = hotp(
        parameters.algorithm,
        SECRET,
        u64::from(step),
        parameters.digits,
    );
    format!("{:06}", code.unwrap())
}

/// A code that is in no window of `now`.
pub(crate) fn wrong_code(now: UnixMillis) -> String {
    let right: Vec<String> = (-2..=2).map(|steps| code_at(now, steps)).collect();
    let wrong = (0..10).map(|number| format!("{number:06}"));
    wrong
        .into_iter()
        .find(|code| !right.contains(code))
        .unwrap()
}

pub(crate) fn challenge(user_id: &str, methods: &[SecondFactorMethod]) -> SecondFactorChallengeRow {
    started(user_id, methods).row
}

fn started(user_id: &str, methods: &[SecondFactorMethod]) -> ChallengeStart {
    let call = ChallengeStartCall {
        now: NOW,
        authentication_methods: vec![AuthenticationMethod::Password],
        user_id,
        provider: "password",
        session_id: None,
        is_step_up: false,
        methods: methods.to_vec(),
    };
    start(call, &mut Entropy::from_seed([6; 32]))
}

pub(crate) fn totp(code: &str) -> SecondFactorResponse {
    SecondFactorResponse::Totp {
        code: code.to_owned(),
    }
}

pub(crate) fn recovery(code: &str) -> SecondFactorResponse {
    SecondFactorResponse::RecoveryCode {
        code: code.to_owned(),
    }
}

/// What is stored about Ada.
pub(crate) struct Store {
    pub(crate) now: UnixMillis,
    pub(crate) challenge: Option<SecondFactorChallengeRow>,
    pub(crate) lock: LimitEntry,
    pub(crate) factors: Vec<TotpFactorRow>,
    pub(crate) recovery_codes: Option<RecoveryCodesRow>,
    /// The recovery codes in the clear.
    pub(crate) codes: Vec<String>,
    pub(crate) forgot_devices: bool,
    pub(crate) events: Vec<AuditEventName>,
    pub(crate) secrets: SecondFactorSecrets,
    pub(crate) entropy: Entropy,
}

const BOTH: &[SecondFactorMethod] = &[SecondFactorMethod::Totp, SecondFactorMethod::RecoveryCode];

impl Store {
    /// Ada, with an app, recovery codes and a challenge.
    pub(crate) fn new() -> Self {
        let secrets = secrets();
        let mut entropy = Entropy::from_seed([7; 32]);
        let issued = recovery_code::issue("ada", &secrets.pepper, NOW, &mut entropy);
        Store {
            now: NOW,
            challenge: Some(challenge("ada", BOTH)),
            lock: LimitEntry {
                key: second_factor_key("ada"),
                row: None,
            },
            factors: vec![live_factor("app", "ada")],
            recovery_codes: Some(issued.row),
            codes: issued.codes,
            forgot_devices: false,
            events: vec![],
            secrets,
            entropy,
        }
    }

    pub(crate) fn start_challenge(&mut self) {
        let mut row = challenge("ada", BOTH);
        row.expiration_time = self.now.plus(CHALLENGE_LIFETIME);
        self.challenge = Some(row);
    }

    pub(crate) fn in_challenge(&self) -> AttemptContext {
        AttemptContext::Challenge {
            challenge: self.challenge.clone(),
        }
    }

    pub(crate) fn answer(
        &mut self,
        response: SecondFactorResponse,
    ) -> Result<SecondFactorProof, Refusal> {
        self.prove(self.in_challenge(), response)
    }

    pub(crate) fn prove(
        &mut self,
        context: AttemptContext,
        response: SecondFactorResponse,
    ) -> Result<SecondFactorProof, Refusal> {
        let call = SecondFactorVerifyCall {
            now: self.now,
            context,
            response,
            lock: self.lock.clone(),
            factors: self.factors.clone(),
            recovery_codes: self.recovery_codes.clone(),
            origin: Origin::default(),
        };
        let verification = verify(&call, &self.secrets, &mut self.entropy);
        self.write(verification.writes);
        match verification.outcome {
            SecondFactorOutcome::Proved { proof } => Ok(proof),
            SecondFactorOutcome::Refused { refusal } => Err(refusal),
        }
    }

    pub(crate) fn write(&mut self, writes: SecondFactorWrites) {
        match writes.challenge {
            ChallengeWrite::Keep => {}
            ChallengeWrite::Tried { tries } => self.challenge.as_mut().unwrap().tries = tries,
            ChallengeWrite::Delete => self.challenge = None,
        }
        for write in writes.limits {
            assert_eq!(write.key, self.lock.key);
            self.lock.row = write.row;
        }
        if let Some(patch) = writes.factor {
            let mut factors = self.factors.iter_mut();
            let factor = factors.find(|factor| factor.id == patch.totp_id).unwrap();
            factor.last_used_step = Some(patch.last_used_step);
            factor.verified_time = patch.verified_time.or(factor.verified_time);
            factor.secret = patch.secret.unwrap_or(factor.secret.clone());
        }
        if let Some(codes) = writes.recovery_codes {
            self.recovery_codes.as_mut().unwrap().codes = codes;
        }
        self.forgot_devices |= writes.forgets_trusted_devices;
        self.events
            .extend(writes.audit.iter().map(|event| event.event));
    }

    pub(crate) fn failures(&self) -> f64 {
        self.lock.row.as_ref().map_or(0.0, |row| row.value)
    }

    fn answer_code(&mut self, response: SecondFactorResponse) -> ErrorCode {
        self.answer(response).unwrap_err().code
    }
}
