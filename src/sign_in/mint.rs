//! The one place where sessions are made.

use crate::entropy::Entropy;
use crate::origin::Origin;
use crate::refusal::SecondFactorMethod;
use crate::refusal::{ErrorCode, Refusal};
use crate::second_factor::trusted_device::{TrustedDevicePatch, TrustedDeviceWrite};
use crate::second_factor::{
    ChallengeStart, ChallengeStartCall, FirstFactor, Owed, SecondFactorChallengeRow, SecondFactors,
    owed, start,
};
use crate::session::{
    Authenticated, AuthenticationMethod, NewSession, SessionConfig, SessionRestriction, SessionRow,
};
use crate::time::{Millis, UnixMillis};
use crate::user::UserRow;

/// How long a session lasts that is for setting up a second factor only.
const RESTRICTED_LIFETIME: Millis = Millis::HOUR;

/// What was proved.
#[derive(Debug)]
pub enum Proof {
    /// The first factor: a second one may be owed.
    First(FirstFactor),
    /// All that was owed.
    All(Authenticated),
}

/// What the decision needs to know.
pub struct MintCall<'a> {
    /// The proof that somebody may come in at all.
    pub proof: Proof,
    /// The user, missing when the same transaction creates it.
    pub user: Option<&'a UserRow>,
    /// The user's sessions, oldest first.
    pub sessions: &'a [SessionRow],
    /// The user's second factors, and what is asked of users.
    pub factors: &'a SecondFactors,
    /// The session that the new one takes the place of: the same person proves
    /// once more who they are. One that is not the user's stays.
    pub replaces: Option<&'a str>,
    /// The app's settings.
    pub config: &'a SessionConfig,
    /// Where the request came from.
    pub origin: &'a Origin,
    /// The provider that was used.
    pub provider: &'a str,
    /// The time.
    pub now: UnixMillis,
}

/// A session that somebody gets.
#[derive(Debug, PartialEq)]
pub struct MintedSession {
    /// The session.
    pub session: NewSession,
    /// The session that it takes the place of.
    pub replaced: Option<String>,
    /// The oldest ones, when there would be too many.
    pub evict: Vec<String>,
    /// What becomes of the trusted device that was presented.
    pub trusted_device: TrustedDeviceWrite,
    /// The next token of that device, this once.
    pub trusted_device_token: Option<String>,
}

/// The decision.
#[derive(Debug, PartialEq)]
pub enum Mint {
    /// The session to insert, and what it changes.
    Session(Box<MintedSession>),
    /// A second factor is owed before there is a session.
    Challenge {
        /// What the client presents with the second factor, this once.
        verifier: String,
        /// With what it can be proved.
        methods: Vec<SecondFactorMethod>,
        /// The row to insert.
        row: SecondFactorChallengeRow,
    },
    /// No session.
    Refused(Refusal),
}

/// Decides whether an authenticated person gets a session. Every way to sign
/// in ends here.
pub fn mint(call: MintCall<'_>, entropy: &mut Entropy) -> Mint {
    if call.user.is_some_and(|user| user.is_banned(call.now)) {
        return Mint::Refused(ErrorCode::UserBanned.into());
    }
    let first = match call.proof {
        Proof::All(ref proof) => {
            let methods = proof.methods().to_vec();
            return session(&call, methods, None, None);
        }
        Proof::First(ref first) => first,
    };
    let mut methods = first.authentication_methods();
    let user_id = call.user.map(|user| user.id.as_str());
    match owed(call.factors, first, user_id, call.now, entropy) {
        Owed::Nothing => session(&call, methods, None, None),
        Owed::Recognized(device) => {
            methods.push(AuthenticationMethod::TrustedDevice);
            session(&call, methods, None, Some((device.patch, device.token)))
        }
        Owed::Enrollment => {
            let restriction = SessionRestriction::SecondFactorEnrollment;
            session(&call, methods, Some(restriction), None)
        }
        Owed::AnotherMethod => Mint::Refused(Refusal::with_message(
            ErrorCode::SecondFactorNotEnrolled,
            "none of the second factors counts beside this one; sign in another way".to_owned(),
        )),
        Owed::Challenge(challenge_methods) => {
            let ChallengeStart { verifier, row } = start(
                ChallengeStartCall {
                    now: call.now,
                    authentication_methods: methods,
                    user_id: user_id.unwrap_or_default(),
                    provider: call.provider,
                    session_id: replaced(&call).map(|session| session.id.as_str()),
                    is_step_up: false,
                    methods: challenge_methods.clone(),
                },
                entropy,
            );
            Mint::Challenge {
                verifier,
                methods: challenge_methods,
                row,
            }
        }
    }
}

