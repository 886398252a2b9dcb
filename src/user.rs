//! Users: the fields that may be written, and who may do what.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::identifier::{self, Email};
use crate::refusal::{Decision, ErrorCode, Refusal};
use crate::time::UnixMillis;

/// The longest name, in characters.
const MAX_NAME_LENGTH: usize = 256;

/// The longest address of a picture, in bytes: what browsers and servers agree
/// to call a URL.
const MAX_IMAGE_LENGTH: usize = 2_048;

/// The longest telephone number: 15 digits and a plus sign (ITU-T E.164,
/// section 6.2.1).
const MAX_PHONE_LENGTH: usize = 16;

/// The longest telephone number as typed, in bytes, with room for spaces and
/// hyphens.
const MAX_RAW_PHONE_LENGTH: usize = 64;

/// The columns of a row of the table `User` that decisions need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct UserRow {
    /// The document's id.
    #[serde(rename = "_id")]
    pub id: String,
    /// The e-mail address, normalised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// When the user proved the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_verification_time: Option<UnixMillis>,
    /// When the user proved the telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_verification_time: Option<UnixMillis>,
    /// Since when the user is banned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub banned_time: Option<UnixMillis>,
    /// Until when the ban holds; for ever when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ban_expiration_time: Option<UnixMillis>,
    /// The user's role in the whole app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Since when the user has a second factor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second_factor_time: Option<UnixMillis>,
}

/// Fields of a user that may be written. A missing field stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct UserFields {
    /// The name to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// When the user proved the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_verification_time: Option<UnixMillis>,
    /// The telephone number (E.164).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// When the user proved the number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_verification_time: Option<UnixMillis>,
    /// The address of a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Whether the user has no way to sign in again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_anonymous: Option<bool>,
}

/// Fields that were checked, or why they were not accepted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum CheckedUserFields {
    /// The fields, normalised.
    Valid {
        /// What to store.
        fields: UserFields,
        /// Whether the stored proof of the e-mail address no longer holds.
        #[serde(rename = "dropsEmailProof")]
        drops_email_proof: bool,
        /// Whether the stored proof of the telephone number no longer holds.
        #[serde(rename = "dropsPhoneProof")]
        drops_phone_proof: bool,
    },
    /// They were not accepted.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

impl UserRow {
    /// Whether the user is banned now. A ban that has run out is over.
    pub fn is_banned(&self, now: UnixMillis) -> bool {
        self.banned_time.is_some()
            && self
                .ban_expiration_time
                .is_none_or(|expiration| now < expiration)
    }
}

impl UserFields {
    /// The fields in the form in which they are stored.
    ///
    /// # Errors
    /// `INVALID_EMAIL` and `INVALID_PARAMETERS`, with a message that names the
    /// field.
    pub fn normalize(self) -> Result<UserFields, Refusal> {
        Ok(UserFields {
            name: self
                .name
                .map(|name| {
                    identifier::display_text(&name, MAX_NAME_LENGTH)
                        .map_err(|error| invalid("name", &error.to_string()))
                })
                .transpose()?,
            email: self
                .email
                .map(|email| {
                    Email::normalize(&email)
                        .map(|email| email.as_str().to_owned())
                        .map_err(|_| Refusal::from(ErrorCode::InvalidEmail))
                })
                .transpose()?,
            email_verification_time: finite("emailVerificationTime", self.email_verification_time)?,
            phone: self.phone.map(normalize_phone).transpose()?,
            phone_verification_time: finite("phoneVerificationTime", self.phone_verification_time)?,
            image: self.image.map(check_image).transpose()?,
            ..self
        })
    }
}

/// How a user can be reached.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct UserContact {
    /// The e-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// The telephone number.
    #[serde(default)]
    pub phone: Option<String>,
}

/// A change that the app makes to a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct UserPatchCall {
    /// The user as it is, if there is one.
    #[serde(default)]
    pub current: Option<UserContact>,
    /// What changes.
    pub profile: UserFields,
}

/// Checks a change that the app makes to a user. A new address or number is
/// unproven, unless the app says in the same change when it was proved.
pub fn check_patch(call: UserPatchCall) -> CheckedUserFields {
    let Some(current) = call.current else {
        return CheckedUserFields::Refused {
            refusal: ErrorCode::UserNotFound.into(),
        };
    };
    match call.profile.normalize() {
        Err(refusal) => CheckedUserFields::Refused { refusal },
        Ok(fields) => CheckedUserFields::Valid {
            drops_email_proof: fields.email_verification_time.is_none()
                && fields.email.is_some()
                && fields.email != current.email,
            drops_phone_proof: fields.phone_verification_time.is_none()
                && fields.phone.is_some()
                && fields.phone != current.phone,
            fields,
        },
    }
}

/// An organization that a user owns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Ownership {
    /// The organization.
    pub group_id: String,
    /// Whether it has another owner.
    pub has_other_owner: bool,
}

/// A user whom the app is about to remove.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct UserRemovalCall {
    /// Whether there is such a user.
    pub exists: bool,
    /// Whether what belongs to the user is removed, too.
    pub cascade: bool,
    /// How many sessions, accounts and memberships belong to the user.
    pub linked_records: u32,
    /// The organizations that the user owns.
    pub ownerships: Vec<Ownership>,
}

