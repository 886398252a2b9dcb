//! Signing up with a passkey alone: the proof of an address, and the beginning of
//! the ceremony. How it ends is in [`super::sign_up_finish`].
//!
//! First the person proves an address with a code, then the browser makes a
//! passkey for the proved address, and only when that is verified there is a
//! user. Until then nothing is stored but the code and the ceremony, so that
//! nobody can take an address, or wait in an account, that is somebody else's.
//! The first step answers unknown and taken addresses alike.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::ceremony;
use super::config::PasskeyConfig;
use super::options::{self, CredentialUser};
use super::register::PasskeyRegisterOptions;
use super::row::PasskeyCeremony;
use super::user_handle;
use crate::audit::{AuditEvent, AuditEventName};
use crate::code::{CodePurpose, Pepper};
use crate::entropy::Entropy;
use crate::identifier::Email;
use crate::limiter::{
    AttemptKeys, AttemptLimits, LimitWrite, RequestKeys, RequestLimits, attempt_keys, request_keys,
};
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::sign_in::verification::{self, CodePresentation, CodeRequest};
use crate::sign_in::wrong_secret;
use crate::sign_in::{CodeRow, CodeWrite, DeliveryPurpose, SignInAnswer, SignInOutcome};
use crate::time::UnixMillis;
use crate::user::{UserFields, UserRow};
use crate::webauthn::encoding;

/// What the rows of a sign-up are found by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PasskeySignUpLookup {
    /// The address is one.
    Found {
        /// The address, normalised.
        identifier: String,
        /// The limits of attempts on the code.
        attempt: AttemptKeys,
        /// The limits of e-mails and sign-ups.
        request: RequestKeys,
    },
    /// It is none; nothing has to be read.
    Refused {
        /// `INVALID_EMAIL`.
        refusal: Refusal,
    },
}

/// Somebody who wants to sign up.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeySignUpRequestCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: PasskeyConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The deployment's pepper.
    pub pepper: Pepper,
    /// The address, as [`PasskeySignUpLookup`] normalised it.
    pub identifier: String,
    /// The person's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A code the app made itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_code: Option<String>,
    /// The user who has proved the address, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserRow>,
    /// The limits of e-mails and sign-ups.
    pub request: RequestLimits,
}

/// Somebody who has got a code.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeySignUpOptionsCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: PasskeyConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The deployment's pepper.
    pub pepper: Pepper,
    /// The address, as [`PasskeySignUpLookup`] normalised it.
    pub identifier: String,
    /// The code from the e-mail, as it was typed.
    pub code: String,
    /// What the client got when it asked for the code.
    pub verifier: String,
    /// The user who has proved the address, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserRow>,
    /// The code that was sent to the address, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stored: Option<CodeRow>,
    /// The limits of attempts on the code.
    pub attempt: AttemptLimits,
}

/// The decision about a code. The writes hold for both outcomes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeySignUpOptions {
    /// Counters.
    pub limits: Vec<LimitWrite>,
    /// What becomes of the code.
    pub code: CodeWrite,
    /// What is recorded.
    pub audit: Vec<AuditEvent>,
    /// What the caller is told.
    pub outcome: PasskeyRegisterOptions,
}

/// Normalises the address of a sign-up, before anything is looked up by it.
pub fn sign_up_lookup(provider: &str, email: &str, origin: &Origin) -> PasskeySignUpLookup {
    match Email::normalize(email) {
        Err(_) => PasskeySignUpLookup::Refused {
            refusal: ErrorCode::InvalidEmail.into(),
        },
        Ok(email) => {
            let identifier = email.as_str().to_owned();
            PasskeySignUpLookup::Found {
                attempt: attempt_keys(&format!("{provider}/code"), &identifier, origin),
                request: request_keys(&identifier, origin),
                identifier,
            }
        }
    }
}

/// Decides what is sent to an address that somebody wants to sign up with: a
/// code, or word that it has an account. The app's gate is asked now, so that
/// nobody makes a passkey in vain, and again when there would be a user.
pub fn request_sign_up(call: &PasskeySignUpRequestCall, entropy: &mut Entropy) -> SignInAnswer {
    request(call, entropy).unwrap_or_else(SignInAnswer::refuse)
}

fn request(
    call: &PasskeySignUpRequestCall,
    entropy: &mut Entropy,
) -> Result<SignInAnswer, Refusal> {
    call.config.check()?;
    let profile = profile(&call.identifier, call.name.clone())?;
    verification::check_custom_code(call.custom_code.as_deref())?;
    let mut limits = call
        .request
        .sign_up(call.now)
        .map_err(Refusal::rate_limited)?;
    let sent = call.request.send(call.now).map_err(Refusal::rate_limited)?;
    limits.extend(sent);
    let provider = &call.config.provider;
    let name = profile.name.clone();
    let (code, delivery, verifier, event) = match owner(call.owner.as_ref(), &call.identifier) {
        Some(owner) => {
            let purpose = DeliveryPurpose::AccountExists;
            let (delivery, verifier) = verification::inform(purpose, &call.identifier, entropy);
            let taken = ErrorCode::AccountAlreadyExists;
            let event = AuditEvent::refused(AuditEventName::SignUp, taken, &call.origin)
                .of_user(Some(&owner.id));
            (CodeWrite::Keep, delivery, verifier, event)
        }
        None => {
            let request = CodeRequest {
                purpose: CodePurpose::PasskeySignUp,
                identifier: &call.identifier,
                custom_code: call.custom_code.as_deref(),
                pending_secret: None,
                pending_name: name,
            };
            let codes = call.config.codes();
            let issued = verification::issue(request, &codes, &call.pepper, call.now, entropy)?;
            let requested = AuditEventName::EmailVerificationRequested;
            let event = AuditEvent::success(requested, &call.origin);
            (issued.write, issued.delivery, issued.verifier, event)
        }
    };
    Ok(SignInAnswer {
        limits,
        admission: Some(profile),
        code,
        audit: vec![event.through(provider)],
        ..SignInAnswer::new(SignInOutcome::Started {
            delivery,
            verifier: Some(verifier),
        })
    })
}

