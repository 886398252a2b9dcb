//! A store in memory that carries out answers exactly as the component does,
//! in the same order, and the flows as a client calls them.

use super::reply::{OpenSession, Reply};
use super::tables::{Tables, code_key};
use super::{network, quick};
use crate::account::AccountRow;
use crate::code::{CodePurpose, Pepper};
use crate::entropy::Entropy;
use crate::origin::Origin;
use crate::password::hash::work;
use crate::refusal::ErrorCode;
use crate::second_factor::SecondFactors;
use crate::session::{RefreshCall, RefreshOutcome, RefreshTokenWrite, SessionConfig, refresh};
use crate::sign_in::account_secret::AccountSecret;
use crate::sign_in::answer::SecretWrite;
use crate::sign_in::verification::Delivery;
use crate::sign_in::*;
use crate::signing_key::{self, SigningKeyRow};
use crate::time::{Millis, UnixMillis};
use crate::user::{UserFields, UserRow};

/// What a user's password provider is found by when there is none.
const NOBODY: &str = "nobody@gatehouse.invalid";

/// A deployment and the client that calls it.
pub(super) struct Store {
    pub(super) now: UnixMillis,
    /// Where the next call comes from.
    pub(super) origin: Origin,
    pub(super) config: PasswordConfig,
    pub(super) session_config: SessionConfig,
    pub(super) custom_code: Option<String>,
    /// Who has proved the address without an account of the provider.
    pub(super) owner: Option<UserRow>,
    /// What is known of everybody's second factors.
    pub(super) factors: SecondFactors,
    /// What the app's gates say, when they refuse.
    pub(super) admission: Option<&'static str>,
    pub(super) session_gate: Option<&'static str>,
    pub(super) tables: Tables,
    pub(super) mails: Vec<Delivery>,
    /// The last answer of the core.
    pub(super) answer: Option<SignInAnswer>,
    /// The hashing that the last decision did, in KiB filled.
    pub(super) work: u64,
    pub(super) entropy: Entropy,
    pub(super) key: SigningKeyRow,
    pepper: Pepper,
    ids: u32,
}

/// The rows that the component has read before a decision.
pub(super) struct Context {
    pub(super) identifier: String,
    pub(super) purpose: Option<CodePurpose>,
    pub(super) user_id: Option<String>,
    pub(super) account_id: Option<String>,
}

impl Store {
    /// A deployment whose addresses have to be proved, or not.
    pub(super) fn new(require_email_verification: bool) -> Self {
        let now = UnixMillis(1_700_000_000_000.0);
        let mut entropy = Entropy::from_seed([9; 32]);
        Store {
            now,
            origin: network(1),
            config: PasswordConfig {
                provider: "password".to_owned(),
                policy: crate::password::PasswordPolicy::default(),
                argon2: quick(),
                require_email_verification,
                code_digits: None,
                code_lifetime_ms: None,
            },
            session_config: SessionConfig {
                issuer: "https://example.convex.site".to_owned(),
                audience: None,
                access_token_lifetime_ms: None,
                total_lifetime_ms: None,
                idle_lifetime_ms: None,
                refresh_grace_ms: None,
                max_sessions: Some(4),
            },
            custom_code: None,
            owner: None,
            factors: SecondFactors::default(),
            admission: None,
            session_gate: None,
            tables: Tables::default(),
            mails: vec![],
            answer: None,
            work: 0,
            pepper: Pepper::generate(&mut entropy),
            key: signing_key::choose(now, &[], &mut entropy).key,
            entropy,
            ids: 0,
        }
    }

    pub(super) fn wait(&mut self, duration: Millis) {
        self.now = self.now.plus(duration);
    }

    pub(super) fn sign_up(&mut self, email: &str, password: &str) -> Reply {
        let profile = UserFields {
            name: Some(format!("signed up with {password}")),
            ..UserFields::default()
        };
        self.sign_up_as(email, password, profile)
    }

    pub(super) fn sign_up_as(&mut self, email: &str, password: &str, profile: UserFields) -> Reply {
        let password = password.to_owned();
        let input = SignUpInput { password, profile };
        self.flow(email, None, |call, entropy| sign_up(call, input, entropy))
    }

    pub(super) fn sign_in(&mut self, email: &str, password: &str) -> Reply {
        self.flow(email, None, |call, entropy| {
            sign_in(call, password, entropy)
        })
    }

