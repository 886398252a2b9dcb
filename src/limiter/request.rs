//! The limits of requests that cost something: e-mails and new users.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::bucket::Bucket;
use super::row::{LimitEntry, LimitWrite};
use crate::origin::Origin;
use crate::time::{Millis, UnixMillis};
use crate::token::opaque_key;

/// E-mails to one address: five at once, then one every ten minutes, so that
/// nobody's mailbox can be flooded.
const SEND_TO_IDENTIFIER: Bucket = Bucket {
    capacity: 5.0,
    interval: Millis::MINUTE.times(10.0),
};

/// E-mails asked for by one network: thirty at once, then one a minute.
const SEND_FROM_ORIGIN: Bucket = Bucket {
    capacity: 30.0,
    interval: Millis::MINUTE,
};

/// Sign-ups from one network: thirty at once, then one a minute.
const SIGN_UP_FROM_ORIGIN: Bucket = Bucket {
    capacity: 30.0,
    interval: Millis::MINUTE,
};

/// The keys of the rows that a request reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RequestKeys {
    /// E-mails to the identifier.
    pub send_to: String,
    /// E-mails asked for by the network.
    pub send_from: String,
    /// Sign-ups from the network.
    pub sign_up_from: String,
}

/// The rows that a request reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RequestLimits {
    /// E-mails to the identifier.
    pub send_to: LimitEntry,
    /// E-mails asked for by the network.
    pub send_from: LimitEntry,
    /// Sign-ups from the network.
    pub sign_up_from: LimitEntry,
}

/// The keys for requests about `identifier`.
pub fn keys(identifier: &str, origin: &Origin) -> RequestKeys {
    RequestKeys {
        send_to: send_to_key(identifier),
        send_from: send_from_key(origin),
        sign_up_from: opaque_key("sign-up-origin", &[&origin.network()]),
    }
}

/// The keys for codes that are a user's second factor. They are counted by the
/// user, who has proved the first factor, and not by the address: others could
/// use up what an address may get by asking for its password to be reset.
pub fn second_factor_keys(user_id: &str, origin: &Origin) -> RequestKeys {
    RequestKeys {
        send_to: opaque_key("send-second-factor", &[user_id]),
        ..keys("", origin)
    }
}

/// The key of e-mails to `identifier`, of whatever kind.
pub(crate) fn send_to_key(identifier: &str) -> String {
    opaque_key("send-identifier", &[identifier])
}

/// The key of e-mails asked for by the network of `origin`, of whatever kind.
pub(crate) fn send_from_key(origin: &Origin) -> String {
    opaque_key("send-origin", &[&origin.network()])
}

/// Counts one e-mail to an address and from a network.
///
/// # Errors
/// The time to wait; nothing is counted then.
pub(crate) fn send(
    send_to: &LimitEntry,
    send_from: &LimitEntry,
    now: UnixMillis,
) -> Result<Vec<LimitWrite>, Millis> {
    Ok(vec![
        take(&SEND_TO_IDENTIFIER, send_to, now)?,
        take(&SEND_FROM_ORIGIN, send_from, now)?,
    ])
}

impl RequestLimits {
    /// Counts one e-mail.
    ///
    /// # Errors
    /// The time to wait; nothing is counted then.
    pub fn send(&self, now: UnixMillis) -> Result<Vec<LimitWrite>, Millis> {
        send(&self.send_to, &self.send_from, now)
    }

    /// Counts one sign-up.
    ///
    /// # Errors
    /// The time to wait; nothing is counted then.
    pub fn sign_up(&self, now: UnixMillis) -> Result<Vec<LimitWrite>, Millis> {
        Ok(vec![take(&SIGN_UP_FROM_ORIGIN, &self.sign_up_from, now)?])
    }
}

/// Counts one event of `entry`.
///
/// # Errors
/// The time to wait; nothing is counted then.
pub(crate) fn take(
    bucket: &Bucket,
    entry: &LimitEntry,
    now: UnixMillis,
) -> Result<LimitWrite, Millis> {
    bucket.check(entry.row.as_ref(), now)?;
    Ok(entry.store(bucket.take(entry.row.as_ref(), now)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_cannot_be_flooded_from_many_networks() {
        let now = UnixMillis(1e12);
        let mut send_to: Option<LimitEntry> = None;
        let mut sent = 0;
        for host in 0..50 {
            let origin = Origin {
                ip_address: Some(format!("203.0.113.{host}")),
                user_agent: None,
            };
            let keys = keys("ada@example.com", &origin);
            let fresh = |key| LimitEntry { key, row: None };
            let limits = RequestLimits {
                send_to: send_to.take().unwrap_or_else(|| fresh(keys.send_to)),
                send_from: fresh(keys.send_from),
                sign_up_from: fresh(keys.sign_up_from),
            };
            let mut next = limits.send_to.clone();
            if let Ok(writes) = limits.send(now) {
                sent += 1;
                for write in writes {
                    if write.key == next.key {
                        next.row = write.row;
                    }
                }
            }
            send_to = Some(next);
        }
        assert_eq!(sent, 5);
    }
}
