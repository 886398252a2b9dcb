//! A passkey as a second factor: to finish a sign-in, and for a step-up.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::ceremony;
use super::config::{CheckedConfig, PasskeyConfig};
use super::options;
use super::presented::{PasskeyProof, PresentedPasskey, assert};
use super::response::PasskeyAssertionInput;
use super::row::{CeremonyRow, PasskeyCeremony, PasskeyRow, PasskeyUse};
use super::sign_in::PasskeySignInOptions;
use crate::audit::{AuditEvent, AuditEventName};
use crate::code::Pepper;
use crate::entropy::Entropy;
use crate::limiter::LimitEntry;
use crate::refusal::SecondFactorMethod;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::{
    Attempt, AttemptContext, AttemptPurpose, AttemptRequest, ProvedFactor, SecondFactorWrites,
    is_key_only, step_up_needs,
};
use crate::sign_in::{
    SecondFactorSession, SecondFactorSignIn, finish_second_factor, refuse_second_factor,
    trust_device,
};
use crate::time::UnixMillis;
use crate::token::HashedSecret;
use crate::webauthn::{Counter, VerifiedAssertion};

/// A second factor that is to be proved with a passkey.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeySecondFactorOptionsCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: PasskeyConfig,
    /// The sign-in that waits, or the session that is to be fresh.
    pub context: AttemptContext,
    /// The ceremonies that the network has begun.
    pub begun: LimitEntry,
    /// The user's passkeys.
    pub passkeys: Vec<PasskeyRow>,
}

/// What a browser has signed to prove a second factor.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeySecondFactorCall {
    /// The app's settings.
    pub config: PasskeyConfig,
    /// The deployment's pepper.
    pub pepper: Pepper,
    /// The ceremony, if the verifier names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ceremony: Option<CeremonyRow>,
    /// The sign-in that waits, or the session that is to be fresh.
    pub context: AttemptContext,
    /// The passkey that the response names, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passkey: Option<PasskeyRow>,
    /// The counter of the user (`second_factor_key`).
    pub lock: LimitEntry,
    /// What the browser answers.
    pub response: PasskeyAssertionInput,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeySecondFactor {
    /// What every proof of a second factor answers.
    pub sign_in: SecondFactorSignIn,
    /// What the use changes of the passkey.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passkey: Option<PasskeyUse>,
    /// Whether the challenge of the ceremony can be used yet.
    pub stays: bool,
}

/// Begins to prove a second factor with one of the user's passkeys. Who asks has
/// proved a first factor, so that nothing has to be hidden.
pub fn second_factor_options(
    call: &PasskeySecondFactorOptionsCall,
    entropy: &mut Entropy,
) -> PasskeySignInOptions {
    begin(call, entropy).unwrap_or_else(|refusal| PasskeySignInOptions::Refused { refusal })
}

fn begin(
    call: &PasskeySecondFactorOptionsCall,
    entropy: &mut Entropy,
) -> Result<PasskeySignInOptions, Refusal> {
    let limit = ceremony::count(&call.begun, call.now)?;
    call.config.check()?;
    let (user_id, session_id) = subject(&call.context, call.now)?;
    let own: Vec<PasskeyRow> = call
        .passkeys
        .iter()
        .filter(|passkey| passkey.user_id == user_id)
        .cloned()
        .collect();
    let mut begun = ceremony::begin(PasskeyCeremony::StepUp, call.now, entropy);
    begun.row.user_id = Some(user_id.to_owned());
    begun.row.session_id = session_id.map(str::to_owned);
    begun.row.second_factor_hash = waiting(&call.context).cloned();
    begun.row.allowed = own.iter().map(|one| one.credential_id.clone()).collect();
    let allowed = own.iter().map(options::descriptor).collect();
    Ok(PasskeySignInOptions::Begun {
        options: Box::new(options::request(
            &call.config,
            begun.row.challenge.clone(),
            allowed,
        )),
        verifier: begun.verifier,
        row: Box::new(begun.row),
        limits: vec![limit],
    })
}

/// What recognises the sign-in that waits, if it is one.
fn waiting(context: &AttemptContext) -> Option<&HashedSecret> {
    match context {
        AttemptContext::Challenge { challenge } => {
            challenge.as_ref().map(|challenge| &challenge.verifier_hash)
        }
        AttemptContext::StepUp { .. } | AttemptContext::Enrollment { .. } => None,
    }
}

/// Whose factor it is, and in which session, if a passkey can prove it.
fn subject(context: &AttemptContext, now: UnixMillis) -> Result<(&str, Option<&str>), Refusal> {
    let (methods, user_id, session_id) = match context {
        AttemptContext::Challenge { challenge } => {
            let challenge = challenge
                .as_ref()
                .filter(|challenge| now < challenge.expiration_time)
                .ok_or(ErrorCode::InvalidVerifier)?;
            (challenge.methods.clone(), &challenge.user_id, None)
        }
        AttemptContext::StepUp { session, factors } => {
            if !session.is_live(now) {
                return Err(ErrorCode::NotSignedIn.into());
            }
            let methods = step_up_needs(&factors.enrolled(), 0);
            (methods, &session.user_id, Some(session.id.as_str()))
        }
        AttemptContext::Enrollment { .. } => {
            return Err(ErrorCode::SecondFactorNotEnrolled.into());
        }
    };
    if methods.contains(&SecondFactorMethod::Passkey) {
        Ok((user_id, session_id))
    } else {
        Err(ErrorCode::SecondFactorNotEnrolled.into())
    }
}

