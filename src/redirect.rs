//! Where a person may be sent after a flow.
//!
//! An open redirect lets an attacker use the app's own address to lead people
//! elsewhere, or have a code delivered to them. URL parsers differ in what they
//! forgive, so this one forgives nothing: what is not plainly one of the few
//! allowed forms is refused.

use std::fmt;

/// Most bytes of a redirect target: what every browser, proxy and server takes.
pub const MAX_TARGET_BYTES: usize = 2048;

/// Schemes that run or show content that comes with the URL itself, or reach
/// the device. They are refused even when an app lists them.
const REFUSED_SCHEMES: &[&str] = &[
    "about",
    "blob",
    "data",
    "file",
    "filesystem",
    "javascript",
    "vbscript",
    "view-source",
];

/// Why a redirect was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedirectError {
    /// The target has more than [`MAX_TARGET_BYTES`] bytes.
    TooLong,
    /// The target contains a backslash, a control character, a space, or
    /// another character that RFC 3986 does not allow in a URI, or a percent
    /// sign without two hexadecimal digits.
    InvalidCharacter,
    /// The target is neither a path with one leading `/`, nor a query with a
    /// leading `?`, nor `scheme://authority`.
    Form,
    /// The path has an empty or a dot segment, or hides a slash, a backslash, a
    /// dot segment or a control character behind percent encoding.
    Path,
    /// The authority has user information, no host, or a malformed port.
    Authority,
    /// The scheme is one that carries content, such as `javascript` or `data`.
    Scheme,
    /// The scheme and authority are neither the site's nor on the list.
    Origin,
    /// The configured site URL is not `scheme://authority` with an optional
    /// path.
    SiteUrl,
}

impl fmt::Display for RedirectError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            RedirectError::TooLong => "the redirect target is too long",
            RedirectError::InvalidCharacter => "the redirect target contains an invalid character",
            RedirectError::Form => "the redirect target is neither a path nor an absolute URL",
            RedirectError::Path => "the path of the redirect target is ambiguous",
            RedirectError::Authority => "the authority of the redirect target is not valid",
            RedirectError::Scheme => "the scheme of the redirect target is not allowed",
            RedirectError::Origin => "the redirect target is not on the list of allowed origins",
            RedirectError::SiteUrl => "the configured site URL is not valid",
        })
    }
}

impl std::error::Error for RedirectError {}

/// An absolute URL in its parts. `rest` is empty or begins with `/`, `?` or
/// `#`.
struct Absolute<'a> {
    scheme: &'a str,
    authority: &'a str,
    rest: &'a str,
}

impl Absolute<'_> {
    /// Whether both have the same scheme and authority, ASCII case aside
    /// (RFC 3986, section 6.2.2.1).
    fn same_origin(&self, other: &Absolute<'_>) -> bool {
        self.scheme.eq_ignore_ascii_case(other.scheme)
            && self.authority.eq_ignore_ascii_case(other.authority)
    }
}

/// Resolves the place a flow wants to send the person to.
///
/// - A path (`/welcome?x=1#y`) or a query (`?x=1`) is appended to `site_url`,
///   whose own path, if any, is kept: an app served below `/app` gets its paths
///   below `/app`.
/// - An absolute URL is accepted when its scheme and authority are those of
///   `site_url` or of one of `allowed_origins`; `myapp://callback` is such an
///   origin, too. Ports are compared as written. The result begins with the
///   site's or the listed origin's own spelling.
///
/// The result is `origin` followed by nothing, `/`, `?` or `#`, for an origin
/// out of the configuration.
///
/// # Errors
/// See [`RedirectError`]; the length is checked first. Entries of
/// `allowed_origins` that are not `scheme://authority` match nothing.
pub fn resolve(
    target: &str,
    site_url: &str,
    allowed_origins: &[String],
) -> Result<String, RedirectError> {
    if target.len() > MAX_TARGET_BYTES {
        return Err(RedirectError::TooLong);
    }
    check_characters(target)?;
    let base = site_url.strip_suffix('/').unwrap_or(site_url);
    let site = parse_origin(base).ok_or(RedirectError::SiteUrl)?;

    if target.starts_with('/') || target.starts_with('?') {
        check_path(target)?;
        return Ok(format!("{base}{target}"));
    }
    let absolute = parse_absolute(target)?;
    if absolute.same_origin(&site) {
        return Ok(format!(
            "{}://{}{}",
            site.scheme, site.authority, absolute.rest
        ));
    }
    let is_listed = |origin: &&str| {
        parse_origin(origin)
            .is_some_and(|allowed| allowed.rest.is_empty() && absolute.same_origin(&allowed))
    };
    allowed_origins
        .iter()
        .map(|origin| origin.strip_suffix('/').unwrap_or(origin))
        .find(is_listed)
        .map(|origin| format!("{origin}{}", absolute.rest))
        .ok_or(RedirectError::Origin)
}

