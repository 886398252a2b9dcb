//! The first code of an address, which makes it live.

use std::fmt;

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use zeroize::Zeroize;

use super::kind::CodeFactorKind;
use super::row::{CodeFactorPatch, CodeFactorRow, hash};
use crate::code::{self, Code};
use crate::entropy::Entropy;
use crate::refusal::ErrorCode;
use crate::second_factor::{
    ConfirmCall, FactorConfirmation, ProvedFactor, SecondFactorSecrets, SecondFactorWrites,
};

/// A first code.
#[derive(Clone, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CodeFactorConfirmCall {
    /// What every first proof needs to know.
    pub confirm: ConfirmCall,
    /// The address, if there is one with the given id.
    #[serde(default)]
    pub factor: Option<CodeFactorRow>,
    /// The code, as typed.
    pub code: String,
}

impl fmt::Debug for CodeFactorConfirmCall {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CodeFactorConfirmCall")
            .field("confirm", &self.confirm)
            .field("factor", &self.factor)
            .finish_non_exhaustive()
    }
}

impl Drop for CodeFactorConfirmCall {
    fn drop(&mut self) {
        self.code.zeroize();
    }
}

/// Decides whether an address becomes a second factor.
pub fn confirm(
    call: &CodeFactorConfirmCall,
    secrets: &SecondFactorSecrets,
    entropy: &mut Entropy,
) -> FactorConfirmation {
    let Ok(code) = Code::parse(&call.code) else {
        return FactorConfirmation::refuse(ErrorCode::InvalidSecondFactorCode);
    };
    let attempt = match call.confirm.take() {
        Ok(attempt) => attempt,
        Err(refused) => return *refused,
    };
    let user_id = attempt.user_id();
    let waiting = call
        .factor
        .as_ref()
        .filter(|row| row.user_id == user_id && row.is_pending(call.confirm.now))
        .and_then(|row| row.code_hash.as_ref().map(|stored| (row, stored)));
    let Some((row, stored)) = waiting else {
        // Nothing was compared.
        attempt.give_back();
        return FactorConfirmation::refuse(ErrorCode::CodeFactorNotFound);
    };
    let presented = hash(&secrets.pepper, user_id, &code);
    if !code::matches(attempt.permit(), stored, &presented) {
        let code = ErrorCode::InvalidSecondFactorCode;
        return call.confirm.fail(attempt, code);
    }
    let proved = match row.method {
        CodeFactorKind::EmailCode => ProvedFactor::EmailCode,
        CodeFactorKind::PhoneCode => ProvedFactor::PhoneCode,
    };
    let writes = SecondFactorWrites {
        code_factor: Some(CodeFactorPatch {
            code_factor_id: row.id.clone(),
            verified_time: call.confirm.now,
        }),
        ..SecondFactorWrites::default()
    };
    call.confirm
        .done(attempt, proved, writes, &secrets.pepper, entropy)
}
