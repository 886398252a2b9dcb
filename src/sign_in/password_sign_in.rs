//! Signing in with an e-mail address and a password.

use super::answer::{AccountWrite, SecretWrite, SignInAnswer, SignInOutcome};
use super::call::PasswordCall;
use super::password_refusal;
use super::verification::{self, CodeRequest};
use crate::audit::AuditEventName;
use crate::code::CodePurpose;
use crate::entropy::Entropy;
use crate::password::{Password, Verification, hash, verify};
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::FirstFactor;

/// Decides a sign-in. An unknown address and a wrong password take the same
/// path, the hash included.
pub fn sign_in(call: PasswordCall, password: &str, entropy: &mut Entropy) -> SignInAnswer {
    decide(&call, password, entropy).unwrap_or_else(SignInAnswer::refuse)
}

fn decide(
    call: &PasswordCall,
    password: &str,
    entropy: &mut Entropy,
) -> Result<SignInAnswer, Refusal> {
    let presented = Password::presented(password).map_err(password_refusal)?;
    let permit = match call.permit() {
        Ok(permit) => permit,
        Err(wait) => return Ok(SignInAnswer::wait(wait)),
    };
    let account = call.account();
    let stored = account.and_then(|account| account.secret.as_ref());
    let Verification::Match { rehash } = verify(&permit, &presented, stored, &call.config.argon2)
    else {
        return Ok(call.failed(AuditEventName::SignIn, ErrorCode::InvalidCredentials));
    };
    let secret = if rehash {
        SecretWrite::Set {
            hash: hash(&presented, &call.config.argon2, entropy),
        }
    } else {
        SecretWrite::Keep
    };
    let is_proved = account.is_some_and(|account| account.verified_time.is_some());
    if call.config.require_email_verification && !is_proved {
        return ask_for_proof(call, secret, entropy);
    }
    let answer = SignInAnswer {
        limits: call.rows.attempt.succeed(),
        account: patch(secret),
        ..SignInAnswer::new(SignInOutcome::SignedIn)
    };
    Ok(call.open_session(FirstFactor::Password, answer, entropy))
}

/// The password is right, but the mailbox is not proved: a new code.
fn ask_for_proof(
    call: &PasswordCall,
    secret: SecretWrite,
    entropy: &mut Entropy,
) -> Result<SignInAnswer, Refusal> {
    let mut limits = call
        .rows
        .request
        .send(call.now)
        .map_err(Refusal::rate_limited)?;
    limits.extend(call.rows.attempt.succeed());
    let issued = verification::issue(
        CodeRequest {
            purpose: CodePurpose::EmailVerification,
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
        account: patch(secret),
        audit: vec![call.success(AuditEventName::EmailVerificationRequested)],
        ..SignInAnswer::new(SignInOutcome::Started {
            delivery: issued.delivery,
            verifier: Some(issued.verifier),
        })
    })
}

fn patch(secret: SecretWrite) -> AccountWrite {
    match secret {
        SecretWrite::Keep => AccountWrite::Keep,
        secret => AccountWrite::Patch {
            secret,
            verified_time: None,
        },
    }
}
