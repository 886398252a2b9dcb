//! First and second factors, and how they are named in a token (RFC 8176).

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::refusal::SecondFactorMethod;
use crate::session::AuthenticationMethod;

/// How somebody came to the door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum FirstFactor {
    /// A password.
    Password,
    /// A code or a link that was sent to a mailbox; also the code that resets
    /// a password, because the mailbox is all that it proves.
    Email {
        /// The address, normalised.
        address: String,
    },
    /// A code that was sent to a telephone.
    Phone {
        /// The number, normalised.
        number: String,
    },
    /// A provider that the person chose (OAuth 2.0).
    OAuth {
        /// The address that the provider vouches for, normalised.
        #[serde(default)]
        address: Option<String>,
    },
    /// A passkey.
    Passkey {
        /// Whether the authenticator verified the person (the flag UV of Web
        /// Authentication Level 3, section 6.1): with a PIN or a fingerprint
        /// it is two factors, without it is one.
        user_verified: bool,
        /// Whether the key may be copied between devices (the flag BE).
        backup_eligible: bool,
    },
    /// A recovery code, when it stands in for the first factor.
    RecoveryCode,
    /// The app's own check.
    Application,
}

/// A second factor that the user has set up, and that is live.
///
/// Recovery codes are no factor of their own: they come with one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum EnrolledFactor {
    /// An authenticator app.
    Totp,
    /// A passkey that the user wants to be asked for.
    Passkey,
    /// Codes to a mailbox.
    EmailCode {
        /// The address, normalised.
        address: String,
    },
    /// Codes to a telephone.
    PhoneCode {
        /// The number, normalised.
        number: String,
    },
}

/// A second factor that was proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProvedFactor {
    /// A code of an authenticator app.
    Totp,
    /// A passkey.
    Passkey {
        /// Whether the key may be copied between devices (the flag BE of Web
        /// Authentication Level 3, section 6.1.3).
        backup_eligible: bool,
    },
    /// A code that was sent to a mailbox.
    EmailCode,
    /// A code that was sent to a telephone.
    PhoneCode,
    /// A recovery code.
    RecoveryCode,
}

/// The `amr` values of a key.
fn key_methods(backup_eligible: bool) -> [AuthenticationMethod; 2] {
    let key = if backup_eligible {
        AuthenticationMethod::SoftwareKey
    } else {
        AuthenticationMethod::HardwareKey
    };
    [key, AuthenticationMethod::UserPresence]
}

/// Whether nothing but the possession of a key was proved.
pub(crate) fn is_key_only(methods: &[AuthenticationMethod]) -> bool {
    methods.iter().all(|method| {
        matches!(
            method,
            AuthenticationMethod::HardwareKey
                | AuthenticationMethod::SoftwareKey
                | AuthenticationMethod::UserPresence
        )
    })
}

impl FirstFactor {
    /// The `amr` values (RFC 8176, section 2).
    pub fn authentication_methods(&self) -> Vec<AuthenticationMethod> {
        match self {
            FirstFactor::Password => vec![AuthenticationMethod::Password],
            FirstFactor::Email { .. } => vec![AuthenticationMethod::OneTimeCode],
            FirstFactor::Phone { .. } => vec![
                AuthenticationMethod::OneTimeCode,
                AuthenticationMethod::TextMessage,
            ],
            FirstFactor::OAuth { .. } => {
                vec![AuthenticationMethod::Federated]
            }
            FirstFactor::Passkey {
                user_verified,
                backup_eligible,
            } => {
                let mut methods = key_methods(*backup_eligible).to_vec();
                methods.extend(user_verified.then_some(AuthenticationMethod::MultipleFactors));
                methods
            }
            FirstFactor::RecoveryCode => vec![AuthenticationMethod::RecoveryCode],
            FirstFactor::Application => vec![AuthenticationMethod::Application],
        }
    }

    /// The mailbox whose owner passes this factor, if there is one.
    fn mailbox(&self) -> Option<&str> {
        match self {
            FirstFactor::Email { address } => Some(address),
            FirstFactor::OAuth { address } => address.as_deref(),
            FirstFactor::Password
            | FirstFactor::Phone { .. }
            | FirstFactor::Passkey { .. }
            | FirstFactor::RecoveryCode
            | FirstFactor::Application => None,
        }
    }
}

impl EnrolledFactor {
    /// The method with which the factor is proved.
    pub fn method(&self) -> SecondFactorMethod {
        match self {
            EnrolledFactor::Totp => SecondFactorMethod::Totp,
            EnrolledFactor::Passkey => SecondFactorMethod::Passkey,
            EnrolledFactor::EmailCode { .. } => SecondFactorMethod::EmailCode,
            EnrolledFactor::PhoneCode { .. } => SecondFactorMethod::PhoneCode,
        }
    }

