//! Whether the module that is asked first can decide on a call
//! ([`crate::webauthn::carried`]). It is asked before anything else, and decides
//! nothing: where the answer is no, the module with every algorithm is asked the
//! same call.

use super::register_finish::PasskeyRegisterCall;
use super::response::{MAX_ATTESTATION_BYTES, PasskeyRegistrationInput};
use super::row::PasskeyRow;
use super::second_factor::PasskeySecondFactorCall;
use super::sign_in::PasskeySignInCall;
use super::sign_up_finish::PasskeySignUpCall;
use crate::normal_form;
use crate::webauthn::carried::{carries_attestation, carries_key};
use crate::webauthn::encoding;

impl PasskeyRegisterCall {
    /// Whether this module can decide on it.
    pub fn is_carried(&self) -> bool {
        is_text_carried(self.name.as_deref()) && self.response.is_carried()
    }
}

impl PasskeySignInCall {
    /// Whether this module can decide on it.
    pub fn is_carried(&self) -> bool {
        is_passkey_carried(self.passkey.as_ref())
    }
}

impl PasskeySecondFactorCall {
    /// Whether this module can decide on it.
    pub fn is_carried(&self) -> bool {
        is_passkey_carried(self.passkey.as_ref())
    }
}

impl PasskeySignUpCall {
    /// Whether this module can decide on it.
    pub fn is_carried(&self) -> bool {
        let row = self.ceremony.as_ref();
        is_text_carried(row.and_then(|row| row.email.as_deref()))
            && is_text_carried(row.and_then(|row| row.name.as_deref()))
            && self.response.is_carried()
    }
}

impl PasskeyRegistrationInput {
    fn is_carried(&self) -> bool {
        cfg!(feature = "passkeyAlgorithms")
            || encoding::decode(&self.attestation_object, MAX_ATTESTATION_BYTES)
                .map_or(true, |object| carries_attestation(&object))
    }
}

/// A passkey that is not there has the work of one with ES256, which is here.
fn is_passkey_carried(passkey: Option<&PasskeyRow>) -> bool {
    cfg!(feature = "passkeyAlgorithms")
        || passkey.is_none_or(|passkey| {
            passkey
                .decoded()
                .map_or(true, |decoded| carries_key(decoded.public_key()))
        })
}

fn is_text_carried(text: Option<&str>) -> bool {
    text.is_none_or(normal_form::is_carried)
}
