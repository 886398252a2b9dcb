//! Who may change a user's factors.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::method::EnrolledFactor;
use super::step_up::{FreshnessCall, MAX_AGE, fresh};
use crate::refusal::{ErrorCode, Refusal};
use crate::session::SessionRow;
use crate::time::UnixMillis;

/// On whose word factors are changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum FactorAuthority {
    /// The user's, in a session that must be fresh: with a live factor, by that
    /// factor, so that a password alone cannot exchange it.
    Session {
        /// The session.
        session: SessionRow,
    },
    /// The user's, in a sign-in that cannot end before a factor is set up. It
    /// can only add the first one.
    SignIn,
    /// The app's own server code, for instance after a person was identified in
    /// another way.
    Application,
}

impl FactorAuthority {
    /// Whether the factors of `user_id` may be changed. `enrolled` are the live
    /// ones.
    ///
    /// # Errors
    /// `NOT_SIGNED_IN`, `STEP_UP_REQUIRED`.
    pub fn check(
        &self,
        user_id: &str,
        enrolled: &[EnrolledFactor],
        now: UnixMillis,
    ) -> Result<(), Refusal> {
        match self {
            FactorAuthority::Session { session } => {
                self.check_owner(user_id, now)?;
                let call = FreshnessCall {
                    authentication_time: session.authentication_time,
                    methods: &session.authentication_methods,
                    now,
                    max_age: MAX_AGE,
                    enrolled,
                    recovery_codes_left: 0,
                };
                match fresh(&call) {
                    Ok(_) => Ok(()),
                    Err(_) => Err(ErrorCode::StepUpRequired.into()),
                }
            }
            FactorAuthority::SignIn if enrolled.is_empty() => Ok(()),
            FactorAuthority::SignIn => Err(ErrorCode::StepUpRequired.into()),
            FactorAuthority::Application => Ok(()),
        }
    }

    /// Whether it is the user who asks, however long ago they signed in.
    ///
    /// # Errors
    /// `NOT_SIGNED_IN`.
    pub(crate) fn check_owner(&self, user_id: &str, now: UnixMillis) -> Result<(), Refusal> {
        match self {
            FactorAuthority::Session { session }
                if session.user_id != user_id || !session.is_live(now) =>
            {
                Err(ErrorCode::NotSignedIn.into())
            }
            FactorAuthority::Session { .. }
            | FactorAuthority::SignIn
            | FactorAuthority::Application => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::second_factor::tests::{NOW, fresh_session, password_session, stale_session};

    fn refusal(authority: &FactorAuthority, enrolled: &[EnrolledFactor]) -> Option<ErrorCode> {
        let checked = authority.check("ada", enrolled, NOW);
        checked.err().map(|refusal| refusal.code)
    }

    #[test]
    fn factors_are_changed_by_their_owner_in_a_fresh_session() {
        let totp = [EnrolledFactor::Totp];
        let of = |session| FactorAuthority::Session { session };
        let step_up = Some(ErrorCode::StepUpRequired);
        let nobody = Some(ErrorCode::NotSignedIn);
        assert_eq!(refusal(&of(fresh_session("ada")), &totp), None);
        assert_eq!(refusal(&of(stale_session("ada")), &totp), step_up);
        assert_eq!(refusal(&of(stale_session("ada")), &[]), step_up);
        assert_eq!(refusal(&of(fresh_session("eve")), &totp), nobody);
        let mut over = fresh_session("ada");
        over.expiration_time = NOW;
        assert_eq!(refusal(&of(over), &totp), nobody);
    }

    #[test]
    fn a_password_alone_cannot_exchange_the_second_factor() {
        let session = password_session("ada");
        let authority = FactorAuthority::Session { session };
        assert_eq!(refusal(&authority, &[]), None);
        let totp = [EnrolledFactor::Totp];
        assert_eq!(refusal(&authority, &totp), Some(ErrorCode::StepUpRequired));
        let sign_in = FactorAuthority::SignIn;
        assert_eq!(refusal(&sign_in, &[]), None);
        assert_eq!(refusal(&sign_in, &totp), Some(ErrorCode::StepUpRequired));
        assert_eq!(refusal(&FactorAuthority::Application, &totp), None);
    }
}
