//! Refusals: what a caller is told when an operation is not carried out.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::time::Millis;

mod second_factor_method;

pub use second_factor_method::SecondFactorMethod;

macro_rules! error_codes {
    ($($(#[doc = $doc:literal])+ $variant:ident => $code:literal, $message:literal;)+) => {
        /// Every code that an operation may be refused with. The codes are
        /// stable: the only part of an error a client may branch on.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Tsify)]
        pub enum ErrorCode {
            $($(#[doc = $doc])+ #[serde(rename = $code)] $variant,)+
        }

        impl ErrorCode {
            /// All codes, in the order in which they are documented.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$variant,)+];

            /// The code as clients see it.
            pub fn code(self) -> &'static str {
                match self { $(ErrorCode::$variant => $code,)+ }
            }

            /// A sentence for developers and, untranslated, for people.
            pub fn message(self) -> &'static str {
                match self { $(ErrorCode::$variant => $message,)+ }
            }
        }
    };
}

error_codes! {
    /// The call names a provider that the app has not configured.
    ProviderNotConfigured => "PROVIDER_NOT_CONFIGURED", "this sign-in method is not configured";
    /// The flow sends e-mail, but the provider has no way to send it.
    EmailConfigRequired => "EMAIL_CONFIG_REQUIRED", "this flow needs a provider that can send e-mail";
    /// An environment variable that the operation needs is not set.
    MissingEnvVar => "MISSING_ENV_VAR", "an environment variable is missing";
    /// The operation runs in actions only.
    MissingActionContext => "MISSING_ACTION_CONTEXT", "this operation has to be called from an action";
    /// An argument has a wrong type, a wrong size or forbidden characters.
    InvalidParameters => "INVALID_PARAMETERS", "an argument is not valid";
    /// Nobody is signed in, or the session is over.
    NotSignedIn => "NOT_SIGNED_IN", "you are not signed in";
    /// The code is wrong, used, expired or was tried too often.
    InvalidVerificationCode => "INVALID_VERIFICATION_CODE", "the code is wrong or has expired";
    /// The refresh token is unknown, used, expired or revoked: sign in again.
    InvalidRefreshToken => "INVALID_REFRESH_TOKEN", "the session has ended; sign in again";
    /// The Convex server did not confirm the token in time.
    AuthHandshakeTimeout => "AUTH_HANDSHAKE_TIMEOUT", "the server did not confirm the sign-in in time";
    /// The Convex server refused the token.
    AuthHandshakeRejected => "AUTH_HANDSHAKE_REJECTED", "the server did not accept the sign-in";
    /// A parameter that the flow needs is missing.
    SignInMissingParams => "SIGN_IN_MISSING_PARAMS", "a parameter is missing";
    /// The provider has a type that this operation cannot use.
    UnsupportedProviderType => "UNSUPPORTED_PROVIDER_TYPE", "this provider cannot be used here";
    /// The redirect target is outside the app.
    InvalidRedirect => "INVALID_REDIRECT", "the redirect target is not allowed";
    /// The e-mail could not be handed to the app's mail service.
    EmailSendFailed => "EMAIL_SEND_FAILED", "the e-mail could not be sent";
    /// An account with this identifier exists already.
    AccountAlreadyExists => "ACCOUNT_ALREADY_EXISTS", "an account with this identifier exists already";
    /// There is no such account, or its secret is another one.
    AccountNotFound => "ACCOUNT_NOT_FOUND", "there is no such account";
    /// The account is the user's last way to sign in and stays.
    LastSignInMethod => "LAST_SIGN_IN_METHOD", "this is the last way to sign in and cannot be removed";
    /// The identifier or the secret is wrong; which of them is not said.
    InvalidCredentials => "INVALID_CREDENTIALS", "the e-mail address or the password is wrong";
    /// The provider is not one that checks credentials.
    InvalidCredentialsProvider => "INVALID_CREDENTIALS_PROVIDER", "the provider does not check credentials";
    /// The user to change does not exist, or a field may not be changed.
    UserUpdateFailed => "USER_UPDATE_FAILED", "the user could not be updated";
    /// Records that belong to the user still exist.
    UserHasLinkedRecords => "USER_HAS_LINKED_RECORDS", "records that belong to the user still exist";
    /// There is no such user.
    UserNotFound => "USER_NOT_FOUND", "there is no such user";
    /// The e-mail address is not valid.
    InvalidEmail => "INVALID_EMAIL", "this is not a valid e-mail address";
    /// The new password is shorter than the policy asks for.
    PasswordTooShort => "PASSWORD_TOO_SHORT", "the password is too short";
    /// The new password is longer than the policy allows.
    PasswordTooLong => "PASSWORD_TOO_LONG", "the password is too long";
    /// The new password is among the most common ones.
    PasswordTooCommon => "PASSWORD_TOO_COMMON", "this password is too easy to guess";
    /// The password has characters that cannot be typed everywhere (NUL or
    /// halves of characters).
    PasswordInvalid => "PASSWORD_INVALID", "the password has characters that cannot be used";
    /// The imported password hash is in no format that can be verified.
    UnsupportedPasswordHash => "UNSUPPORTED_PASSWORD_HASH", "the password hash has an unknown format";
    /// Too many attempts: wait for `retryAfterMs`.
    RateLimited => "RATE_LIMITED", "too many attempts; try again later";
    /// The app's admission gate did not let the new user in.
    SignUpRefused => "SIGN_UP_REFUSED", "sign-up is not open to you";
    /// The app did not let the user open a session.
    SignInRefused => "SIGN_IN_REFUSED", "sign-in was refused";
    /// The user is banned.
    UserBanned => "USER_BANNED", "this user is banned";
    /// The caller may not do this in this group.
    Forbidden => "FORBIDDEN", "you are not allowed to do this";
    /// The call names no group, and the user has no active one.
    NoActiveGroup => "NO_ACTIVE_GROUP", "no group is selected";
    /// The organization asks its members for a second factor, and the user has
    /// none.
    SecondFactorRequired => "SECOND_FACTOR_REQUIRED", "this organization asks its members for a second factor";
    /// There is no such group, or it was deleted.
    GroupNotFound => "GROUP_NOT_FOUND", "there is no such group";
    /// The move would put a group below itself.
    GroupCycle => "GROUP_CYCLE", "a group cannot be below itself";
    /// Groups would be nested deeper than 32 levels.
    GroupTooDeep => "GROUP_TOO_DEEP", "the groups would be nested too deeply";
    /// The user may not create organizations.
    GroupCreationRefused => "GROUP_CREATION_REFUSED", "you cannot create organizations";
    /// The user owns as many groups as allowed.
    GroupLimitReached => "GROUP_LIMIT_REACHED", "this user owns as many groups as allowed";
    /// The group has as many teams as its organization allows.
    TeamLimitReached => "TEAM_LIMIT_REACHED", "the group has as many teams as allowed";
    /// The organization keeps its last team.
    LastTeam => "LAST_TEAM", "the last team cannot be deleted";
    /// Another group beside this one has or had the slug.
    SlugAlreadyTaken => "SLUG_ALREADY_TAKEN", "this slug is taken";
    /// The organization has locked its slug.
    SlugLocked => "SLUG_LOCKED", "the slug cannot be changed";
    /// The organization is protected from deletion while it has other members.
    GroupHasMembers => "GROUP_HAS_MEMBERS", "the group has other members";
    /// There is no such membership.
    MemberNotFound => "MEMBER_NOT_FOUND", "there is no such membership";
    /// The user is a member of the group already.
    DuplicateMembership => "DUPLICATE_MEMBERSHIP", "the user is a member already";
    /// The group has as many members as its organization allows.
    MemberLimitReached => "MEMBER_LIMIT_REACHED", "the group has as many members as allowed";
    /// The organization would be without an owner.
    LastOwner => "LAST_OWNER", "an organization needs an owner";
    /// The user is still being removed from the organization.
    RemovalInProgress => "REMOVAL_IN_PROGRESS", "the user is still being removed; try again later";
    /// There is no role with this name.
    RoleNotFound => "ROLE_NOT_FOUND", "there is no such role";
    /// There is a role with this name already.
    RoleAlreadyExists => "ROLE_ALREADY_EXISTS", "there is a role with this name already";
    /// Members still have the role.
    RoleInUse => "ROLE_IN_USE", "members still have this role";
    /// The organization has as many roles of its own as allowed.
    RoleLimitReached => "ROLE_LIMIT_REACHED", "the organization has as many roles as allowed";
    /// The app has defined no such resource or action.
    UnknownPermission => "UNKNOWN_PERMISSION", "there is no such resource or action";
    /// An invitation of the address to the group waits for an answer already.
    DuplicateInvite => "DUPLICATE_INVITE", "this address has been invited already";
    /// As many invitations wait for an answer as the organization allows.
    InviteLimitReached => "INVITE_LIMIT_REACHED", "too many invitations wait for an answer";
    /// There is no such invitation.
    InviteNotFound => "INVITE_NOT_FOUND", "there is no such invitation";
    /// The invitation was accepted, was revoked or has expired.
    InviteNotPending => "INVITE_NOT_PENDING", "the invitation is no longer open";
    /// The invitation has expired.
    InviteExpired => "INVITE_EXPIRED", "the invitation has expired";
    /// The invitation was revoked.
    InviteRevoked => "INVITE_REVOKED", "the invitation was revoked";
    /// The invitation was accepted as often as it may be.
    InviteAlreadyAccepted => "INVITE_ALREADY_ACCEPTED", "the invitation was accepted already";
    /// The invitation is for another e-mail address than the user's.
    InviteEmailMismatch => "INVITE_EMAIL_MISMATCH", "the invitation is for another e-mail address";
    /// The user has not proved to own the e-mail address.
    EmailNotVerified => "EMAIL_NOT_VERIFIED", "verify your e-mail address first";
    /// Who invited may no longer invite, or no longer give these roles.
    InviterNotAllowed => "INVITER_NOT_ALLOWED", "who invited you may no longer do so";
    /// The key is malformed, unknown, or of another kind.
    InvalidApiKey => "INVALID_API_KEY", "the API key is not valid";
    /// The key is switched off for now.
    ApiKeyDisabled => "API_KEY_DISABLED", "the API key is disabled";
    /// The key was revoked, for good.
    ApiKeyRevoked => "API_KEY_REVOKED", "the API key was revoked";
    /// The key has expired.
    ApiKeyExpired => "API_KEY_EXPIRED", "the API key has expired";
    /// Who owns the key, or made it for a group, is banned or gone.
    ApiKeyOwnerInactive => "API_KEY_OWNER_INACTIVE", "the owner of the API key is not active";
    /// The key was used too often: wait for `retryAfterMs`.
    ApiKeyRateLimited => "API_KEY_RATE_LIMITED", "the API key was used too often; try again later";
    /// The key is used up; with `retryAfterMs`, until its quota is refilled.
    ApiKeyQuotaExceeded => "API_KEY_QUOTA_EXCEEDED", "the quota of the API key is used up";
    /// A scope is malformed, or there is no such one.
    ApiKeyInvalidScope => "API_KEY_INVALID_SCOPE", "the scopes are not valid";
    /// The owner has as many keys as allowed.
    ApiKeyLimitReached => "API_KEY_LIMIT_REACHED", "there are as many API keys as allowed";
    /// There is no such key.
    KeyNotFound => "KEY_NOT_FOUND", "there is no such API key";
    /// The request has no key where one is needed.
    MissingBearerToken => "MISSING_BEARER_TOKEN", "the request has no API key";
    /// The key may not be used for this.
    ScopeCheckFailed => "SCOPE_CHECK_FAILED", "the API key is not allowed to do this";
    /// The one-time token is wrong, used, expired or for something else.
    InvalidOneTimeToken => "INVALID_ONE_TIME_TOKEN", "the token is wrong, was used or has expired";
    /// The passkey provider has no relying party or no origins.
    PasskeyMissingConfig => "PASSKEY_MISSING_CONFIG", "the passkey provider is not set up";
    /// A passkey is added by somebody who is signed in.
    PasskeyAuthRequired => "PASSKEY_AUTH_REQUIRED", "sign in to add a passkey";
    /// The verifier of the ceremony is missing.
    PasskeyMissingVerifier => "PASSKEY_MISSING_VERIFIER", "the verifier of the passkey request is missing";
    /// The parameter `flow` is missing.
    PasskeyMissingFlow => "PASSKEY_MISSING_FLOW", "the parameter `flow` is missing";
    /// There is no such flow.
    PasskeyUnknownFlow => "PASSKEY_UNKNOWN_FLOW", "there is no such flow";
    /// The passkey is another user's.
    PasskeyAlreadyRegistered => "PASSKEY_ALREADY_REGISTERED", "this passkey belongs to another account";
    /// The user has as many passkeys as allowed.
    PasskeyLimitReached => "PASSKEY_LIMIT_REACHED", "there are as many passkeys as allowed";
    /// There is no such passkey, or it is another user's.
    PasskeyNotFound => "PASSKEY_NOT_FOUND", "there is no such passkey";
    /// What the browser or the authenticator sent for a passkey is malformed,
    /// too long, or of another ceremony.
    PasskeyInvalidClientData => "PASSKEY_INVALID_CLIENT_DATA", "the passkey response is malformed";
    /// The passkey was used on a page that is not the app's, or in a frame of
    /// another one.
    PasskeyInvalidOrigin => "PASSKEY_INVALID_ORIGIN", "the passkey was used on another site";
    /// The challenge is unknown, used, expired or for something else.
    PasskeyInvalidChallenge => "PASSKEY_INVALID_CHALLENGE", "the passkey request has expired; try again";
    /// The passkey is for another relying party.
    PasskeyRpMismatch => "PASSKEY_RP_MISMATCH", "the passkey is for another site";
    /// The authenticator did not check that somebody was there.
    PasskeyUserPresence => "PASSKEY_USER_PRESENCE", "the passkey was used without its owner";
    /// The authenticator did not verify the user, by PIN or otherwise.
    PasskeyUserVerification => "PASSKEY_USER_VERIFICATION", "the passkey has to verify you, by PIN or otherwise";
    /// The response has no passkey in it, or not the one it names.
    PasskeyNoCredential => "PASSKEY_NO_CREDENTIAL", "the response has no passkey in it";
    /// The passkey signs with an algorithm that was not offered.
    PasskeyUnsupportedAlgorithm => "PASSKEY_UNSUPPORTED_ALGORITHM", "this kind of passkey is not supported";
    /// The attestation is not valid, or the app does not accept authenticators
    /// of this kind.
    PasskeyInvalidAttestation => "PASSKEY_INVALID_ATTESTATION", "this kind of authenticator is not accepted";
    /// The signature is not the passkey's.
    PasskeyInvalidSignature => "PASSKEY_INVALID_SIGNATURE", "the passkey could not be verified";
    /// The passkey is not registered, was removed, or is another user's.
    PasskeyUnknownCredential => "PASSKEY_UNKNOWN_CREDENTIAL", "this passkey is not known here";
    /// The passkey's signature counter went back: it may have been copied.
    PasskeyCounterError => "PASSKEY_COUNTER_ERROR", "the passkey may have been copied";
    /// The verifier of a sign-in is unknown, used, expired or was tried too
    /// often: start the sign-in again.
    InvalidVerifier => "INVALID_VERIFIER", "the sign-in took too long or was tried too often; start again";
    /// The session is signed in, but too long ago or too weakly for this: prove
    /// a factor again (RFC 9470).
    StepUpRequired => "STEP_UP_REQUIRED", "confirm that it is you to go on";
    /// The app has switched second factors off.
    SecondFactorsOff => "SECOND_FACTORS_OFF", "second factors are switched off";
    /// The app asks everybody for a second factor, and the user has to set one
    /// up before anything else.
    SecondFactorEnrollmentRequired => "SECOND_FACTOR_ENROLLMENT_REQUIRED", "set up a second factor to go on";
    /// The user has not enrolled this kind of second factor, or it does not
    /// count beside the first one.
    SecondFactorNotEnrolled => "SECOND_FACTOR_NOT_ENROLLED", "this second factor cannot be used here";
    /// A second factor is asked for, and this is the user's last one.
    LastSecondFactor => "LAST_SECOND_FACTOR", "this is the last second factor and cannot be removed";
    /// There is no such enrolment for codes, it belongs to somebody else, or its
    /// set-up was not finished in time.
    CodeFactorNotFound => "CODE_FACTOR_NOT_FOUND", "there is no such second factor";
    /// The user has as many addresses for codes as allowed.
    CodeFactorLimitReached => "CODE_FACTOR_LIMIT_REACHED", "there are as many addresses for codes as allowed";
    /// The code that was sent is wrong, was used or has expired.
    InvalidSecondFactorCode => "INVALID_SECOND_FACTOR_CODE", "the code is wrong or has expired";
    /// The recovery code is wrong or was used.
    InvalidRecoveryCode => "INVALID_RECOVERY_CODE", "the recovery code is wrong or was used";
    /// An authenticator app is set up by somebody who is signed in.
    TotpAuthRequired => "TOTP_AUTH_REQUIRED", "sign in to set up an authenticator app";
    /// The verifier that the sign-in gave is missing.
    TotpMissingVerifier => "TOTP_MISSING_VERIFIER", "the verifier of the sign-in is missing";
    /// The code of the authenticator app is missing.
    TotpMissingCode => "TOTP_MISSING_CODE", "the code is missing";
    /// The id of the authenticator app is missing.
    TotpMissingId => "TOTP_MISSING_ID", "the authenticator app is not named";
    /// There is no such authenticator app, it belongs to somebody else, or its
    /// set-up was not finished in time.
    TotpNotFound => "TOTP_NOT_FOUND", "there is no such authenticator app";
    /// The authenticator app has been set up already.
    TotpAlreadyVerified => "TOTP_ALREADY_VERIFIED", "the authenticator app is set up already";
    /// The code is wrong, from another time, or was used.
    TotpInvalidCode => "TOTP_INVALID_CODE", "the code is wrong or was used";
    /// The verifier is unknown, used, expired or was tried too often: start the
    /// sign-in again.
    TotpInvalidVerifier => "TOTP_INVALID_VERIFIER", "the sign-in took too long or was tried too often; start again";
    /// The user has set up no authenticator app, or the challenge does not allow
    /// it.
    TotpNoEnrollment => "TOTP_NO_ENROLLMENT", "no authenticator app is set up";
    /// The user has as many authenticator apps as allowed.
    TotpLimitReached => "TOTP_LIMIT_REACHED", "there are as many authenticator apps as allowed";
    /// The parameter `flow` is missing.
    TotpMissingFlow => "TOTP_MISSING_FLOW", "the parameter `flow` is missing";
    /// There is no such flow.
    TotpUnknownFlow => "TOTP_UNKNOWN_FLOW", "there is no such flow";
    /// A fault on our side. Trying again may help.
    InternalError => "INTERNAL_ERROR", "something went wrong";
}

/// An operation that was not carried out, and why. It is a value: the writes
/// that go with it (a counter, an audit event) are committed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    /// What a client may branch on.
    pub code: ErrorCode,
    /// What a developer reads.
    pub message: String,
    /// With `RATE_LIMITED`: milliseconds after which it is worth to try again.
    #[serde(
        default,
        deserialize_with = "crate::number::read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub retry_after_ms: Option<f64>,
    /// With `STEP_UP_REQUIRED`: seconds that the proof may be old (`max_age` of
    /// RFC 9470, section 3).
    #[serde(
        default,
        deserialize_with = "crate::number::read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub max_age: Option<f64>,
    /// With `STEP_UP_REQUIRED`: the second factors that prove enough; the first
    /// factor again when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub methods: Option<Vec<SecondFactorMethod>>,
}

impl Refusal {
    /// A refusal to try again after `wait`.
    pub fn rate_limited(wait: Millis) -> Self {
        Refusal {
            retry_after_ms: Some(wait.0.max(0.0).ceil()),
            ..Refusal::from(ErrorCode::RateLimited)
        }
    }

    /// A refusal with a more telling message than the code's own.
    pub fn with_message(code: ErrorCode, message: String) -> Self {
        Refusal {
            code,
            message,
            retry_after_ms: None,
            max_age: None,
            methods: None,
        }
    }

    /// A refusal until the person has proved a factor once more. An age that is not
    /// finite is left out, since JSON has no such numbers.
    pub fn step_up(max_age: Millis, methods: Vec<SecondFactorMethod>) -> Self {
        Refusal {
            max_age: Some(max_age.seconds()).filter(|seconds| seconds.is_finite()),
            methods: Some(methods),
            ..Refusal::from(ErrorCode::StepUpRequired)
        }
    }
}

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Self {
        Refusal::with_message(code, code.message().to_owned())
    }
}

/// Whether something that has no result of its own may be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Decision {
    /// It may.
    Done,
    /// It may not.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}
