//! Signing up with an e-mail address and a password.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::answer::{AccountWrite, SignInAnswer, SignInOutcome, UserWrite};
use super::call::PasswordCall;
use super::password_refusal;
use super::verification::{self, CodeRequest, DeliveryPurpose};
use crate::audit::AuditEventName;
use crate::code::CodePurpose;
use crate::entropy::Entropy;
use crate::limiter::LimitWrite;
use crate::password::hash;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::FirstFactor;
use crate::user::UserFields;

/// What a person signs up with.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SignUpInput {
    /// The password.
    pub password: String,
    /// What the app makes of the form: name, picture, telephone number. The
    /// e-mail address is the identifier, whatever the profile says.
    pub profile: UserFields,
}

/// Decides a sign-up.
///
/// No secret of an existing account is ever compared here, so that signing up
/// is no way around the limiter. When the mailbox has to be proved, an address
/// that has an account is answered like a new one, with the same hashing.
pub fn sign_up(call: PasswordCall, input: SignUpInput, entropy: &mut Entropy) -> SignInAnswer {
    decide(&call, input, entropy).unwrap_or_else(SignInAnswer::refuse)
}

fn decide(
    call: &PasswordCall,
    input: SignUpInput,
    entropy: &mut Entropy,
) -> Result<SignInAnswer, Refusal> {
    let password = call
        .config
        .policy
        .check(&input.password)
        .map_err(password_refusal)?;
    let profile = UserFields {
        email: Some(call.identifier.clone()),
        email_verification_time: None,
        phone_verification_time: None,
        ..input.profile
    }
    .normalize()?;
    // Everything that may refuse without a trace comes before the hash, so that
    // no work is done that no counter sees.
    let counted = call
        .rows
        .request
        .sign_up(call.now)
        .map_err(Refusal::rate_limited)?;
    let sent = if call.config.require_email_verification {
        verification::check_custom_code(call.custom_code.as_deref())?;
        call.rows
            .request
            .send(call.now)
            .map_err(Refusal::rate_limited)?
    } else {
        vec![]
    };
    let limits: Vec<LimitWrite> = sent.into_iter().chain(counted).collect();
    let secret = hash(&password, &call.config.argon2, entropy);
    let create = || AccountWrite::Create {
        provider: call.config.provider.clone(),
        account_id: call.identifier.clone(),
        secret: Some(secret.clone()),
    };

    if !call.config.require_email_verification {
        if call.rows.account.is_some() || call.is_taken() {
            return Ok(SignInAnswer {
                limits,
                audit: vec![call.refused(AuditEventName::SignUp, ErrorCode::AccountAlreadyExists)],
                ..SignInAnswer::refuse(ErrorCode::AccountAlreadyExists)
            });
        }
        let answer = SignInAnswer {
            limits,
            admission: Some(profile.clone()),
            user: UserWrite::Create { fields: profile },
            account: create(),
            audit: vec![call.success(AuditEventName::SignUp)],
            ..SignInAnswer::new(SignInOutcome::SignedIn)
        };
        return Ok(call.open_session(FirstFactor::Password, answer, entropy));
    }

    let is_proved = call
        .rows
        .account
        .as_ref()
        .is_some_and(|account| account.verified_time.is_some());
    if is_proved || call.is_taken() {
        let (delivery, verifier) =
            verification::inform(DeliveryPurpose::AccountExists, &call.identifier, entropy);
        return Ok(SignInAnswer {
            limits,
            admission: Some(profile),
            audit: vec![call.refused(AuditEventName::SignUp, ErrorCode::AccountAlreadyExists)],
            ..SignInAnswer::new(SignInOutcome::Started {
                delivery,
                verifier: Some(verifier),
            })
        });
    }
    let issued = verification::issue(
        CodeRequest {
            purpose: CodePurpose::EmailVerification,
            identifier: &call.identifier,
            custom_code: call.custom_code.as_deref(),
            pending_secret: Some(secret.clone()),
            pending_name: profile.name.clone(),
        },
        &call.config,
        &call.pepper,
        call.now,
        entropy,
    )?;
    let requested = call.success(AuditEventName::EmailVerificationRequested);
    let admission = Some(profile.clone());
    let (user, account, audit) = match call.rows.account {
        Some(_) => (UserWrite::Keep, AccountWrite::Keep, vec![requested]),
        None => (
            UserWrite::Create { fields: profile },
            create(),
            vec![call.success(AuditEventName::SignUp), requested],
        ),
    };
    Ok(SignInAnswer {
        limits,
        admission,
        code: issued.write,
        user,
        account,
        audit,
        ..SignInAnswer::new(SignInOutcome::Started {
            delivery: issued.delivery,
            verifier: Some(issued.verifier),
        })
    })
}
