//! The stored form of a session.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::origin::Origin;
use crate::time::UnixMillis;

/// How a person proved who they are (RFC 8176, section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
pub enum AuthenticationMethod {
    /// A password.
    #[serde(rename = "pwd")]
    Password,
    /// A code that was sent to the person.
    #[serde(rename = "otp")]
    OneTimeCode,
    /// A code that was sent in a text message.
    #[serde(rename = "sms")]
    TextMessage,
    /// A key that cannot leave its device.
    #[serde(rename = "hwk")]
    HardwareKey,
    /// A key that may be copied between devices, such as a synced passkey.
    #[serde(rename = "swk")]
    SoftwareKey,
    /// A person was there, and did more than nothing.
    #[serde(rename = "user")]
    UserPresence,
    /// Factors of more than one kind. The methods beside it say which.
    #[serde(rename = "mfa")]
    MultipleFactors,
    /// Another system's word (private use; RFC 8176 has no value for it).
    #[serde(rename = "fed")]
    Federated,
    /// A recovery code (private use; RFC 8176 has no value for it).
    #[serde(rename = "recovery")]
    RecoveryCode,
    /// A device that the person has trusted after a second factor (private use;
    /// RFC 8176 has no value for it).
    #[serde(rename = "device")]
    TrustedDevice,
    /// The second factor was a code that was sent: less than an app or a key on
    /// the person's device (private use; RFC 8176 has no value for it).
    #[serde(rename = "sent")]
    SentCode,
    /// The app's own check (private use; RFC 8176 leaves room for it).
    #[serde(rename = "app")]
    Application,
}

/// What a session may be used for only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum SessionRestriction {
    /// To set up a second factor.
    SecondFactorEnrollment,
}

/// The columns of a row of the table `Session` that decisions need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SessionRow {
    /// The document's id.
    #[serde(rename = "_id")]
    pub id: String,
    /// The user who is signed in.
    pub user_id: String,
    /// When the session ends even when it is used.
    pub expiration_time: UnixMillis,
    /// When the session was last refreshed, at most an hour behind.
    pub last_active_time: UnixMillis,
    /// When the person proved who they are (`auth_time` of OpenID Connect Core
    /// 1.0, section 2).
    pub authentication_time: UnixMillis,
    /// How the person proved it.
    pub authentication_methods: Vec<AuthenticationMethod>,
    /// The provider through which the person came in.
    pub provider: String,
    /// The client's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<String>,
    /// The client's software.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// What it may be used for only; everything when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restriction: Option<SessionRestriction>,
}

/// What a refresh needs of a session, kept beside its refresh token, so that
/// most refreshes do without the session's row. It cannot be out of date: these
/// columns never change once the session is open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SessionCopy {
    /// The user who is signed in.
    pub user_id: String,
    /// When the session ends even when it is used.
    pub expiration_time: UnixMillis,
    /// When the person proved who they are.
    pub authentication_time: UnixMillis,
    /// How the person proved it.
    pub authentication_methods: Vec<AuthenticationMethod>,
    /// What it may be used for only; everything when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restriction: Option<SessionRestriction>,
}

impl SessionCopy {
    /// Whether the session can be used now, if it has not been ended.
    pub(super) fn is_live(&self, now: UnixMillis) -> bool {
        now < self.expiration_time
    }
}

/// A session to insert, all but its user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewSession {
    /// When the session ends even when it is used.
    pub expiration_time: UnixMillis,
    /// When the session was opened.
    pub last_active_time: UnixMillis,
    /// When the person proved who they are.
    pub authentication_time: UnixMillis,
    /// How the person proved it.
    pub authentication_methods: Vec<AuthenticationMethod>,
    /// The provider through which the person came in.
    pub provider: String,
    /// The client's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<String>,
    /// The client's software.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// What it may be used for only; everything when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restriction: Option<SessionRestriction>,
}

impl SessionRow {
    /// What a refresh needs of it.
    pub(super) fn copy(&self) -> SessionCopy {
        SessionCopy {
            user_id: self.user_id.clone(),
            expiration_time: self.expiration_time,
            authentication_time: self.authentication_time,
            authentication_methods: self.authentication_methods.clone(),
            restriction: self.restriction,
        }
    }

    /// Whether the session can be used now.
    pub fn is_live(&self, now: UnixMillis) -> bool {
        now < self.expiration_time
    }

    /// Whether the session can be used now, and for everything.
    pub fn is_unrestricted(&self, now: UnixMillis) -> bool {
        self.is_live(now) && self.restriction.is_none()
    }

    /// Whether the session was last used from the network of `origin`.
    pub fn is_from(&self, origin: &Origin) -> bool {
        let known = Origin {
            ip_address: self.ip_address.clone(),
            user_agent: None,
        };
        self.ip_address.is_some() && known.network() == origin.network()
    }
}