    pub(super) fn verify_email(
        &mut self,
        email: &str,
        code: &str,
        verifier: Option<&str>,
    ) -> Reply {
        let input = EmailVerificationInput {
            code: code.to_owned(),
            verifier: verifier.map(str::to_owned),
        };
        let purpose = CodePurpose::EmailVerification;
        self.flow(email, Some(purpose), |call, entropy| {
            verify_email(call, input, entropy)
        })
    }

    pub(super) fn request_reset(&mut self, email: &str) -> Reply {
        self.flow(email, None, request_reset)
    }

    pub(super) fn reset(&mut self, email: &str, code: &str, new_password: &str) -> Reply {
        let input = ResetInput {
            code: code.to_owned(),
            new_password: new_password.to_owned(),
        };
        self.flow(email, Some(CodePurpose::PasswordReset), |call, entropy| {
            reset(call, input, entropy)
        })
    }

    pub(super) fn change(&mut self, session: &OpenSession, current: &str, new: &str) -> Reply {
        let mut accounts = self.tables.accounts.iter();
        let email = accounts
            .find(|row| row.user_id == session.user_id && row.provider == self.config.provider)
            .map_or(NOBODY, |row| &row.account_id)
            .to_owned();
        let input = ChangeInput {
            session_id: session.id.clone(),
            current_password: current.to_owned(),
            new_password: new.to_owned(),
        };
        self.flow(&email, None, |call, entropy| change(call, input, entropy))
    }

    /// What the app's own check has found out: whom it has named, if it has
    /// succeeded.
    pub(super) fn app_sign_in(
        &mut self,
        identifier: Option<&str>,
        user_id: Option<&str>,
        existing_session: Option<&OpenSession>,
    ) -> Reply {
        let attempt = match app_lookup("app", identifier, &self.origin) {
            AppLookup::Refused { refusal } => return Reply::Refused(refusal),
            AppLookup::Found { attempt } => attempt,
        };
        let user = user_id.and_then(|id| self.tables.user(id)).cloned();
        let sessions = user_id.map_or(vec![], |id| self.tables.sessions_of(id));
        let existing = existing_session
            .and_then(|open| sessions.iter().find(|session| session.id == open.id))
            .cloned();
        let call = AppSignInCall {
            now: self.now,
            provider: "app".to_owned(),
            session_config: self.session_config.clone(),
            origin: self.origin.clone(),
            authorized: user_id.is_some(),
            user: user.clone(),
            sessions,
            attempt: self.tables.attempt_limits(attempt),
            existing_session: existing,
            factors: self.factors.clone(),
            replaces: None,
        };
        let answer = app_sign_in(call, &mut self.entropy);
        let context = Context {
            identifier: String::new(),
            purpose: None,
            user_id: user.map(|user| user.id),
            account_id: None,
        };
        self.apply(context, answer)
    }

    /// The app's own question whether a password is right, by code.
    pub(super) fn check_account(&mut self, email: &str, password: &str) -> Option<ErrorCode> {
        let provider = self.config.provider.clone();
        let prepared = prepare_account(
            PrepareAccountCall {
                provider: provider.clone(),
                account_id: email.to_owned(),
                secret: AccountSecret::None,
                policy: self.config.policy.clone(),
                argon2: self.config.argon2.clone(),
                origin: self.origin.clone(),
            },
            &mut self.entropy,
        );
        let (identifier, attempt) = match prepared {
            PreparedAccount::Refused { refusal } => return Some(refusal.code),
            PreparedAccount::Ready {
                account_id,
                attempt,
                ..
            } => (account_id, attempt),
        };
        let call = AccountCheckCall {
            now: self.now,
            origin: self.origin.clone(),
            password: password.to_owned(),
            account: self.tables.account(&provider, &identifier).cloned(),
            argon2: self.config.argon2.clone(),
            attempt: self.tables.attempt_limits(attempt),
            provider,
        };
        work::take();
        let answer = check_account_secret(call, &mut self.entropy);
        self.work = work::take();
        self.tables.write_limits(&answer.limits);
        self.tables.audit.extend(answer.audit);
        if let SecretWrite::Set { hash } = answer.secret {
            let mut rows = self.tables.accounts.iter_mut();
            let row = rows.find(|row| row.account_id == identifier).unwrap();
            row.secret = Some(hash);
        }
        answer.refusal.map(|refusal| refusal.code)
    }

