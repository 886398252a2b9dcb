//! How an answer becomes rows: step by step what `component/signInAnswer.ts`
//! does.

use super::reply::{OpenSession, Reply};
use super::store::{Context, Store};
use super::tables::{StoredUser, code_key};
use crate::account::AccountRow;
use crate::code::CodePurpose;
use crate::session::{IssueCall, NewSession, RefreshTokenRow, SessionRow, issue};
use crate::sign_in::answer::SecretWrite;
use crate::sign_in::*;
use crate::user::{UserFields, UserRow};

impl Store {
    /// Carries out an answer.
    pub(super) fn apply(&mut self, context: Context, decided: SignInAnswer) -> Reply {
        let answer = self.admit(decided);
        self.tables.write_limits(&answer.limits);
        self.write_code(&context, &answer.code);
        let user_id = self.write_user(&context, &answer.user);
        self.write_account(&context, &answer.account, user_id.as_deref());
        for id in &answer.remove_sessions {
            self.tables.delete_session(id);
        }
        let removed = &answer.remove_accounts;
        self.tables
            .accounts
            .retain(|row| !removed.contains(&row.id));
        let (reply, audit, session_id) = self.open_session(&answer, user_id.as_deref());
        self.tables.audit.extend(audit.into_iter().map(|event| {
            let mut event = event;
            event.user_id = event.user_id.or_else(|| user_id.clone());
            event.session_id = event.session_id.or_else(|| session_id.clone());
            event
        }));
        if let SignInOutcome::Started { delivery, .. } = &answer.outcome {
            self.mails.push(delivery.clone());
        }
        self.answer = Some(answer);
        reply
    }

    fn admit(&self, answer: SignInAnswer) -> SignInAnswer {
        match (&answer.admission, self.admission) {
            (Some(_), Some(message)) => refuse_admission(RefuseAdmissionCall {
                limits: answer.limits,
                provider: self.config.provider.clone(),
                message: Some(message.to_owned()),
                origin: self.origin.clone(),
            }),
            _ => answer,
        }
    }

    fn write_code(&mut self, context: &Context, write: &CodeWrite) {
        let provider = &self.config.provider;
        let codes = &mut self.tables.codes;
        if *write == CodeWrite::DeleteAll {
            for purpose in [CodePurpose::EmailVerification, CodePurpose::PasswordReset] {
                codes.remove(&code_key(provider, purpose, &context.identifier));
            }
        }
        if let CodeWrite::Replace { purpose, row } = write {
            let key = code_key(provider, *purpose, &context.identifier);
            codes.insert(key, row.clone());
        }
        // The other writes are to the row that was read.
        let Some(purpose) = context.purpose else {
            return;
        };
        let key = code_key(provider, purpose, &context.identifier);
        match write {
            CodeWrite::Tried { tries } => {
                if let Some(row) = codes.get_mut(&key) {
                    row.tries = *tries;
                }
            }
            CodeWrite::Delete => {
                codes.remove(&key);
            }
            CodeWrite::Keep | CodeWrite::Replace { .. } | CodeWrite::DeleteAll => {}
        }
    }

    fn write_user(&mut self, context: &Context, write: &UserWrite) -> Option<String> {
        let (UserWrite::Create { fields } | UserWrite::Patch { fields, .. }) = write else {
            return context.user_id.clone();
        };
        let existing = context.user_id.clone();
        let id = existing.unwrap_or_else(|| self.insert_user(UserFields::default()));
        let mut users = self.tables.users.iter_mut();
        let user = users.find(|user| user.row.id == id).unwrap();
        if let UserWrite::Patch {
            clears_profile: true,
            ..
        } = write
        {
            user.name = None;
        }
        user.patch(fields.clone());
        Some(id)
    }

    /// Adds a user, as the app may, too.
    pub(super) fn insert_user(&mut self, fields: UserFields) -> String {
        let id = self.id();
        let mut user = StoredUser {
            row: UserRow {
                id: id.clone(),
                email: None,
                email_verification_time: None,
                phone_verification_time: None,
                banned_time: None,
                ban_expiration_time: None,
                role: None,
                second_factor_time: None,
            },
            name: None,
        };
        user.patch(fields);
        self.tables.users.push(user);
        id
    }

