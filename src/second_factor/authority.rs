//! Who may change a user's factors.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::standing::SecondFactors;
use super::step_up::{FreshnessCall, MAX_AGE, fresh, needs};
use crate::refusal::{ErrorCode, Refusal};
use crate::session::SessionRow;
use crate::time::{Millis, UnixMillis};

/// On whose word factors are changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum FactorAuthority {
    /// The user's, in a session that must be fresh: with a live factor, by that
    /// factor, so that a password alone cannot exchange it. A session that is
    /// restricted to setting up a factor can add the first one, and has to prove
    /// it before anything else.
    Session {
        /// The session.
        session: SessionRow,
        /// Seconds that the proof may be old: 300 when missing.
        #[serde(default, deserialize_with = "crate::number::read_optional")]
        max_age: Option<f64>,
    },
    /// The app's own server code, for instance after a person was identified in
    /// another way.
    Application,
}

impl FactorAuthority {
    /// Whether the factors of `user_id` may be changed.
    ///
    /// # Errors
    /// `NOT_SIGNED_IN`, `STEP_UP_REQUIRED`.
    pub fn check(
        &self,
        user_id: &str,
        factors: &SecondFactors,
        now: UnixMillis,
    ) -> Result<(), Refusal> {
        let FactorAuthority::Session { session, max_age } = self else {
            return Ok(());
        };
        self.check_owner(user_id, now)?;
        let enrolled = factors.enrolled_beside(&session.authentication_methods);
        let max_age = max_age.map_or(MAX_AGE, |seconds| Millis::SECOND.times(seconds));
        if session.restriction.is_some() {
            return if enrolled.is_empty() {
                Ok(())
            } else {
                let methods = needs(&enrolled, factors.recovery_codes_left);
                Err(Refusal::step_up(max_age, methods))
            };
        }
        fresh(&FreshnessCall {
            authentication_time: session.authentication_time,
            methods: &session.authentication_methods,
            now,
            max_age,
            enrolled: &enrolled,
            recovery_codes_left: factors.recovery_codes_left,
            needs_two: false,
        })
        .map(|_| ())
    }

    /// Whether it is the user who asks, however long ago they signed in.
    ///
    /// # Errors
    /// `NOT_SIGNED_IN`.
    pub(crate) fn check_owner(&self, user_id: &str, now: UnixMillis) -> Result<(), Refusal> {
        match self {
            FactorAuthority::Session { session, .. }
                if session.user_id != user_id || !session.is_live(now) =>
            {
                Err(ErrorCode::NotSignedIn.into())
            }
            FactorAuthority::Session { .. } | FactorAuthority::Application => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::second_factor::tests::{
        NOW, factors, fresh_session, password_session, restricted_session, stale_session,
    };

    fn of(session: SessionRow) -> FactorAuthority {
        FactorAuthority::Session {
            session,
            max_age: None,
        }
    }

    fn refusal(authority: &FactorAuthority, factors: &SecondFactors) -> Option<ErrorCode> {
        let checked = authority.check("ada", factors, NOW);
        checked.err().map(|refusal| refusal.code)
    }

    #[test]
    fn factors_are_changed_by_their_owner_in_a_fresh_session() {
        let none = SecondFactors::default();
        let totp = factors(1);
        let step_up = Some(ErrorCode::StepUpRequired);
        let nobody = Some(ErrorCode::NotSignedIn);
        assert_eq!(refusal(&of(fresh_session("ada")), &totp), None);
        assert_eq!(refusal(&of(stale_session("ada")), &totp), step_up);
        assert_eq!(refusal(&of(stale_session("ada")), &none), step_up);
        assert_eq!(refusal(&of(fresh_session("eve")), &totp), nobody);
        let mut over = fresh_session("ada");
        over.expiration_time = NOW;
        assert_eq!(refusal(&of(over), &totp), nobody);
        let an_hour = FactorAuthority::Session {
            session: stale_session("ada"),
            max_age: Some(3_600.0),
        };
        assert_eq!(refusal(&an_hour, &totp), None);
    }

    #[test]
    fn a_password_alone_cannot_exchange_the_second_factor() {
        let authority = of(password_session("ada"));
        assert_eq!(refusal(&authority, &SecondFactors::default()), None);
        let step_up = Some(ErrorCode::StepUpRequired);
        assert_eq!(refusal(&authority, &factors(1)), step_up);
        assert_eq!(refusal(&FactorAuthority::Application, &factors(1)), None);
    }

    #[test]
    fn a_restricted_session_adds_the_first_factor_only() {
        let authority = of(restricted_session("ada"));
        assert_eq!(refusal(&authority, &SecondFactors::default()), None);
        // Who has set one up meanwhile proves it, and is restricted no more.
        let step_up = Some(ErrorCode::StepUpRequired);
        assert_eq!(refusal(&authority, &factors(1)), step_up);
    }
}