/// Decides whether a user may be removed: never leaving records behind.
pub fn check_removal(call: UserRemovalCall) -> Decision {
    let code = if !call.exists {
        ErrorCode::UserNotFound
    } else if !call.cascade && call.linked_records > 0 {
        ErrorCode::UserHasLinkedRecords
    } else if call.ownerships.iter().any(|owned| !owned.has_other_owner) {
        ErrorCode::LastOwner
    } else {
        return Decision::Done;
    };
    Decision::Refused {
        refusal: code.into(),
    }
}

pub(crate) fn normalize_phone(phone: String) -> Result<String, Refusal> {
    let refused = || invalid("phone", "it must look like +15550100");
    if phone.len() > MAX_RAW_PHONE_LENGTH {
        return Err(refused());
    }
    let compact: String = phone
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.' | '/'))
        .collect();
    let digits = compact.strip_prefix('+').unwrap_or_default();
    let valid = !digits.is_empty()
        && compact.len() <= MAX_PHONE_LENGTH
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if valid { Ok(compact) } else { Err(refused()) }
}

fn check_image(image: String) -> Result<String, Refusal> {
    let fits = image.len() <= MAX_IMAGE_LENGTH
        && image.starts_with("https://")
        && image.bytes().all(|byte| byte.is_ascii_graphic());
    if fits {
        Ok(image)
    } else {
        Err(invalid(
            "image",
            "it must be an https address of at most 2048 characters",
        ))
    }
}

/// A point in time. JSON has no number for one that is not finite.
fn finite(field: &str, time: Option<UnixMillis>) -> Result<Option<UnixMillis>, Refusal> {
    match time {
        Some(time) if !time.0.is_finite() => Err(invalid(field, "it must be a point in time")),
        _ => Ok(time),
    }
}

fn invalid(field: &str, reason: &str) -> Refusal {
    Refusal::with_message(
        ErrorCode::InvalidParameters,
        format!("`{field}` is not valid: {reason}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(banned: Option<f64>, until: Option<f64>) -> UserRow {
        UserRow {
            id: "u".to_owned(),
            email: None,
            email_verification_time: None,
            phone_verification_time: None,
            banned_time: banned.map(UnixMillis),
            ban_expiration_time: until.map(UnixMillis),
            role: None,
            second_factor_time: None,
        }
    }

    #[test]
    fn a_ban_that_has_run_out_is_over() {
        let now = UnixMillis(1_000.0);
        assert!(!user(None, None).is_banned(now));
        assert!(user(Some(1.0), None).is_banned(now));
        assert!(user(Some(1.0), Some(1_001.0)).is_banned(now));
        assert!(!user(Some(1.0), Some(1_000.0)).is_banned(now));
    }

    #[test]
    fn a_new_address_is_unproven() {
        let fields = UserFields {
            email: Some(" Ada@Example.com ".to_owned()),
            ..UserFields::default()
        };
        let CheckedUserFields::Valid {
            fields,
            drops_email_proof,
            ..
        } = check_patch(UserPatchCall {
            current: Some(UserContact::default()),
            profile: fields,
        })
        else {
            unreachable_in_test()
        };
        assert_eq!(fields.email.as_deref(), Some("ada@example.com"));
        assert!(drops_email_proof);
    }

    #[expect(clippy::panic, reason = "a test fails by panicking")]
    fn unreachable_in_test() -> ! {
        panic!("the fields should be valid")
    }

    #[test]
    fn fields_of_a_wrong_shape_are_refused() {
        for fields in [
            UserFields {
                name: Some("a".repeat(300)),
                ..UserFields::default()
            },
            UserFields {
                name: Some("a\u{0}b".to_owned()),
                ..UserFields::default()
            },
            UserFields {
                email: Some("ada\u{FF20}example.com".to_owned()),
                ..UserFields::default()
            },
            UserFields {
                phone: Some("5550100".to_owned()),
                ..UserFields::default()
            },
            UserFields {
                phone: Some("+".to_owned()),
                ..UserFields::default()
            },
            UserFields {
                image: Some("javascript:alert(1)".to_owned()),
                ..UserFields::default()
            },
        ] {
            assert!(fields.clone().normalize().is_err(), "{fields:?}");
        }
    }
    #[test]
    fn a_user_with_records_is_removed_with_them_or_not_at_all() {
        for (exists, cascade, linked_records, code) in [
            (false, true, 0, Some(ErrorCode::UserNotFound)),
            (true, false, 1, Some(ErrorCode::UserHasLinkedRecords)),
            (true, false, 0, None),
            (true, true, 100, None),
        ] {
            let removal = check_removal(UserRemovalCall {
                exists,
                cascade,
                linked_records,
                ownerships: Vec::new(),
            });
            let refused = match removal {
                Decision::Done => None,
                Decision::Refused { refusal } => Some(refusal.code),
            };
            assert_eq!(refused, code);
        }
    }

    #[test]
    fn telephone_numbers_are_stored_without_what_people_type_between() {
        let number = |phone: &str| {
            let fields = UserFields {
                phone: Some(phone.to_owned()),
                ..UserFields::default()
            };
            fields.normalize().ok().and_then(|fields| fields.phone)
        };
        let stored = number("+1 (555) 0100-77");
        assert_eq!(stored.as_deref(), Some("+1555010077"));
        let padded = format!("+1555010077{}", " ".repeat(1 << 20));
        for odd in [
            "+1555010077x",
            "1+5550100",
            "+1２3",
            &padded,
            "+1234567890123456",
        ] {
            assert_eq!(number(odd), None, "{odd:.40}");
        }
    }
}
