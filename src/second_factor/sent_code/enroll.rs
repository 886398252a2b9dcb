//! Enrolling an address for codes: the first code is sent.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::kind::CodeFactorKind;
use super::row::{NewCodeFactor, SecondFactorDelivery, make_code};
use crate::audit::{AuditEvent, AuditEventName};
use crate::code::Pepper;
use crate::entropy::Entropy;
use crate::identifier::Email;
use crate::limiter::{LimitWrite, RequestKeys, RequestLimits, request_keys};
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::{FactorAuthority, SecondFactorPolicy, SecondFactors};
use crate::session::AuthenticationMethod;
use crate::time::UnixMillis;
use crate::user::{UserRow, normalize_phone};

/// An address that somebody names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum CodeFactorAddress {
    /// It is one.
    Valid {
        /// The address or the number, normalised.
        address: String,
        /// The limits of codes to it.
        keys: RequestKeys,
    },
    /// It is none.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

/// Normalises the address that a user names; without one, for e-mail, the
/// user's own.
pub fn address(
    kind: CodeFactorKind,
    to: Option<&str>,
    user: Option<&UserRow>,
    origin: &Origin,
) -> CodeFactorAddress {
    let own = user.and_then(|user| user.email.as_deref());
    let normalized = match (kind, to) {
        (CodeFactorKind::EmailCode, to) => Email::normalize(to.or(own).unwrap_or_default())
            .map(|email| email.as_str().to_owned())
            .map_err(|_| ErrorCode::InvalidEmail.into()),
        (CodeFactorKind::PhoneCode, to) => normalize_phone(to.unwrap_or_default().to_owned()),
    };
    match normalized {
        Ok(address) => CodeFactorAddress::Valid {
            keys: request_keys(&address, origin),
            address,
        },
        Err(refusal) => CodeFactorAddress::Refused { refusal },
    }
}

/// An address to enrol.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CodeFactorEnrollCall {
    /// The time.
    pub now: UnixMillis,
    /// The user whose address it is.
    pub user_id: String,
    /// By which way codes are sent.
    pub method: CodeFactorKind,
    /// The address or the number, normalised.
    pub address: String,
    /// The user's factors, live and pending.
    pub factors: SecondFactors,
    /// Who asks.
    pub authority: FactorAuthority,
    /// The limits of codes to the address.
    pub request: RequestLimits,
    /// Where the request came from.
    pub origin: Origin,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum CodeFactorEnrollment {
    /// The address waits for its first code.
    Done {
        /// The code to send.
        delivery: SecondFactorDelivery,
        /// The row to insert.
        row: NewCodeFactor,
        /// The ids of earlier addresses that waited; none of them is live.
        remove: Vec<String>,
        /// Counters.
        limits: Vec<LimitWrite>,
    },
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
}

/// Begins to enrol an address. A user has one of each kind, so that a code that
/// is asked for has one place to go.
pub fn enroll(
    call: &CodeFactorEnrollCall,
    pepper: &Pepper,
    entropy: &mut Entropy,
) -> CodeFactorEnrollment {
    match make(call, pepper, entropy) {
        Ok(done) => done,
        Err(refusal) => {
            let event = AuditEventName::SecondFactorEnrolled;
            let refused = AuditEvent::refused(event, refusal.code, &call.origin);
            CodeFactorEnrollment::Refused {
                audit: vec![refused.of_user(Some(&call.user_id))],
                refusal,
            }
        }
    }
}

/// Whether codes by e-mail would lift a session that has proved nothing but a
/// mailbox: who can read it needed no other factor then.
fn is_lifted_by_mailbox_alone(authority: &FactorAuthority) -> bool {
    match authority {
        FactorAuthority::Session { session, .. } => {
            let mut methods = session.authentication_methods.iter();
            session.restriction.is_some()
                && methods.all(|method| *method == AuthenticationMethod::OneTimeCode)
        }
        FactorAuthority::Application => false,
    }
}

fn make(
    call: &CodeFactorEnrollCall,
    pepper: &Pepper,
    entropy: &mut Entropy,
) -> Result<CodeFactorEnrollment, Refusal> {
    if call.factors.config.policy() == SecondFactorPolicy::Off {
        return Err(ErrorCode::SecondFactorsOff.into());
    }
    call.authority
        .check(&call.user_id, &call.factors, call.now)?;
    if call.method == CodeFactorKind::EmailCode && is_lifted_by_mailbox_alone(&call.authority) {
        return Err(Refusal::with_message(
            ErrorCode::SecondFactorNotEnrolled,
            "you have come in by a code to your mailbox; sign in in another way to get codes there"
                .to_owned(),
        ));
    }
    let own = || {
        call.factors
            .codes
            .iter()
            .filter(|row| row.user_id == call.user_id && row.method == call.method)
    };
    if own().any(|row| row.is_live()) {
        return Err(ErrorCode::CodeFactorLimitReached.into());
    }
    let limits = call.request.send(call.now).map_err(Refusal::rate_limited)?;
    let (delivery, code_hash) = make_code(&call.user_id, &call.address, pepper, call.now, entropy);
    Ok(CodeFactorEnrollment::Done {
        delivery,
        row: NewCodeFactor {
            user_id: call.user_id.clone(),
            method: call.method,
            address: call.address.clone(),
            code_hash,
            creation_time: call.now,
        },
        remove: own().map(|row| row.id.clone()).collect(),
        limits,
    })
}
