//! Administrators of the whole app.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::refusal::{Decision, ErrorCode};
use crate::time::UnixMillis;
use crate::user::UserRow;

/// The role of administrators, as it stands in the user's row.
pub const ADMINISTRATOR: &str = "admin";

/// A caller who wants to do what is for administrators.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AdministratorCheckCall {
    /// The time.
    pub now: UnixMillis,
    /// When the caller's session ends; missing if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_expiration_time: Option<UnixMillis>,
    /// The session's user, if there still is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRow>,
}

/// Decides whether a caller is an administrator of the app. It is refused with
/// `NOT_SIGNED_IN` without a session that goes on, and with `FORBIDDEN` to
/// everybody else, banned administrators included.
pub fn check(call: &AdministratorCheckCall) -> Decision {
    let is_signed_in = call
        .session_expiration_time
        .is_some_and(|end| call.now < end);
    let Some(user) = call.user.as_ref().filter(|_| is_signed_in) else {
        return refused(ErrorCode::NotSignedIn);
    };
    if user.role.as_deref() == Some(ADMINISTRATOR) && !user.is_banned(call.now) {
        Decision::Done
    } else {
        refused(ErrorCode::Forbidden)
    }
}

fn refused(code: ErrorCode) -> Decision {
    Decision::Refused {
        refusal: code.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = UnixMillis(1_000.0);

    fn caller() -> AdministratorCheckCall {
        AdministratorCheckCall {
            now: NOW,
            session_expiration_time: Some(UnixMillis(1_001.0)),
            user: Some(UserRow {
                id: "ada".to_owned(),
                email: None,
                email_verification_time: None,
                phone_verification_time: None,
                banned_time: None,
                ban_expiration_time: None,
                role: Some(ADMINISTRATOR.to_owned()),
                second_factor_time: None,
            }),
        }
    }

    fn outcome(change: impl FnOnce(&mut AdministratorCheckCall)) -> Option<ErrorCode> {
        let mut call = caller();
        change(&mut call);
        match check(&call) {
            Decision::Done => None,
            Decision::Refused { refusal } => Some(refusal.code),
        }
    }

    fn with_user(change: impl FnOnce(&mut UserRow)) -> Option<ErrorCode> {
        outcome(|call| {
            if let Some(user) = &mut call.user {
                change(user);
            }
        })
    }

    #[test]
    fn an_administrator_whose_session_goes_on_passes() {
        assert_eq!(outcome(|_| ()), None);
    }

    #[test]
    fn without_a_session_nobody_is_signed_in() {
        let code = Some(ErrorCode::NotSignedIn);
        assert_eq!(outcome(|call| call.session_expiration_time = None), code);
        assert_eq!(
            outcome(|call| call.session_expiration_time = Some(NOW)),
            code
        );
        assert_eq!(outcome(|call| call.user = None), code);
    }

    #[test]
    fn other_roles_are_refused() {
        let code = Some(ErrorCode::Forbidden);
        assert_eq!(with_user(|user| user.role = None), code);
        for role in ["", "Admin", "owner", "administrator"] {
            assert_eq!(with_user(|user| user.role = Some(role.to_owned())), code);
        }
    }

    #[test]
    fn a_banned_administrator_is_refused_until_the_ban_is_over() {
        let banned = |until| {
            with_user(|user| {
                user.banned_time = Some(UnixMillis(0.0));
                user.ban_expiration_time = until;
            })
        };
        assert_eq!(banned(None), Some(ErrorCode::Forbidden));
        assert_eq!(
            banned(Some(UnixMillis(1_001.0))),
            Some(ErrorCode::Forbidden)
        );
        assert_eq!(banned(Some(NOW)), None);
    }
}
