//! Proving an e-mail address with a code.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::answer::{SecretWrite, SignInAnswer};
use super::call::PasswordCall;
use super::mailbox::{self, Proof};
use super::verification::{self, CodePresentation, Redeemed};
use crate::audit::AuditEventName;
use crate::code::CodePurpose;
use crate::entropy::Entropy;
use crate::refusal::ErrorCode;

/// What a person proves the address with.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct EmailVerificationInput {
    /// The code from the e-mail.
    pub code: String,
    /// What the client got when it asked for the code.
    #[serde(default)]
    pub verifier: Option<String>,
}

/// Proves the address and opens a session.
///
/// The password that was set before the proof is trusted only if the client
/// that set it presents the code: it may have been chosen by somebody who does
/// not own the mailbox. Otherwise it is cleared, and the owner resets it.
pub fn verify_email(
    call: PasswordCall,
    input: EmailVerificationInput,
    entropy: &mut Entropy,
) -> SignInAnswer {
    let code = match verification::read_code(&input.code) {
        Ok(code) => code,
        Err(refusal) => return SignInAnswer::refuse(refusal),
    };
    let permit = match call.permit() {
        Ok(permit) => permit,
        Err(wait) => return SignInAnswer::wait(wait),
    };
    let presentation = CodePresentation {
        purpose: CodePurpose::EmailVerification,
        identifier: &call.identifier,
        code: &code,
        verifier: input.verifier.as_deref(),
    };
    let row = call.rows.code.as_ref().filter(|_| call.account().is_some());
    match verification::redeem(permit, presentation, row, &call.pepper, call.now) {
        Err(write) => SignInAnswer {
            code: write,
            ..call.failed(
                AuditEventName::EmailVerified,
                ErrorCode::InvalidVerificationCode,
            )
        },
        Ok(redeemed) => {
            let account = call.account();
            let was_proved = account.is_some_and(|account| account.verified_time.is_some());
            // A sign-up stores one hash in the account and with the code; a
            // sign-in that asks for a code has presented the right password.
            let made_user = redeemed.by_requester
                && redeemed.pending_secret.as_ref().is_none_or(|pending| {
                    account.and_then(|account| account.secret.as_ref()) == Some(pending)
                });
            let (secret, name) = trusted(redeemed, was_proved);
            mailbox::prove(
                &call,
                Proof {
                    secret,
                    name,
                    event: AuditEventName::EmailVerified,
                    ends_sessions: false,
                    made_user,
                },
                entropy,
            )
        }
    }
}

fn trusted(redeemed: Redeemed, was_proved: bool) -> (SecretWrite, Option<String>) {
    let Redeemed {
        by_requester,
        pending_secret,
        pending_name,
    } = redeemed;
    match pending_secret {
        _ if was_proved => (SecretWrite::Keep, None),
        Some(hash) if by_requester => (SecretWrite::Set { hash }, pending_name),
        None if by_requester => (SecretWrite::Keep, pending_name),
        _ => (SecretWrite::Clear, None),
    }
}
