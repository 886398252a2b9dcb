//! Proving a second factor, at sign-in and for a step-up.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::attempt::{Attempt, AttemptContext, AttemptPurpose, AttemptRequest, SecondFactorProof};
use super::method::ProvedFactor;
use super::recovery_code::{self, RecoveryCode, RecoveryCodesRow};
use super::response::{Presented, SecondFactorResponse, read};
use super::sent_code::{self, CodeFactorKind};
use super::totp::{OpenedTotpSecret, TotpFactorPatch, TotpFactorRow};
use super::writes::SecondFactorWrites;
use crate::audit::{AuditEvent, AuditEventName};
use crate::code::{self, Code, HashedCode, Pepper};
use crate::entropy::Entropy;
use crate::factor_secret::{self, FactorKeyring, SealedSecret};
use crate::limiter::{LimitEntry, Permit};
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::totp::{TotpCode, matching_step};

/// The deployment's secrets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SecondFactorSecrets {
    /// What the hashes of recovery codes are made with.
    pub pepper: Pepper,
    /// What the secrets of authenticator apps are encrypted with.
    pub keyring: FactorKeyring,
}

/// What the decision needs to know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SecondFactorVerifyCall {
    /// The time.
    pub now: UnixMillis,
    /// For what the factor is proved.
    pub context: AttemptContext,
    /// What the client presents.
    pub response: SecondFactorResponse,
    /// The counter of the user (`second_factor_key`).
    pub lock: LimitEntry,
    /// The user's authenticator apps.
    pub factors: Vec<TotpFactorRow>,
    /// The user's recovery codes, if there are any.
    #[serde(default)]
    pub recovery_codes: Option<RecoveryCodesRow>,
    /// Where the request came from.
    pub origin: Origin,
}

