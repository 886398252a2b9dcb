//! Codes that prove a mailbox: issuing one, and redeeming it.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::code::{self, Code, CodePurpose, HashedCode, Pepper};
use crate::entropy::Entropy;
use crate::limiter::{Permit, allow_code};
use crate::password::PasswordHash;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::token::{self, HashedSecret};

use super::config::PasswordConfig;

const VERIFIER_PREFIX: &str = "vf";
const VERIFIER_LENGTH: usize = 32;

/// A row of the table `VerificationCode`. There is one for an identifier and a
/// purpose at most: a new code replaces the one before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CodeRow {
    /// The keyed hash of the code.
    pub code_hash: HashedCode,
    /// How often it was tried.
    pub tries: u32,
    /// Until when it can be used.
    pub expiration_time: UnixMillis,
    /// The hash of the verifier of the client that asked for it.
    pub verifier_hash: HashedSecret,
    /// The password that becomes the account's when the client that set it
    /// proves the mailbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending_secret: Option<PasswordHash>,
    /// The name that goes with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending_name: Option<String>,
}

/// What becomes of the code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum CodeWrite {
    /// It stays as it is, if there is one.
    Keep,
    /// A new one takes its place.
    Replace {
        /// For what.
        purpose: CodePurpose,
        /// What to store.
        row: CodeRow,
    },
    /// It was tried once more.
    Tried {
        /// How often now.
        tries: u32,
    },
    /// It was tried too often, or too late.
    Delete,
    /// All codes of the identifier are void: it was proved, or the password
    /// was changed.
    DeleteAll,
}

/// Why an e-mail is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum DeliveryPurpose {
    /// To prove the address, with a code.
    EmailVerification,
    /// To reset the password, with a code.
    PasswordReset,
    /// To tell the owner that somebody tried to sign up with an address that
    /// has an account. Without it, an answer's timing would tell who has one.
    AccountExists,
    /// To tell the owner that somebody asked to reset the password of an
    /// account that does not exist.
    AccountMissing,
}

/// An e-mail to send.
#[derive(Clone, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// Why.
    pub purpose: DeliveryPurpose,
    /// To which address.
    pub identifier: String,
    /// The code, unless the e-mail only informs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Until when the code can be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_time: Option<UnixMillis>,
}

impl core::fmt::Debug for Delivery {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter
            .debug_struct("Delivery")
            .field("purpose", &self.purpose)
            .finish_non_exhaustive()
    }
}

/// A code that was made: what to store, what to send, what the client keeps.
pub(crate) struct IssuedCode {
    pub(crate) write: CodeWrite,
    pub(crate) delivery: Delivery,
    pub(crate) verifier: String,
}

/// What a new code is for, and what becomes the account's when it is redeemed.
pub(crate) struct CodeRequest<'a> {
    pub(crate) purpose: CodePurpose,
    pub(crate) identifier: &'a str,
    /// A code the app made itself.
    pub(crate) custom_code: Option<&'a str>,
    pub(crate) pending_secret: Option<PasswordHash>,
    pub(crate) pending_name: Option<String>,
}

/// Makes a code.
///
/// # Errors
/// `INVALID_PARAMETERS` if the app's own code is too short or too long.
pub(crate) fn issue(
    request: CodeRequest<'_>,
    config: &PasswordConfig,
    pepper: &Pepper,
    now: UnixMillis,
    entropy: &mut Entropy,
) -> Result<IssuedCode, Refusal> {
    let code = match request.custom_code {
        None => code::generate(config.code_digits(), entropy),
        Some(text) => read_custom_code(text)?,
    };
    let (verifier, verifier_hash) = mint_verifier(entropy);
    let expiration_time = now.plus(config.code_lifetime());
    let purpose = match request.purpose {
        CodePurpose::EmailVerification | CodePurpose::PasskeySignUp => {
            DeliveryPurpose::EmailVerification
        }
        CodePurpose::PasswordReset => DeliveryPurpose::PasswordReset,
    };
    Ok(IssuedCode {
        delivery: Delivery {
            purpose,
            identifier: request.identifier.to_owned(),
            code: Some(code.expose().to_owned()),
            expiration_time: Some(expiration_time),
        },
        write: CodeWrite::Replace {
            purpose: request.purpose,
            row: CodeRow {
                code_hash: code::hash(pepper, request.purpose, request.identifier, &code),
                tries: 0,
                expiration_time,
                verifier_hash,
                pending_secret: request.pending_secret,
                pending_name: request.pending_name,
            },
        },
        verifier,
    })
}

