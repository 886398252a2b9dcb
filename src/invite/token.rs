//! The secret of an invitation, and the address it is for.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::refusal::Refusal;
use crate::token::HashedSecret;

/// What a token says by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PresentedInvite {
    /// It may be one.
    Wellformed {
        /// What recognises it.
        token_hash: HashedSecret,
    },
    /// It is none.
    Refused {
        /// `INVITE_NOT_FOUND`.
        refusal: Refusal,
    },
}

/// An address that was checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PreparedEmail {
    /// It is one.
    Valid {
        /// The address, normalised.
        email: String,
    },
    /// It is none.
    Refused {
        /// `INVALID_EMAIL`.
        refusal: Refusal,
    },
}

/// Reads a token without looking anything up.
pub fn present(token: &str) -> PresentedInvite {
    todo!()
}

/// Normalises the address of an invitation.
pub fn prepare_email(email: &str) -> PreparedEmail {
    todo!()
}