/// The user's session that the new one takes the place of.
fn replaced<'a>(call: &MintCall<'a>) -> Option<&'a SessionRow> {
    let id = call.replaces?;
    call.sessions
        .iter()
        .find(|session| session.id == id && session.is_live(call.now))
}

fn session(
    call: &MintCall<'_>,
    authentication_methods: Vec<AuthenticationMethod>,
    restriction: Option<SessionRestriction>,
    device: Option<(TrustedDevicePatch, String)>,
) -> Mint {
    let replaced = replaced(call);
    let staying: Vec<&SessionRow> = call
        .sessions
        .iter()
        .filter(|session| replaced.is_none_or(|replaced| replaced.id != session.id))
        .collect();
    let lifetime = match restriction {
        None => call.config.total_lifetime(),
        Some(SessionRestriction::SecondFactorEnrollment) => RESTRICTED_LIFETIME,
    };
    let (trusted_device, trusted_device_token) = match device {
        None => (TrustedDeviceWrite::Keep, None),
        Some((patch, token)) => (TrustedDeviceWrite::Rotate { patch }, Some(token)),
    };
    Mint::Session(Box::new(MintedSession {
        session: NewSession {
            expiration_time: call.now.plus(lifetime),
            last_active_time: call.now,
            authentication_time: call.now,
            authentication_methods,
            provider: call.provider.to_owned(),
            ip_address: call.origin.valid_ip_address(),
            user_agent: call.origin.bounded_user_agent(),
            restriction,
        },
        evict: evict(&staying, call.config, call.now),
        replaced: replaced.map(|session| session.id.clone()),
        trusted_device,
        trusted_device_token,
    }))
}

