//! The app's settings for passkeys.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::password::{Argon2Parameters, PasswordPolicy};
use crate::refusal::{ErrorCode, Refusal};
use crate::sign_in::PasswordConfig;
use crate::time::Millis;
use crate::webauthn::{
    Aaguid, Algorithm, AttestationKind, AttestationPolicy, CeremonyExpectation, CounterPolicy,
    CrossOrigin, OriginPolicy,
};

/// How many passkeys a user may have, when the app does not say. All of them
/// are read by a sign-in that names the user.
const DEFAULT_MAX_PASSKEYS: u32 = 20;

/// The most passkeys that an app may let a user have.
pub const MAX_PASSKEYS: u32 = 64;

/// How long a browser waits, when the app does not say. A challenge can be used
/// for five minutes.
const DEFAULT_TIMEOUT: Millis = Millis::MINUTE.times(5.0);

/// The most origins that are configured.
const MAX_ORIGINS: usize = 32;

/// Whether the authenticator has to verify the user (WebAuthn Level 3 §5.8.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum UserVerification {
    /// Without it, nobody is let in.
    Required,
    /// Without it, a second factor is owed.
    Preferred,
    /// It is not asked for.
    Discouraged,
}

/// What is asked of the authenticator's maker (WebAuthn Level 3 §5.4.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum AttestationConveyance {
    /// Nothing, so that browsers do not ask the person.
    None,
    /// A statement of the authenticator.
    Direct,
}

/// The app's settings for passkeys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyConfig {
    /// The provider's id.
    pub provider: String,
    /// The id of the relying party: the app's domain or one above it.
    pub rp_id: String,
    /// The app's name, as browsers may show it.
    pub rp_name: String,
    /// Where ceremonies may run: `https://app.example.com`.
    pub origins: Vec<String>,
    /// Pages whose frames may run them, of other origins; none when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_origins: Option<Vec<String>>,
    /// Whether users have to be verified: `preferred` when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_verification: Option<UserVerification>,
    /// What is asked of makers: `none` when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attestation: Option<AttestationConveyance>,
    /// What attestations are accepted; any when missing. It is asked when a
    /// passkey is made, and again at each use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted_attestation: Option<Vec<AttestationKind>>,
    /// The models that are accepted, by AAGUID; all when missing. The AAGUID is
    /// only what the authenticator says as long as nobody has verified a chain
    /// of certificates up to its maker, which is not done here: also with
    /// `basic`, anybody can make such a certificate. The list steers honest
    /// people to certain models, and keeps nobody out who wants to lie.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_models: Option<Vec<String>>,
    /// The models that are refused, by AAGUID, as they say themselves. Passkeys
    /// of a model that is refused later on do not sign in any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused_models: Option<Vec<String>>,
    /// Whether a counter that went back is refused rather than recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refuses_counter_regression: Option<bool>,
    /// How many passkeys a user may have: 20 when missing, at most 64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_passkeys: Option<u32>,
    /// How long a browser waits: five minutes when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout_ms: Option<Millis>,
    /// Digits of the code that a sign-up sends: 8 when missing, 6 to 12.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_digits: Option<u8>,
    /// How long that code is valid: one hour when missing, one minute to one
    /// day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_lifetime_ms: Option<Millis>,
}

/// Settings in the form in which ceremonies are verified by them.
#[derive(Clone, Debug)]
pub(super) struct CheckedConfig<'a> {
    config: &'a PasskeyConfig,
    kinds: Vec<AttestationKind>,
    allowed_models: Option<Vec<Aaguid>>,
    refused_models: Vec<Aaguid>,
}

impl PasskeyConfig {
    /// The settings, if ceremonies can be verified by them.
    ///
    /// # Errors
    /// `PASSKEY_MISSING_CONFIG`: without a relying party and origins, anybody's
    /// page could use the passkeys.
    pub(super) fn check(&self) -> Result<CheckedConfig<'_>, Refusal> {
        if self.rp_id.is_empty() || self.origins.is_empty() {
            return Err(missing("it needs `rpId` and `origins`"));
        }
        if self.origins.len() > MAX_ORIGINS {
            return Err(missing("it has more than 32 `origins`"));
        }
        let models = |names: &Option<Vec<String>>| -> Result<Option<Vec<Aaguid>>, Refusal> {
            names
                .as_ref()
                .map(|names| {
                    names
                        .iter()
                        .map(|name| {
                            Aaguid::parse(name).ok_or_else(|| missing("a model is no AAGUID"))
                        })
                        .collect()
                })
                .transpose()
        };
        Ok(CheckedConfig {
            config: self,
            kinds: self
                .accepted_attestation
                .clone()
                .unwrap_or_else(|| AttestationPolicy::ANY.kinds.to_vec()),
            allowed_models: models(&self.allowed_models)?,
            refused_models: models(&self.refused_models)?.unwrap_or_default(),
        })
    }

    /// Whether users have to be verified.
    pub(super) fn user_verification(&self) -> UserVerification {
        self.user_verification
            .unwrap_or(UserVerification::Preferred)
    }

    /// How many passkeys a user may have.
    pub(super) fn max_passkeys(&self) -> u32 {
        self.max_passkeys
            .unwrap_or(DEFAULT_MAX_PASSKEYS)
            .clamp(1, MAX_PASSKEYS)
    }

    /// The settings of the codes that sign-ups send, in the form in which codes
    /// are issued by them.
    pub(super) fn codes(&self) -> PasswordConfig {
        PasswordConfig {
            provider: self.provider.clone(),
            policy: PasswordPolicy::default(),
            argon2: Argon2Parameters::default(),
            require_email_verification: true,
            code_digits: self.code_digits,
            code_lifetime_ms: self.code_lifetime_ms,
        }
    }

    /// How long a browser waits.
    pub(super) fn timeout(&self) -> Millis {
        let wanted = self.timeout_ms.filter(|time| time.0.is_finite());
        let time = wanted.unwrap_or(DEFAULT_TIMEOUT);
        Millis(time.0.clamp(Millis::SECOND.0 * 10.0, DEFAULT_TIMEOUT.0))
    }
}

impl CheckedConfig<'_> {
    /// What a ceremony has to be.
    pub(super) fn ceremony<'a>(&'a self, challenge: &'a [u8]) -> CeremonyExpectation<'a> {
        CeremonyExpectation {
            challenge,
            rp_id: &self.config.rp_id,
            origins: OriginPolicy {
                origins: &self.config.origins,
                cross_origin: match &self.config.top_origins {
                    None => CrossOrigin::Refused,
                    Some(top_origins) => CrossOrigin::Allowed { top_origins },
                },
            },
            requires_user_verification: self.config.user_verification()
                == UserVerification::Required,
        }
    }

    /// Which authenticators are accepted.
    pub(super) fn attestation(&self) -> AttestationPolicy<'_> {
        AttestationPolicy {
            kinds: &self.kinds,
            formats: None,
            allowed_models: self.allowed_models.as_deref(),
            refused_models: &self.refused_models,
        }
    }

    /// What a counter that went back means.
    pub(super) fn counter(&self) -> CounterPolicy {
        if self.config.refuses_counter_regression == Some(true) {
            CounterPolicy::Refuse
        } else {
            CounterPolicy::Report
        }
    }

    /// The algorithms that are offered.
    pub(super) fn algorithms(&self) -> &'static [Algorithm] {
        &Algorithm::DEFAULT
    }
}

fn missing(reason: &str) -> Refusal {
    Refusal::with_message(
        ErrorCode::PasskeyMissingConfig,
        format!("the passkey provider is not set up: {reason}"),
    )
}
