//! The limits of an attempt to present a secret for an identifier.
//!
//! Three counters work together, and only failures are counted:
//!
//! - *lock*: the identifier from one network, with progressive lock-out;
//! - *account*: the identifier from everywhere, against distributed guessing.
//!   A network from which the user has a live session passes it, so that
//!   strangers cannot lock the owner out;
//! - *origin*: one network against all identifiers, against spraying.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::bucket::Bucket;
use super::lockout;
use super::permit::Permit;
use super::row::{LimitEntry, LimitWrite};
use crate::origin::Origin;
use crate::time::{Millis, UnixMillis};
use crate::token::opaque_key;

/// Failures against one identifier from everywhere: 30 at once, then one every
/// two minutes.
const ACCOUNT: Bucket = Bucket {
    capacity: 30.0,
    interval: Millis::MINUTE.times(2.0),
};

/// Failures from one network against all identifiers: 60 at once, so that an
/// office behind one address is not locked out, then one every ten seconds.
const ORIGIN: Bucket = Bucket {
    capacity: 60.0,
    interval: Millis::SECOND.times(10.0),
};

/// The keys of the rows that an attempt reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AttemptKeys {
    /// Identifier and network.
    pub lock: String,
    /// Identifier.
    pub account: String,
    /// Network.
    pub origin: String,
}

/// The rows that an attempt reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AttemptLimits {
    /// Identifier and network.
    pub lock: LimitEntry,
    /// Identifier.
    pub account: LimitEntry,
    /// Network.
    pub origin: LimitEntry,
}

/// What a counted failure leaves behind.
pub struct Failure {
    /// The counters to store.
    pub writes: Vec<LimitWrite>,
    /// Whether this failure locked the identifier for the network.
    pub locked: bool,
}

/// The keys for attempts on `identifier` at `provider`. Identifiers are hashed,
/// and providers do not share counters.
pub fn keys(provider: &str, identifier: &str, origin: &Origin) -> AttemptKeys {
    let network = origin.network();
    AttemptKeys {
        lock: opaque_key("attempt-lock", &[provider, identifier, &network]),
        account: opaque_key("attempt-account", &[provider, identifier]),
        origin: opaque_key("attempt-origin", &[&network]),
    }
}

/// Forgets the failures against an identifier, from this network and from
/// everywhere, without having read them: deleting what is not there is nothing.
/// The network's own counter stays, as it is about other identifiers, too.
pub fn forget(keys: &AttemptKeys) -> Vec<LimitWrite> {
    [&keys.lock, &keys.account]
        .map(|key| LimitWrite {
            key: key.clone(),
            row: None,
        })
        .to_vec()
}

impl AttemptLimits {
    /// Whether a secret may be compared now. `known_origin` says that the user
    /// has a live session from this network.
    ///
    /// # Errors
    /// The time to wait.
    pub fn allow(&self, known_origin: bool, now: UnixMillis) -> Result<Permit, Millis> {
        lockout::check(self.lock.row.as_ref(), now)?;
        if !known_origin {
            ACCOUNT.check(self.account.row.as_ref(), now)?;
        }
        ORIGIN.check(self.origin.row.as_ref(), now)?;
        Ok(Permit::grant())
    }

    /// Counts a failure that `allow` had permitted.
    pub fn fail(&self, now: UnixMillis) -> Failure {
        let lock = lockout::fail(self.lock.row.as_ref(), now);
        let locked = lock.locked_until.is_some();
        Failure {
            writes: vec![
                self.lock.store(lock),
                self.account
                    .store(ACCOUNT.take(self.account.row.as_ref(), now)),
                self.origin
                    .store(ORIGIN.take(self.origin.row.as_ref(), now)),
            ],
            locked,
        }
    }

    /// After a success: the failures of this identifier from this network are
    /// forgotten. Without failures nothing is written.
    pub fn succeed(&self) -> Vec<LimitWrite> {
        self.lock.clear().into_iter().collect()
    }

