//! What clients present as a second factor.

use std::fmt;

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use zeroize::Zeroize;

use super::recovery_code::RecoveryCode;
use super::sent_code::CodeFactorKind;
use crate::code::Code;
use crate::refusal::ErrorCode;
use crate::refusal::SecondFactorMethod;
use crate::totp::TotpCode;

/// What the client presents.
#[derive(Clone, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum SecondFactorResponse {
    /// A code of an authenticator app.
    Totp {
        /// The code, as typed.
        code: String,
    },
    /// A recovery code.
    RecoveryCode {
        /// The code, as typed.
        code: String,
    },
    /// A code that was sent to a mailbox.
    EmailCode {
        /// The code, as typed.
        code: String,
    },
    /// A code that was sent in a text message.
    PhoneCode {
        /// The code, as typed.
        code: String,
    },
}

impl fmt::Debug for SecondFactorResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            SecondFactorResponse::Totp { .. } => "Totp(redacted)",
            SecondFactorResponse::RecoveryCode { .. } => "RecoveryCode(redacted)",
            SecondFactorResponse::EmailCode { .. } => "EmailCode(redacted)",
            SecondFactorResponse::PhoneCode { .. } => "PhoneCode(redacted)",
        })
    }
}

impl Drop for SecondFactorResponse {
    fn drop(&mut self) {
        match self {
            SecondFactorResponse::Totp { code }
            | SecondFactorResponse::RecoveryCode { code }
            | SecondFactorResponse::EmailCode { code }
            | SecondFactorResponse::PhoneCode { code } => code.zeroize(),
        }
    }
}

/// A response that can be compared.
pub(super) enum Presented {
    Totp(TotpCode),
    RecoveryCode(RecoveryCode),
    Sent(CodeFactorKind, Code),
}

impl Presented {
    /// By which method it is proved.
    pub(super) fn method(&self) -> SecondFactorMethod {
        match self {
            Presented::Totp(_) => SecondFactorMethod::Totp,
            Presented::RecoveryCode(_) => SecondFactorMethod::RecoveryCode,
            Presented::Sent(kind, _) => kind.method(),
        }
    }

    /// What a client is told when it is wrong.
    pub(super) fn wrong(&self) -> ErrorCode {
        match self {
            Presented::Totp(_) => ErrorCode::TotpInvalidCode,
            Presented::RecoveryCode(_) => ErrorCode::InvalidRecoveryCode,
            Presented::Sent(..) => ErrorCode::InvalidSecondFactorCode,
        }
    }
}

/// Reads a response. One of another shape can be right for nobody.
///
/// # Errors
/// The code of a wrong response.
pub(super) fn read(response: &SecondFactorResponse) -> Result<Presented, ErrorCode> {
    match response {
        SecondFactorResponse::Totp { code } => TotpCode::parse(code)
            .map(Presented::Totp)
            .map_err(|_| ErrorCode::TotpInvalidCode),
        SecondFactorResponse::RecoveryCode { code } => RecoveryCode::parse(code)
            .map(Presented::RecoveryCode)
            .map_err(|_| ErrorCode::InvalidRecoveryCode),
        SecondFactorResponse::EmailCode { code } => read_sent(CodeFactorKind::EmailCode, code),
        SecondFactorResponse::PhoneCode { code } => read_sent(CodeFactorKind::PhoneCode, code),
    }
}

fn read_sent(kind: CodeFactorKind, code: &str) -> Result<Presented, ErrorCode> {
    Code::parse(code)
        .map(|code| Presented::Sent(kind, code))
        .map_err(|_| ErrorCode::InvalidSecondFactorCode)
}
