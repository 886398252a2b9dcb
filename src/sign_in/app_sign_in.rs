//! Signing in a user whom the app has authenticated itself.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::answer::{SignInAnswer, SignInOutcome};
use super::call::add_session;
use super::mint::{MintCall, Proof, mint};
use super::wrong_secret;
use crate::audit::{AuditEvent, AuditEventName};
use crate::entropy::Entropy;
use crate::identifier;
use crate::limiter::{AttemptKeys, AttemptLimits, attempt_keys};
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::{FirstFactor, SecondFactors};
use crate::session::{SessionConfig, SessionRow};
use crate::time::UnixMillis;
use crate::user::UserRow;

/// What the rows of an app's own check are found by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum AppLookup {
    /// The identifier is valid.
    Found {
        /// The limits of attempts on the identifier.
        attempt: AttemptKeys,
    },
    /// The identifier is not valid; nothing has to be read.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

/// What is decided on.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AppSignInCall {
    /// The time.
    pub now: UnixMillis,
    /// The provider's id.
    pub provider: String,
    /// The settings of sessions.
    pub session_config: SessionConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// Whether the app's check has succeeded.
    pub authorized: bool,
    /// The user whom the check has named.
    #[serde(default)]
    pub user: Option<UserRow>,
    /// The user's sessions, oldest first.
    pub sessions: Vec<SessionRow>,
    /// The user's second factors, and what is asked of users.
    pub factors: SecondFactors,
    /// The session of the caller, if somebody is signed in.
    #[serde(default)]
    pub replaces: Option<String>,
    /// The limits of the identifier.
    pub attempt: AttemptLimits,
    /// The user's session, if the app's check has opened it already.
    #[serde(default)]
    pub existing_session: Option<SessionRow>,
}

/// The identifier of an attempt whose form has none.
const NO_IDENTIFIER: &str = "-";

/// By what attempts on the app's own check are counted. A form without an
/// identifier shares one counter for each network.
pub fn app_lookup(provider: &str, identifier: Option<&str>, origin: &Origin) -> AppLookup {
    match identifier::account_id(identifier.unwrap_or(NO_IDENTIFIER)) {
        Ok(identifier) => AppLookup::Found {
            attempt: attempt_keys(&format!("{provider}/app"), &identifier, origin),
        },
        Err(error) => AppLookup::Refused {
            refusal: Refusal::with_message(
                ErrorCode::InvalidParameters,
                format!("the identifier is not valid: {error}"),
            ),
        },
    }
}

/// Decides a sign-in after the app's own check. The limiter is asked although
/// the check has run: while it refuses, a right secret is answered like a
/// wrong one. No network is a known one here, because a failed check names no
/// user: asking the user's sessions after a right secret only would tell right
/// from wrong while nothing is counted.
pub fn app_sign_in(call: AppSignInCall, entropy: &mut Entropy) -> SignInAnswer {
    if let Err(wait) = call.attempt.allow(false, call.now) {
        return SignInAnswer::wait(wait);
    }
    let user_id = call.user.as_ref().map(|user| user.id.as_str());
    let event = AuditEvent::success(AuditEventName::SignIn, &call.origin)
        .of_user(user_id)
        .through(&call.provider);
    if !call.authorized || call.user.is_none() {
        let code = ErrorCode::InvalidCredentials;
        let refused =
            AuditEvent::refused(AuditEventName::SignIn, code, &call.origin).through(&call.provider);
        let (limits, audit) = wrong_secret::count(&call.attempt, refused, call.now);
        return SignInAnswer {
            limits,
            audit,
            ..SignInAnswer::refuse(code)
        };
    }
    let answer = SignInAnswer {
        limits: call.attempt.succeed(),
        ..SignInAnswer::new(SignInOutcome::SignedIn)
    };
    let is_banned = call
        .user
        .as_ref()
        .is_some_and(|user| user.is_banned(call.now));
    if call.existing_session.is_some() && !is_banned {
        return answer;
    }
    let decision = mint(
        MintCall {
            proof: Proof::First(FirstFactor::Application),
            user: call.user.as_ref(),
            sessions: &call.sessions,
            factors: &call.factors,
            replaces: call.replaces.as_deref(),
            config: &call.session_config,
            origin: &call.origin,
            provider: &call.provider,
            now: call.now,
        },
        entropy,
    );
    add_session(decision, answer, event, &call.origin)
}
