//! The secret of an invitation, and the address it is for.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::entropy::Entropy;
use crate::identifier::Email;
use crate::refusal::{ErrorCode, Refusal};
use crate::token::{self, HashedSecret};

/// What the tokens of invitations begin with.
const PREFIX: &str = "inv";

/// Random bytes of a token.
const LENGTH: usize = 32;

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

/// Makes a token, and what recognises it.
pub(super) fn mint(entropy: &mut Entropy) -> (String, HashedSecret) {
    let secret = zeroize::Zeroizing::new(entropy.bytes::<LENGTH>());
    (
        token::encode(PREFIX, secret.as_slice()),
        HashedSecret::of(secret.as_slice()),
    )
}

/// Reads a token without looking anything up. Garbage is refused in the same
/// words as a token that no invitation has.
pub fn present(token: &str) -> PresentedInvite {
    match token::decode::<LENGTH>(PREFIX, token) {
        Ok(secret) => PresentedInvite::Wellformed {
            token_hash: HashedSecret::of(secret.as_slice()),
        },
        Err(_) => PresentedInvite::Refused {
            refusal: ErrorCode::InviteNotFound.into(),
        },
    }
}

/// Normalises the address of an invitation.
pub fn prepare_email(email: &str) -> PreparedEmail {
    match Email::normalize(email) {
        Ok(email) => PreparedEmail::Valid {
            email: email.as_str().to_owned(),
        },
        Err(_) => PreparedEmail::Refused {
            refusal: ErrorCode::InvalidEmail.into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_recognised_by_its_hash_alone() {
        let mut entropy = Entropy::from_seed([3; 32]);
        let (token, token_hash) = mint(&mut entropy);
        let (other, _) = mint(&mut entropy);
        assert!(token.starts_with("inv_"));
        assert_eq!(present(&token), PresentedInvite::Wellformed { token_hash });
        assert_ne!(present(&token), present(&other));
    }

    #[test]
    fn garbage_is_no_token() {
        let mut entropy = Entropy::from_seed([3; 32]);
        let (token, _) = mint(&mut entropy);
        let other_kind = token::encode("rt", &entropy.bytes::<LENGTH>());
        for text in [
            "",
            "inv_",
            &other_kind,
            &token.to_uppercase(),
            &format!("{token} "),
            &"inv_".repeat(100_000),
        ] {
            let refused = matches!(
                present(text),
                PresentedInvite::Refused { refusal } if refusal.code == ErrorCode::InviteNotFound
            );
            assert!(refused, "{text:.40}");
        }
    }

    #[test]
    fn an_address_is_normalised_or_refused() {
        assert_eq!(
            prepare_email(" Ada@Example.COM "),
            PreparedEmail::Valid {
                email: "ada@example.com".to_owned()
            }
        );
        for text in ["", "ada", "ada@", "ada\u{FF20}example.com", "a@b@c.de"] {
            let refused = matches!(
                prepare_email(text),
                PreparedEmail::Refused { refusal } if refusal.code == ErrorCode::InvalidEmail
            );
            assert!(refused, "{text}");
        }
    }
}
