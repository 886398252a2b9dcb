//! The first code of an authenticator app, which makes it live.

use std::fmt;

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use zeroize::Zeroize;

use super::row::{TotpFactorPatch, TotpFactorRow};
use crate::entropy::Entropy;
use crate::refusal::ErrorCode;
use crate::second_factor::{
    ConfirmCall, FactorConfirmation, ProvedFactor, SecondFactorSecrets, SecondFactorWrites, reseal,
};
use crate::time::UnixMillis;
use crate::totp::TotpCode;
use crate::totp::matching_step;

/// A first code.
#[derive(Clone, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TotpConfirmCall {
    /// What every first proof needs to know.
    pub confirm: ConfirmCall,
    /// The app, if there is one with the given id.
    #[serde(default)]
    pub factor: Option<TotpFactorRow>,
    /// The code, as typed.
    pub code: String,
}

impl fmt::Debug for TotpConfirmCall {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TotpConfirmCall")
            .field("confirm", &self.confirm)
            .field("factor", &self.factor)
            .finish_non_exhaustive()
    }
}

impl Drop for TotpConfirmCall {
    fn drop(&mut self) {
        self.code.zeroize();
    }
}

/// Decides whether a new authenticator app becomes live.
pub fn confirm(
    call: &TotpConfirmCall,
    secrets: &SecondFactorSecrets,
    entropy: &mut Entropy,
) -> FactorConfirmation {
    let Ok(code) = TotpCode::parse(&call.code) else {
        return FactorConfirmation::refuse(ErrorCode::TotpInvalidCode);
    };
    let now = call.confirm.now;
    let attempt = match call.confirm.take() {
        Ok(attempt) => attempt,
        Err(refused) => return *refused,
    };
    let opened = pending(call.factor.as_ref(), attempt.user_id(), now).and_then(|factor| {
        let opened = factor.open(&secrets.keyring);
        opened
            .map(|opened| (factor, opened))
            .map_err(|_| ErrorCode::InternalError)
    });
    let (factor, opened) = match opened {
        Ok(opened) => opened,
        Err(code) => {
            // Nothing was compared.
            attempt.give_back();
            return FactorConfirmation::refuse(code);
        }
    };
    let step = matching_step(
        attempt.permit(),
        &opened.secret,
        factor.parameters(),
        &code,
        factor.last_used_step,
        now,
    );
    let Some(last_used_step) = step else {
        return call.confirm.fail(attempt, ErrorCode::TotpInvalidCode);
    };
    let writes = SecondFactorWrites {
        factor: Some(TotpFactorPatch {
            totp_id: factor.id.clone(),
            last_used_step,
            verified_time: Some(now),
            secret: reseal(factor, &opened, secrets, entropy),
        }),
        ..SecondFactorWrites::default()
    };
    call.confirm.done(
        attempt,
        ProvedFactor::Totp,
        writes,
        &secrets.pepper,
        entropy,
    )
}

/// The app that waits for its first code.
fn pending<'a>(
    factor: Option<&'a TotpFactorRow>,
    user_id: &str,
    now: UnixMillis,
) -> Result<&'a TotpFactorRow, ErrorCode> {
    let factor = factor
        .filter(|factor| factor.user_id == user_id)
        .ok_or(ErrorCode::TotpNotFound)?;
    if factor.is_live() {
        return Err(ErrorCode::TotpAlreadyVerified);
    }
    if factor.is_pending(now) {
        Ok(factor)
    } else {
        Err(ErrorCode::TotpNotFound)
    }
}