/// The outcome.
#[derive(Debug)]
pub enum SecondFactorOutcome {
    /// The factor was proved.
    Proved {
        /// For a session.
        proof: SecondFactorProof,
    },
    /// It was not.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

/// The decision. The writes are stored in both cases.
#[derive(Debug)]
pub struct SecondFactorVerification {
    /// The outcome.
    pub outcome: SecondFactorOutcome,
    /// What is written.
    pub writes: SecondFactorWrites,
}

/// A response that was right.
enum Matched {
    Totp(TotpFactorPatch),
    RecoveryCode(Vec<HashedCode>),
    Sent(CodeFactorKind),
}

/// Why nothing matched.
enum Unmatched {
    /// What was presented is wrong.
    Wrong,
    /// There was nothing to compare with, through no fault of the client.
    Unreadable,
}

/// Decides whether a second factor was proved.
///
/// The order is: the shape of the response, which is no secret; the challenge
/// or the session; a try, counted; the comparison.
pub fn verify(
    call: &SecondFactorVerifyCall,
    secrets: &SecondFactorSecrets,
    entropy: &mut Entropy,
) -> SecondFactorVerification {
    let presented = match read(&call.response) {
        Ok(presented) => presented,
        Err(code) => return refuse(code.into(), SecondFactorWrites::default()),
    };
    let request = AttemptRequest {
        now: call.now,
        context: &call.context,
        purpose: AttemptPurpose::Verify(presented.method()),
        lock: &call.lock,
    };
    let attempt = match Attempt::take(&request) {
        Ok(attempt) => attempt,
        Err(refused) => {
            let event = event(call, Some(refused.refusal.code), None);
            let (refusal, writes) = refused.record(event);
            return refuse(refusal, writes);
        }
    };
    let matched = match &presented {
        Presented::Totp(code) => match_totp(&attempt, call, code, secrets, entropy),
        Presented::RecoveryCode(code) => {
            match_recovery_code(attempt.permit(), attempt.user_id(), call, code, secrets)
        }
        Presented::Sent(kind, code) => match_sent(&attempt, *kind, call, code, secrets),
    };
    match matched {
        Ok(matched) => prove(call, attempt, matched),
        Err(Unmatched::Wrong) => fail(call, attempt, presented.wrong()),
        Err(Unmatched::Unreadable) => {
            attempt.give_back();
            refuse(
                ErrorCode::InternalError.into(),
                SecondFactorWrites::default(),
            )
        }
    }
}

/// Compares the code that was sent last for the challenge. A code of before is
/// void.
fn match_sent(
    attempt: &Attempt,
    kind: CodeFactorKind,
    call: &SecondFactorVerifyCall,
    code: &Code,
    secrets: &SecondFactorSecrets,
) -> Result<Matched, Unmatched> {
    let AttemptContext::Challenge {
        challenge: Some(challenge),
    } = &call.context
    else {
        return Err(Unmatched::Wrong);
    };
    let presented = sent_code::hash(&secrets.pepper, attempt.user_id(), code);
    challenge
        .sent
        .as_ref()
        .filter(|sent| sent.method == kind.method() && call.now < sent.expiration_time)
        .filter(|sent| code::matches(attempt.permit(), &sent.code_hash, &presented))
        .map(|_| Matched::Sent(kind))
        .ok_or(Unmatched::Wrong)
}

/// Looks for the live app of the user whose code it is.
fn match_totp(
    attempt: &Attempt,
    call: &SecondFactorVerifyCall,
    code: &TotpCode,
    secrets: &SecondFactorSecrets,
    entropy: &mut Entropy,
) -> Result<Matched, Unmatched> {
    let mut unreadable = 0_u32;
    let mut readable = 0_u32;
    for factor in &call.factors {
        if !factor.is_live() || factor.user_id != attempt.user_id() {
            continue;
        }
        let Ok(opened) = factor.open(&secrets.keyring) else {
            unreadable += 1;
            continue;
        };
        readable += 1;
        let step = matching_step(
            attempt.permit(),
            &opened.secret,
            factor.parameters(),
            code,
            factor.last_used_step,
            call.now,
        );
        if let Some(last_used_step) = step {
            return Ok(Matched::Totp(TotpFactorPatch {
                totp_id: factor.id.clone(),
                last_used_step,
                verified_time: None,
                secret: reseal(factor, &opened, secrets, entropy),
            }));
        }
    }
    if readable == 0 && unreadable > 0 {
        Err(Unmatched::Unreadable)
    } else {
        Err(Unmatched::Wrong)
    }
}

/// The secret under the newest key, if it was encrypted with an older one.
pub(crate) fn reseal(
    factor: &TotpFactorRow,
    opened: &OpenedTotpSecret,
    secrets: &SecondFactorSecrets,
    entropy: &mut Entropy,
) -> Option<SealedSecret> {
    if !opened.is_outdated {
        return None;
    }
    let bytes = opened.secret.as_bytes();
    // What cannot be encrypted now stays as it is: it can still be read.
    factor_secret::seal(&secrets.keyring, &factor.binding(), bytes, entropy).ok()
}

fn match_recovery_code(
    permit: &Permit,
    user_id: &str,
    call: &SecondFactorVerifyCall,
    code: &RecoveryCode,
    secrets: &SecondFactorSecrets,
) -> Result<Matched, Unmatched> {
    call.recovery_codes
        .as_ref()
        .filter(|row| row.user_id == user_id)
        .and_then(|row| recovery_code::spend(permit, &secrets.pepper, row, code))
        .map(Matched::RecoveryCode)
        .ok_or(Unmatched::Wrong)
}

fn prove(
    call: &SecondFactorVerifyCall,
    attempt: Attempt,
    matched: Matched,
) -> SecondFactorVerification {
    let mut audit = vec![event(call, None, Some(attempt.user_id()))];
    let (factor, patch, codes) = match matched {
        Matched::Totp(patch) => (ProvedFactor::Totp, Some(patch), None),
        Matched::RecoveryCode(left) => {
            let used = AuditEvent::success(AuditEventName::RecoveryCodeUsed, &call.origin);
            audit.push(used.of_user(Some(attempt.user_id())));
            (ProvedFactor::RecoveryCode, None, Some(left))
        }
        Matched::Sent(CodeFactorKind::EmailCode) => (ProvedFactor::EmailCode, None, None),
        Matched::Sent(CodeFactorKind::PhoneCode) => (ProvedFactor::PhoneCode, None, None),
    };
    let (proof, writes) = attempt.succeed(factor);
    SecondFactorVerification {
        outcome: SecondFactorOutcome::Proved { proof },
        writes: SecondFactorWrites {
            challenge: writes.challenge,
            limits: writes.limits,
            factor: patch,
            code_factor: None,
            // Whoever needs a recovery code has lost the factor, and maybe the
            // devices with it.
            forgets_trusted_devices: codes.is_some(),
            recovery_codes: codes,
            audit,
        },
    }
}

fn fail(
    call: &SecondFactorVerifyCall,
    attempt: Attempt,
    code: ErrorCode,
) -> SecondFactorVerification {
    let writes = attempt.fail(event(call, Some(code), None), &call.origin);
    refuse(code.into(), writes)
}

fn refuse(refusal: Refusal, writes: SecondFactorWrites) -> SecondFactorVerification {
    SecondFactorVerification {
        outcome: SecondFactorOutcome::Refused { refusal },
        writes,
    }
}

fn event(
    call: &SecondFactorVerifyCall,
    refused: Option<ErrorCode>,
    user_id: Option<&str>,
) -> AuditEvent {
    let name = AuditEventName::SecondFactorVerified;
    match refused {
        None => AuditEvent::success(name, &call.origin),
        Some(code) => AuditEvent::refused(name, code, &call.origin),
    }
    .of_user(user_id)
}
