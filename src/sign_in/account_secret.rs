//! Accounts that the app makes, changes and checks on its own.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::answer::SecretWrite;
use super::{password_refusal, wrong_secret};
use crate::account::AccountRow;
use crate::audit::{AuditEvent, AuditEventName};
use crate::entropy::Entropy;
use crate::identifier::{self, Email};
use crate::limiter::{AttemptKeys, AttemptLimits, LimitWrite, attempt_keys};
use crate::normal_form::nfkc;
use crate::origin::Origin;
use crate::password::{
    Argon2Parameters, Password, PasswordHash, PasswordPolicy, Verification, hash, import_format,
    verify,
};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;

/// A secret that the app gives for an account.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum AccountSecret {
    /// A password, to be hashed.
    Password {
        /// The password.
        password: String,
    },
    /// A hash from another system, to be kept until the next sign-in.
    Hash {
        /// The hash.
        hash: String,
    },
    /// No secret.
    None,
}

/// An account that the app names.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PrepareAccountCall {
    /// The provider's id.
    pub provider: String,
    /// The identifier, as the app gives it.
    pub account_id: String,
    /// The secret that the app gives.
    pub secret: AccountSecret,
    /// What new passwords must look like.
    #[serde(default)]
    pub policy: PasswordPolicy,
    /// The cost of hashing.
    #[serde(default)]
    pub argon2: Argon2Parameters,
    /// Where the request came from.
    pub origin: Origin,
}

/// An account that is fit to be looked up or stored.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PreparedAccount {
    /// It is fit.
    Ready {
        /// The identifier, normalised.
        account_id: String,
        /// The secret to store, if there is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        secret: Option<PasswordHash>,
        /// The limits of checking its secret.
        attempt: AttemptKeys,
    },
    /// It is not.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

/// Normalises the identifier of an account that the app names: an e-mail
/// address if it has the form of one, else a text. Hashes the secret.
pub fn prepare_account(call: PrepareAccountCall, entropy: &mut Entropy) -> PreparedAccount {
    let PrepareAccountCall {
        provider,
        account_id,
        secret,
        policy,
        argon2,
        origin,
    } = call;
    let prepared = normalize(&account_id).and_then(|account_id| {
        let secret = match secret {
            AccountSecret::None => None,
            AccountSecret::Password { password } => {
                let password = policy.check(&password).map_err(password_refusal)?;
                Some(hash(&password, &argon2, entropy))
            }
            AccountSecret::Hash { hash } => Some(
                import_format(&hash)
                    .map(|_| PasswordHash::from_stored(hash))
                    .ok_or(ErrorCode::UnsupportedPasswordHash)?,
            ),
        };
        Ok((account_id, secret))
    });
    match prepared {
        Ok((account_id, secret)) => PreparedAccount::Ready {
            attempt: attempt_keys(&provider, &account_id, &origin),
            account_id,
            secret,
        },
        Err(refusal) => PreparedAccount::Refused { refusal },
    }
}

fn normalize(account_id: &str) -> Result<String, Refusal> {
    // What folds to an `@` is taken for one, so that the address is refused and
    // no look-alike becomes somebody else's identifier.
    if nfkc(account_id).any(|character| character == '@') {
        Email::normalize(account_id)
            .map(|email| email.as_str().to_owned())
            .map_err(|_| ErrorCode::InvalidEmail.into())
    } else {
        identifier::account_id(account_id).map_err(|error| {
            Refusal::with_message(
                ErrorCode::InvalidParameters,
                format!("`account.id` is not valid: {error}"),
            )
        })
    }
}

/// What the check of an account's secret decides on.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AccountCheckCall {
    /// The time.
    pub now: UnixMillis,
    /// Where the request came from.
    pub origin: Origin,
    /// The provider's id.
    pub provider: String,
    /// The secret that was presented.
    pub password: String,
    /// The account, if there is one.
    #[serde(default)]
    pub account: Option<AccountRow>,
    /// The cost of hashing.
    #[serde(default)]
    pub argon2: Argon2Parameters,
    /// The limits of the identifier: the same ones as when signing in.
    pub attempt: AttemptLimits,
}

/// What the check of an account's secret decided.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AccountCheck {
    /// Counters.
    pub limits: Vec<LimitWrite>,
    /// What is recorded.
    pub audit: Vec<AuditEvent>,
    /// What becomes of the stored secret.
    pub secret: SecretWrite,
    /// Why the account is not given, if it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}

/// Checks the secret of an account for the app, limited like a sign-in. A
/// missing account and a wrong secret are both `ACCOUNT_NOT_FOUND`.
pub fn check_account_secret(call: AccountCheckCall, entropy: &mut Entropy) -> AccountCheck {
    let refuse = |refusal: Refusal| AccountCheck {
        limits: vec![],
        audit: vec![],
        secret: SecretWrite::Keep,
        refusal: Some(refusal),
    };
    let presented = match Password::presented(&call.password) {
        Ok(presented) => presented,
        Err(error) => return refuse(password_refusal(error)),
    };
    let permit = match call.attempt.allow(false, call.now) {
        Ok(permit) => permit,
        Err(wait) => return refuse(Refusal::rate_limited(wait)),
    };
    let stored = call
        .account
        .as_ref()
        .and_then(|account| account.secret.as_ref());
    match verify(&permit, &presented, stored, &call.argon2) {
        Verification::Mismatch => {
            let code = ErrorCode::AccountNotFound;
            let user_id = call
                .account
                .as_ref()
                .map(|account| account.user_id.as_str());
            let refused = AuditEvent::refused(AuditEventName::SignIn, code, &call.origin)
                .of_user(user_id)
                .through(&call.provider);
            let (limits, audit) = wrong_secret::count(&call.attempt, refused, call.now);
            AccountCheck {
                limits,
                audit,
                ..refuse(code.into())
            }
        }
        Verification::Match { rehash } => AccountCheck {
            limits: call.attempt.succeed(),
            audit: vec![],
            secret: if rehash {
                SecretWrite::Set {
                    hash: hash(&presented, &call.argon2, entropy),
                }
            } else {
                SecretWrite::Keep
            },
            refusal: None,
        },
    }
}
