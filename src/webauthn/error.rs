//! Why a ceremony was refused.

use std::fmt;

use super::cose::CoseKeyError;
use crate::refusal::{ErrorCode, Refusal};

macro_rules! webauthn_errors {
    ($($(#[doc = $doc:literal])+ $variant:ident => $code:ident, $message:literal;)+) => {
        /// The step of a ceremony that failed (WebAuthn Level 3 §7.1 and §7.2),
        /// with the code that a client is told: [`WebauthnError::code`].
        ///
        #[doc = "| variant | code |"]
        #[doc = "|---|---|"]
        $(#[doc = concat!("| [`", stringify!($variant), "`](WebauthnError::", stringify!($variant), ") | [`", stringify!($code), "`](ErrorCode::", stringify!($code), ") |")])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum WebauthnError {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl WebauthnError {
            /// All of them, in the order of the steps.
            pub const ALL: &'static [WebauthnError] = &[$(WebauthnError::$variant,)+];

            /// What a client may branch on.
            pub fn code(self) -> ErrorCode {
                match self { $(WebauthnError::$variant => ErrorCode::$code,)+ }
            }

            /// What a developer reads.
            pub fn message(self) -> &'static str {
                match self { $(WebauthnError::$variant => $message,)+ }
            }
        }
    };
}

webauthn_errors! {
    /// A value is not base64url without padding, or is longer than it may be.
    Base64url => PasskeyInvalidClientData, "a value is not base64url, or too long";
    /// A part of the response is longer than it may be.
    Size => PasskeyInvalidClientData, "a part of the response is too long";
    /// The client data is not the JSON of a `CollectedClientData` (WebAuthn
    /// Level 3 §5.8.1).
    ClientData => PasskeyInvalidClientData, "the client data is malformed";
    /// The client data is of the other ceremony (§7.1 step 7, §7.2 step 10).
    CeremonyType => PasskeyInvalidClientData, "the client data is of another ceremony";
    /// The challenge is another one than was given out, or the one to compare
    /// with is too short to be one (§7.1 step 8, §7.2 step 11).
    Challenge => PasskeyInvalidChallenge, "the challenge is another one";
    /// The origin is not on the list (§7.1 step 9, §7.2 step 12).
    Origin => PasskeyInvalidOrigin, "the origin is not allowed";
    /// The ceremony ran in a frame of another origin, and may not (§7.1 step
    /// 10, §7.2 step 13).
    CrossOrigin => PasskeyInvalidOrigin, "the ceremony ran in a frame of another site";
    /// The page around the frame is not on the list, or there is one without a
    /// frame (§7.1 step 11, §7.2 step 14).
    TopOrigin => PasskeyInvalidOrigin, "the page around the frame is not allowed";
    /// The attestation object is malformed (§6.5.4, §7.1 step 13).
    AttestationObject => PasskeyInvalidAttestation, "the attestation object is malformed";
    /// The authenticator data is malformed (§6.1).
    AuthenticatorData => PasskeyInvalidClientData, "the authenticator data is malformed";
    /// The credential is for another relying party (§7.1 step 14, §7.2 step
    /// 15).
    RpIdHash => PasskeyRpMismatch, "the passkey is for another site";
    /// The user was not present (§7.1 step 15, §7.2 step 16).
    UserPresence => PasskeyUserPresence, "the user was not present";
    /// The user was not verified, and has to be (§7.1 step 16, §7.2 step 17).
    UserVerification => PasskeyUserVerification, "the user was not verified";
    /// The credential says to be backed up, and not to be eligible for it
    /// (§7.1 step 17, §7.2 step 18).
    BackupState => PasskeyInvalidClientData, "the backup flags contradict each other";
    /// The credential is eligible for backup, and was not, or the other way
    /// round (§7.2 step 19).
    BackupEligibility => PasskeyInvalidClientData, "the passkey's backup eligibility changed";
    /// A registration has no credential in it (§6.5.1).
    NoCredential => PasskeyNoCredential, "the response has no passkey in it";
    /// The algorithm is not supported, or was not offered (§7.1 step 20).
    Algorithm => PasskeyUnsupportedAlgorithm, "the algorithm of the passkey was not offered";
    /// The public key is malformed, or not one of its algorithm (§6.5.1.1).
    PublicKey => PasskeyUnsupportedAlgorithm, "the public key of the passkey is not valid";
    /// The attestation statement is not valid (§7.1 step 23).
    AttestationStatement => PasskeyInvalidAttestation, "the attestation is not valid";
    /// The policy does not accept the authenticator or how it is attested
    /// (§7.1 step 25).
    AttestationPolicy => PasskeyInvalidAttestation, "this kind of authenticator is not accepted";
    /// The id of the credential has no or too many bytes (§7.1 step 26).
    CredentialIdLength => PasskeyNoCredential, "the id of the passkey has a wrong length";
    /// The id beside a registration is not the one in it (§5.1).
    CredentialId => PasskeyNoCredential, "the id of the passkey is another one";
    /// There is no such credential, it is not one of those that were asked for,
    /// or it is another user's (§7.2 steps 5 and 6). The user handle is one of
    /// the reasons, and no reason is told from the others.
    UnknownCredential => PasskeyUnknownCredential, "this passkey is not known here";
    /// The public key that was stored with the credential cannot be read. It
    /// could, when it was stored.
    StoredPublicKey => InternalError, "the stored public key of the passkey cannot be read";
    /// The signature is not the credential's (§7.2 step 21).
    Signature => PasskeyInvalidSignature, "the signature is not valid";
    /// The signature counter did not advance, and the policy asks for it (§7.2
    /// step 22).
    Counter => PasskeyCounterError, "the signature counter of the passkey went back";
}

impl fmt::Display for WebauthnError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message())
    }
}

impl std::error::Error for WebauthnError {}

impl From<CoseKeyError> for WebauthnError {
    fn from(error: CoseKeyError) -> Self {
        match error {
            CoseKeyError::Algorithm => WebauthnError::Algorithm,
            _ => WebauthnError::PublicKey,
        }
    }
}

impl From<WebauthnError> for Refusal {
    fn from(error: WebauthnError) -> Self {
        Refusal::with_message(error.code(), error.message().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_carry_the_code_and_the_step() {
        for error in WebauthnError::ALL {
            let refusal = Refusal::from(*error);
            assert_eq!(refusal.code, error.code());
            assert_eq!(refusal.message, error.to_string());
        }
    }

    #[test]
    fn codes_are_those_of_passkeys() {
        for error in WebauthnError::ALL {
            let is_ours = *error == WebauthnError::StoredPublicKey;
            assert_eq!(error.code().code().starts_with("PASSKEY_"), !is_ours);
        }
    }
}