/// Checks a code that the app made itself. Flows ask before they look whether
/// there is an account, so that a mistake in the app shows nobody's account.
///
/// # Errors
/// `INVALID_PARAMETERS` if the code is too short or too long.
pub(crate) fn check_custom_code(custom_code: Option<&str>) -> Result<(), Refusal> {
    custom_code.map_or(Ok(()), |text| read_custom_code(text).map(|_| ()))
}

fn read_custom_code(text: &str) -> Result<Code, Refusal> {
    Code::parse(text).map_err(|_| {
        Refusal::with_message(
            ErrorCode::InvalidParameters,
            "the generated verification token must have 6 to 128 printable characters".to_owned(),
        )
    })
}

/// Reads a code as it was typed. A text that can be no code is refused before
/// the limiter is asked, and is not counted: it is no guess.
///
/// # Errors
/// `INVALID_VERIFICATION_CODE`.
pub(crate) fn read_code(text: &str) -> Result<Code, Refusal> {
    Code::parse(text).map_err(|_| ErrorCode::InvalidVerificationCode.into())
}

/// An e-mail that only informs, with a verifier that verifies nothing, so that
/// the answer looks like any other.
pub(crate) fn inform(
    purpose: DeliveryPurpose,
    identifier: &str,
    entropy: &mut Entropy,
) -> (Delivery, String) {
    let delivery = Delivery {
        purpose,
        identifier: identifier.to_owned(),
        code: None,
        expiration_time: None,
    };
    (delivery, mint_verifier(entropy).0)
}

/// A code that was redeemed.
pub(crate) struct Redeemed {
    /// Whether the client that asked for the code presented it.
    pub(crate) by_requester: bool,
    pub(crate) pending_secret: Option<PasswordHash>,
    pub(crate) pending_name: Option<String>,
}

/// What a presented code is compared with.
pub(crate) struct CodePresentation<'a> {
    pub(crate) purpose: CodePurpose,
    pub(crate) identifier: &'a str,
    pub(crate) code: &'a Code,
    pub(crate) verifier: Option<&'a str>,
}

/// Compares a presented code with the stored one.
///
/// # Errors
/// What becomes of the stored code after a failure.
pub(crate) fn redeem(
    permit: Permit,
    presentation: CodePresentation<'_>,
    row: Option<&CodeRow>,
    pepper: &Pepper,
    now: UnixMillis,
) -> Result<Redeemed, CodeWrite> {
    let Some(row) = row else {
        return Err(CodeWrite::Keep);
    };
    if now >= row.expiration_time {
        return Err(CodeWrite::Delete);
    }
    let Some(permit) = allow_code(permit, row.tries) else {
        return Err(CodeWrite::Delete);
    };
    let CodePresentation {
        purpose,
        identifier,
        code,
        verifier,
    } = presentation;
    let presented = code::hash(pepper, purpose, identifier, code);
    if !code::matches(&permit, &row.code_hash, &presented) {
        let tries = row.tries.saturating_add(1);
        return Err(if tries < crate::limiter::CODE_TRIES {
            CodeWrite::Tried { tries }
        } else {
            CodeWrite::Delete
        });
    }
    let by_requester = verifier
        .and_then(|text| token::decode::<VERIFIER_LENGTH>(VERIFIER_PREFIX, text).ok())
        .is_some_and(|secret| HashedSecret::of(secret.as_slice()).matches(&row.verifier_hash));
    Ok(Redeemed {
        by_requester,
        pending_secret: row.pending_secret.clone(),
        pending_name: row.pending_name.clone(),
    })
}

fn mint_verifier(entropy: &mut Entropy) -> (String, HashedSecret) {
    let secret = zeroize::Zeroizing::new(entropy.bytes::<VERIFIER_LENGTH>());
    (
        token::encode(VERIFIER_PREFIX, secret.as_slice()),
        HashedSecret::of(secret.as_slice()),
    )
}
