//! Sending a code to answer a challenge or to step up.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::kind::CodeFactorKind;
use super::row::{SecondFactorDelivery, make_code};
use crate::code::Pepper;
use crate::entropy::Entropy;
use crate::limiter::{LimitWrite, RequestKeys, RequestLimits, second_factor_request_keys};
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::{
    AttemptContext, ChallengeStart, ChallengeStartCall, SecondFactorChallengeRow, SecondFactors,
    SentCode, start, step_up_needs,
};
use crate::time::UnixMillis;

/// Where a code would go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum SendCodeAddress {
    /// To an address that the user has enrolled.
    Found {
        /// The address or the number.
        address: String,
        /// The limits of codes to the user.
        keys: RequestKeys,
    },
    /// Nowhere.
    Refused {
        /// `SECOND_FACTOR_NOT_ENROLLED`.
        refusal: Refusal,
    },
}

/// Finds the address of a user for codes of a kind.
pub fn send_address(
    kind: CodeFactorKind,
    factors: &SecondFactors,
    origin: &Origin,
) -> SendCodeAddress {
    let row = factors
        .codes
        .iter()
        .find(|row| row.is_live() && row.method == kind);
    match row {
        Some(row) => SendCodeAddress::Found {
            address: row.address.clone(),
            keys: second_factor_request_keys(&row.user_id, origin),
        },
        None => SendCodeAddress::Refused {
            refusal: ErrorCode::SecondFactorNotEnrolled.into(),
        },
    }
}

/// A code that is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SendCodeCall {
    /// The time.
    pub now: UnixMillis,
    /// By which way it is sent.
    pub method: CodeFactorKind,
    /// The challenge that it answers, or the session that is to be fresh.
    pub context: AttemptContext,
    /// The user's address, as `send_address` found it.
    pub address: String,
    /// The limits of codes to the user.
    pub request: RequestLimits,
}

/// What becomes of the challenge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum SendCodeWrite {
    /// The present one knows the code.
    Patch {
        /// The code.
        sent: SentCode,
    },
    /// A new one, for a session that is to be fresh.
    Insert {
        /// The row.
        row: Box<SecondFactorChallengeRow>,
    },
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum SendCodeAnswer {
    /// The code is sent.
    Sent {
        /// The code to send.
        delivery: SecondFactorDelivery,
        /// What the client presents with the code, if it is a new challenge.
        #[serde(skip_serializing_if = "Option::is_none")]
        verifier: Option<String>,
        /// What becomes of the challenge.
        write: SendCodeWrite,
        /// Counters.
        limits: Vec<LimitWrite>,
    },
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

/// Decides whether a code is sent.
pub fn send(call: &SendCodeCall, pepper: &Pepper, entropy: &mut Entropy) -> SendCodeAnswer {
    make(call, pepper, entropy).unwrap_or_else(|refusal| SendCodeAnswer::Refused { refusal })
}

fn make(
    call: &SendCodeCall,
    pepper: &Pepper,
    entropy: &mut Entropy,
) -> Result<SendCodeAnswer, Refusal> {
    let method = call.method.method();
    let (user_id, new) = match &call.context {
        AttemptContext::Challenge { challenge } => {
            let challenge = challenge
                .as_ref()
                .filter(|challenge| call.now < challenge.expiration_time)
                .ok_or(ErrorCode::InvalidVerifier)?;
            if !challenge.methods.contains(&method) {
                return Err(ErrorCode::SecondFactorNotEnrolled.into());
            }
            (&challenge.user_id, None)
        }
        AttemptContext::StepUp { session, factors } => {
            if !session.is_live(call.now) {
                return Err(ErrorCode::NotSignedIn.into());
            }
            if !step_up_needs(&factors.enrolled(), 0).contains(&method) {
                return Err(ErrorCode::SecondFactorNotEnrolled.into());
            }
            let started = start(
                ChallengeStartCall {
                    now: call.now,
                    authentication_methods: session.authentication_methods.clone(),
                    user_id: &session.user_id,
                    provider: &session.provider,
                    session_id: Some(&session.id),
                    is_step_up: true,
                    methods: vec![method],
                },
                entropy,
            );
            (&session.user_id, Some(started))
        }
        AttemptContext::Enrollment { .. } => {
            return Err(ErrorCode::SecondFactorNotEnrolled.into());
        }
    };
    let limits = call.request.send(call.now).map_err(Refusal::rate_limited)?;
    let (delivery, code_hash) = make_code(user_id, &call.address, pepper, call.now, entropy);
    let sent = SentCode {
        method,
        code_hash,
        expiration_time: delivery.expiration_time,
    };
    let (verifier, write) = match new {
        None => (None, SendCodeWrite::Patch { sent }),
        Some(ChallengeStart { verifier, row }) => {
            let row = Box::new(SecondFactorChallengeRow {
                sent: Some(sent),
                ..row
            });
            (Some(verifier), SendCodeWrite::Insert { row })
        }
    };
    Ok(SendCodeAnswer::Sent {
        delivery,
        verifier,
        write,
        limits,
    })
}
