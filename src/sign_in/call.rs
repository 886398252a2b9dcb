//! What the flows of the password provider decide on.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::PasswordConfig;
use super::mint::{Mint, MintCall, MintedSession, Proof, mint};
use super::verification::CodeRow;
use super::wrong_secret;
use crate::account::AccountRow;
use crate::audit::{AuditEvent, AuditEventName};
use crate::code::Pepper;
use crate::entropy::Entropy;
use crate::identifier::Email;
use crate::limiter::{
    AttemptKeys, AttemptLimits, Permit, RequestKeys, RequestLimits, attempt_keys, request_keys,
};
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::{FirstFactor, SecondFactors};
use crate::session::{SessionConfig, SessionRow};
use crate::time::{Millis, UnixMillis};
use crate::user::UserRow;

use super::answer::{SignInAnswer, SignInOutcome};

/// What the rows are found by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PasswordLookup {
    /// The identifier is valid.
    Found {
        /// The identifier, normalised.
        identifier: String,
        /// The limits of attempts on the password.
        attempt: AttemptKeys,
        /// The limits of attempts on codes.
        code_attempt: AttemptKeys,
        /// The limits of e-mails and sign-ups.
        request: RequestKeys,
    },
    /// The identifier is not valid; nothing has to be read.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

/// The rows that a flow reads. Missing ones are left out.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasswordRows {
    /// The account of the identifier.
    #[serde(default)]
    pub account: Option<AccountRow>,
    /// The account's user.
    #[serde(default)]
    pub user: Option<UserRow>,
    /// The user who has proved the identifier to be their address, in whatever
    /// way; looked for where it would become somebody's.
    #[serde(default)]
    pub owner: Option<UserRow>,
    /// The user's sessions, oldest first.
    pub sessions: Vec<SessionRow>,
    /// The user's second factors, and what is asked of users.
    pub factors: SecondFactors,
    /// The user's other accounts; read when a code may prove the mailbox.
    pub other_accounts: Vec<AccountRow>,
    /// The code of the flow's purpose.
    #[serde(default)]
    pub code: Option<CodeRow>,
    /// The limits of the secret that the flow checks.
    pub attempt: AttemptLimits,
    /// The limits of e-mails and sign-ups.
    pub request: RequestLimits,
}

/// What every flow gets.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasswordCall {
    /// The time.
    pub now: UnixMillis,
    /// The provider's settings.
    pub config: PasswordConfig,
    /// The settings of sessions.
    pub session_config: SessionConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The identifier, as `PasswordLookup` normalised it.
    pub identifier: String,
    /// The deployment's pepper.
    pub pepper: Pepper,
    /// A code the app made itself.
    #[serde(default)]
    pub custom_code: Option<String>,
    /// The session of the caller, if somebody is signed in: when it is the same
    /// user's, the new one takes its place.
    #[serde(default)]
    pub replaces: Option<String>,
    /// The rows.
    pub rows: PasswordRows,
}

/// Normalises the identifier of a flow, once, before anything is compared,
/// limited or stored by it.
pub fn lookup(provider: &str, email: &str, origin: &Origin) -> PasswordLookup {
    match Email::normalize(email) {
        Err(_) => PasswordLookup::Refused {
            refusal: ErrorCode::InvalidEmail.into(),
        },
        Ok(email) => {
            let identifier = email.as_str().to_owned();
            PasswordLookup::Found {
                attempt: attempt_keys(provider, &identifier, origin),
                code_attempt: attempt_keys(&format!("{provider}/code"), &identifier, origin),
                request: request_keys(&identifier, origin),
                identifier,
            }
        }
    }
}

impl PasswordCall {
    /// The account, if it has its user. While a user with very many accounts
    /// is being removed, the last ones are still there, and sign in nobody.
    pub(super) fn account(&self) -> Option<&AccountRow> {
        self.rows
            .account
            .as_ref()
            .filter(|_| self.rows.user.is_some())
    }

    /// Whether the identifier is another user's proved address: who has signed up
    /// with a passkey alone has no account of this provider.
    pub(super) fn is_taken(&self) -> bool {
        let own = self.user_id();
        self.rows
            .owner
            .as_ref()
            .is_some_and(|owner| own.is_none_or(|own| own != owner.id))
    }

