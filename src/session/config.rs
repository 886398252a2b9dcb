//! How long sessions last, and how many there may be.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::signing_key::MAX_ACCESS_TOKEN_LIFETIME;
use crate::time::Millis;

/// The most sessions a user may have. The rows are read and, when a password
/// changes, deleted in one transaction, which bounds them.
const MAX_SESSIONS: u32 = 100;

/// The longest lifetime of a session: a year. Longer is a mistake in a
/// configuration.
const MAX_TOTAL_LIFETIME: Millis = Millis::DAY.times(366.0);

/// The app's settings for sessions. Missing settings have safe defaults, and
/// values out of range are moved to the nearest bound.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SessionConfig {
    /// The `iss` claim: the deployment's site URL.
    pub issuer: String,
    /// The `aud` claim: `convex` by default.
    #[serde(default)]
    pub audience: Option<String>,
    /// Milliseconds an access token is valid: 15 minutes by default, between
    /// one minute and one hour.
    #[serde(default)]
    pub access_token_lifetime_ms: Option<Millis>,
    /// Milliseconds until a session ends even when it is used: 30 days by
    /// default.
    #[serde(default)]
    pub total_lifetime_ms: Option<Millis>,
    /// Milliseconds until a session ends when it is not used: 14 days by
    /// default.
    #[serde(default)]
    pub idle_lifetime_ms: Option<Millis>,
    /// Milliseconds during which a refresh token that was just used is accepted
    /// again, for tabs and lost answers: 10 seconds by default, one minute at
    /// most.
    #[serde(default)]
    pub refresh_grace_ms: Option<Millis>,
    /// The most sessions of one user: 25 by default, 100 at most. The oldest
    /// is ended when there would be one more.
    #[serde(default)]
    pub max_sessions: Option<u32>,
}

impl SessionConfig {
    /// The `aud` claim.
    pub fn audience(&self) -> &str {
        self.audience.as_deref().unwrap_or("convex")
    }

    /// The lifetime of an access token.
    pub fn access_token_lifetime(&self) -> Millis {
        bounded(
            self.access_token_lifetime_ms,
            Millis::MINUTE.times(15.0),
            Millis::MINUTE,
            MAX_ACCESS_TOKEN_LIFETIME,
        )
    }

    /// The lifetime of a session.
    pub fn total_lifetime(&self) -> Millis {
        bounded(
            self.total_lifetime_ms,
            Millis::DAY.times(30.0),
            Millis::MINUTE,
            MAX_TOTAL_LIFETIME,
        )
    }

    /// The lifetime of a session that is not used.
    pub fn idle_lifetime(&self) -> Millis {
        bounded(
            self.idle_lifetime_ms,
            Millis::DAY.times(14.0),
            Millis::MINUTE,
            MAX_TOTAL_LIFETIME,
        )
    }

    /// How long a used refresh token is accepted again.
    pub fn refresh_grace(&self) -> Millis {
        bounded(
            self.refresh_grace_ms,
            Millis::SECOND.times(10.0),
            Millis(0.0),
            Millis::MINUTE,
        )
    }

    /// The most sessions of one user.
    pub fn max_sessions(&self) -> u32 {
        self.max_sessions.unwrap_or(25).clamp(1, MAX_SESSIONS)
    }
}

fn bounded(value: Option<Millis>, default: Millis, least: Millis, most: Millis) -> Millis {
    match value {
        Some(Millis(value)) if value.is_finite() => Millis(value.clamp(least.0, most.0)),
        _ => default,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(value: f64) -> SessionConfig {
        SessionConfig {
            issuer: String::new(),
            audience: None,
            access_token_lifetime_ms: Some(Millis(value)),
            total_lifetime_ms: Some(Millis(value)),
            idle_lifetime_ms: Some(Millis(value)),
            refresh_grace_ms: Some(Millis(value)),
            max_sessions: None,
        }
    }

    #[test]
    fn settings_cannot_leave_their_bounds() {
        let year = Millis::DAY.times(366.0);
        for (value, access, session, grace) in [
            (-1.0, Millis::MINUTE, Millis::MINUTE, Millis(0.0)),
            (0.0, Millis::MINUTE, Millis::MINUTE, Millis(0.0)),
            (1e15, Millis::HOUR, year, Millis::MINUTE),
        ] {
            let config = config(value);
            assert_eq!(config.access_token_lifetime(), access);
            assert_eq!(config.total_lifetime(), session);
            assert_eq!(config.idle_lifetime(), session);
            assert_eq!(config.refresh_grace(), grace);
        }
        for (asked, given) in [(None, 25), (Some(0), 1), (Some(1_000), 100)] {
            let config = SessionConfig {
                max_sessions: asked,
                ..config(0.0)
            };
            assert_eq!(config.max_sessions(), given);
        }
    }

    #[test]
    fn settings_that_are_no_numbers_are_the_defaults() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let config = config(value);
            assert_eq!(config.access_token_lifetime(), Millis::MINUTE.times(15.0));
            assert_eq!(config.total_lifetime(), Millis::DAY.times(30.0));
            assert_eq!(config.idle_lifetime(), Millis::DAY.times(14.0));
            assert_eq!(config.refresh_grace(), Millis::SECOND.times(10.0));
        }
    }
}
