//! Beginning to add a passkey to the signed-in user.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::ceremony;
use super::config::PasskeyConfig;
use super::options::{self, CreationOptions, CredentialUser};
use super::row::{CeremonyRow, PasskeyCeremony, PasskeyRow};
use super::user_handle::handle_of;
use crate::audit::{AuditEvent, AuditEventName};
use crate::code::Pepper;
use crate::entropy::Entropy;
use crate::identifier;
use crate::limiter::{LimitEntry, LimitWrite};
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::{FactorAuthority, SecondFactors};
use crate::session::SessionRow;
use crate::time::UnixMillis;
use crate::user::UserRow;
use crate::webauthn::encoding;

/// The longest name of a passkey, in characters.
const MAX_NAME_LENGTH: usize = 64;

/// Who adds a passkey.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyRegisterOptionsCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: PasskeyConfig,
    /// The deployment's pepper.
    pub pepper: Pepper,
    /// The user, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRow>,
    /// The user's name, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the user is going to call the passkey.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passkey_name: Option<String>,
    /// The ceremonies that the network has begun.
    pub begun: LimitEntry,
    /// Where the request came from.
    pub origin: Origin,
    /// The user's session, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionRow>,
    /// The user's passkeys.
    pub passkeys: Vec<PasskeyRow>,
    /// The user's second factors, and what is asked of users.
    pub factors: SecondFactors,
    /// Seconds that the proof of the session may be old: 300 when missing.
    #[serde(
        default,
        deserialize_with = "crate::number::read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub max_age: Option<f64>,
}

/// What the browser is asked to make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PasskeyRegisterOptions {
    /// The ceremony has begun.
    Begun {
        /// What the client presents when it finishes.
        verifier: String,
        /// The row to store.
        row: Box<CeremonyRow>,
        /// What the browser gets.
        options: Box<CreationOptions>,
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

/// Begins the registration of a passkey. The session has to be fresh: a passkey
/// lets its owner in from then on, so that whoever finds an open device must not
/// add one.
pub fn register_options(
    call: &PasskeyRegisterOptionsCall,
    entropy: &mut Entropy,
) -> PasskeyRegisterOptions {
    let limit = match ceremony::count(&call.begun, call.now) {
        Ok(limit) => limit,
        Err(refusal) => {
            return PasskeyRegisterOptions::Refused {
                refusal,
                audit: vec![],
            };
        }
    };
    begin(call, limit, entropy).unwrap_or_else(|refusal| PasskeyRegisterOptions::Refused {
        // What is about nobody is not recorded.
        audit: call
            .user
            .iter()
            .map(|user| call.event(refusal.code, &user.id))
            .collect(),
        refusal,
    })
}

impl PasskeyRegisterOptionsCall {
    fn event(&self, refused: ErrorCode, user_id: &str) -> AuditEvent {
        AuditEvent::refused(AuditEventName::PasskeyRegistered, refused, &self.origin)
            .of_user(Some(user_id))
            .through(&self.config.provider)
    }
}

fn begin(
    call: &PasskeyRegisterOptionsCall,
    limit: LimitWrite,
    entropy: &mut Entropy,
) -> Result<PasskeyRegisterOptions, Refusal> {
    let config = call.config.check()?;
    let (user, session) = signed_in(call.user.as_ref(), call.session.as_ref(), call.now)?;
    let authority = FactorAuthority::Session {
        session: session.clone(),
        max_age: call.max_age,
    };
    authority.check(&user.id, &call.factors, call.now)?;
    refuse_too_many(&call.config, &call.passkeys)?;
    // Before the browser makes what could not be stored.
    call.passkey_name.as_deref().map(check_name).transpose()?;
    let mut begun = ceremony::begin(PasskeyCeremony::Registration, call.now, entropy);
    begun.row.user_id = Some(user.id.clone());
    begun.row.session_id = Some(session.id.clone());
    // All passkeys of a user have one handle: an authenticator takes two of them
    // for two accounts (§5.4.3).
    begun.row.user_handle = call
        .passkeys
        .iter()
        .find_map(|passkey| passkey.user_handle.clone());
    let handle = handle_of(&call.pepper, &user.id, begun.row.user_handle.as_deref())?;
    let name = user.email.clone().or_else(|| call.name.clone());
    let name = name.unwrap_or_else(|| call.config.rp_name.clone());
    let options = options::creation(
        &call.config,
        config.algorithms(),
        CredentialUser {
            id: encoding::encode(&handle),
            display_name: call.name.clone().unwrap_or_else(|| name.clone()),
            name,
        },
        begun.row.challenge.clone(),
        &call.passkeys,
    );
    Ok(PasskeyRegisterOptions::Begun {
        verifier: begun.verifier,
        row: Box::new(begun.row),
        options: Box::new(options),
        limits: vec![limit],
    })
}

/// The user of a session that goes on.
pub(super) fn signed_in<'a>(
    user: Option<&'a UserRow>,
    session: Option<&'a SessionRow>,
    now: UnixMillis,
) -> Result<(&'a UserRow, &'a SessionRow), Refusal> {
    user.zip(session)
        .filter(|(user, session)| {
            session.user_id == user.id && session.is_live(now) && !user.is_banned(now)
        })
        .ok_or_else(|| ErrorCode::PasskeyAuthRequired.into())
}

pub(super) fn refuse_too_many(
    config: &PasskeyConfig,
    passkeys: &[PasskeyRow],
) -> Result<(), Refusal> {
    let count = u32::try_from(passkeys.len()).unwrap_or(u32::MAX);
    if count < config.max_passkeys() {
        Ok(())
    } else {
        Err(ErrorCode::PasskeyLimitReached.into())
    }
}

/// A name in the form in which it is stored.
///
/// # Errors
/// `INVALID_PARAMETERS`.
pub(super) fn check_name(name: &str) -> Result<String, Refusal> {
    identifier::display_text(name, MAX_NAME_LENGTH).map_err(|error| {
        Refusal::with_message(
            ErrorCode::InvalidParameters,
            format!("`name` is not valid: {error}"),
        )
    })
}
