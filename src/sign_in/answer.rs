//! What every way to sign in answers, in one shape.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::verification::{CodeWrite, Delivery};
use crate::audit::{AuditEvent, AuditEventName, AuditOutcome};
use crate::limiter::LimitWrite;
use crate::origin::Origin;
use crate::password::PasswordHash;
use crate::refusal::SecondFactorMethod;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::SecondFactorChallengeRow;
use crate::second_factor::trusted_device::TrustedDeviceWrite;
use crate::session::NewSession;
use crate::time::{Millis, UnixMillis};
use crate::user::UserFields;

/// What becomes of the user's row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum UserWrite {
    /// It stays as it is, if there is one.
    Keep,
    /// A new user.
    Create {
        /// What to store.
        fields: UserFields,
    },
    /// Fields of the present user change.
    Patch {
        /// What to store.
        fields: UserFields,
        /// Whether name, picture, telephone number and the app's own data are
        /// dropped first: somebody else may have set them.
        #[serde(rename = "clearsProfile")]
        clears_profile: bool,
    },
}

/// What becomes of an account's secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum SecretWrite {
    /// It stays as it is.
    Keep,
    /// A new hash.
    Set {
        /// The hash.
        hash: PasswordHash,
    },
    /// Nobody can sign in with a password until it is reset.
    Clear,
}

/// What becomes of the account's row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum AccountWrite {
    /// It stays as it is, if there is one.
    Keep,
    /// A new account of the new user.
    Create {
        /// The provider's id.
        provider: String,
        /// The normalised identifier.
        account_id: String,
        /// The password hash.
        #[serde(skip_serializing_if = "Option::is_none")]
        secret: Option<PasswordHash>,
    },
    /// The present account changes.
    Patch {
        /// What becomes of the secret.
        secret: SecretWrite,
        /// When the identifier was proved, if it was now.
        #[serde(skip_serializing_if = "Option::is_none")]
        verified_time: Option<UnixMillis>,
    },
}

/// The outcome for the caller.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum SignInOutcome {
    /// It was not done.
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// The person is signed in, in a new session or, after a password change,
    /// in the present one.
    SignedIn,
    /// A second factor is owed before there is a session.
    SecondFactorRequired {
        /// Who has proved the first factor. It is not for clients.
        user_id: String,
        /// What the client has to present with it.
        verifier: String,
        /// With what it can be proved.
        methods: Vec<SecondFactorMethod>,
    },
    /// An e-mail is on its way.
    Started {
        /// The e-mail to send.
        delivery: Delivery,
        /// What the client has to present with the code, so that the password
        /// it has just set is trusted; missing when there is no such password.
        #[serde(skip_serializing_if = "Option::is_none")]
        verifier: Option<String>,
    },
}

/// What a way to sign in decided. The writes hold for every outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SignInAnswer {
    /// Counters.
    pub limits: Vec<LimitWrite>,
    /// Whom the app's gate is asked to admit, before anything is written. It
    /// is asked about an address that has an account, too, where the answer
    /// must not show that it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admission: Option<UserFields>,
    /// What becomes of the code of this identifier and purpose.
    pub code: CodeWrite,
    /// What becomes of the user.
    pub user: UserWrite,
    /// What becomes of the account.
    pub account: AccountWrite,
    /// Accounts to delete.
    pub remove_accounts: Vec<String>,
    /// Sessions to delete.
    pub remove_sessions: Vec<String>,
    /// Sessions to delete when the new one is inserted: there are too many, or it
    /// takes their place.
    pub evict_sessions: Vec<String>,
    /// A session to insert.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<NewSession>,
    /// A sign-in that waits for its second factor, to insert.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub challenge: Option<SecondFactorChallengeRow>,
    /// What becomes of the trusted device.
    pub trusted_device: TrustedDeviceWrite,
    /// The next token of the trusted device, this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trusted_device_token: Option<String>,
    /// Recovery codes, this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovery_codes: Option<Vec<String>>,
    /// Whether all trusted devices of the user are forgotten, and sign-ins that
    /// wait for a second factor are void.
    pub forgets_trusted_devices: bool,
    /// Whether all passkeys and second factors of the user are removed: somebody
    /// else may have set them up.
    pub removes_factors: bool,
    /// What is recorded.
    pub audit: Vec<AuditEvent>,
    /// What the caller is told.
    pub outcome: SignInOutcome,
}

