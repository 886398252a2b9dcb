//! Where a request came from, as far as the platform tells.

use core::net::IpAddr;

use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// The longest user agent that is kept, in characters. Real ones are below
/// 300; the rest is cut, because the text is only shown to the user.
const MAX_USER_AGENT_LENGTH: usize = 512;

/// The origin that stands in for every request whose address is unknown, so
/// that the limiter fails closed: they share one bucket.
const UNKNOWN_NETWORK: &str = "unknown";

/// The client's address and software, as Convex reports them for the request
/// that triggered the function.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Origin {
    /// IPv4 or IPv6 address in text form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<String>,
    /// The `User-Agent` header (RFC 9110, section 10.1.5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
}

impl Origin {
    /// The network the limiter counts: the whole IPv4 address, or the first 64
    /// bits of an IPv6 address, because a single host usually owns the rest.
    /// An address that cannot be read counts as unknown.
    pub fn network(&self) -> String {
        let Some(address) = self
            .ip_address
            .as_deref()
            .and_then(|text| text.trim().parse::<IpAddr>().ok())
        else {
            return UNKNOWN_NETWORK.to_owned();
        };
        match address.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        }
    }

    /// The user agent, cut to a length that is fit to be stored.
    pub fn bounded_user_agent(&self) -> Option<String> {
        self.user_agent
            .as_deref()
            .map(|text| text.chars().take(MAX_USER_AGENT_LENGTH).collect())
    }

    /// The address, if it is one: a text that is no address is not stored.
    pub fn valid_ip_address(&self) -> Option<String> {
        self.ip_address
            .as_deref()
            .filter(|text| text.trim().parse::<IpAddr>().is_ok())
            .map(|text| text.trim().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(address: &str) -> Origin {
        Origin {
            ip_address: Some(address.to_owned()),
            user_agent: None,
        }
    }

    #[test]
    fn hosts_of_one_ipv6_network_share_a_limit() {
        assert_eq!(
            from("2001:db8:1:2::1").network(),
            from("2001:db8:1:2:ffff::9").network()
        );
        assert_ne!(
            from("2001:db8:1:2::1").network(),
            from("2001:db8:1:3::1").network()
        );
    }

    #[test]
    fn an_ipv4_address_in_ipv6_form_is_the_same_origin() {
        assert_eq!(
            from("::ffff:203.0.113.9").network(),
            from("203.0.113.9").network()
        );
    }

    #[test]
    fn unreadable_addresses_share_the_unknown_origin() {
        for text in ["", "not an address", "203.0.113.9, 10.0.0.1", "\u{0}"] {
            assert_eq!(from(text).network(), UNKNOWN_NETWORK);
        }
        assert_eq!(Origin::default().network(), UNKNOWN_NETWORK);
    }

    #[test]
    fn a_long_user_agent_is_cut() {
        let origin = Origin {
            ip_address: None,
            user_agent: Some("é".repeat(100_000)),
        };
        let kept = origin.bounded_user_agent().map(|text| text.chars().count());
        assert_eq!(kept, Some(MAX_USER_AGENT_LENGTH));
    }
}
