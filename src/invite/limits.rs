//! How many invitations may be sent.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::limiter::{self, Bucket, LimitEntry, LimitWrite};
use crate::origin::Origin;
use crate::time::{Millis, UnixMillis};
use crate::token::opaque_key;

/// Invitations sent by one user, or by the app: thirty at once, then one a
/// minute, so that one account cannot use the app to send advertisements.
const SEND_BY_INVITER: Bucket = Bucket {
    capacity: 30.0,
    interval: Millis::MINUTE,
};

/// The keys of the rows that sending an invitation reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct InviteLimitKeys {
    /// E-mails to the address.
    pub send_to: String,
    /// E-mails asked for by the network.
    pub send_from: String,
    /// Invitations sent by the inviter, or by the app.
    pub send_by: String,
}

/// The rows that sending an invitation reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct InviteLimits {
    /// E-mails to the address.
    pub send_to: LimitEntry,
    /// E-mails asked for by the network.
    pub send_from: LimitEntry,
    /// Invitations sent by the inviter, or by the app.
    pub send_by: LimitEntry,
}

/// The keys for an invitation of `email`, normalised, that `inviter` sends, or
/// the app if there is none. Other e-mails count for the same address and the
/// same network.
pub fn keys(email: &str, inviter: Option<&str>, origin: &Origin) -> InviteLimitKeys {
    InviteLimitKeys {
        send_to: limiter::send_to_key(email),
        send_from: limiter::send_from_key(origin),
        send_by: match inviter {
            Some(user_id) => opaque_key("send-invite-user", &[user_id]),
            None => opaque_key("send-invite-app", &[]),
        },
    }
}

impl InviteLimits {
    /// Counts one invitation.
    ///
    /// # Errors
    /// The time to wait; nothing is counted then.
    pub fn send(&self, now: UnixMillis) -> Result<Vec<LimitWrite>, Millis> {
        let mut writes = limiter::send(&self.send_to, &self.send_from, now)?;
        writes.push(limiter::take(&SEND_BY_INVITER, &self.send_by, now)?);
        Ok(writes)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::limiter::LimitRow;

    #[derive(Default)]
    struct Counters(BTreeMap<String, LimitRow>);

    impl Counters {
        fn entry(&self, key: String) -> LimitEntry {
            let row = self.0.get(&key).cloned();
            LimitEntry { key, row }
        }

        fn limits(&self, keys: InviteLimitKeys) -> InviteLimits {
            InviteLimits {
                send_to: self.entry(keys.send_to),
                send_from: self.entry(keys.send_from),
                send_by: self.entry(keys.send_by),
            }
        }

        /// Sends one invitation from a network of its own.
        fn send(&mut self, email: &str, inviter: Option<&str>, host: u32) -> Result<(), Millis> {
            let origin = Origin {
                ip_address: Some(format!("198.51.{}.{}", host / 250, host % 250)),
                user_agent: None,
            };
            let limits = self.limits(keys(email, inviter, &origin));
            for write in limits.send(UnixMillis(1e12))? {
                self.0.extend(write.row.map(|row| (write.key, row)));
            }
            Ok(())
        }
    }

    #[test]
    fn a_mailbox_is_not_flooded_by_many_inviters() {
        let mut counters = Counters::default();
        let sent = (0..50)
            .filter(|host| {
                let inviter = host.to_string();
                let sent = counters.send("ada@example.com", Some(&inviter), *host);
                sent.is_ok()
            })
            .count();
        assert_eq!(sent, 5);
    }

    #[test]
    fn an_inviter_does_not_write_to_everybody() {
        let mut counters = Counters::default();
        for inviter in [Some("bob"), None] {
            let sent = (0..100)
                .filter(|host| {
                    let email = format!("user{host}@example.com");
                    counters.send(&email, inviter, *host).is_ok()
                })
                .count();
            assert_eq!(sent, 30, "{inviter:?}");
            // Those that were refused counted for nobody's mailbox.
            let to_99 = limiter::send_to_key("user99@example.com");
            assert!(!counters.0.contains_key(&to_99));
            counters.0.clear();
        }
    }

    #[test]
    fn a_network_does_not_send_by_many_inviters() {
        let mut counters = Counters::default();
        let sent = (0..100)
            .filter(|user| {
                let email = format!("user{user}@example.com");
                counters.send(&email, Some(&email), 7).is_ok()
            })
            .count();
        assert_eq!(sent, 30);
    }

    #[test]
    fn invitations_share_the_limits_of_other_e_mails() {
        let origin = Origin::default();
        let other = limiter::request_keys("ada@example.com", &origin);
        let own = keys("ada@example.com", None, &origin);
        assert_eq!(
            (own.send_to, own.send_from),
            (other.send_to, other.send_from)
        );
    }

    #[test]
    fn the_app_is_no_user_of_any_name() {
        let origin = Origin::default();
        for name in ["", "app", "send-invite-app"] {
            assert_ne!(
                keys("a@example.com", Some(name), &origin).send_by,
                keys("a@example.com", None, &origin).send_by
            );
        }
    }
}
