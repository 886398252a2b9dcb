//! The one place where sessions are made.

use super::config::SessionConfig;
use super::row::{AuthenticationMethod, NewSession, SessionRow};
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::user::UserRow;

/// The proof that a person was authenticated. Only the functions that checked
/// a secret can make one.
#[derive(Debug)]
pub struct Authenticated {
    methods: Vec<AuthenticationMethod>,
}

impl Authenticated {
    /// Proof by one method. Called right after the secret was checked.
    pub(crate) fn by(method: AuthenticationMethod) -> Self {
        Authenticated {
            methods: vec![method],
        }
    }

    /// Proof by several methods: a first factor, and the second one that was
    /// checked for it.
    pub(crate) fn by_all(methods: Vec<AuthenticationMethod>) -> Self {
        Authenticated { methods }
    }

    /// How the person proved it.
    pub fn methods(&self) -> &[AuthenticationMethod] {
        &self.methods
    }
}

/// What the decision needs to know.
pub struct MintCall<'a> {
    /// The proof that somebody may come in at all.
    pub proof: Authenticated,
    /// The user, missing when the same transaction creates it.
    pub user: Option<&'a UserRow>,
    /// The user's sessions, oldest first.
    pub sessions: &'a [SessionRow],
    /// The app's settings.
    pub config: &'a SessionConfig,
    /// Where the request came from.
    pub origin: &'a Origin,
    /// The provider that was used.
    pub provider: &'a str,
    /// The time.
    pub now: UnixMillis,
}

/// The decision.
#[derive(Debug, PartialEq)]
pub enum Mint {
    /// The session to insert, and the ids of the sessions that end for it.
    Session {
        /// The session.
        session: NewSession,
        /// The oldest ones, when there would be too many.
        evict: Vec<String>,
    },
    /// No session.
    Refused(Refusal),
}

/// Decides whether an authenticated person gets a session. Every way to sign
/// in ends here.
pub fn mint(call: MintCall<'_>) -> Mint {
    let MintCall {
        proof,
        user,
        sessions,
        config,
        origin,
        provider,
        now,
    } = call;
    if user.is_some_and(|user| user.is_banned(now)) {
        return Mint::Refused(ErrorCode::UserBanned.into());
    }
    Mint::Session {
        session: NewSession {
            expiration_time: now.plus(config.total_lifetime()),
            last_active_time: now,
            authentication_time: now,
            authentication_methods: proof.methods,
            provider: provider.to_owned(),
            ip_address: origin.valid_ip_address(),
            user_agent: origin.bounded_user_agent(),
        },
        evict: evict(sessions, config, now),
    }
}

/// The sessions that end so that one more fits: those that are over, and then
/// the oldest.
fn evict(sessions: &[SessionRow], config: &SessionConfig, now: UnixMillis) -> Vec<String> {
    let keep = usize::try_from(config.max_sessions().saturating_sub(1)).unwrap_or(0);
    let live = sessions.iter().filter(|session| session.is_live(now));
    let surplus = live.clone().count().saturating_sub(keep);
    let over = sessions.iter().filter(|session| !session.is_live(now));
    over.chain(live.take(surplus))
        .map(|session| session.id.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::Millis;

    fn config(max_sessions: u32) -> SessionConfig {
        SessionConfig {
            issuer: "https://example.convex.site".to_owned(),
            audience: None,
            access_token_lifetime_ms: None,
            total_lifetime_ms: None,
            idle_lifetime_ms: None,
            refresh_grace_ms: None,
            max_sessions: Some(max_sessions),
        }
    }

    fn session(number: usize, expiration_time: f64) -> SessionRow {
        SessionRow {
            id: number.to_string(),
            user_id: "u".to_owned(),
            expiration_time: UnixMillis(expiration_time),
            last_active_time: UnixMillis(0.0),
            authentication_time: UnixMillis(0.0),
            authentication_methods: vec![],
            provider: "password".to_owned(),
            ip_address: None,
            user_agent: None,
        }
    }

    fn user(banned: bool) -> UserRow {
        UserRow {
            id: "u".to_owned(),
            email: None,
            email_verification_time: None,
            phone_verification_time: None,
            banned_time: banned.then_some(UnixMillis(0.0)),
            ban_expiration_time: None,
            role: None,
            second_factor_time: None,
        }
    }

    fn mint_for(user: &UserRow, sessions: &[SessionRow], config: &SessionConfig) -> Mint {
        mint(MintCall {
            proof: Authenticated::by(AuthenticationMethod::Password),
            user: Some(user),
            sessions,
            config,
            origin: &Origin::default(),
            provider: "password",
            now: UnixMillis(1_000.0),
        })
    }

    #[test]
    fn a_banned_user_gets_no_session() {
        let banned = mint_for(&user(true), &[], &config(3));
        assert!(matches!(banned, Mint::Refused(refusal) if refusal.code == ErrorCode::UserBanned));
    }

    #[test]
    fn the_oldest_session_is_evicted() {
        let sessions: Vec<_> = (0..3).map(|number| session(number, 2_000.0)).collect();
        let minted = mint_for(&user(false), &sessions, &config(3));
        assert!(matches!(minted, Mint::Session { evict, .. } if evict == ["0"]));
    }

    proptest! {
        /// After minting, there are never more live sessions than the cap.
        #[test]
        fn live_sessions_never_exceed_the_cap(
            cap in 0_u32..200,
            expirations in prop::collection::vec(0.0_f64..2_000.0, 0..150),
        ) {
            let config = config(cap);
            let sessions: Vec<_> = expirations.iter().enumerate().map(|(n, e)| session(n, *e)).collect();
            if let Mint::Session { evict, session } = mint_for(&user(false), &sessions, &config) {
                let left = sessions.iter().filter(|s| s.is_live(UnixMillis(1_000.0)) && !evict.contains(&s.id)).count();
                prop_assert!(left < usize::try_from(config.max_sessions()).unwrap_or(0));
                prop_assert!(session.expiration_time.since(UnixMillis(1_000.0)) == Millis::DAY.times(30.0));
            } else {
                prop_assert!(false);
            }
        }
    }
}
