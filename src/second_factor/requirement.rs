//! Who owes a second factor: the one table of methods and factors.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::method::{EnrolledFactor, FirstFactor};
use super::trusted_device::TrustedDevice;
use crate::refusal::SecondFactorMethod;

/// What is asked of users.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum SecondFactorPolicy {
    /// Nobody is asked for a second factor, and none can be set up.
    Off,
    /// Who has set one up is asked for it.
    #[default]
    Optional,
    /// Everybody needs one.
    Required,
}

impl SecondFactorPolicy {
    /// The app's policy and a group's together. What the app has switched off,
    /// no group can ask for; otherwise the stricter one holds.
    pub fn with_group(self, group: Option<SecondFactorPolicy>) -> Self {
        match (self, group) {
            (SecondFactorPolicy::Off, _) => SecondFactorPolicy::Off,
            (SecondFactorPolicy::Required, _) | (_, Some(SecondFactorPolicy::Required)) => {
                SecondFactorPolicy::Required
            }
            (SecondFactorPolicy::Optional, _) => SecondFactorPolicy::Optional,
        }
    }
}

/// What the decision needs to know.
pub struct RequirementCall<'a> {
    /// The factor that was proved.
    pub first: &'a FirstFactor,
    /// The user's live factors.
    pub enrolled: &'a [EnrolledFactor],
    /// How many recovery codes the user has left.
    pub recovery_codes_left: u32,
    /// The app's policy.
    pub app: SecondFactorPolicy,
    /// The policy of the group that the user has selected, if it has one.
    pub group: Option<SecondFactorPolicy>,
    /// The proof that the user trusts this device.
    pub trusted_device: Option<&'a TrustedDevice>,
}

/// What is owed before there is a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Requirement {
    /// Nothing.
    None,
    /// A second factor by one of these methods.
    Challenge {
        /// At least one.
        methods: Vec<SecondFactorMethod>,
    },
    /// The user has none and the app asks for one: until it is set up, the
    /// session is good for nothing else.
    EnrollFirst,
    /// The user has second factors, but none of them is another one than the
    /// first factor: the user has to come in another way. Letting the user in,
    /// or set up a new factor, would make the mailbox the only factor.
    AnotherMethod,
}

/// Decides what a user owes after the first factor.
///
/// | first factor | counts as | factors that count beside it |
/// |---|---|---|
/// | password, app's own check | one | all |
/// | e-mail code or link | one | all but codes to the same mailbox |
/// | telephone code | one | all but codes to the same number |
/// | OAuth | one | all but codes to the mailbox it vouches for |
/// | passkey with user verification | two | – |
/// | passkey without | one | all but passkeys; who has nothing else has none |
/// | recovery code | one | all but recovery codes; no trusted device |
///
/// Codes by e-mail or text message count only for users who have enrolled them,
/// never because the app can send them.
pub fn requirement(call: &RequirementCall<'_>) -> Requirement {
    let policy = call.app.with_group(call.group);
    if policy == SecondFactorPolicy::Off || counts_as_two(call.first) {
        return Requirement::None;
    }
    // The same key once more is no second factor: who has nothing else has none.
    let is_key_again = matches!(call.first, FirstFactor::Passkey { .. })
        && call
            .enrolled
            .iter()
            .all(|factor| *factor == EnrolledFactor::Passkey);
    if call.enrolled.is_empty() || is_key_again {
        // What a group asks for locks nobody out of the rest of the app: its
        // permission checks refuse who has no second factor.
        return match call.app {
            SecondFactorPolicy::Required => Requirement::EnrollFirst,
            SecondFactorPolicy::Optional | SecondFactorPolicy::Off => Requirement::None,
        };
    }
    let is_recovery = *call.first == FirstFactor::RecoveryCode;
    if call.trusted_device.is_some() && !is_recovery {
        return Requirement::None;
    }
    let mut methods: Vec<SecondFactorMethod> = vec![];
    for factor in call.enrolled {
        if factor.counts_beside(call.first) && !methods.contains(&factor.method()) {
            methods.push(factor.method());
        }
    }
    if call.recovery_codes_left > 0 && !is_recovery {
        methods.push(SecondFactorMethod::RecoveryCode);
    }
    if methods.is_empty() {
        Requirement::AnotherMethod
    } else {
        Requirement::Challenge { methods }
    }
}

