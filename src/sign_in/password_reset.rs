//! Resetting a forgotten password.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::answer::{SecretWrite, SignInAnswer, SignInOutcome};
use super::call::PasswordCall;
use super::mailbox::{self, Proof};
use super::password_refusal;
use super::verification::{self, CodePresentation, CodeRequest, DeliveryPurpose};
use crate::audit::AuditEventName;
use crate::code::CodePurpose;
use crate::entropy::Entropy;
use crate::password::hash;
use crate::refusal::{ErrorCode, Refusal};

/// What a person resets the password with.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ResetInput {
    /// The code from the e-mail.
    pub code: String,
    /// The new password.
    pub new_password: String,
}

/// Sends a code, or tells the owner of the mailbox that there is no account;
/// the caller cannot tell which.
pub fn request_reset(call: PasswordCall, entropy: &mut Entropy) -> SignInAnswer {
    decide_request(&call, entropy).unwrap_or_else(SignInAnswer::refuse)
}

fn decide_request(call: &PasswordCall, entropy: &mut Entropy) -> Result<SignInAnswer, Refusal> {
    verification::check_custom_code(call.custom_code.as_deref())?;
    let limits = call
        .rows
        .request
        .send(call.now)
        .map_err(Refusal::rate_limited)?;
    if call.account().is_none() {
        let (delivery, _) =
            verification::inform(DeliveryPurpose::AccountMissing, &call.identifier, entropy);
        return Ok(SignInAnswer {
            limits,
            audit: vec![call.refused(
                AuditEventName::PasswordResetRequested,
                ErrorCode::AccountNotFound,
            )],
            ..SignInAnswer::new(SignInOutcome::Started {
                delivery,
                verifier: None,
            })
        });
    }
    let issued = verification::issue(
        CodeRequest {
            purpose: CodePurpose::PasswordReset,
            identifier: &call.identifier,
            custom_code: call.custom_code.as_deref(),
            pending_secret: None,
            pending_name: None,
        },
        &call.config,
        &call.pepper,
        call.now,
        entropy,
    )?;
    Ok(SignInAnswer {
        limits,
        code: issued.write,
        audit: vec![call.success(AuditEventName::PasswordResetRequested)],
        ..SignInAnswer::new(SignInOutcome::Started {
            delivery: issued.delivery,
            verifier: None,
        })
    })
}

/// Sets a new password with a code, ends all sessions, and opens a new one.
pub fn reset(call: PasswordCall, input: ResetInput, entropy: &mut Entropy) -> SignInAnswer {
    decide_reset(&call, input, entropy).unwrap_or_else(SignInAnswer::refuse)
}

fn decide_reset(
    call: &PasswordCall,
    input: ResetInput,
    entropy: &mut Entropy,
) -> Result<SignInAnswer, Refusal> {
    let password = call
        .config
        .policy
        .check(&input.new_password)
        .map_err(password_refusal)?;
    let code = verification::read_code(&input.code)?;
    let permit = match call.permit() {
        Ok(permit) => permit,
        Err(wait) => return Ok(SignInAnswer::wait(wait)),
    };
    let presentation = CodePresentation {
        purpose: CodePurpose::PasswordReset,
        identifier: &call.identifier,
        code: &code,
        verifier: None,
    };
    let row = call.rows.code.as_ref().filter(|_| call.account().is_some());
    if let Err(write) = verification::redeem(permit, presentation, row, &call.pepper, call.now) {
        return Ok(SignInAnswer {
            code: write,
            ..call.failed(
                AuditEventName::PasswordReset,
                ErrorCode::InvalidVerificationCode,
            )
        });
    }
    let secret = SecretWrite::Set {
        hash: hash(&password, &call.config.argon2, entropy),
    };
    Ok(mailbox::prove(
        call,
        Proof {
            secret,
            name: None,
            event: AuditEventName::PasswordReset,
            ends_sessions: true,
            made_user: false,
        },
        entropy,
    ))
}
