//! The ways on which codes are sent.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::refusal::SecondFactorMethod;

/// By which way a code is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum CodeFactorKind {
    /// To a mailbox.
    EmailCode,
    /// In a text message.
    PhoneCode,
}

impl CodeFactorKind {
    /// The method of a second factor.
    pub fn method(self) -> SecondFactorMethod {
        match self {
            CodeFactorKind::EmailCode => SecondFactorMethod::EmailCode,
            CodeFactorKind::PhoneCode => SecondFactorMethod::PhoneCode,
        }
    }
}
