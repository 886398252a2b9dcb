//! What is known of a user's second factors, and what is owed by that.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::method::{EnrolledFactor, FirstFactor, is_key_only};
use super::requirement::{Requirement, RequirementCall, SecondFactorPolicy, requirement};
use super::sent_code::CodeFactorRow;
use super::totp::TotpFactorRow;
use super::trusted_device::{
    Recognition, TrustedDeviceConfig, TrustedDevicePatch, TrustedDeviceRow, recognize,
};
use crate::entropy::Entropy;
use crate::refusal::SecondFactorMethod;
use crate::session::AuthenticationMethod;
use crate::time::UnixMillis;

/// The app's settings for second factors. Missing settings have safe defaults.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SecondFactorConfig {
    /// What is asked of users: `optional` when missing.
    #[serde(default)]
    pub policy: Option<SecondFactorPolicy>,
    /// Days for which a device is trusted: 30 when missing, none with 0, 365 at
    /// most.
    #[serde(default)]
    pub trusted_device_days: Option<u32>,
}

impl SecondFactorConfig {
    /// What is asked of users.
    pub fn policy(&self) -> SecondFactorPolicy {
        self.policy.unwrap_or_default()
    }

    /// For how long devices are trusted.
    pub fn trusted_devices(&self) -> TrustedDeviceConfig {
        TrustedDeviceConfig {
            days: self.trusted_device_days,
        }
    }
}

/// What is known of a user's second factors: all the rows that there are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SecondFactors {
    /// The app's settings.
    pub config: SecondFactorConfig,
    /// Whether the group that the user has selected asks its members for one.
    pub group_requires: bool,
    /// The user's authenticator apps, live and pending.
    pub totps: Vec<TotpFactorRow>,
    /// The user's addresses for codes, live and pending.
    pub codes: Vec<CodeFactorRow>,
    /// How many passkeys the user has.
    pub passkeys: u32,
    /// How many recovery codes the user has left.
    pub recovery_codes_left: u32,
    /// The device whose token was presented, if there is one.
    #[serde(default)]
    pub trusted_device: Option<TrustedDeviceRow>,
}

impl SecondFactors {
    /// The policy of the app and of the group that the user has selected.
    pub fn policy(&self) -> SecondFactorPolicy {
        self.config.policy().with_group(self.group())
    }

    fn group(&self) -> Option<SecondFactorPolicy> {
        self.group_requires.then_some(SecondFactorPolicy::Required)
    }

    /// Whether the user has anything that groups count as a second factor.
    pub fn has_any(&self) -> bool {
        self.passkeys > 0
            || self.totps.iter().any(TotpFactorRow::is_live)
            || self.codes.iter().any(CodeFactorRow::is_live)
    }

    /// The factors that count beside what a session has proved: a key does not
    /// count beside keys.
    pub fn enrolled_beside(&self, methods: &[AuthenticationMethod]) -> Vec<EnrolledFactor> {
        let mut enrolled = self.enrolled();
        if is_key_only(methods) {
            enrolled.retain(|factor| *factor != EnrolledFactor::Passkey);
        }
        enrolled
    }

    /// The factors that the user is asked for.
    ///
    /// A passkey is a way to sign in of its own. It becomes a second factor
    /// beside another one, or when one is required: who has added a passkey for
    /// convenience is not locked out of the password by losing it.
    pub fn enrolled(&self) -> Vec<EnrolledFactor> {
        let totps = self
            .totps
            .iter()
            .filter(|factor| factor.is_live())
            .map(|_| EnrolledFactor::Totp);
        let codes = self.codes.iter().filter_map(CodeFactorRow::enrolled);
        let mut enrolled: Vec<EnrolledFactor> = totps.chain(codes).collect();
        let counts = !enrolled.is_empty() || self.policy() == SecondFactorPolicy::Required;
        if self.passkeys > 0 && counts {
            enrolled.push(EnrolledFactor::Passkey);
        }
        enrolled
    }
}

/// A trusted device that was recognised.
#[derive(Debug, PartialEq)]
pub struct RecognizedDevice {
    /// What is stored of it.
    pub patch: TrustedDevicePatch,
    /// Its next token, this once.
    pub token: String,
}

/// What is owed after a first factor.
#[derive(Debug, PartialEq)]
pub enum Owed {
    /// Nothing.
    Nothing,
    /// Nothing, on a device that the user trusts.
    Recognized(RecognizedDevice),
    /// A second factor by one of these methods; at least one.
    Challenge(Vec<SecondFactorMethod>),
    /// A second factor has to be set up.
    Enrollment,
    /// Another first factor.
    AnotherMethod,
}

/// Decides what a user owes who has proved `first`. Without a user id, the user
/// is new and has no factors.
pub fn owed(
    factors: &SecondFactors,
    first: &FirstFactor,
    user_id: Option<&str>,
    now: UnixMillis,
    entropy: &mut Entropy,
) -> Owed {
    let enrolled = match user_id {
        Some(_) => factors.enrolled(),
        None => vec![],
    };
    let mut call = RequirementCall {
        first,
        enrolled: &enrolled,
        recovery_codes_left: factors.recovery_codes_left,
        app: factors.config.policy(),
        group: factors.group(),
        trusted_device: None,
    };
    match (requirement(&call), user_id) {
        (Requirement::None, _) => Owed::Nothing,
        (Requirement::EnrollFirst, _) => Owed::Enrollment,
        (Requirement::AnotherMethod, _) | (Requirement::Challenge { .. }, None) => {
            Owed::AnotherMethod
        }
        (Requirement::Challenge { methods }, Some(user_id)) => {
            let row = factors.trusted_device.as_ref();
            let config = factors.config.trusted_devices();
            let Recognition::Trusted {
                device,
                token,
                patch,
            } = recognize(row, user_id, &config, now, entropy)
            else {
                return Owed::Challenge(methods);
            };
            call.trusted_device = Some(&device);
            match requirement(&call) {
                Requirement::None => Owed::Recognized(RecognizedDevice { patch, token }),
                _ => Owed::Challenge(methods),
            }
        }
    }
}
