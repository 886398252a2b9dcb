//! Step-up: what a session must have proved, and how recently, for a sensitive
//! operation (RFC 9470).

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::method::EnrolledFactor;
use super::standing::SecondFactors;
use crate::refusal::SecondFactorMethod;
use crate::refusal::{Decision, ErrorCode, Refusal};
use crate::session::{AuthenticationMethod, SessionRow};
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
    /// Whether two factors are needed even of a user who has no second one.
    pub needs_two: bool,
}

/// Decides whether a session has proved enough, recently enough.
///
/// A user with second factors must have proved one: a session that a trusted
/// device let in has not. A time of sign-in that is missing, no number, or in
/// the future fails.
///
/// # Errors
/// `STEP_UP_REQUIRED` says what is missing; `SECOND_FACTOR_ENROLLMENT_REQUIRED`
/// if it is a second factor that the user does not have.
pub fn fresh(call: &FreshnessCall<'_>) -> Result<FreshSession, Refusal> {
    let age = call.now.0 - call.authentication_time.0;
    let is_recent = -CLOCK_LEEWAY.0 <= age && age <= call.max_age.0;
    let has_stronger = call
        .enrolled
        .iter()
        .any(|factor| !factor.method().is_sent());
    // A code that was sent does not guard what is stronger.
    let is_too_weak = has_stronger && call.methods.contains(&AuthenticationMethod::SentCode);
    let has_two = call
        .methods
        .contains(&AuthenticationMethod::MultipleFactors)
        && !is_too_weak;
    let is_enough = has_two || (call.enrolled.is_empty() && !call.needs_two);
    if is_recent && is_enough {
        return Ok(FreshSession(()));
    }
    if is_recent && call.enrolled.is_empty() {
        return Err(ErrorCode::SecondFactorEnrollmentRequired.into());
    }
    Err(Refusal::step_up(
        call.max_age,
        needs(call.enrolled, call.recovery_codes_left),
    ))
}

/// With what a user can step up; nothing if the first factor is proved again.
/// Codes that are sent count only for users who have nothing stronger: otherwise
/// the weakest factor would guard the strongest.
pub fn needs(enrolled: &[EnrolledFactor], recovery_codes_left: u32) -> Vec<SecondFactorMethod> {
    let has_stronger = enrolled.iter().any(|factor| !factor.method().is_sent());
    let mut methods: Vec<SecondFactorMethod> = vec![];
    for method in enrolled.iter().map(EnrolledFactor::method) {
        let is_too_weak = has_stronger && method.is_sent();
        if !is_too_weak && !methods.contains(&method) {
            methods.push(method);
        }
    }
    if recovery_codes_left > 0 && !methods.is_empty() {
        methods.push(SecondFactorMethod::RecoveryCode);
    }
    methods
}

/// A session that is to be fresh for a sensitive operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct FreshSessionCall {
    /// The time.
    pub now: UnixMillis,
    /// The user who wants to do it.
    pub user_id: String,
    /// The user's session, if it goes on.
    #[serde(default)]
    pub session: Option<SessionRow>,
    /// The user's factors.
    pub factors: SecondFactors,
    /// Seconds that the proof may be old (`max_age` of RFC 9470, section 3): 300
    /// when missing.
    #[serde(default, deserialize_with = "crate::number::read_optional")]
    pub max_age: Option<f64>,
    /// Whether two factors are needed even of a user who has no second one.
    #[serde(default)]
    pub needs_two: Option<bool>,
}

/// Decides whether a session is fresh enough: `NOT_SIGNED_IN`,
/// `STEP_UP_REQUIRED` or `SECOND_FACTOR_ENROLLMENT_REQUIRED` if it is not.
pub fn check_fresh(call: &FreshSessionCall) -> Decision {
    let session = call
        .session
        .as_ref()
        .filter(|session| session.user_id == call.user_id && session.is_unrestricted(call.now));
    let Some(session) = session else {
        return Decision::Refused {
            refusal: ErrorCode::NotSignedIn.into(),
        };
    };
    let freshness = FreshnessCall {
        authentication_time: session.authentication_time,
        methods: &session.authentication_methods,
        now: call.now,
        max_age: call
            .max_age
            .map_or(MAX_AGE, |seconds| Millis::SECOND.times(seconds)),
        enrolled: &call
            .factors
            .enrolled_beside(&session.authentication_methods),
        recovery_codes_left: call.factors.recovery_codes_left,
        needs_two: call.needs_two == Some(true),
    };
    match fresh(&freshness) {
        Ok(_) => Decision::Done,
        Err(refusal) => Decision::Refused { refusal },
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

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
            needs_two: false,
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
        let refusal = stale.unwrap_err();
        assert_eq!(refusal.code, ErrorCode::StepUpRequired);
        assert_eq!(
            (refusal.max_age, refusal.methods),
            (Some(300.0), Some(methods))
        );
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
        let methods = needs;
        use SecondFactorMethod::{EmailCode, Passkey, PhoneCode, RecoveryCode, Totp};
        let sent = [email.clone(), phone.clone()];
        assert_eq!(methods(&sent, 0), [EmailCode, PhoneCode]);
        let all = [email, EnrolledFactor::Totp, phone, EnrolledFactor::Passkey];
        assert_eq!(methods(&all, 1), [Totp, Passkey, RecoveryCode]);
        assert_eq!(needs(&[], 9), []);
    }

    #[test]
    fn two_factors_can_be_asked_of_who_has_one() {
        let password = [AuthenticationMethod::Password];
        let both = FreshnessCall {
            needs_two: true,
            ..call(0.0, &password, &[])
        };
        let refusal = fresh(&both).unwrap_err();
        assert_eq!(refusal.code, ErrorCode::SecondFactorEnrollmentRequired);
        let both = FreshnessCall {
            needs_two: true,
            ..call(0.0, TWO, &[])
        };
        assert!(fresh(&both).is_ok());
    }

    #[test]
    fn a_fresh_session_is_the_users_own_and_unrestricted() {
        use crate::second_factor::tests::{NOW, fresh_session, restricted_session};
        let decided = |session| {
            check_fresh(&FreshSessionCall {
                now: NOW,
                user_id: "ada".to_owned(),
                session,
                factors: SecondFactors::default(),
                max_age: None,
                needs_two: None,
            })
        };
        assert_eq!(decided(Some(fresh_session("ada"))), Decision::Done);
        for session in [
            None,
            Some(fresh_session("eve")),
            Some(restricted_session("ada")),
        ] {
            let refusal = ErrorCode::NotSignedIn.into();
            assert_eq!(decided(session), Decision::Refused { refusal });
        }
    }
}