/// Decides about a code, and begins the ceremony for the address that it proves.
///
/// A right code from another client than the one that asked for it has been read
/// by somebody else, and is void: nothing tells that it was right.
pub fn sign_up_options(
    call: &PasskeySignUpOptionsCall,
    entropy: &mut Entropy,
) -> PasskeySignUpOptions {
    redeem(call, entropy).unwrap_or_else(|refusal| PasskeySignUpOptions {
        limits: vec![],
        code: CodeWrite::Keep,
        audit: vec![],
        outcome: PasskeyRegisterOptions::Refused {
            refusal,
            audit: vec![],
        },
    })
}

fn redeem(
    call: &PasskeySignUpOptionsCall,
    entropy: &mut Entropy,
) -> Result<PasskeySignUpOptions, Refusal> {
    let config = call.config.check()?;
    let code = verification::read_code(&call.code)?;
    let permit = call
        .attempt
        .allow(false, call.now)
        .map_err(Refusal::rate_limited)?;
    let presentation = CodePresentation {
        purpose: CodePurpose::PasskeySignUp,
        identifier: &call.identifier,
        code: &code,
        verifier: Some(&call.verifier),
    };
    let stored = call.stored.as_ref();
    let redeemed = match verification::redeem(permit, presentation, stored, &call.pepper, call.now)
    {
        Ok(redeemed) if redeemed.by_requester => redeemed,
        Ok(_) => return Ok(wrong_code(call, CodeWrite::Delete)),
        Err(write) => return Ok(wrong_code(call, write)),
    };
    let provider = &call.config.provider;
    let proved = AuditEvent::success(AuditEventName::EmailVerified, &call.origin).through(provider);
    let decided = |outcome, audit| PasskeySignUpOptions {
        limits: call.attempt.recover(),
        code: CodeWrite::Delete,
        audit,
        outcome,
    };
    // Whoever reads the mailbox may know that it has an account.
    if let Some(owner) = owner(call.owner.as_ref(), &call.identifier) {
        let taken = ErrorCode::AccountAlreadyExists;
        let refused = AuditEvent::refused(AuditEventName::SignUp, taken, &call.origin)
            .of_user(Some(&owner.id))
            .through(provider);
        let refusal = taken.into();
        let outcome = PasskeyRegisterOptions::Refused {
            refusal,
            audit: vec![],
        };
        return Ok(decided(outcome, vec![proved, refused]));
    }
    let mut begun = ceremony::begin(PasskeyCeremony::SignUp, call.now, entropy);
    // There is no user yet whose id the handle could be computed of.
    let handle = encoding::encode(&entropy.bytes::<{ user_handle::LENGTH }>());
    let name = redeemed.pending_name;
    begun.row.user_handle = Some(handle.clone());
    begun.row.email = Some(call.identifier.clone());
    begun.row.name.clone_from(&name);
    let options = options::creation(
        &call.config,
        config.algorithms(),
        CredentialUser {
            id: handle,
            name: call.identifier.clone(),
            display_name: name.unwrap_or_else(|| call.identifier.clone()),
        },
        begun.row.challenge.clone(),
        &[],
    );
    let outcome = PasskeyRegisterOptions::Begun {
        verifier: begun.verifier,
        row: Box::new(begun.row),
        options: Box::new(options),
        limits: vec![],
    };
    Ok(decided(outcome, vec![proved]))
}

/// The answer to a wrong code: counted, recorded, and returned.
fn wrong_code(call: &PasskeySignUpOptionsCall, write: CodeWrite) -> PasskeySignUpOptions {
    let code = ErrorCode::InvalidVerificationCode;
    let refused = AuditEvent::refused(AuditEventName::EmailVerified, code, &call.origin)
        .through(&call.config.provider);
    let (limits, audit) = wrong_secret::count(&call.attempt, refused, call.now);
    let refusal = code.into();
    PasskeySignUpOptions {
        limits,
        code: write,
        audit,
        outcome: PasskeyRegisterOptions::Refused {
            refusal,
            audit: vec![],
        },
    }
}

/// What a new user begins with.
///
/// # Errors
/// `INVALID_PARAMETERS` if the name is none.
pub(super) fn profile(identifier: &str, name: Option<String>) -> Result<UserFields, Refusal> {
    UserFields {
        email: Some(identifier.to_owned()),
        name,
        ..UserFields::default()
    }
    .normalize()
}

/// The user who has proved an address: an address that nobody has proved is
/// nobody's.
pub(super) fn owner<'a>(user: Option<&'a UserRow>, identifier: &str) -> Option<&'a UserRow> {
    user.filter(|user| {
        user.email.as_deref() == Some(identifier) && user.email_verification_time.is_some()
    })
}
