//! The rules of setting up, confirming and removing apps.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use super::*;
use crate::audit::AuditEventName;
use crate::entropy::Entropy;
use crate::origin::Origin;
use crate::refusal::ErrorCode;
use crate::second_factor::recovery_code::IssuedRecoveryCodes;
use crate::second_factor::tests::{
    NOW, Store, code_at, fresh_session, live_factor, password_session, pending_factor,
    restricted_session, secrets, stale_session, totp, wrong_code,
};
use crate::second_factor::totp::enroll::TotpConfig;
use crate::second_factor::{
    ConfirmCall, FactorAuthority, FactorConfirmation, SecondFactorConfig, SecondFactorPolicy,
    SecondFactorProof, SecondFactors,
};
use crate::session::SessionRow;
use crate::time::Millis;
use crate::totp::{TotpPeriod, time_step};

mod confirmation;
mod enrollment;
mod removal;

fn with(totps: Vec<TotpFactorRow>) -> SecondFactors {
    SecondFactors {
        totps,
        ..SecondFactors::default()
    }
}

fn policy(policy: SecondFactorPolicy) -> SecondFactorConfig {
    SecondFactorConfig {
        policy: Some(policy),
        trusted_device_days: None,
    }
}

fn of(session: SessionRow) -> FactorAuthority {
    FactorAuthority::Session {
        session,
        max_age: None,
    }
}

fn enroll_call(authority: FactorAuthority, factors: Vec<TotpFactorRow>) -> TotpEnrollCall {
    TotpEnrollCall {
        now: NOW,
        config: TotpConfig {
            issuer: "ACME".to_owned(),
            ..TotpConfig::default()
        },
        user_id: "ada".to_owned(),
        account: "ada@example.com".to_owned(),
        name: Some("Phone".to_owned()),
        factors: with(factors),
        authority,
        origin: Origin::default(),
    }
}

fn fresh() -> FactorAuthority {
    of(fresh_session("ada"))
}