/// Decides whether a passkey finishes a sign-in or makes a session fresh.
pub fn second_factor(
    call: &PasskeySecondFactorCall,
    session: &SecondFactorSession,
    entropy: &mut Entropy,
) -> PasskeySecondFactor {
    let request = AttemptRequest {
        now: session.now,
        context: &call.context,
        purpose: AttemptPurpose::Verify(SecondFactorMethod::Passkey),
        lock: &call.lock,
    };
    let attempt = match Attempt::take(&request) {
        Ok(attempt) => attempt,
        Err(refused) => {
            let writes = SecondFactorWrites {
                challenge: refused.challenge,
                ..SecondFactorWrites::default()
            };
            return PasskeySecondFactor {
                sign_in: refuse_second_factor(refused.refusal, writes),
                passkey: None,
                stays: true,
            };
        }
    };
    let config = match call.config.check() {
        Ok(config) => config,
        Err(refusal) => return given_back(attempt, refusal),
    };
    match verify(call, &config, &attempt, session.now) {
        Ok((assertion, passkey)) => proved(call, session, attempt, &assertion, passkey, entropy),
        // Another site, which may have got hold of the options, uses nothing up.
        Err(refusal) if ceremony::stays(&refusal) => given_back(attempt, refusal),
        Err(refusal) => failed(session, attempt, refusal),
    }
}

fn verify<'a>(
    call: &'a PasskeySecondFactorCall,
    config: &CheckedConfig<'_>,
    attempt: &Attempt,
    now: UnixMillis,
) -> Result<(VerifiedAssertion, &'a PasskeyRow), Refusal> {
    let session_id = match &call.context {
        AttemptContext::StepUp { session, .. } => Some(session.id.as_str()),
        AttemptContext::Challenge { .. } | AttemptContext::Enrollment { .. } => None,
    };
    let row = call
        .ceremony
        .as_ref()
        .filter(|row| row.user_id.as_deref() == Some(attempt.user_id()))
        .filter(|row| row.second_factor_hash.as_ref() == waiting(&call.context));
    let challenge = ceremony::challenge(row, PasskeyCeremony::StepUp, session_id, now)?;
    let response = call.response.decode().map_err(ceremony::refusal)?;
    let passkey = call.passkey.as_ref().filter(|passkey| {
        passkey.user_id == attempt.user_id()
            && passkey.credential_id == call.response.id
            && row.is_some_and(|row| row.allowed.contains(&passkey.credential_id))
    });
    let passkey = passkey.ok_or(ErrorCode::PasskeyUnknownCredential)?;
    let assertion = assert(&PresentedPasskey {
        config,
        pepper: &call.pepper,
        challenge: &challenge,
        response: &response,
        passkey,
        is_identified: true,
        proves: PasskeyProof::SecondFactor,
    })?;
    passkey.check_attestation(&config.attestation())?;
    if !assertion.user_verified && is_key_only(attempt.first()) {
        // The same key twice is one factor.
        return Err(ErrorCode::PasskeyUserVerification.into());
    }
    Ok((assertion, passkey))
}

fn proved(
    call: &PasskeySecondFactorCall,
    session: &SecondFactorSession,
    attempt: Attempt,
    assertion: &VerifiedAssertion,
    passkey: &PasskeyRow,
    entropy: &mut Entropy,
) -> PasskeySecondFactor {
    let event = |name| {
        AuditEvent::success(name, &session.origin)
            .of_user(Some(&passkey.user_id))
            .through(&call.config.provider)
    };
    let mut audit = vec![event(AuditEventName::SecondFactorVerified)];
    if assertion.counter == Counter::Regressed {
        audit.push(event(AuditEventName::PasskeyCounterRegressed));
    }
    let (proof, left) = attempt.succeed(ProvedFactor::Passkey {
        backup_eligible: passkey.backup_eligible,
    });
    let writes = SecondFactorWrites {
        challenge: left.challenge,
        limits: left.limits,
        audit,
        ..SecondFactorWrites::default()
    };
    let mut sign_in = finish_second_factor(session, proof, writes, entropy);
    if session.trust_device && sign_in.answer.session.is_some() {
        trust_device(session, &mut sign_in.answer, entropy);
    }
    PasskeySecondFactor {
        sign_in,
        passkey: Some(PasskeyUse {
            counter: f64::from(assertion.sign_count),
            backed_up: assertion.backed_up,
            last_used_time: session.now,
        }),
        stays: false,
    }
}

/// Nothing was compared, or not for us: the try does not count.
fn given_back(attempt: Attempt, refusal: Refusal) -> PasskeySecondFactor {
    attempt.give_back();
    PasskeySecondFactor {
        sign_in: refuse_second_factor(refusal, SecondFactorWrites::default()),
        passkey: None,
        stays: true,
    }
}

fn failed(
    session: &SecondFactorSession,
    attempt: Attempt,
    refusal: Refusal,
) -> PasskeySecondFactor {
    let name = AuditEventName::SecondFactorVerified;
    let event = AuditEvent::refused(name, refusal.code, &session.origin);
    let writes = attempt.fail(event, &session.origin);
    PasskeySecondFactor {
        sign_in: refuse_second_factor(refusal, writes),
        passkey: None,
        stays: false,
    }
}