impl SignInAnswer {
    /// An answer that writes nothing yet.
    pub(crate) fn new(outcome: SignInOutcome) -> Self {
        SignInAnswer {
            limits: vec![],
            admission: None,
            code: CodeWrite::Keep,
            user: UserWrite::Keep,
            account: AccountWrite::Keep,
            remove_accounts: vec![],
            remove_sessions: vec![],
            evict_sessions: vec![],
            session: None,
            challenge: None,
            trusted_device: TrustedDeviceWrite::Keep,
            trusted_device_token: None,
            recovery_codes: None,
            forgets_trusted_devices: false,
            removes_factors: false,
            audit: vec![],
            outcome,
        }
    }

    /// A refusal that writes nothing: the input was not fit to be tried.
    pub(crate) fn refuse(refusal: impl Into<Refusal>) -> Self {
        SignInAnswer::new(SignInOutcome::Refused {
            refusal: refusal.into(),
        })
    }

    /// A refusal of the limiter. It is not recorded, so that knocking on a
    /// locked door costs no writes; what locked the door was recorded.
    pub(super) fn wait(wait: Millis) -> Self {
        SignInAnswer::refuse(Refusal::rate_limited(wait))
    }
}

/// A sign-up that the app's own gate refused.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RefuseAdmissionCall {
    /// The counters of the answer that is not carried out.
    pub limits: Vec<LimitWrite>,
    /// The provider's id.
    pub provider: String,
    /// What the app says.
    #[serde(default)]
    pub message: Option<String>,
    /// Where the request came from.
    pub origin: Origin,
}

/// The answer when the app's own gate keeps a new user out. The attempt stays
/// counted, nothing else is written, and it is recorded.
pub fn refuse_admission(call: RefuseAdmissionCall) -> SignInAnswer {
    let code = ErrorCode::SignUpRefused;
    let event = AuditEvent::refused(AuditEventName::SignUp, code, &call.origin);
    SignInAnswer {
        limits: call.limits,
        audit: vec![event.through(&call.provider)],
        ..SignInAnswer::refuse(app_refusal(code, call.message))
    }
}

/// A session that the app's own gate refused.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RefuseSessionCall {
    /// What the answer that is not carried out would have recorded.
    pub audit: Vec<AuditEvent>,
    /// What the app says.
    #[serde(default)]
    pub message: Option<String>,
}

/// What is left of a sign-in whose session the app refused.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RefusedSession {
    /// What the caller is told.
    pub refusal: Refusal,
    /// What is recorded.
    pub audit: Vec<AuditEvent>,
}

/// The events that record that a session was opened.
const OPENED: [AuditEventName; 2] = [AuditEventName::SignIn, AuditEventName::SessionSteppedUp];

/// The answer when the app does not let a user open a session: the sign-in is
/// recorded as refused, and no session ends for one that is not opened.
pub fn refuse_session(call: RefuseSessionCall) -> RefusedSession {
    let code = ErrorCode::SignInRefused;
    let audit = call
        .audit
        .into_iter()
        .filter(|event| event.event != AuditEventName::SessionEvicted)
        .map(|event| {
            if OPENED.contains(&event.event) {
                AuditEvent {
                    outcome: AuditOutcome::Refused,
                    code: Some(code),
                    ..event
                }
            } else {
                event
            }
        })
        .collect();
    RefusedSession {
        refusal: app_refusal(code, call.message),
        audit,
    }
}

/// The longest message of an app that is passed on, in characters.
const MAX_MESSAGE_LENGTH: usize = 500;

fn app_refusal(code: ErrorCode, message: Option<String>) -> Refusal {
    match message {
        Some(message) if !message.is_empty() => {
            Refusal::with_message(code, message.chars().take(MAX_MESSAGE_LENGTH).collect())
        }
        _ => code.into(),
    }
}
