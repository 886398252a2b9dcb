//! Accounts: the ways in which a user can sign in.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::password::PasswordHash;
use crate::refusal::{Decision, ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::user::{UserFields, UserRow};

/// The columns of a row of the table `Account` that decisions need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AccountRow {
    /// The document's id.
    #[serde(rename = "_id")]
    pub id: String,
    /// The user the account belongs to.
    pub user_id: String,
    /// The provider's id in the app's configuration.
    pub provider: String,
    /// The identifier at the provider: a normalised e-mail address for
    /// passwords.
    pub account_id: String,
    /// The password hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<PasswordHash>,
    /// When the user proved to own the identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified_time: Option<UnixMillis>,
}

/// Whether an account may be removed from its user: not when it is the last
/// way to sign in. `ways` counts the user's accounts and passkeys, zero when
/// there is no such account.
pub fn check_removal(ways: u32) -> Decision {
    match ways {
        0 => Decision::Refused { refusal: missing() },
        1 => Decision::Refused {
            refusal: ErrorCode::LastSignInMethod.into(),
        },
        _ => Decision::Done,
    }
}

/// What the app is told when there is no such account.
pub fn missing() -> Refusal {
    ErrorCode::AccountNotFound.into()
}

/// An account that the app is about to make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewAccountCall {
    /// Whether the identifier has an account already.
    pub exists: bool,
    /// The identifier, normalised.
    pub account_id: String,
    /// What the app says about its user.
    pub profile: UserFields,
    /// Whether the app vouches for the e-mail address.
    pub proves_email: bool,
    /// Whether the app vouches for the telephone number.
    pub proves_phone: bool,
    /// The time.
    pub now: UnixMillis,
}

/// An account that may be made, or why it may not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum NewAccount {
    /// It may.
    Valid {
        /// What to store of its user, normalised.
        fields: UserFields,
        /// When the identifier was proved, if the app vouches for it.
        #[serde(skip_serializing_if = "Option::is_none")]
        verified_time: Option<UnixMillis>,
    },
    /// It may not.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

/// Whether the app may make an account, and with which fields of its user.
pub fn check_new(call: NewAccountCall) -> NewAccount {
    if call.exists {
        return NewAccount::Refused {
            refusal: ErrorCode::AccountAlreadyExists.into(),
        };
    }
    let mut profile = call.profile;
    if call.proves_email && profile.email.is_some() {
        profile.email_verification_time.get_or_insert(call.now);
    }
    if call.proves_phone && profile.phone.is_some() {
        profile.phone_verification_time.get_or_insert(call.now);
    }
    match profile.normalize() {
        Err(refusal) => NewAccount::Refused { refusal },
        Ok(fields) => NewAccount::Valid {
            verified_time: fields
                .email_verification_time
                .filter(|_| fields.email.as_deref() == Some(call.account_id.as_str())),
            fields,
        },
    }
}

/// By what a new account may find its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum LinkProof {
    /// The e-mail address.
    Email,
    /// The telephone number.
    Phone,
}

/// Users among whom a new account may find its owner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct LinkCall {
    /// By what.
    pub by: LinkProof,
    /// Whether the app vouches that the address or number is proved.
    pub is_proved: bool,
    /// The users who have the same address or number.
    pub candidates: Vec<UserRow>,
}

/// The user to whom a new account belongs, if it is an existing one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct LinkAnswer {
    /// The user's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}

/// Decides whether a new account joins an existing user: only proved to
/// proved, and only if there is exactly one such user.
pub fn link(call: LinkCall) -> LinkAnswer {
    let mut proved = call.candidates.into_iter().filter(|user| match call.by {
        LinkProof::Email => user.email_verification_time.is_some(),
        LinkProof::Phone => user.phone_verification_time.is_some(),
    });
    let user_id = match (call.is_proved, proved.next(), proved.next()) {
        (true, Some(user), None) => Some(user.id),
        _ => None,
    };
    LinkAnswer { user_id }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(id: &str, proved: bool) -> UserRow {
        UserRow {
            id: id.to_owned(),
            email: Some("ada@example.com".to_owned()),
            email_verification_time: proved.then_some(UnixMillis(1.0)),
            phone_verification_time: None,
            banned_time: None,
            ban_expiration_time: None,
            role: None,
            second_factor_time: None,
        }
    }

    #[test]
    fn only_a_proved_address_is_linked_to_a_proved_user() {
        for (is_proved, candidates, expected) in [
            (true, vec![user("a", true)], Some("a")),
            (true, vec![user("a", false)], None),
            (false, vec![user("a", true)], None),
            (true, vec![user("a", true), user("b", true)], None),
            (true, vec![user("a", true), user("b", false)], Some("a")),
            (true, vec![], None),
        ] {
            let answer = link(LinkCall {
                by: LinkProof::Email,
                is_proved,
                candidates,
            });
            assert_eq!(answer.user_id.as_deref(), expected);
        }
    }

    #[test]
    fn the_last_way_to_sign_in_stays() {
        assert!(matches!(
            check_removal(1),
            Decision::Refused { refusal } if refusal.code == ErrorCode::LastSignInMethod
        ));
        assert_eq!(check_removal(2), Decision::Done);
    }

    #[test]
    fn a_missing_account_cannot_be_removed() {
        assert_eq!(check_removal(0), Decision::Refused { refusal: missing() });
    }
    #[test]
    fn a_number_is_linked_by_its_own_proof_not_by_the_addresss() {
        let by_phone = |proved: bool| {
            let mut candidate = user("a", true);
            candidate.phone_verification_time = proved.then_some(UnixMillis(1.0));
            link(LinkCall {
                by: LinkProof::Phone,
                is_proved: true,
                candidates: vec![candidate],
            })
            .user_id
        };
        assert_eq!(by_phone(false), None);
        assert_eq!(by_phone(true).as_deref(), Some("a"));
    }

    #[test]
    fn an_identifier_has_one_account_and_only_what_is_given_can_be_proved() {
        let now = UnixMillis(5.0);
        let check = |exists: bool, email: Option<&str>| {
            check_new(NewAccountCall {
                account_id: "ada@example.com".to_owned(),
                exists,
                profile: UserFields {
                    email: email.map(str::to_owned),
                    ..UserFields::default()
                },
                proves_email: true,
                proves_phone: true,
                now,
            })
        };
        assert!(matches!(
            check(true, None),
            NewAccount::Refused { refusal } if refusal.code == ErrorCode::AccountAlreadyExists
        ));
        for (email, proved) in [(None, None), (Some("Ada@Example.com"), Some(now))] {
            assert!(matches!(
                check(false, email),
                NewAccount::Valid { fields, .. }
                    if fields.email_verification_time == proved
                        && fields.phone_verification_time.is_none()
            ));
        }
        assert!(matches!(
            check(false, Some("no address")),
            NewAccount::Refused { refusal } if refusal.code == ErrorCode::InvalidEmail
        ));
    }
}
