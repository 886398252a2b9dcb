//! Signing in with a passkey.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::ceremony;
use super::config::PasskeyConfig;
use super::options::{self, CredentialDescriptor, RequestOptions};
use super::presented::{PasskeyProof, PresentedPasskey, assert};
use super::response::PasskeyAssertionInput;
use super::row::{CeremonyRow, PasskeyCeremony, PasskeyRow, PasskeyUse};
use crate::audit::{AuditEvent, AuditEventName};
use crate::code::Pepper;
use crate::entropy::Entropy;
use crate::identifier::Email;
use crate::limiter::{LimitEntry, LimitWrite};
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::{FirstFactor, SecondFactors};
use crate::session::{SessionConfig, SessionRow};
use crate::sign_in::{MintCall, Proof, mint};
use crate::sign_in::{SignInAnswer, SignInOutcome, add_session};
use crate::time::UnixMillis;
use crate::user::UserRow;
use crate::webauthn::{Counter, VerifiedAssertion, decoys, verify_without_credential};

/// What separates the secret of decoys from all else under the pepper.
const DECOY_DOMAIN: &str = "gatehouse passkey decoys v1";

/// Who wants to sign in.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeySignInOptionsCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: PasskeyConfig,
    /// The deployment's pepper.
    pub pepper: Pepper,
    /// The ceremonies that the network has begun.
    pub begun: LimitEntry,
    /// The address that was typed, normalised; missing when any discoverable
    /// passkey will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
    /// The user of the address, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRow>,
    /// The user's passkeys.
    pub passkeys: Vec<PasskeyRow>,
}

/// What the browser is asked to sign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PasskeySignInOptions {
    /// The ceremony has begun.
    Begun {
        /// What the client presents when it finishes.
        verifier: String,
        /// The row to store.
        row: Box<CeremonyRow>,
        /// What the browser gets.
        options: Box<RequestOptions>,
        /// Counters.
        limits: Vec<LimitWrite>,
    },
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

/// What a browser has signed.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeySignInCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: PasskeyConfig,
    /// The settings of sessions.
    pub session_config: SessionConfig,
    /// The deployment's pepper.
    pub pepper: Pepper,
    /// Where the request came from.
    pub origin: Origin,
    /// The ceremony, if the verifier names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ceremony: Option<CeremonyRow>,
    /// The passkey that the response names, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passkey: Option<PasskeyRow>,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRow>,
    /// The user's sessions, oldest first.
    pub sessions: Vec<SessionRow>,
    /// The user's second factors, and what is asked of users.
    pub factors: SecondFactors,
    /// The session of the caller, if somebody is signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
    /// What the browser answers.
    pub response: PasskeyAssertionInput,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeySignIn {
    /// What every way to sign in answers.
    pub answer: SignInAnswer,
    /// What the use changes of the passkey.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passkey: Option<PasskeyUse>,
    /// Whether the challenge can be used yet.
    pub stays: bool,
}

/// An address that was typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum PasskeyIdentifier {
    /// It is one.
    Valid {
        /// The address, normalised.
        identifier: String,
    },
    /// It is none.
    Refused {
        /// `INVALID_EMAIL`.
        refusal: Refusal,
    },
}

/// Normalises an address, before anything is looked up by it.
pub fn identifier(email: &str) -> PasskeyIdentifier {
    match Email::normalize(email) {
        Ok(email) => PasskeyIdentifier::Valid {
            identifier: email.as_str().to_owned(),
        },
        Err(_) => PasskeyIdentifier::Refused {
            refusal: ErrorCode::InvalidEmail.into(),
        },
    }
}

/// Begins a sign-in. Who has an account is not told: addresses without passkeys
/// get some that do not exist.
pub fn sign_in_options(
    call: &PasskeySignInOptionsCall,
    entropy: &mut Entropy,
) -> PasskeySignInOptions {
    let limit = match ceremony::count(&call.begun, call.now) {
        Ok(limit) => limit,
        Err(refusal) => return PasskeySignInOptions::Refused { refusal },
    };
    if let Err(refusal) = call.config.check() {
        return PasskeySignInOptions::Refused { refusal };
    }
    let mut begun = ceremony::begin(PasskeyCeremony::SignIn, call.now, entropy);
    let allowed = call
        .identifier
        .as_ref()
        .map_or_else(Vec::new, |identifier| allowed(call, identifier));
    begun.row.user_id = call
        .user
        .as_ref()
        .filter(|_| call.identifier.is_some())
        .map(|user| user.id.clone());
    begun.row.allowed = allowed.iter().map(|one| one.id.clone()).collect();
    PasskeySignInOptions::Begun {
        options: Box::new(options::request(
            &call.config,
            begun.row.challenge.clone(),
            allowed,
        )),
        verifier: begun.verifier,
        row: Box::new(begun.row),
        limits: vec![limit],
    }
}