    /// Whether the factor is a second one beside `first`: not the same passkey,
    /// mailbox or telephone once more.
    pub fn counts_beside(&self, first: &FirstFactor) -> bool {
        match self {
            EnrolledFactor::Totp => true,
            EnrolledFactor::Passkey => !matches!(first, FirstFactor::Passkey { .. }),
            EnrolledFactor::EmailCode { address } => first.mailbox() != Some(address),
            EnrolledFactor::PhoneCode { number } => {
                !matches!(first, FirstFactor::Phone { number: same } if same == number)
            }
        }
    }
}

impl ProvedFactor {
    /// The `amr` values (RFC 8176, section 2) of `first` and this one, each
    /// once, with `mfa`. A second factor that was sent is marked as one.
    pub fn authentication_methods(
        self,
        first: &[AuthenticationMethod],
    ) -> Vec<AuthenticationMethod> {
        let own: &[AuthenticationMethod] = match self {
            ProvedFactor::Totp => &[AuthenticationMethod::OneTimeCode],
            ProvedFactor::EmailCode => &[
                AuthenticationMethod::OneTimeCode,
                AuthenticationMethod::SentCode,
            ],
            ProvedFactor::PhoneCode => &[
                AuthenticationMethod::OneTimeCode,
                AuthenticationMethod::TextMessage,
                AuthenticationMethod::SentCode,
            ],
            ProvedFactor::Passkey { backup_eligible } => &key_methods(backup_eligible),
            ProvedFactor::RecoveryCode => &[AuthenticationMethod::RecoveryCode],
        };
        let mut methods: Vec<AuthenticationMethod> = vec![];
        // What is proved now counts, not a weaker factor of before.
        let before = first
            .iter()
            .filter(|method| **method != AuthenticationMethod::SentCode);
        let all = before.chain(own);
        for method in all.chain(&[AuthenticationMethod::MultipleFactors]) {
            if !methods.contains(method) {
                methods.push(*method);
            }
        }
        methods
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn amr(methods: &[AuthenticationMethod]) -> String {
        serde_json::to_string(methods).unwrap()
    }

    #[test]
    fn first_factors_have_the_names_of_rfc_8176() {
        let passkey = |user_verified, backup_eligible| FirstFactor::Passkey {
            user_verified,
            backup_eligible,
        };
        let email = FirstFactor::Email {
            address: "ada@example.com".to_owned(),
        };
        let phone = FirstFactor::Phone {
            number: "+15550100".to_owned(),
        };
        for (first, names) in [
            (FirstFactor::Password, r#"["pwd"]"#),
            (email, r#"["otp"]"#),
            (phone, r#"["otp","sms"]"#),
            (FirstFactor::OAuth { address: None }, r#"["fed"]"#),
            (passkey(true, false), r#"["hwk","user","mfa"]"#),
            (passkey(true, true), r#"["swk","user","mfa"]"#),
            (passkey(false, false), r#"["hwk","user"]"#),
            (FirstFactor::RecoveryCode, r#"["recovery"]"#),
            (FirstFactor::Application, r#"["app"]"#),
        ] {
            assert_eq!(amr(&first.authentication_methods()), names, "{first:?}");
        }
    }

    #[test]
    fn two_factors_are_named_each_once_with_mfa() {
        let password = FirstFactor::Password.authentication_methods();
        let key = ProvedFactor::Passkey {
            backup_eligible: true,
        };
        for (second, names) in [
            (ProvedFactor::Totp, r#"["pwd","otp","mfa"]"#),
            (ProvedFactor::EmailCode, r#"["pwd","otp","sent","mfa"]"#),
            (
                ProvedFactor::PhoneCode,
                r#"["pwd","otp","sms","sent","mfa"]"#,
            ),
            (ProvedFactor::RecoveryCode, r#"["pwd","recovery","mfa"]"#),
            (key, r#"["pwd","swk","user","mfa"]"#),
        ] {
            assert_eq!(amr(&second.authentication_methods(&password)), names);
        }
        let phone = [AuthenticationMethod::OneTimeCode];
        let both = ProvedFactor::Totp.authentication_methods(&phone);
        assert_eq!(amr(&both), r#"["otp","mfa"]"#);
        let again = ProvedFactor::Totp.authentication_methods(&both);
        assert_eq!(again, both);
        // An app after a code that was sent is no code that was sent.
        let sent = ProvedFactor::EmailCode.authentication_methods(&password);
        let app = ProvedFactor::Totp.authentication_methods(&sent);
        assert_eq!(amr(&app), r#"["pwd","otp","mfa"]"#);
    }
}
