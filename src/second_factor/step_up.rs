//! Step-up: what a session must have proved, and how recently, for a sensitive
//! operation (RFC 9470).

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::method::{EnrolledFactor, SecondFactorMethod};
use crate::session::AuthenticationMethod;
use crate::time::{Millis, UnixMillis};

/// How long ago the person may have proved who they are, for changes to their
/// own factors.
pub const MAX_AGE: Millis = Millis::MINUTE.times(5.0);

/// How far a clock may lie behind the one that stored the time of a sign-in.
const CLOCK_LEEWAY: Millis = Millis::MINUTE;

/// The proof that a session is fresh. Only [`fresh`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct FreshSession(());

/// What the decision needs to know.
#[derive(Clone, Debug)]
pub struct FreshnessCall<'a> {
    /// When the person proved who they are (`auth_time`).
    pub authentication_time: UnixMillis,
    /// How the person proved it (`amr`).
    pub methods: &'a [AuthenticationMethod],
    /// The time.
    pub now: UnixMillis,
    /// How long ago that may be.
    pub max_age: Millis,
    /// The user's live factors.
    pub enrolled: &'a [EnrolledFactor],
    /// How many recovery codes the user has left.
    pub recovery_codes_left: u32,
}

/// What the person has to do first (RFC 9470, section 3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct StepUp {
    /// Milliseconds that the proof may be old: `max_age`, which RFC 9470 gives
    /// in seconds.
    pub max_age_ms: Millis,
    /// What is needed.
    pub needs: StepUpNeed,
}

/// What is needed for a step-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum StepUpNeed {
    /// A second factor by one of these methods.
    SecondFactor {
        /// At least one.
        methods: Vec<SecondFactorMethod>,
    },
    /// The user has no second factor: the first one again.
    FirstFactor,
}

/// Decides whether a session has proved enough, recently enough.
///
/// A user with second factors must have proved one: a session that a trusted
/// device let in has not. A time of sign-in that is missing, no number, or in
/// the future fails.
///
/// # Errors
/// [`StepUp`] says what is missing.
pub fn fresh(call: &FreshnessCall<'_>) -> Result<FreshSession, StepUp> {
    let age = call.now.0 - call.authentication_time.0;
    let is_recent = -CLOCK_LEEWAY.0 <= age && age <= call.max_age.0;
    let has_two = call
        .methods
        .contains(&AuthenticationMethod::MultipleFactors);
    if is_recent && (has_two || call.enrolled.is_empty()) {
        return Ok(FreshSession(()));
    }
    Err(StepUp {
        max_age_ms: call.max_age,
        needs: needs(call.enrolled, call.recovery_codes_left),
    })
}

/// With what a user can step up. Codes that are sent count only for users who
/// have nothing stronger: otherwise the weakest factor would guard the
/// strongest.
pub fn needs(enrolled: &[EnrolledFactor], recovery_codes_left: u32) -> StepUpNeed {
    let has_stronger = enrolled.iter().any(|factor| !factor.method().is_sent());
    let mut methods: Vec<SecondFactorMethod> = vec![];
    for method in enrolled.iter().map(EnrolledFactor::method) {
        let is_too_weak = has_stronger && method.is_sent();
        if !is_too_weak && !methods.contains(&method) {
            methods.push(method);
        }
    }
    if methods.is_empty() {
        return StepUpNeed::FirstFactor;
    }
    if recovery_codes_left > 0 {
        methods.push(SecondFactorMethod::RecoveryCode);
    }
    StepUpNeed::SecondFactor { methods }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = UnixMillis(1e12);
    const TWO: &[AuthenticationMethod] = &[
        AuthenticationMethod::Password,
        AuthenticationMethod::MultipleFactors,
    ];

    fn call<'a>(
        age: f64,
        methods: &'a [AuthenticationMethod],
        enrolled: &'a [EnrolledFactor],
    ) -> FreshnessCall<'a> {
        FreshnessCall {
            authentication_time: UnixMillis(NOW.0 - age),
            methods,
            now: NOW,
            max_age: MAX_AGE,
            enrolled,
            recovery_codes_left: 0,
        }
    }

    #[test]
    fn a_session_is_fresh_for_as_long_as_asked() {
        for (age, is_fresh) in [
            (0.0, true),
            (MAX_AGE.0, true),
            (MAX_AGE.0 + 1.0, false),
            (-CLOCK_LEEWAY.0, true),
            (-CLOCK_LEEWAY.0 - 1.0, false),
            (f64::NAN, false),
            (f64::INFINITY, false),
            (f64::NEG_INFINITY, false),
        ] {
            assert_eq!(fresh(&call(age, TWO, &[])).is_ok(), is_fresh, "{age}");
        }
    }

    #[test]
    fn an_age_that_is_no_number_is_never_reached() {
        for max_age in [f64::NAN, -CLOCK_LEEWAY.0 - 1.0] {
            let odd = FreshnessCall {
                max_age: Millis(max_age),
                ..call(0.0, TWO, &[])
            };
            assert!(fresh(&odd).is_err());
        }
    }

    #[test]
    fn who_has_a_second_factor_must_have_proved_one() {
        let enrolled = [EnrolledFactor::Totp];
        let password = [AuthenticationMethod::Password];
        assert!(fresh(&call(0.0, &password, &[])).is_ok());
        let stale = fresh(&call(0.0, &password, &enrolled));
        let methods = vec![SecondFactorMethod::Totp];
        let needs = StepUpNeed::SecondFactor { methods };
        let max_age_ms = MAX_AGE;
        assert_eq!(stale, Err(StepUp { max_age_ms, needs }));
        assert!(fresh(&call(0.0, TWO, &enrolled)).is_ok());
    }

    #[test]
    fn codes_that_are_sent_count_only_if_there_is_nothing_stronger() {
        let email = EnrolledFactor::EmailCode {
            address: "ada@example.com".to_owned(),
        };
        let phone = EnrolledFactor::PhoneCode {
            number: "+15550100".to_owned(),
        };
        let methods = |enrolled: &[EnrolledFactor], left| match needs(enrolled, left) {
            StepUpNeed::SecondFactor { methods } => methods,
            StepUpNeed::FirstFactor => vec![],
        };
        use SecondFactorMethod::{EmailCode, Passkey, PhoneCode, RecoveryCode, Totp};
        let sent = [email.clone(), phone.clone()];
        assert_eq!(methods(&sent, 0), [EmailCode, PhoneCode]);
        let all = [email, EnrolledFactor::Totp, phone, EnrolledFactor::Passkey];
        assert_eq!(methods(&all, 1), [Totp, Passkey, RecoveryCode]);
        assert_eq!(needs(&[], 9), StepUpNeed::FirstFactor);
    }
}
