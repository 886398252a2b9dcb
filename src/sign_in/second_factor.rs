//! What follows when a second factor was proved: the end of a sign-in, of a
//! step-up, and of setting up a factor.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::answer::{SignInAnswer, SignInOutcome};
use super::call::add_session;
use super::mint::{MintCall, Proof, mint};
use crate::audit::{AuditEvent, AuditEventName};
use crate::entropy::Entropy;
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::recovery_code::{IssuedRecoveryCodes, RecoveryCodesRow};
use crate::second_factor::sent_code::{self, CodeFactorConfirmCall};
use crate::second_factor::totp::{self, TotpConfirmCall};
use crate::second_factor::trusted_device::{TrustedDeviceWrite, trust};
use crate::second_factor::{
    FactorConfirmation, SecondFactorOutcome, SecondFactorProof, SecondFactorSecrets,
    SecondFactorVerifyCall, SecondFactorWrites, SecondFactors, verify,
};
use crate::session::{SessionConfig, SessionRow};
use crate::time::UnixMillis;
use crate::user::UserRow;

/// What is needed to open the session that follows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SecondFactorSession {
    /// The time.
    pub now: UnixMillis,
    /// The settings of sessions.
    pub session_config: SessionConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The user whose factor it is, if there is one.
    #[serde(default)]
    pub user: Option<UserRow>,
    /// The user's sessions, oldest first.
    pub sessions: Vec<SessionRow>,
    /// The user's second factors, and what is asked of users.
    pub factors: SecondFactors,
    /// Whether the user wants the device not to be asked again.
    pub trust_device: bool,
}

/// What was decided. Both are written, whatever the outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SecondFactorSignIn {
    /// What every way to sign in answers.
    pub answer: SignInAnswer,
    /// What becomes of the factors. Its audit is in the answer.
    pub writes: SecondFactorWrites,
    /// The recovery codes that take the place of those before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovery_codes: Option<RecoveryCodesRow>,
}

/// Decides whether a presented second factor finishes a sign-in or makes a
/// session fresh.
pub fn verify_second_factor(
    call: &SecondFactorVerifyCall,
    session: &SecondFactorSession,
    secrets: &SecondFactorSecrets,
    entropy: &mut Entropy,
) -> SecondFactorSignIn {
    let verification = verify(call, secrets, entropy);
    match verification.outcome {
        SecondFactorOutcome::Refused { refusal } => refused(refusal, verification.writes),
        SecondFactorOutcome::Proved { proof, .. } => {
            // Who needs a recovery code has lost a factor, maybe with the device.
            let trusts = session.trust_device && !verification.writes.forgets_trusted_devices;
            let mut finished = finish(session, proof, verification.writes, entropy);
            if trusts && finished.answer.session.is_some() {
                trust_device(session, &mut finished.answer, entropy);
            }
            finished
        }
    }
}

/// Decides whether the first code of an authenticator app makes it live.
pub fn confirm_totp(
    call: &TotpConfirmCall,
    session: &SecondFactorSession,
    secrets: &SecondFactorSecrets,
    entropy: &mut Entropy,
) -> SecondFactorSignIn {
    let confirmation = totp::confirm(call, secrets, entropy);
    confirmed(session, confirmation, entropy)
}

/// Decides whether the first code that was sent to an address makes it a second
/// factor.
pub fn confirm_code_factor(
    call: &CodeFactorConfirmCall,
    session: &SecondFactorSession,
    secrets: &SecondFactorSecrets,
    entropy: &mut Entropy,
) -> SecondFactorSignIn {
    let confirmation = sent_code::confirm(call, secrets, entropy);
    confirmed(session, confirmation, entropy)
}

fn confirmed(
    session: &SecondFactorSession,
    confirmation: FactorConfirmation,
    entropy: &mut Entropy,
) -> SecondFactorSignIn {
    match confirmation {
        FactorConfirmation::Refused { refusal, writes } => refused(refusal, writes),
        FactorConfirmation::Done {
            proof,
            recovery_codes,
            writes,
        } => {
            let finished = finish(session, proof, writes, entropy);
            match recovery_codes {
                None => finished,
                Some(IssuedRecoveryCodes { codes, row }) => SecondFactorSignIn {
                    answer: SignInAnswer {
                        recovery_codes: Some(codes),
                        ..finished.answer
                    },
                    recovery_codes: Some(row),
                    ..finished
                },
            }
        }
    }
}

/// A second factor that was not proved.
pub(crate) fn refused(refusal: Refusal, writes: SecondFactorWrites) -> SecondFactorSignIn {
    with_writes(SignInAnswer::refuse(refusal), writes)
}

/// The answer with what is recorded of the factor before it.
fn with_writes(mut answer: SignInAnswer, mut writes: SecondFactorWrites) -> SecondFactorSignIn {
    let mut audit = std::mem::take(&mut writes.audit);
    audit.append(&mut answer.audit);
    answer.audit = audit;
    answer.limits.append(&mut writes.limits);
    answer.forgets_trusted_devices |= writes.forgets_trusted_devices;
    SecondFactorSignIn {
        answer,
        writes,
        recovery_codes: None,
    }
}

/// Opens the session for which both factors were proved.
pub(crate) fn finish(
    session: &SecondFactorSession,
    proof: SecondFactorProof,
    writes: SecondFactorWrites,
    entropy: &mut Entropy,
) -> SecondFactorSignIn {
    let user = session
        .user
        .as_ref()
        .filter(|user| user.id == proof.user_id);
    let Some(user) = user else {
        return refused(ErrorCode::InvalidVerifier.into(), writes);
    };
    let replaces = proof.session_id.as_deref().filter(|id| {
        let mut sessions = session.sessions.iter();
        sessions.any(|row| row.id == *id && row.is_live(session.now))
    });
    if proof.needs_session && replaces.is_none() {
        return refused(ErrorCode::InvalidVerifier.into(), writes);
    }
    let event = match replaces {
        Some(_) => AuditEventName::SessionSteppedUp,
        None => AuditEventName::SignIn,
    };
    let opened = AuditEvent::success(event, &session.origin)
        .of_user(Some(&user.id))
        .through(&proof.provider);
    let decision = mint(
        MintCall {
            proof: Proof::All(proof.proof),
            user: Some(user),
            sessions: &session.sessions,
            factors: &session.factors,
            replaces,
            config: &session.session_config,
            origin: &session.origin,
            provider: &proof.provider,
            now: session.now,
        },
        entropy,
    );
    let answer = SignInAnswer::new(SignInOutcome::SignedIn);
    with_writes(
        add_session(decision, answer, opened, &session.origin),
        writes,
    )
}

/// Trusts the device from now on, if the app trusts devices.
pub(crate) fn trust_device(
    session: &SecondFactorSession,
    answer: &mut SignInAnswer,
    entropy: &mut Entropy,
) {
    let Some(user) = &session.user else {
        return;
    };
    let config = session.factors.config.trusted_devices();
    let origin = &session.origin;
    if let Some(new) = trust(&user.id, &config, origin, session.now, entropy) {
        answer.audit.push(
            AuditEvent::success(AuditEventName::DeviceTrusted, origin).of_user(Some(&user.id)),
        );
        answer.trusted_device_token = Some(new.token);
        answer.trusted_device = TrustedDeviceWrite::Insert { row: new.row };
    }
}