    /// After the owner has proved the mailbox: the owner's way back. Failures
    /// from everywhere are forgotten. See [`forget`] for counters that were not
    /// read.
    pub fn recover(&self) -> Vec<LimitWrite> {
        [self.lock.clear(), self.account.clear()]
            .into_iter()
            .flatten()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(address: &str) -> Origin {
        Origin {
            ip_address: Some(address.to_owned()),
            user_agent: None,
        }
    }

    fn fresh(origin: &Origin) -> AttemptLimits {
        let keys = keys("password", "ada@example.com", origin);
        let entry = |key| LimitEntry { key, row: None };
        AttemptLimits {
            lock: entry(keys.lock),
            account: entry(keys.account),
            origin: entry(keys.origin),
        }
    }

    fn apply(limits: &mut AttemptLimits, writes: Vec<LimitWrite>) {
        for write in writes {
            for entry in [&mut limits.lock, &mut limits.account, &mut limits.origin] {
                if entry.key == write.key {
                    entry.row.clone_from(&write.row);
                }
            }
        }
    }

    #[test]
    fn limiter_keys_do_not_show_the_identifier() {
        let keys = keys("password", "ada@example.com", &origin("203.0.113.9"));
        for key in [keys.lock, keys.account, keys.origin] {
            assert!(!key.contains("ada") && !key.contains("203"));
        }
    }

    #[test]
    fn five_failures_lock_the_identifier_for_the_network_only() {
        let now = UnixMillis(1e12);
        let mut limits = fresh(&origin("203.0.113.9"));
        for attempt in 1..=5 {
            assert!(limits.allow(false, now).is_ok(), "attempt {attempt}");
            let failure = limits.fail(now);
            assert_eq!(failure.locked, attempt == 5);
            apply(&mut limits, failure.writes);
        }
        assert_eq!(limits.allow(false, now).err(), Some(Millis(300_000.0)));
        let mut elsewhere = fresh(&origin("198.51.100.7"));
        elsewhere.account = limits.account;
        assert!(elsewhere.allow(false, now).is_ok());
    }

    #[test]
    fn distributed_guessing_is_bounded_and_the_owner_still_gets_in() {
        let now = UnixMillis(1e12);
        let mut account = fresh(&origin("203.0.113.1")).account;
        for host in 0..30 {
            let mut limits = fresh(&origin(&format!("203.0.113.{host}")));
            limits.account = account;
            assert!(limits.allow(false, now).is_ok());
            let writes = limits.fail(now).writes;
            apply(&mut limits, writes);
            account = limits.account;
        }
        let mut limits = fresh(&origin("198.51.100.7"));
        limits.account = account;
        assert!(limits.allow(false, now).is_err());
        assert!(limits.allow(true, now).is_ok());
        let writes = limits.recover();
        apply(&mut limits, writes);
        assert!(limits.allow(false, now).is_ok());
    }

    #[test]
    fn one_network_cannot_spray_many_identifiers() {
        let now = UnixMillis(1e12);
        let mut origin_entry = fresh(&origin("203.0.113.9")).origin;
        let mut allowed = 0;
        for user in 0..100 {
            let keys = keys(
                "password",
                &format!("user{user}@example.com"),
                &origin("203.0.113.9"),
            );
            let mut limits = AttemptLimits {
                lock: LimitEntry {
                    key: keys.lock,
                    row: None,
                },
                account: LimitEntry {
                    key: keys.account,
                    row: None,
                },
                origin: origin_entry,
            };
            if limits.allow(false, now).is_ok() {
                allowed += 1;
                let writes = limits.fail(now).writes;
                apply(&mut limits, writes);
            }
            origin_entry = limits.origin;
        }
        assert_eq!(allowed, 60);
    }

    #[test]
    fn a_success_without_failures_writes_nothing() {
        assert!(fresh(&origin("203.0.113.9")).succeed().is_empty());
    }
}
