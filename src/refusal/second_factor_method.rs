//! The methods of a second factor. They stand here because a refusal names those
//! with which a step-up is possible.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// What a challenge can be answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum SecondFactorMethod {
    /// A code of an authenticator app.
    Totp,
    /// A passkey.
    Passkey,
    /// A code that is sent to a mailbox.
    EmailCode,
    /// A code that is sent to a telephone.
    PhoneCode,
    /// A recovery code.
    RecoveryCode,
}

impl SecondFactorMethod {
    /// Whether the code travels through somebody else's hands: less than an
    /// app or a key on the person's device.
    pub fn is_sent(self) -> bool {
        matches!(
            self,
            SecondFactorMethod::EmailCode | SecondFactorMethod::PhoneCode
        )
    }
}
