//! The end of a sign-up with a passkey alone: the passkey is verified, and there
//! is a user.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::ceremony;
use super::config::PasskeyConfig;
use super::register_finish::{stored, verified};
use super::response::PasskeyRegistrationInput;
use super::row::{CeremonyRow, NewPasskey, PasskeyCeremony, PasskeyRow};
use super::sign_up::{owner, profile};
use crate::audit::{AuditEvent, AuditEventName};
use crate::entropy::Entropy;
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::{FirstFactor, SecondFactorConfig, SecondFactors};
use crate::session::SessionConfig;
use crate::sign_in::{MintCall, Proof, mint};
use crate::sign_in::{SignInAnswer, SignInOutcome, UserWrite, add_session};
use crate::time::UnixMillis;
use crate::user::{UserFields, UserRow};

/// What a browser has made for somebody who has proved an address.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeySignUpCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: PasskeyConfig,
    /// The settings of sessions.
    pub session_config: SessionConfig,
    /// What is asked of users.
    pub second_factor: SecondFactorConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The ceremony, if the verifier names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ceremony: Option<CeremonyRow>,
    /// The user who has proved the ceremony's address, if there is one by now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserRow>,
    /// The passkey with the same credential id, whoever's it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub existing: Option<PasskeyRow>,
    /// What the browser answers.
    pub response: PasskeyRegistrationInput,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeySignUp {
    /// What every way to sign in answers, with the user to create.
    pub answer: SignInAnswer,
    /// The passkey to store for that user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passkey: Option<NewPasskey>,
    /// Whether the challenge can be used yet.
    pub stays: bool,
}

/// Decides whether there is a new user, with the passkey that the browser has
/// made for the address that was proved.
pub fn sign_up(call: &PasskeySignUpCall, entropy: &mut Entropy) -> PasskeySignUp {
    match verify(call) {
        Ok((fields, passkey)) => accepted(call, fields, passkey, entropy),
        Err(refusal) => refused(call, refusal),
    }
}

fn verify(call: &PasskeySignUpCall) -> Result<(UserFields, NewPasskey), Refusal> {
    let config = call.config.check()?;
    let row = call.ceremony.as_ref();
    let challenge = ceremony::challenge(row, PasskeyCeremony::SignUp, None, call.now)?;
    let (row, email) = row
        .and_then(|row| Some((row, row.email.as_ref()?)))
        .filter(|(row, _)| row.user_handle.is_some())
        .ok_or_else(|| Refusal::from(ErrorCode::PasskeyInvalidChallenge))?;
    let credential = verified(&config, &challenge, &call.response)?;
    if call.existing.is_some() {
        return Err(ErrorCode::PasskeyAlreadyRegistered.into());
    }
    if owner(call.owner.as_ref(), email).is_some() {
        return Err(ErrorCode::AccountAlreadyExists.into());
    }
    let fields = UserFields {
        email_verification_time: Some(call.now),
        ..profile(email, row.name.clone())?
    };
    let passkey = stored(&credential, None, row.user_handle.clone())?;
    Ok((fields, passkey))
}

fn accepted(
    call: &PasskeySignUpCall,
    fields: UserFields,
    passkey: NewPasskey,
    entropy: &mut Entropy,
) -> PasskeySignUp {
    let event = |name| AuditEvent::success(name, &call.origin).through(&call.config.provider);
    let first = FirstFactor::Passkey {
        user_verified: passkey.user_verified,
        backup_eligible: passkey.backup_eligible,
    };
    let factors = SecondFactors {
        config: call.second_factor.clone(),
        ..SecondFactors::default()
    };
    let decision = mint(
        MintCall {
            proof: Proof::First(first),
            user: None,
            sessions: &[],
            factors: &factors,
            replaces: None,
            config: &call.session_config,
            origin: &call.origin,
            provider: &call.config.provider,
            now: call.now,
        },
        entropy,
    );
    let signed_up = SignInAnswer {
        admission: Some(fields.clone()),
        user: UserWrite::Create { fields },
        audit: [AuditEventName::SignUp, AuditEventName::PasskeyRegistered]
            .map(event)
            .to_vec(),
        ..SignInAnswer::new(SignInOutcome::SignedIn)
    };
    let signed_in = event(AuditEventName::SignIn);
    let answer = add_session(decision, signed_up, signed_in, &call.origin);
    // Who is not let in does not sign up either.
    if let SignInOutcome::Refused { refusal } = answer.outcome {
        return refused(call, refusal);
    }
    PasskeySignUp {
        answer,
        passkey: Some(passkey),
        stays: false,
    }
}

fn refused(call: &PasskeySignUpCall, refusal: Refusal) -> PasskeySignUp {
    let event = AuditEvent::refused(AuditEventName::SignUp, refusal.code, &call.origin)
        .through(&call.config.provider);
    PasskeySignUp {
        stays: ceremony::stays(&refusal),
        answer: SignInAnswer {
            audit: ceremony::worth_a_row(call.ceremony.as_ref(), &refusal, event),
            ..SignInAnswer::refuse(refusal)
        },
        passkey: None,
    }
}