/// The sessions that end so that one more fits: those that are over, and then
/// the oldest.
fn evict(sessions: &[&SessionRow], config: &SessionConfig, now: UnixMillis) -> Vec<String> {
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
    #![expect(
        clippy::panic,
        clippy::unwrap_used,
        reason = "a test fails by panicking"
    )]

    use proptest::prelude::*;

    use super::*;
    use crate::second_factor::tests::factors;
    use crate::second_factor::trusted_device::{TrustedDeviceConfig, trust};
    use crate::second_factor::{SecondFactorConfig, SecondFactorPolicy};
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
            restriction: None,
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
        mint_as(
            FirstFactor::Password,
            &SecondFactors::default(),
            None,
            user,
            sessions,
            config,
        )
    }

    fn mint_as(
        first: FirstFactor,
        factors: &SecondFactors,
        replaces: Option<&str>,
        user: &UserRow,
        sessions: &[SessionRow],
        config: &SessionConfig,
    ) -> Mint {
        let call = MintCall {
            proof: Proof::First(first),
            user: Some(user),
            sessions,
            factors,
            replaces,
            config,
            origin: &Origin::default(),
            provider: "password",
            now: UnixMillis(1_000.0),
        };
        mint(call, &mut Entropy::from_seed([1; 32]))
    }

    fn policy(policy: SecondFactorPolicy) -> SecondFactors {
        SecondFactors {
            config: SecondFactorConfig {
                policy: Some(policy),
                trusted_device_days: None,
            },
            ..SecondFactors::default()
        }
    }

    #[test]
    fn who_has_a_second_factor_gets_a_challenge_and_no_session() {
        let with = factors(1);
        let user = user(false);
        let minted = mint_as(
            FirstFactor::Password,
            &with,
            Some("0"),
            &user,
            &[session(0, 2_000.0)],
            &config(3),
        );
        let Mint::Challenge { row, methods, .. } = minted else {
            panic!("a second factor is owed");
        };
        assert_eq!(methods, [SecondFactorMethod::Totp]);
        assert_eq!(row.authentication_methods, [AuthenticationMethod::Password]);
        assert_eq!(row.session_id.as_deref(), Some("0"));
        let verified = FirstFactor::Passkey {
            user_verified: true,
            backup_eligible: false,
        };
        let minted = mint_as(verified, &with, None, &user, &[], &config(3));
        assert!(matches!(minted, Mint::Session(_)));
        let unverified = FirstFactor::Passkey {
            user_verified: false,
            backup_eligible: false,
        };
        let minted = mint_as(unverified, &with, None, &user, &[], &config(3));
        assert!(matches!(minted, Mint::Challenge { .. }));
    }

    #[test]
    fn a_passkey_is_a_second_factor_beside_another_or_when_one_is_required() {
        let user = user(false);
        let mint_with = |factors: &SecondFactors| {
            mint_as(FirstFactor::Password, factors, None, &user, &[], &config(3))
        };
        let mut with = SecondFactors {
            passkeys: 1,
            ..policy(SecondFactorPolicy::Optional)
        };
        assert!(matches!(mint_with(&with), Mint::Session(_)));
        with.group_requires = true;
        assert!(matches!(mint_with(&with), Mint::Challenge { .. }));
        let with = SecondFactors {
            passkeys: 1,
            ..policy(SecondFactorPolicy::Required)
        };
        assert!(matches!(mint_with(&with), Mint::Challenge { .. }));
        let with = SecondFactors {
            passkeys: 1,
            ..factors(1)
        };
        let Mint::Challenge { methods, .. } = mint_with(&with) else {
            panic!("a second factor is owed");
        };
        assert_eq!(
            methods,
            [SecondFactorMethod::Totp, SecondFactorMethod::Passkey]
        );
        let with = SecondFactors {
            passkeys: 1,
            ..policy(SecondFactorPolicy::Required)
        };
        let unverified = FirstFactor::Passkey {
            user_verified: false,
            backup_eligible: false,
        };
        let minted = mint_as(unverified, &with, None, &user, &[], &config(3));
        // The key is no second factor of itself: another one has to be set up.
        let Mint::Session(minted) = minted else {
            panic!("there is a session");
        };
        let restriction = Some(SessionRestriction::SecondFactorEnrollment);
        assert_eq!(minted.session.restriction, restriction);
    }

    #[test]
    fn who_must_set_up_a_factor_gets_a_restricted_session_for_an_hour() {
        let required = policy(SecondFactorPolicy::Required);
        let minted = mint_as(
            FirstFactor::Password,
            &required,
            None,
            &user(false),
            &[],
            &config(3),
        );
        let Mint::Session(minted) = minted else {
            panic!("there is a session");
        };
        let restriction = Some(SessionRestriction::SecondFactorEnrollment);
        assert_eq!(minted.session.restriction, restriction);
        assert_eq!(
            minted.session.expiration_time,
            UnixMillis(1_000.0).plus(Millis::HOUR)
        );
    }

    #[test]
    fn a_session_takes_the_place_of_the_users_own_only() {
        let none = SecondFactors::default();
        let user = user(false);
        for (replaces, replaced) in [("0", Some("0")), ("7", None)] {
            let minted = mint_as(
                FirstFactor::Password,
                &none,
                Some(replaces),
                &user,
                &[session(0, 2_000.0)],
                &config(1),
            );
            let Mint::Session(minted) = minted else {
                panic!("there is a session");
            };
            assert_eq!(minted.replaced.as_deref(), replaced);
            // It is replaced or evicted, not both.
            assert_eq!(minted.evict.is_empty(), replaced.is_some());
        }
    }

    #[test]
    fn a_trusted_device_is_told_in_the_session() {
        let user = user(false);
        let config = config(3);
        let trusted = trust(
            &user.id,
            &TrustedDeviceConfig::default(),
            &Origin::default(),
            UnixMillis(0.0),
            &mut Entropy::from_seed([2; 32]),
        )
        .unwrap();
        let mut with = factors(1);
        with.trusted_device = Some(trusted.row);
        let minted = mint_as(FirstFactor::Password, &with, None, &user, &[], &config);
        let Mint::Session(minted) = minted else {
            panic!("the device is trusted");
        };
        let methods = [
            AuthenticationMethod::Password,
            AuthenticationMethod::TrustedDevice,
        ];
        assert_eq!(minted.session.authentication_methods, methods);
        assert!(
            minted
                .trusted_device_token
                .is_some_and(|next| next != trusted.token)
        );
        assert!(matches!(
            minted.trusted_device,
            TrustedDeviceWrite::Rotate { .. }
        ));
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
        assert!(matches!(minted, Mint::Session(minted) if minted.evict == ["0"]));
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
            if let Mint::Session(minted) = mint_for(&user(false), &sessions, &config) {
                let MintedSession { evict, session, .. } = *minted;
                let left = sessions.iter().filter(|s| s.is_live(UnixMillis(1_000.0)) && !evict.contains(&s.id)).count();
                prop_assert!(left < usize::try_from(config.max_sessions()).unwrap_or(0));
                prop_assert!(session.expiration_time.since(UnixMillis(1_000.0)) == Millis::DAY.times(30.0));
            } else {
                prop_assert!(false);
            }
        }
    }
}
