//! Renaming and removing passkeys.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::register::check_name;
use super::row::PasskeyRow;
use crate::audit::{AuditEvent, AuditEventName};
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::{FactorAuthority, FactorRemovalDecision, SecondFactors, removal};
use crate::time::UnixMillis;

/// A passkey that somebody does something with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyOperation {
    /// Where the request came from.
    pub origin: Origin,
    /// The passkey, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passkey: Option<PasskeyRow>,
    /// Who does it; missing when the app does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor_user_id: Option<String>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PasskeyDecision {
    /// It is done.
    Done {
        /// The name to store, if it was about that.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

/// Decides whether a passkey gets another name.
pub fn rename(operation: &PasskeyOperation, name: &str) -> PasskeyDecision {
    match operation
        .passkey()
        .and_then(|passkey| check_name(name).map(|name| (passkey, name)))
    {
        Ok((passkey, name)) => PasskeyDecision::Done {
            name: Some(name),
            audit: operation.done(AuditEventName::PasskeyRenamed, passkey),
        },
        Err(refusal) => PasskeyDecision::Refused { refusal },
    }
}

/// A passkey that somebody removes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyRemoveCall {
    /// The time.
    pub now: UnixMillis,
    /// Where the request came from.
    pub origin: Origin,
    /// The passkey, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passkey: Option<PasskeyRow>,
    /// How many ways to sign in its user has, this one included.
    pub ways: u32,
    /// The user's second factors, this one included.
    pub factors: SecondFactors,
    /// Who asks.
    pub authority: FactorAuthority,
}

/// Decides whether a passkey is removed. The user's last way to sign in stays,
/// and it goes in a fresh session only: with a second factor, in one that has
/// proved it.
pub fn remove(call: &PasskeyRemoveCall) -> FactorRemovalDecision {
    // Somebody else's is not there.
    let passkey = call.passkey.as_ref().filter(|passkey| {
        let owner = call.authority.check_owner(&passkey.user_id, call.now);
        owner.is_ok()
    });
    let Some(passkey) = passkey else {
        return FactorRemovalDecision::not_found(ErrorCode::PasskeyNotFound);
    };
    let after = SecondFactors {
        passkeys: call.factors.passkeys.saturating_sub(1),
        ..call.factors.clone()
    };
    let event = AuditEventName::PasskeyRemoved;
    let decided = if call.ways <= 1 {
        Err(ErrorCode::LastSignInMethod.into())
    } else {
        removal(
            &call.authority,
            &passkey.user_id,
            &call.factors,
            &after,
            call.now,
        )
    };
    FactorRemovalDecision::of(decided, event, &passkey.user_id, &call.origin)
}

impl PasskeyOperation {
    /// The passkey, if it is the actor's own. Somebody else's is not there.
    fn passkey(&self) -> Result<&PasskeyRow, Refusal> {
        self.passkey
            .as_ref()
            .filter(|passkey| {
                self.actor_user_id
                    .as_ref()
                    .is_none_or(|actor| *actor == passkey.user_id)
            })
            .ok_or_else(|| ErrorCode::PasskeyNotFound.into())
    }

    fn done(&self, event: AuditEventName, passkey: &PasskeyRow) -> Vec<AuditEvent> {
        vec![
            AuditEvent::success(event, &self.origin)
                .of_user(Some(&passkey.user_id))
                .by(self.actor_user_id.as_deref()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::second_factor::tests::{NOW, fresh_session, password_session, stale_session};
    use crate::session::SessionRow;

    fn operation(actor: Option<&str>) -> PasskeyOperation {
        PasskeyOperation {
            origin: Origin::default(),
            passkey: Some(PasskeyRow {
                id: "p".to_owned(),
                user_id: "ada".to_owned(),
                credential_id: String::new(),
                public_key: String::new(),
                counter: 0.0,
                backup_eligible: false,
                backed_up: false,
                transports: Vec::new(),
                name: "Laptop".to_owned(),
                aaguid: String::new(),
                attestation_format: "none".to_owned(),
                attestation_kind: crate::webauthn::AttestationKind::None,
                user_handle: None,
            }),
            actor_user_id: actor.map(str::to_owned),
        }
    }

    fn code(decision: PasskeyDecision) -> Option<ErrorCode> {
        match decision {
            PasskeyDecision::Done { audit, .. } => {
                assert_eq!(audit.len(), 1);
                None
            }
            PasskeyDecision::Refused { refusal } => Some(refusal.code),
        }
    }

    fn removed(authority: FactorAuthority, ways: u32, passkeys: u32) -> Result<bool, ErrorCode> {
        let call = PasskeyRemoveCall {
            now: NOW,
            origin: Origin::default(),
            passkey: operation(None).passkey,
            ways,
            factors: SecondFactors {
                passkeys,
                ..SecondFactors::default()
            },
            authority,
        };
        match remove(&call) {
            FactorRemovalDecision::Done { removal, audit } => {
                assert_eq!(audit.len(), 1);
                Ok(removal.clears_second_factor_time)
            }
            FactorRemovalDecision::Refused { refusal, .. } => Err(refusal.code),
        }
    }

    fn of(session: SessionRow) -> FactorAuthority {
        FactorAuthority::Session {
            session,
            max_age: None,
        }
    }

    #[test]
    fn owners_name_and_remove_their_passkeys_and_nobody_elses() {
        for actor in [None, Some("ada")] {
            assert_eq!(code(rename(&operation(actor), " Phone ")), None);
        }
        let app = FactorAuthority::Application;
        for authority in [app, of(password_session("ada"))] {
            assert_eq!(removed(authority.clone(), 2, 1), Ok(true));
            assert_eq!(removed(authority, 2, 2), Ok(false));
        }
        let missing = ErrorCode::PasskeyNotFound;
        let eve = operation(Some("eve"));
        assert_eq!(code(rename(&eve, "Mine")), Some(missing));
        let eve = of(fresh_session("eve"));
        assert_eq!(removed(eve, 2, 2), Err(missing));
        let nothing = PasskeyOperation {
            passkey: None,
            ..operation(None)
        };
        assert_eq!(code(rename(&nothing, "Mine")), Some(missing));
    }

    #[test]
    fn a_passkey_is_removed_in_a_fresh_session() {
        let stale = of(stale_session("ada"));
        assert_eq!(removed(stale, 2, 1), Err(ErrorCode::StepUpRequired));
    }

    #[test]
    fn the_last_way_to_sign_in_stays() {
        let app = FactorAuthority::Application;
        assert_eq!(removed(app, 1, 1), Err(ErrorCode::LastSignInMethod));
    }

    #[test]
    fn a_name_is_a_name() {
        for name in ["", "  ", &"x".repeat(65), "a\u{0}b"] {
            assert_eq!(
                code(rename(&operation(None), name)),
                Some(ErrorCode::InvalidParameters)
            );
        }
    }
}