    pub(super) fn refresh(&mut self, session: &mut OpenSession) -> Result<(), ErrorCode> {
        let rows = &mut self.tables.refresh_tokens;
        let row = rows.iter().find(|row| row.session_id == session.id);
        let call = RefreshCall {
            now: self.now,
            config: self.session_config.clone(),
            origin: self.origin.clone(),
            refresh_token: session.refresh_token.clone(),
            row: row.cloned(),
            session: self
                .tables
                .sessions
                .iter()
                .find(|row| row.id == session.id)
                .cloned(),
            user: self.tables.user(&session.user_id).cloned(),
            signing_key: self.key.clone(),
        };
        let answer = refresh(call, &mut self.entropy).unwrap();
        self.tables.audit.extend(answer.audit);
        if answer.revoke {
            self.tables.delete_session(&session.id);
        }
        let rows = &mut self.tables.refresh_tokens;
        if let RefreshTokenWrite::Rotate {
            token_hash,
            previous_hash,
            rotated_time,
            successor_salt,
            expiration_time,
            session: copy,
            session_due_time,
        } = answer.write
            && let Some(row) = rows.iter_mut().find(|row| row.session_id == session.id)
        {
            row.token_hash = token_hash;
            row.previous_hash = Some(previous_hash);
            row.rotated_time = Some(rotated_time);
            row.successor_salt = Some(successor_salt);
            row.expiration_time = expiration_time;
            row.session = Some(copy);
            row.session_due_time = Some(session_due_time);
        }
        match answer.outcome {
            RefreshOutcome::Refreshed { refresh_token, .. } => {
                session.refresh_token = refresh_token;
                Ok(())
            }
            RefreshOutcome::Refused { refusal } => Err(refusal.code),
        }
    }

    /// The code in the newest e-mail.
    pub(super) fn mailed_code(&self) -> String {
        let code = self.mails.last().and_then(|mail| mail.code.clone());
        code.unwrap_or_default()
    }

    pub(super) fn account(&self, email: &str) -> &AccountRow {
        self.tables.account(&self.config.provider, email).unwrap()
    }

    pub(super) fn id(&mut self) -> String {
        self.ids += 1;
        format!("id{:05}", self.ids)
    }

    /// Reads rows, asks the core, carries out the answer.
    fn flow(
        &mut self,
        email: &str,
        purpose: Option<CodePurpose>,
        decide: impl FnOnce(PasswordCall, &mut Entropy) -> SignInAnswer,
    ) -> Reply {
        let (identifier, attempt, request) =
            match lookup(&self.config.provider, email, &self.origin) {
                PasswordLookup::Refused { refusal } => return Reply::Refused(refusal),
                PasswordLookup::Found {
                    identifier,
                    attempt,
                    code_attempt,
                    request,
                } => match purpose {
                    None => (identifier, attempt, request),
                    Some(_) => (identifier, code_attempt, request),
                },
            };
        let tables = &self.tables;
        let account = tables.account(&self.config.provider, &identifier).cloned();
        let user = account
            .as_ref()
            .and_then(|account| tables.user(&account.user_id))
            .cloned();
        let sessions = user
            .as_ref()
            .map_or(vec![], |user| tables.sessions_of(&user.id));
        let others = tables.accounts.iter().filter(|other| {
            account.as_ref().is_some_and(|account| {
                purpose.is_some() && other.user_id == account.user_id && other.id != account.id
            })
        });
        let call = PasswordCall {
            now: self.now,
            config: self.config.clone(),
            session_config: self.session_config.clone(),
            origin: self.origin.clone(),
            identifier: identifier.clone(),
            pepper: self.pepper.clone(),
            custom_code: self.custom_code.clone(),
            replaces: None,
            rows: PasswordRows {
                sessions,
                factors: self.factors.clone(),
                other_accounts: others.cloned().collect(),
                code: purpose.and_then(|purpose| {
                    let key = code_key(&self.config.provider, purpose, &identifier);
                    tables.codes.get(&key).cloned()
                }),
                attempt: tables.attempt_limits(attempt),
                request: tables.request_limits(request),
                account: account.clone(),
                user: user.clone(),
                owner: self.owner.clone(),
            },
        };
        work::take();
        let answer = decide(call, &mut self.entropy);
        self.work = work::take();
        let context = Context {
            identifier,
            purpose,
            user_id: user.map(|user| user.id),
            account_id: account.map(|account| account.id),
        };
        self.apply(context, answer)
    }
}