/// Whether the first factor is two factors by itself.
fn counts_as_two(first: &FirstFactor) -> bool {
    match first {
        FirstFactor::Passkey { user_verified, .. } => *user_verified,
        FirstFactor::Password
        | FirstFactor::Email { .. }
        | FirstFactor::Phone { .. }
        | FirstFactor::OAuth { .. }
        | FirstFactor::RecoveryCode
        | FirstFactor::Application => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ADA: &str = "ada@example.com";
    const NUMBER: &str = "+15550100";

    fn passkey(user_verified: bool) -> FirstFactor {
        FirstFactor::Passkey {
            user_verified,
            backup_eligible: true,
        }
    }

    fn firsts() -> [FirstFactor; 8] {
        let address = ADA.to_owned();
        [
            FirstFactor::Password,
            FirstFactor::Email {
                address: address.clone(),
            },
            FirstFactor::Phone {
                number: NUMBER.to_owned(),
            },
            FirstFactor::OAuth {
                address: Some(address),
            },
            passkey(true),
            passkey(false),
            FirstFactor::RecoveryCode,
            FirstFactor::Application,
        ]
    }

    fn factors() -> [EnrolledFactor; 4] {
        [
            EnrolledFactor::Totp,
            EnrolledFactor::Passkey,
            EnrolledFactor::EmailCode {
                address: ADA.to_owned(),
            },
            EnrolledFactor::PhoneCode {
                number: NUMBER.to_owned(),
            },
        ]
    }

    fn call<'a>(first: &'a FirstFactor, enrolled: &'a [EnrolledFactor]) -> RequirementCall<'a> {
        RequirementCall {
            first,
            enrolled,
            recovery_codes_left: 0,
            app: SecondFactorPolicy::Optional,
            group: None,
            trusted_device: None,
        }
    }

    #[test]
    fn the_table_of_methods_and_factors() {
        // One line for each first factor, one column for each factor: whether
        // it is asked for when it is the only one.
        let table = [
            [true, true, true, true],
            [true, true, false, true],
            [true, true, true, false],
            [true, true, false, true],
            [false, false, false, false],
            [true, false, true, true],
            [true, true, true, true],
            [true, true, true, true],
        ];
        for (first, line) in firsts().iter().zip(table) {
            for (factor, is_asked) in factors().into_iter().zip(line) {
                let enrolled = [factor.clone()];
                let expected = match (first, is_asked) {
                    (
                        FirstFactor::Passkey {
                            user_verified: true,
                            ..
                        },
                        _,
                    ) => Requirement::None,
                    // The same key again: as if there were none.
                    (FirstFactor::Passkey { .. }, _) if factor == EnrolledFactor::Passkey => {
                        Requirement::None
                    }
                    (_, true) => Requirement::Challenge {
                        methods: enrolled.iter().map(EnrolledFactor::method).collect(),
                    },
                    (_, false) => Requirement::AnotherMethod,
                };
                assert_eq!(
                    requirement(&call(first, &enrolled)),
                    expected,
                    "{first:?} {enrolled:?}"
                );
            }
        }
    }

    #[test]
    fn another_mailbox_or_number_counts() {
        for (first, other) in [
            (
                FirstFactor::Email {
                    address: ADA.to_owned(),
                },
                EnrolledFactor::EmailCode {
                    address: "a@example.org".to_owned(),
                },
            ),
            (
                FirstFactor::Phone {
                    number: NUMBER.to_owned(),
                },
                EnrolledFactor::PhoneCode {
                    number: "+15550199".to_owned(),
                },
            ),
        ] {
            let enrolled = [other];
            let owed = requirement(&call(&first, &enrolled));
            assert!(matches!(owed, Requirement::Challenge { .. }));
        }
    }

    #[test]
    fn codes_by_e_mail_are_never_offered_to_users_who_enrolled_an_app_only() {
        let enrolled = [EnrolledFactor::Totp];
        for first in firsts().iter().filter(|first| **first != passkey(true)) {
            let owed = requirement(&call(first, &enrolled));
            let methods = vec![SecondFactorMethod::Totp];
            assert_eq!(owed, Requirement::Challenge { methods }, "{first:?}");
        }
    }

    #[test]
    fn recovery_codes_are_offered_beside_factors_and_never_instead_of_them() {
        let enrolled = [EnrolledFactor::Totp];
        let mut with_codes = call(&FirstFactor::Password, &enrolled);
        with_codes.recovery_codes_left = 3;
        let methods = vec![SecondFactorMethod::Totp, SecondFactorMethod::RecoveryCode];
        assert_eq!(requirement(&with_codes), Requirement::Challenge { methods });
        with_codes.enrolled = &[];
        assert_eq!(requirement(&with_codes), Requirement::None);
        with_codes.app = SecondFactorPolicy::Required;
        assert_eq!(requirement(&with_codes), Requirement::EnrollFirst);
        let again = RequirementCall {
            recovery_codes_left: 3,
            ..call(&FirstFactor::RecoveryCode, &enrolled)
        };
        let methods = vec![SecondFactorMethod::Totp];
        assert_eq!(requirement(&again), Requirement::Challenge { methods });
    }

    #[test]
    fn the_policies_of_app_and_group_together() {
        use SecondFactorPolicy::{Off, Optional, Required};
        for (app, group, both) in [
            (Off, None, Off),
            (Off, Some(Required), Off),
            (Optional, None, Optional),
            (Optional, Some(Off), Optional),
            (Optional, Some(Required), Required),
            (Required, None, Required),
            (Required, Some(Off), Required),
        ] {
            assert_eq!(app.with_group(group), both, "{app:?} {group:?}");
        }
    }

    #[test]
    fn who_needs_a_factor_and_has_none_enrols_first() {
        for first in &firsts() {
            let mut required = call(first, &[]);
            required.group = Some(SecondFactorPolicy::Required);
            assert_eq!(requirement(&required), Requirement::None, "{first:?}");
            required.app = SecondFactorPolicy::Required;
            let expected = if *first == passkey(true) {
                Requirement::None
            } else {
                Requirement::EnrollFirst
            };
            assert_eq!(requirement(&required), expected, "{first:?}");
        }
    }

    #[test]
    fn a_trusted_device_stands_in_for_a_factor_but_does_not_set_one_up() {
        let device = TrustedDevice::for_test();
        let enrolled = [EnrolledFactor::Totp];
        let mut trusted = call(&FirstFactor::Password, &enrolled);
        trusted.app = SecondFactorPolicy::Required;
        trusted.trusted_device = Some(&device);
        assert_eq!(requirement(&trusted), Requirement::None);
        trusted.enrolled = &[];
        assert_eq!(requirement(&trusted), Requirement::EnrollFirst);
        let recovering = RequirementCall {
            trusted_device: Some(&device),
            ..call(&FirstFactor::RecoveryCode, &enrolled)
        };
        assert_ne!(requirement(&recovering), Requirement::None);
    }

    proptest! {
        /// A challenge always has a method, each once, and only such as the
        /// user has.
        #[test]
        fn a_challenge_can_be_met(
            first in prop::sample::select(firsts().to_vec()),
            enrolled in prop::sample::subsequence(factors().to_vec(), 0..=4),
            recovery_codes_left in 0_u32..3,
            app in prop::sample::select(vec![SecondFactorPolicy::Optional, SecondFactorPolicy::Required]),
        ) {
            let owed = requirement(&RequirementCall { recovery_codes_left, app, ..call(&first, &enrolled) });
            if let Requirement::Challenge { methods } = owed {
                prop_assert!(!methods.is_empty());
                for (index, method) in methods.iter().enumerate() {
                    prop_assert!(!methods.iter().skip(index + 1).any(|other| other == method));
                    let is_enrolled = enrolled.iter().any(|factor| factor.method() == *method);
                    prop_assert!(is_enrolled || (*method == SecondFactorMethod::RecoveryCode && recovery_codes_left > 0));
                }
            } else if first == passkey(false) && enrolled.iter().all(|one| *one == EnrolledFactor::Passkey) {
                let expected = match app {
                    SecondFactorPolicy::Required => Requirement::EnrollFirst,
                    _ => Requirement::None,
                };
                prop_assert_eq!(owed, expected);
            } else if first != passkey(true) && !enrolled.is_empty() {
                prop_assert_eq!(owed, Requirement::AnotherMethod);
            }
        }
    }
}