    /// Asks the limiter whether the flow's secret may be compared.
    pub(super) fn permit(&self) -> Result<Permit, Millis> {
        let known_origin = self
            .rows
            .sessions
            .iter()
            .any(|session| session.is_live(self.now) && session.is_from(&self.origin));
        self.rows.attempt.allow(known_origin, self.now)
    }

    /// An event about the flow's user.
    pub(super) fn success(&self, event: AuditEventName) -> AuditEvent {
        AuditEvent::success(event, &self.origin)
            .of_user(self.user_id())
            .through(&self.config.provider)
    }

    /// A refused event about the flow's user.
    pub(super) fn refused(&self, event: AuditEventName, code: ErrorCode) -> AuditEvent {
        AuditEvent::refused(event, code, &self.origin)
            .of_user(self.user_id())
            .through(&self.config.provider)
    }

    /// The answer after a wrong secret: counted, recorded, and returned.
    pub(super) fn failed(&self, event: AuditEventName, code: ErrorCode) -> SignInAnswer {
        let refused = self.refused(event, code);
        let (limits, audit) = wrong_secret::count(&self.rows.attempt, refused, self.now);
        SignInAnswer {
            limits,
            audit,
            ..SignInAnswer::refuse(code)
        }
    }

    /// Adds the session of an authenticated person to an answer, or turns it
    /// into a refusal. Sessions that the answer ends anyway do not count.
    pub(super) fn open_session(
        &self,
        first: FirstFactor,
        answer: SignInAnswer,
        entropy: &mut Entropy,
    ) -> SignInAnswer {
        let staying: Vec<SessionRow> = self
            .rows
            .sessions
            .iter()
            .filter(|session| !answer.remove_sessions.contains(&session.id))
            .cloned()
            .collect();
        // What somebody else may have set up is not asked for.
        let without = SecondFactors {
            config: self.rows.factors.config.clone(),
            ..SecondFactors::default()
        };
        // A device that is forgotten with this is not trusted any more.
        let forgetting = SecondFactors {
            trusted_device: None,
            ..self.rows.factors.clone()
        };
        let factors = if answer.removes_factors {
            &without
        } else if answer.forgets_trusted_devices {
            &forgetting
        } else {
            &self.rows.factors
        };
        let decision = mint(
            MintCall {
                proof: Proof::First(first),
                user: self.rows.user.as_ref(),
                sessions: &staying,
                factors,
                replaces: self.replaces.as_deref(),
                config: &self.session_config,
                origin: &self.origin,
                provider: &self.config.provider,
                now: self.now,
            },
            entropy,
        );
        add_session(
            decision,
            answer,
            self.success(AuditEventName::SignIn),
            &self.origin,
        )
    }

    fn user_id(&self) -> Option<&str> {
        self.rows.user.as_ref().map(|user| user.id.as_str())
    }
}

/// Adds the decision about a session to an answer; `signed_in` is the event
/// that records it.
pub(crate) fn add_session(
    decision: Mint,
    mut answer: SignInAnswer,
    signed_in: AuditEvent,
    origin: &Origin,
) -> SignInAnswer {
    match decision {
        Mint::Refused(refusal) => {
            answer.audit.push(AuditEvent {
                outcome: crate::audit::AuditOutcome::Refused,
                code: Some(refusal.code),
                ..signed_in
            });
            answer.outcome = SignInOutcome::Refused { refusal };
        }
        Mint::Challenge {
            verifier,
            methods,
            row,
        } => {
            answer.audit.push(AuditEvent {
                event: AuditEventName::SecondFactorRequested,
                ..signed_in
            });
            answer.outcome = SignInOutcome::SecondFactorRequired {
                user_id: row.user_id.clone(),
                verifier,
                methods,
            };
            answer.challenge = Some(row);
        }
        Mint::Session(minted) => {
            let MintedSession {
                session,
                replaced,
                evict,
                trusted_device,
                trusted_device_token,
            } = *minted;
            answer.trusted_device = trusted_device;
            answer.trusted_device_token = trusted_device_token;
            for id in &evict {
                answer.audit.push(
                    AuditEvent::success(AuditEventName::SessionEvicted, origin)
                        .of_user(signed_in.user_id.as_deref())
                        .of_session(id),
                );
            }
            answer.audit.push(signed_in);
            answer.evict_sessions = evict;
            answer.evict_sessions.extend(replaced);
            answer.session = Some(session);
        }
    }
    answer
}
