//! The ways to sign in. Each one checks its own secret and ends in
//! `session::mint`; all answer in one shape, so that one place writes.

mod account_secret;
mod answer;
mod app_sign_in;
mod call;
mod config;
mod email_verification;
mod mailbox;
mod mint;
mod password_change;
mod password_reset;
mod password_sign_in;
mod password_sign_up;
mod redirect_target;
mod second_factor;
pub(crate) mod verification;
pub(crate) mod wrong_secret;

pub use account_secret::{
    AccountCheck, AccountCheckCall, PrepareAccountCall, PreparedAccount, check_account_secret,
    prepare_account,
};
pub use answer::{
    AccountWrite, RefuseAdmissionCall, RefuseSessionCall, RefusedSession, SignInAnswer,
    SignInOutcome, UserWrite, refuse_admission, refuse_session,
};
pub use app_sign_in::{AppLookup, AppSignInCall, app_lookup, app_sign_in};
pub(crate) use call::add_session;
pub use call::{PasswordCall, PasswordLookup, PasswordRows, lookup};
pub use config::PasswordConfig;
pub use email_verification::{EmailVerificationInput, verify_email};
pub use mint::{MintCall, Proof, mint};
pub use password_change::{ChangeInput, change};
pub use password_reset::{ResetInput, request_reset, reset};
pub use password_sign_in::sign_in;
pub use password_sign_up::{SignUpInput, sign_up};
pub use redirect_target::{RedirectAnswer, RedirectCall, resolve_redirect};
pub use second_factor::{
    SecondFactorSession, SecondFactorSignIn, confirm_code_factor, confirm_totp,
    verify_second_factor,
};
pub(crate) use second_factor::{
    finish as finish_second_factor, refused as refuse_second_factor, trust_device,
};
pub use verification::{CodeRow, CodeWrite, DeliveryPurpose};

use crate::password::PasswordError;
use crate::refusal::{ErrorCode, Refusal};

/// What a person is told about a password that cannot be used.
fn password_refusal(error: PasswordError) -> Refusal {
    let code = match error {
        PasswordError::TooShort { .. } => ErrorCode::PasswordTooShort,
        PasswordError::TooLong { .. } => ErrorCode::PasswordTooLong,
        PasswordError::TooCommon => ErrorCode::PasswordTooCommon,
        PasswordError::InvalidCharacter => ErrorCode::PasswordInvalid,
    };
    Refusal::with_message(code, error.to_string())
}

#[cfg(test)]
#[expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
mod tests;
