//! The stored form of an address for codes, and the codes.

use std::fmt;

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::kind::CodeFactorKind;
use crate::code::{self, Code, HashedCode, Pepper};
use crate::entropy::Entropy;
use crate::second_factor::EnrolledFactor;
use crate::time::{Millis, UnixMillis};

/// Separates these MACs from any other use of the pepper.
const HASH_DOMAIN: &str = "gatehouse second factor code v1";

/// Digits of a code: as many as of an authenticator app.
const DIGITS: u8 = 6;

/// How long a code can be used.
pub(super) const CODE_LIFETIME: Millis = Millis::MINUTE.times(10.0);

/// A row of the table `CodeFactor`. Without `verified_time` it is pending: it
/// waits for its first code and is worth nothing at sign-in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CodeFactorRow {
    /// The document's id.
    #[serde(rename = "_id")]
    pub id: String,
    /// The user whose address it is.
    pub user_id: String,
    /// By which way codes are sent.
    pub method: CodeFactorKind,
    /// The address or the number, normalised.
    pub address: String,
    /// When the first code was right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified_time: Option<UnixMillis>,
    /// The keyed hash of the first code, while it waits for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_hash: Option<HashedCode>,
    /// When the address was named.
    pub creation_time: UnixMillis,
}

/// A row to insert.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewCodeFactor {
    /// The user whose address it is.
    pub user_id: String,
    /// By which way codes are sent.
    pub method: CodeFactorKind,
    /// The address or the number, normalised.
    pub address: String,
    /// The keyed hash of the first code.
    pub code_hash: HashedCode,
    /// When the address was named.
    pub creation_time: UnixMillis,
}

/// A pending row that becomes live. Its code is deleted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CodeFactorPatch {
    /// The document's id.
    pub code_factor_id: String,
    /// When the first code was right.
    pub verified_time: UnixMillis,
}

/// A code to send.
#[derive(Clone, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SecondFactorDelivery {
    /// To which address or number.
    pub to: String,
    /// The code.
    pub code: String,
    /// Until when it can be used.
    pub expiration_time: UnixMillis,
}

impl fmt::Debug for SecondFactorDelivery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecondFactorDelivery(redacted)")
    }
}

impl CodeFactorRow {
    /// Whether the factor counts at sign-in.
    pub fn is_live(&self) -> bool {
        self.verified_time.is_some()
    }

    /// Whether the factor still waits for its first code.
    pub fn is_pending(&self, now: UnixMillis) -> bool {
        !self.is_live() && now < self.creation_time.plus(CODE_LIFETIME)
    }

    /// The factor, if it counts.
    pub fn enrolled(&self) -> Option<EnrolledFactor> {
        self.is_live().then(|| match self.method {
            CodeFactorKind::EmailCode => EnrolledFactor::EmailCode {
                address: self.address.clone(),
            },
            CodeFactorKind::PhoneCode => EnrolledFactor::PhoneCode {
                number: self.address.clone(),
            },
        })
    }
}

/// A new code for an address: what is sent and what is stored.
pub(super) fn make_code(
    user_id: &str,
    to: &str,
    pepper: &Pepper,
    now: UnixMillis,
    entropy: &mut Entropy,
) -> (SecondFactorDelivery, HashedCode) {
    let code = code::generate(DIGITS, entropy);
    let delivery = SecondFactorDelivery {
        to: to.to_owned(),
        code: code.expose().to_owned(),
        expiration_time: now.plus(CODE_LIFETIME),
    };
    (delivery, hash(pepper, user_id, &code))
}

/// The keyed hash of a code, bound to the user.
pub(crate) fn hash(pepper: &Pepper, user_id: &str, code: &Code) -> HashedCode {
    pepper.mac(&[HASH_DOMAIN, user_id, code.expose()])
}