/// The passkeys of an address: the user's, or as many as a user might have.
fn allowed(call: &PasskeySignInOptionsCall, identifier: &str) -> Vec<CredentialDescriptor> {
    if call.user.is_some() && !call.passkeys.is_empty() {
        return call.passkeys.iter().map(options::descriptor).collect();
    }
    let secret = call.pepper.digest(&[DECOY_DOMAIN]);
    decoys(&secret, &call.config.rp_id, identifier)
        .iter()
        .map(|decoy| options::decoy_descriptor(&decoy.id, decoy.transports))
        .collect()
}

/// Decides a sign-in with a passkey. A passkey that is not there, that is
/// another user's and that did not sign are answered alike, since some of those
/// that browsers are asked for do not exist.
pub fn sign_in(call: &PasskeySignInCall, entropy: &mut Entropy) -> PasskeySignIn {
    match verify(call) {
        Ok((assertion, passkey, user)) => accepted(call, &assertion, passkey, user, entropy),
        Err(refusal) => refused(call, refusal),
    }
}

fn verify(call: &PasskeySignInCall) -> Result<(VerifiedAssertion, &PasskeyRow, &UserRow), Refusal> {
    let config = call.config.check()?;
    let row = call.ceremony.as_ref();
    let challenge = ceremony::challenge(row, PasskeyCeremony::SignIn, None, call.now)?;
    let response = call.response.decode().map_err(ceremony::refusal)?;
    let expect = config.ceremony(&challenge);
    match found(call) {
        None => {
            let error = verify_without_credential(&expect, &response.response());
            Err(ceremony::refusal(error))
        }
        Some((passkey, user)) => {
            let is_identified = row.is_some_and(|row| row.user_id.is_some());
            let assertion = assert(&PresentedPasskey {
                config: &config,
                pepper: &call.pepper,
                challenge: &challenge,
                response: &response,
                passkey,
                is_identified,
                proves: PasskeyProof::FirstFactor,
            })?;
            // The policy is asked last, so that only the owner learns which
            // kind of authenticator it is.
            passkey.check_attestation(&config.attestation())?;
            Ok((assertion, passkey, user))
        }
    }
}

/// The passkey that was asked for, with its user.
fn found(call: &PasskeySignInCall) -> Option<(&PasskeyRow, &UserRow)> {
    let row = call.ceremony.as_ref()?;
    let passkey = call.passkey.as_ref()?;
    let user = call.user.as_ref()?;
    let is_asked_for = row.allowed.is_empty() || row.allowed.contains(&passkey.credential_id);
    let is_the_users = row
        .user_id
        .as_ref()
        .is_none_or(|user_id| *user_id == user.id);
    (passkey.user_id == user.id
        && passkey.credential_id == call.response.id
        && is_asked_for
        && is_the_users)
        .then_some((passkey, user))
}

fn accepted(
    call: &PasskeySignInCall,
    assertion: &VerifiedAssertion,
    passkey: &PasskeyRow,
    user: &UserRow,
    entropy: &mut Entropy,
) -> PasskeySignIn {
    let event = |name| {
        AuditEvent::success(name, &call.origin)
            .of_user(Some(&user.id))
            .through(&call.config.provider)
    };
    let first = FirstFactor::Passkey {
        user_verified: assertion.user_verified,
        backup_eligible: passkey.backup_eligible,
    };
    let decision = mint(
        MintCall {
            proof: Proof::First(first),
            user: Some(user),
            sessions: &call.sessions,
            factors: &call.factors,
            replaces: call.replaces.as_deref(),
            config: &call.session_config,
            origin: &call.origin,
            provider: &call.config.provider,
            now: call.now,
        },
        entropy,
    );
    let mut answer = SignInAnswer::new(SignInOutcome::SignedIn);
    if assertion.counter == Counter::Regressed {
        answer
            .audit
            .push(event(AuditEventName::PasskeyCounterRegressed));
    }
    PasskeySignIn {
        answer: add_session(
            decision,
            answer,
            event(AuditEventName::SignIn),
            &call.origin,
        ),
        passkey: Some(PasskeyUse {
            counter: f64::from(assertion.sign_count),
            backed_up: assertion.backed_up,
            last_used_time: call.now,
        }),
        stays: false,
    }
}

fn refused(call: &PasskeySignInCall, refusal: Refusal) -> PasskeySignIn {
    let user_id = found(call).map(|(_, user)| user.id.as_str());
    let event = AuditEvent::refused(AuditEventName::SignIn, refusal.code, &call.origin)
        .of_user(user_id)
        .through(&call.config.provider);
    PasskeySignIn {
        stays: ceremony::stays(&refusal),
        answer: SignInAnswer {
            audit: ceremony::worth_a_row(call.ceremony.as_ref(), &refusal, event),
            ..SignInAnswer::refuse(refusal)
        },
        passkey: None,
    }
}
