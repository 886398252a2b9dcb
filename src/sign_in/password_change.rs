//! Changing the password of a signed-in user.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::answer::{AccountWrite, SecretWrite, SignInAnswer, SignInOutcome};
use super::call::PasswordCall;
use super::password_refusal;
use super::verification::CodeWrite;
use crate::audit::{AuditEvent, AuditEventName};
use crate::entropy::Entropy;
use crate::password::{Password, Verification, hash, verify};
use crate::refusal::{ErrorCode, Refusal};

/// What a person changes the password with.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ChangeInput {
    /// The session of the caller.
    pub session_id: String,
    /// The password of now.
    pub current_password: String,
    /// The new password.
    pub new_password: String,
}

/// Changes the password and ends the user's other sessions. The current
/// password is limited like one that is presented to sign in.
pub fn change(call: PasswordCall, input: ChangeInput, entropy: &mut Entropy) -> SignInAnswer {
    decide(&call, input, entropy).unwrap_or_else(SignInAnswer::refuse)
}

fn decide(
    call: &PasswordCall,
    input: ChangeInput,
    entropy: &mut Entropy,
) -> Result<SignInAnswer, Refusal> {
    if call.rows.account.is_none() {
        return Err(ErrorCode::AccountNotFound.into());
    }
    let is_signed_in = call
        .rows
        .sessions
        .iter()
        .any(|session| session.id == input.session_id && session.is_unrestricted(call.now))
        && call
            .rows
            .user
            .as_ref()
            .is_some_and(|user| !user.is_banned(call.now));
    if !is_signed_in {
        return Err(ErrorCode::NotSignedIn.into());
    }
    let presented = Password::presented(&input.current_password).map_err(password_refusal)?;
    let password = call
        .config
        .policy
        .check(&input.new_password)
        .map_err(password_refusal)?;
    let permit = match call.permit() {
        Ok(permit) => permit,
        Err(wait) => return Ok(SignInAnswer::wait(wait)),
    };
    let stored = call.account().and_then(|account| account.secret.as_ref());
    let verification = verify(&permit, &presented, stored, &call.config.argon2);
    if verification == Verification::Mismatch {
        return Ok(call.failed(
            AuditEventName::PasswordChanged,
            ErrorCode::InvalidCredentials,
        ));
    }
    let others: Vec<String> = call
        .rows
        .sessions
        .iter()
        .filter(|session| session.id != input.session_id)
        .map(|session| session.id.clone())
        .collect();
    let mut audit: Vec<AuditEvent> = vec![
        call.success(AuditEventName::PasswordChanged)
            .of_session(&input.session_id),
    ];
    audit.extend(
        others
            .iter()
            .map(|id| call.success(AuditEventName::SessionRevoked).of_session(id)),
    );
    Ok(SignInAnswer {
        limits: call.rows.attempt.succeed(),
        account: AccountWrite::Patch {
            secret: SecretWrite::Set {
                hash: hash(&password, &call.config.argon2, entropy),
            },
            verified_time: None,
        },
        code: CodeWrite::DeleteAll,
        remove_sessions: others,
        forgets_trusted_devices: true,
        audit,
        ..SignInAnswer::new(SignInOutcome::SignedIn)
    })
}
