//! Sessions: who gets one, how long it lasts, how it is renewed.

mod access_token;
mod authenticated;
mod config;
mod refresh;
mod refresh_token;
mod row;

pub use authenticated::Authenticated;
pub use config::SessionConfig;
#[cfg(test)]
pub(crate) use refresh::RefreshTokenWrite;
pub use refresh::{
    IssueAnswer, IssueCall, PresentedToken, RefreshAnswer, RefreshCall, RefreshOutcome, issue,
    present, refresh,
};
pub use refresh_token::RefreshTokenRow;
pub use row::{AuthenticationMethod, NewSession, SessionRestriction, SessionRow};