    fn write_account(&mut self, context: &Context, write: &AccountWrite, user_id: Option<&str>) {
        match (write, user_id) {
            (
                AccountWrite::Create {
                    provider,
                    account_id,
                    secret,
                },
                Some(user_id),
            ) => {
                let id = self.id();
                self.tables.accounts.push(AccountRow {
                    id,
                    user_id: user_id.to_owned(),
                    provider: provider.clone(),
                    account_id: account_id.clone(),
                    secret: secret.clone(),
                    verified_time: None,
                });
            }
            (
                AccountWrite::Patch {
                    secret,
                    verified_time,
                },
                _,
            ) => {
                let mut rows = self.tables.accounts.iter_mut();
                let Some(row) = rows.find(|row| Some(&row.id) == context.account_id.as_ref())
                else {
                    return;
                };
                match secret {
                    SecretWrite::Keep => {}
                    SecretWrite::Set { hash } => row.secret = Some(hash.clone()),
                    SecretWrite::Clear => row.secret = None,
                }
                row.verified_time = verified_time.or(row.verified_time);
            }
            _ => {}
        }
    }

    fn open_session(
        &mut self,
        answer: &SignInAnswer,
        user_id: Option<&str>,
    ) -> (Reply, Vec<crate::audit::AuditEvent>, Option<String>) {
        let audit = answer.audit.clone();
        match (&answer.outcome, &answer.session) {
            (SignInOutcome::Refused { refusal }, _) => {
                (Reply::Refused(refusal.clone()), audit, None)
            }
            (SignInOutcome::Started { verifier, .. }, _) => {
                (Reply::Started(verifier.clone()), audit, None)
            }
            (SignInOutcome::SecondFactorRequired { methods, .. }, session) => {
                assert_eq!(*session, None, "nothing is handed out before");
                (Reply::SecondFactor(methods.clone()), audit, None)
            }
            (SignInOutcome::SignedIn, None) => (Reply::Kept, audit, None),
            (SignInOutcome::SignedIn, Some(session)) => {
                if let Some(message) = self.session_gate {
                    let refused = refuse_session(RefuseSessionCall {
                        audit,
                        message: Some(message.to_owned()),
                    });
                    return (Reply::Refused(refused.refusal), refused.audit, None);
                }
                for id in &answer.evict_sessions {
                    self.tables.delete_session(id);
                }
                let opened = self.insert_session(user_id.unwrap(), session);
                let id = opened.id.clone();
                (Reply::SignedIn(opened), audit, Some(id))
            }
        }
    }

    fn insert_session(&mut self, user_id: &str, session: &NewSession) -> OpenSession {
        let row = SessionRow {
            id: self.id(),
            user_id: user_id.to_owned(),
            expiration_time: session.expiration_time,
            last_active_time: session.last_active_time,
            authentication_time: session.authentication_time,
            authentication_methods: session.authentication_methods.clone(),
            provider: session.provider.clone(),
            ip_address: session.ip_address.clone(),
            user_agent: session.user_agent.clone(),
            restriction: session.restriction,
        };
        let call = IssueCall {
            now: self.now,
            config: self.session_config.clone(),
            session: row.clone(),
            signing_key: self.key.clone(),
        };
        let issued = issue(call, &mut self.entropy).unwrap();
        self.tables.refresh_tokens.push(RefreshTokenRow {
            session_id: row.id.clone(),
            family_hash: issued.row.family_hash,
            token_hash: issued.row.token_hash,
            previous_hash: None,
            rotated_time: None,
            successor_salt: None,
            expiration_time: issued.row.expiration_time,
            session: Some(issued.row.session),
            session_due_time: Some(issued.row.session_due_time),
        });
        self.tables.sessions.push(row.clone());
        OpenSession {
            id: row.id,
            user_id: row.user_id,
            refresh_token: issued.refresh_token,
        }
    }
}