/// Checks that only characters of RFC 3986, section 2, occur, and that every
/// percent sign begins an encoded byte.
fn check_characters(text: &str) -> Result<(), RedirectError> {
    let is_uri_byte =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
    let is_encoded = |after: &str| {
        let mut bytes = after.bytes();
        let mut next_is_hex = || bytes.next().is_some_and(|byte| byte.is_ascii_hexdigit());
        next_is_hex() && next_is_hex()
    };
    if text.bytes().all(is_uri_byte) && text.split('%').skip(1).all(is_encoded) {
        Ok(())
    } else {
        Err(RedirectError::InvalidCharacter)
    }
}

/// Checks the path of `rest`, a path with an optional query and fragment, or
/// one of these alone.
fn check_path(rest: &str) -> Result<(), RedirectError> {
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let Some(relative) = path.strip_prefix('/') else {
        return if path.is_empty() {
            Ok(())
        } else {
            Err(RedirectError::Form)
        };
    };
    // Lower case, so that each encoded byte has one spelling. `%25` is `%`, with
    // which the next decoder would find one of the others.
    let folded = relative.to_ascii_lowercase();
    let hides_something = ["%0", "%1", "%25", "%2e", "%2f", "%5c", "%7f"]
        .iter()
        .any(|encoded| folded.contains(encoded));
    // The last segment may be empty: a trailing slash.
    let inner = folded.strip_suffix('/').unwrap_or(&folded);
    let has_odd_segment = inner
        .split('/')
        .any(|segment| matches!(segment, "" | "." | ".."));
    if hides_something || (!folded.is_empty() && has_odd_segment) {
        return Err(RedirectError::Path);
    }
    Ok(())
}

/// Takes an absolute URL apart and checks each part.
fn parse_absolute(text: &str) -> Result<Absolute<'_>, RedirectError> {
    let (scheme, after) = text.split_once(':').ok_or(RedirectError::Form)?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    if !is_scheme {
        return Err(RedirectError::Form);
    }
    if REFUSED_SCHEMES
        .iter()
        .any(|refused| scheme.eq_ignore_ascii_case(refused))
    {
        return Err(RedirectError::Scheme);
    }
    let hierarchical = after.strip_prefix("//").ok_or(RedirectError::Form)?;
    let end = hierarchical
        .find(['/', '?', '#'])
        .unwrap_or(hierarchical.len());
    let (authority, rest) = hierarchical
        .split_at_checked(end)
        .ok_or(RedirectError::Form)?;
    if !is_authority(authority) {
        return Err(RedirectError::Authority);
    }
    check_path(rest)?;
    Ok(Absolute {
        scheme,
        authority,
        rest,
    })
}

/// Reads a configured origin, with or without a path, without query and
/// fragment.
fn parse_origin(text: &str) -> Option<Absolute<'_>> {
    check_characters(text).ok()?;
    parse_absolute(text)
        .ok()
        .filter(|absolute| !absolute.rest.contains(['?', '#']))
}

/// Whether `authority` is a host name, an IPv4 address or a bracketed IPv6
/// address with an optional port. User information is refused, because
/// `https://app.example@evil.example` reads like the wrong host.
fn is_authority(authority: &str) -> bool {
    let is_port =
        |port: &str| port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok();
    let (is_host, port) = if let Some(bracketed) = authority.strip_prefix('[') {
        let Some((address, after)) = bracketed.split_once(']') else {
            return false;
        };
        let is_address = address.parse::<std::net::Ipv6Addr>().is_ok();
        match after.strip_prefix(':') {
            None => (is_address && after.is_empty(), None),
            Some(port) => (is_address, Some(port)),
        }
    } else {
        let (host, port) = match authority.split_once(':') {
            None => (authority, None),
            Some((host, port)) => (host, Some(port)),
        };
        let is_name = !host.is_empty()
            && host
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
        (is_name, port)
    };
    is_host && port.is_none_or(is_port)
}

#[cfg(test)]
#[path = "redirect_tests.rs"]
mod tests;
