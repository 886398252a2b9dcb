//! Renaming and removing passkeys.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::register::check_name;
use super::row::PasskeyRow;
use crate::audit::{AuditEvent, AuditEventName};
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};

/// A passkey that somebody does something with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyOperation {
    /// Where the request came from.
    pub origin: Origin,
    /// The passkey, if there is one.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passkey: Option<PasskeyRow>,
    /// Who does it; missing when the app does.
    #[tsify(optional)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
        #[tsify(optional)]
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

/// Decides whether a passkey is removed. `ways` counts the user's ways to sign
/// in, this one included: the last one stays.
pub fn remove(operation: &PasskeyOperation, ways: u32) -> PasskeyDecision {
    match operation.passkey() {
        Ok(_) if ways <= 1 => PasskeyDecision::Refused {
            refusal: ErrorCode::LastSignInMethod.into(),
        },
        Ok(passkey) => PasskeyDecision::Done {
            name: None,
            audit: operation.done(AuditEventName::PasskeyRemoved, passkey),
        },
        Err(refusal) => PasskeyDecision::Refused { refusal },
    }
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

    #[test]
    fn owners_name_and_remove_their_passkeys_and_nobody_elses() {
        for actor in [None, Some("ada")] {
            assert_eq!(code(rename(&operation(actor), " Phone ")), None);
            assert_eq!(code(remove(&operation(actor), 2)), None);
        }
        let eve = operation(Some("eve"));
        assert_eq!(code(rename(&eve, "Mine")), Some(ErrorCode::PasskeyNotFound));
        assert_eq!(code(remove(&eve, 2)), Some(ErrorCode::PasskeyNotFound));
        let nothing = PasskeyOperation {
            passkey: None,
            ..operation(None)
        };
        assert_eq!(code(remove(&nothing, 2)), Some(ErrorCode::PasskeyNotFound));
    }

    #[test]
    fn the_last_way_to_sign_in_stays() {
        assert_eq!(
            code(remove(&operation(None), 1)),
            Some(ErrorCode::LastSignInMethod)
        );
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
