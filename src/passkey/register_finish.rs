//! Adding a passkey to the signed-in user: what the browser has made.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::ceremony;
use super::config::{CheckedConfig, PasskeyConfig};
use super::register::{check_name, refuse_too_many, signed_in};
use super::response::PasskeyRegistrationInput;
use super::row::{CeremonyRow, NewPasskey, PasskeyCeremony, PasskeyRow};
use crate::audit::{AuditEvent, AuditEventName};
use crate::code::Pepper;
use crate::entropy::Entropy;
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::recovery_code::{self, IssuedRecoveryCodes};
use crate::second_factor::{SecondFactors, may_add};
use crate::session::SessionRow;
use crate::time::UnixMillis;
use crate::user::UserRow;
use crate::webauthn::{
    RegisteredCredential, RegistrationExpectation, encoding, name_of, register as verify,
};

/// What a passkey is called whose maker is not known.
const DEFAULT_NAME: &str = "Passkey";

/// What a browser has made.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyRegisterCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: PasskeyConfig,
    /// The deployment's pepper.
    pub pepper: Pepper,
    /// Where the request came from.
    pub origin: Origin,
    /// The user, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRow>,
    /// The user's session, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionRow>,
    /// The ceremony, if the verifier names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ceremony: Option<CeremonyRow>,
    /// The user's second factors, and what is asked of users.
    pub factors: SecondFactors,
    /// The user's passkeys.
    pub passkeys: Vec<PasskeyRow>,
    /// The passkey with the same credential id, whoever's it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub existing: Option<PasskeyRow>,
    /// What the browser answers.
    pub response: PasskeyRegistrationInput,
    /// What the user calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PasskeyRegistration {
    /// It is added.
    Registered {
        /// What to store.
        passkey: Box<NewPasskey>,
        /// Recovery codes, if it is the user's first second factor.
        #[serde(skip_serializing_if = "Option::is_none")]
        recovery_codes: Option<IssuedRecoveryCodes>,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
    /// The user has it already: nothing is written but that the challenge was
    /// used.
    Known {
        /// The passkey.
        passkey_id: String,
    },
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
        /// Whether the challenge can be used yet.
        stays: bool,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
}

/// Decides whether a passkey is added. One that the user has already is no
/// fault; one of another user is refused.
///
/// A passkey that is the user's first second factor comes with recovery codes:
/// without them, who loses it would not get in again.
///
/// `entropy` is asked only where codes are issued: to draw it costs more than
/// most of the decision.
///
/// # Errors
/// What `entropy` fails with; nothing is decided then.
pub fn register<E>(
    call: &PasskeyRegisterCall,
    entropy: impl FnOnce() -> Result<Entropy, E>,
) -> Result<PasskeyRegistration, E> {
    let user_id = call.user.as_ref().map(|user| user.id.as_str());
    let passkey = match decide(call) {
        Ok(passkey) => passkey,
        Err(refusal) => return Ok(call.refused(refusal)),
    };
    if let Some(existing) = &call.existing {
        return Ok(PasskeyRegistration::Known {
            passkey_id: existing.id.clone(),
        });
    }
    let event = |name| AuditEvent::success(name, &call.origin).of_user(user_id);
    let mut audit = vec![event(AuditEventName::PasskeyRegistered).through(&call.config.provider)];
    let mut recovery_codes = None;
    if let Some(user_id) = user_id.filter(|_| call.owes_recovery_codes()) {
        audit.push(event(AuditEventName::RecoveryCodesIssued));
        let mut entropy = entropy()?;
        recovery_codes = Some(recovery_code::issue(
            user_id,
            &call.pepper,
            call.now,
            &mut entropy,
        ));
    }
    Ok(PasskeyRegistration::Registered {
        passkey: Box::new(passkey),
        audit,
        recovery_codes,
    })
}

impl PasskeyRegisterCall {
    /// Whether the passkey is a second factor of a user who has no recovery codes
    /// left.
    fn owes_recovery_codes(&self) -> bool {
        let after = SecondFactors {
            passkeys: self.factors.passkeys.saturating_add(1),
            ..self.factors.clone()
        };
        self.factors.recovery_codes_left == 0 && !after.enrolled().is_empty()
    }

    fn refused(&self, refusal: Refusal) -> PasskeyRegistration {
        let event = AuditEventName::PasskeyRegistered;
        let event = AuditEvent::refused(event, refusal.code, &self.origin)
            .of_user(self.user.as_ref().map(|user| user.id.as_str()))
            .through(&self.config.provider);
        PasskeyRegistration::Refused {
            stays: ceremony::stays(&refusal),
            audit: ceremony::worth_a_row(self.ceremony.as_ref(), &refusal, event),
            refusal,
        }
    }
}

fn decide(call: &PasskeyRegisterCall) -> Result<NewPasskey, Refusal> {
    let config = call.config.check()?;
    let (user, session) = signed_in(call.user.as_ref(), call.session.as_ref(), call.now)?;
    may_add(session, &call.factors, call.now)?;
    let row = call
        .ceremony
        .as_ref()
        .filter(|row| row.user_id.as_deref() == Some(user.id.as_str()));
    let challenge = ceremony::challenge(
        row,
        PasskeyCeremony::Registration,
        Some(&session.id),
        call.now,
    )?;
    let credential = verified(&config, &challenge, &call.response)?;
    let handle = row.and_then(|row| row.user_handle.clone());
    match &call.existing {
        Some(existing) if existing.user_id != user.id => {
            Err(ErrorCode::PasskeyAlreadyRegistered.into())
        }
        Some(_) => stored(&credential, call.name.as_deref(), handle),
        None => {
            refuse_too_many(&call.config, &call.passkeys)?;
            stored(&credential, call.name.as_deref(), handle)
        }
    }
}

/// What a browser has made in answer to a challenge, verified.
///
/// # Errors
/// The code of the step that failed ([`WebauthnError`](crate::webauthn::WebauthnError)).
pub(super) fn verified(
    config: &CheckedConfig<'_>,
    challenge: &[u8],
    response: &PasskeyRegistrationInput,
) -> Result<RegisteredCredential, Refusal> {
    let response = response.decode().map_err(ceremony::refusal)?;
    let expect = RegistrationExpectation {
        ceremony: config.ceremony(challenge),
        requires_user_presence: true,
        algorithms: config.algorithms(),
        attestation: config.attestation(),
    };
    verify(&expect, &response.response()).map_err(ceremony::refusal)
}

/// What is stored of a credential.
///
/// # Errors
/// `INVALID_PARAMETERS` if the name is none.
pub(super) fn stored(
    credential: &RegisteredCredential,
    name: Option<&str>,
    user_handle: Option<String>,
) -> Result<NewPasskey, Refusal> {
    let name = match name {
        Some(name) => check_name(name)?,
        None => name_of(credential.aaguid)
            .unwrap_or(DEFAULT_NAME)
            .to_owned(),
    };
    Ok(NewPasskey {
        credential_id: encoding::encode(&credential.id),
        public_key: encoding::encode(&credential.public_key),
        algorithm: credential.algorithm.identifier(),
        counter: f64::from(credential.sign_count),
        user_verified: credential.user_verified,
        backup_eligible: credential.backup_eligible,
        backed_up: credential.backed_up,
        transports: credential.transports.clone(),
        aaguid: credential.aaguid.to_string(),
        name,
        attestation_format: credential.attestation.format.clone(),
        attestation_kind: credential.attestation.kind,
        user_handle,
    })
}
