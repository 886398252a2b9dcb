//! The first code of an authenticator app, which makes it live.

use std::fmt;

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use zeroize::Zeroize;

use super::code::TotpCode;
use super::row::{TotpFactorPatch, TotpFactorRow};
use super::verify::matching_step;
use crate::audit::{AuditEvent, AuditEventName};
use crate::entropy::Entropy;
use crate::limiter::LimitEntry;
use crate::origin::Origin;
use crate::recovery_code::{self, IssuedRecoveryCodes, RecoveryCodesRow};
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::{
    Attempt, AttemptContext, AttemptPurpose, AttemptRequest, ProvedFactor, SecondFactorProof,
    SecondFactorSecrets, SecondFactorWrites, reseal,
};
use crate::time::UnixMillis;

/// A first code.
#[derive(Clone, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TotpConfirmCall {
    /// The time.
    pub now: UnixMillis,
    /// The session or the sign-in in which the app is set up.
    pub context: AttemptContext,
    /// The app, if there is one with the given id.
    #[tsify(optional)]
    #[serde(default)]
    pub factor: Option<TotpFactorRow>,
    /// The code, as typed.
    pub code: String,
    /// The counter of the user (`second_factor_key`).
    pub lock: LimitEntry,
    /// The user's recovery codes, if there are any.
    #[tsify(optional)]
    #[serde(default)]
    pub recovery_codes: Option<RecoveryCodesRow>,
    /// Where the request came from.
    pub origin: Origin,
}

impl fmt::Debug for TotpConfirmCall {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TotpConfirmCall")
            .field("now", &self.now)
            .field("factor", &self.factor)
            .finish_non_exhaustive()
    }
}

impl Drop for TotpConfirmCall {
    fn drop(&mut self) {
        self.code.zeroize();
    }
}

/// The decision. The writes are stored in both cases.
#[derive(Debug)]
pub enum TotpConfirmation {
    /// The app is live.
    Done {
        /// The proof of both factors: a sign-in is finished, a session has
        /// proved the new factor.
        proof: SecondFactorProof,
        /// Recovery codes, if the user had none.
        recovery_codes: Option<IssuedRecoveryCodes>,
        /// What is written.
        writes: SecondFactorWrites,
    },
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
        /// What is written.
        writes: SecondFactorWrites,
    },
}

/// Decides whether a new authenticator app becomes live.
pub fn confirm(
    call: &TotpConfirmCall,
    secrets: &SecondFactorSecrets,
    entropy: &mut Entropy,
) -> TotpConfirmation {
    let Ok(code) = TotpCode::parse(&call.code) else {
        return refuse(
            ErrorCode::TotpInvalidCode.into(),
            SecondFactorWrites::default(),
        );
    };
    let request = AttemptRequest {
        now: call.now,
        context: &call.context,
        purpose: AttemptPurpose::Enroll,
        lock: &call.lock,
    };
    let attempt = match Attempt::take(&request) {
        Ok(attempt) => attempt,
        Err(refused) => {
            // As at sign-in, what is about nobody is not recorded.
            let user_id = refused.user_id.as_deref();
            let writes = SecondFactorWrites {
                challenge: refused.challenge,
                audit: user_id
                    .map(|id| event(call, Some(refused.refusal.code)).of_user(Some(id)))
                    .into_iter()
                    .collect(),
                ..SecondFactorWrites::default()
            };
            return refuse(refused.refusal, writes);
        }
    };
    let factor = match pending(call, attempt.user_id()) {
        Ok(factor) => factor,
        Err(code) => {
            // Nothing was compared.
            attempt.give_back();
            return refuse(code.into(), SecondFactorWrites::default());
        }
    };
    let Ok(opened) = factor.open(&secrets.keyring) else {
        attempt.give_back();
        return refuse(
            ErrorCode::InternalError.into(),
            SecondFactorWrites::default(),
        );
    };
    let step = matching_step(
        attempt.permit(),
        &opened.secret,
        factor.parameters(),
        &code,
        factor.last_used_step,
        call.now,
    );
    let Some(last_used_step) = step else {
        return fail(call, attempt);
    };
    let user_id = attempt.user_id().to_owned();
    let mut audit = vec![event(call, None).of_user(Some(&user_id))];
    let has_codes = call
        .recovery_codes
        .as_ref()
        .is_some_and(|row| row.user_id == user_id && !row.codes.is_empty());
    let recovery_codes =
        (!has_codes).then(|| recovery_code::issue(&user_id, &secrets.pepper, call.now, entropy));
    if recovery_codes.is_some() {
        let issued = AuditEvent::success(AuditEventName::RecoveryCodesIssued, &call.origin);
        audit.push(issued.of_user(Some(&user_id)));
    }
    let patch = TotpFactorPatch {
        totp_id: factor.id.clone(),
        last_used_step,
        verified_time: Some(call.now),
        secret: reseal(factor, &opened, secrets, entropy),
    };
    let (proof, writes) = attempt.enroll(ProvedFactor::Totp);
    TotpConfirmation::Done {
        proof,
        recovery_codes,
        writes: SecondFactorWrites {
            challenge: writes.challenge,
            limits: writes.limits,
            factor: Some(patch),
            audit,
            ..SecondFactorWrites::default()
        },
    }
}

/// The app that waits for its first code.
fn pending<'a>(call: &'a TotpConfirmCall, user_id: &str) -> Result<&'a TotpFactorRow, ErrorCode> {
    let factor = call
        .factor
        .as_ref()
        .filter(|factor| factor.user_id == user_id)
        .ok_or(ErrorCode::TotpNotFound)?;
    if factor.is_live() {
        return Err(ErrorCode::TotpAlreadyVerified);
    }
    if factor.is_pending(call.now) {
        Ok(factor)
    } else {
        Err(ErrorCode::TotpNotFound)
    }
}

fn fail(call: &TotpConfirmCall, attempt: Attempt) -> TotpConfirmation {
    let code = ErrorCode::TotpInvalidCode;
    let user_id = Some(attempt.user_id());
    let mut audit = vec![event(call, Some(code)).of_user(user_id)];
    if attempt.locks() {
        let locked = AuditEvent::success(AuditEventName::SecondFactorLocked, &call.origin);
        audit.push(locked.of_user(user_id));
    }
    let writes = attempt.fail();
    let writes = SecondFactorWrites {
        challenge: writes.challenge,
        limits: writes.limits,
        audit,
        ..SecondFactorWrites::default()
    };
    refuse(code.into(), writes)
}

fn refuse(refusal: Refusal, writes: SecondFactorWrites) -> TotpConfirmation {
    TotpConfirmation::Refused { refusal, writes }
}

fn event(call: &TotpConfirmCall, refused: Option<ErrorCode>) -> AuditEvent {
    let name = AuditEventName::SecondFactorEnrolled;
    match refused {
        None => AuditEvent::success(name, &call.origin),
        Some(code) => AuditEvent::refused(name, code, &call.origin),
    }
}
