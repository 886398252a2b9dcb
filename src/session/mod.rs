//! Sessions: who gets one, how long it lasts, how it is renewed.

mod access_token;
mod config;
mod mint;
mod refresh;
mod refresh_token;
mod row;

pub use access_token::AccessClaims;
pub(crate) use config::MAX_ACCESS_TOKEN_LIFETIME;
pub use config::SessionConfig;
pub use mint::{Authenticated, Mint, MintCall, MintedSession, Proof, mint};
pub use refresh::{
    IssueAnswer, IssueCall, PresentedToken, RefreshAnswer, RefreshCall, RefreshOutcome,
    RefreshTokenWrite, SessionPatch, issue, present, refresh,
};
pub use refresh_token::{NewRefreshToken, RefreshTokenRow};
pub use row::{AuthenticationMethod, NewSession, SessionRestriction, SessionRow};
