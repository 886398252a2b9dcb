//! The access token: what Convex verifies on every call.

use serde::Serialize;

use super::config::SessionConfig;
use super::row::{AuthenticationMethod, SessionCopy};
use crate::entropy::Entropy;
use crate::jose::{JwtError, SigningKey, sign};
use crate::time::UnixMillis;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

/// The third part of the subject of a restricted session.
const RESTRICTED: &str = "restricted";

/// The claims of an access token (RFC 7519, section 4.1; `sid` and `auth_time`
/// from OpenID Connect; `amr` from RFC 8176). Nothing about the person but the
/// id is in it, because a token travels far.
#[derive(Debug, Serialize)]
pub struct AccessClaims {
    /// Issuer: the deployment.
    pub iss: String,
    /// Subject: `<user id>|<session id>`, and for a restricted session
    /// `<user id>|<session id>|restricted`, which nothing takes for a user but
    /// what is made for it.
    pub sub: String,
    /// Audience.
    pub aud: String,
    /// Issued at, seconds.
    pub iat: f64,
    /// Expires at, seconds: never after the session.
    pub exp: f64,
    /// A unique id, 128 random bits.
    pub jti: String,
    /// The session's id.
    pub sid: String,
    /// When the person proved who they are, seconds.
    pub auth_time: f64,
    /// How the person proved it.
    pub amr: Vec<AuthenticationMethod>,
}

/// Makes the access token of a session.
pub(super) fn make(
    session_id: &str,
    session: &SessionCopy,
    config: &SessionConfig,
    key: &SigningKey,
    now: UnixMillis,
    entropy: &mut Entropy,
) -> Result<String, JwtError> {
    let expiration = now
        .plus(config.access_token_lifetime())
        .min(session.expiration_time);
    let claims = AccessClaims {
        iss: config.issuer.clone(),
        sub: match session.restriction {
            None => format!("{}|{session_id}", session.user_id),
            Some(_) => format!("{}|{session_id}|{RESTRICTED}", session.user_id),
        },
        aud: config.audience().to_owned(),
        iat: now.seconds(),
        exp: expiration.seconds(),
        jti: BASE64_URL_SAFE_NO_PAD.encode(entropy.bytes::<16>()),
        sid: session_id.to_owned(),
        auth_time: session.authentication_time.seconds(),
        amr: session.authentication_methods.clone(),
    };
    sign(&claims, key)
}
