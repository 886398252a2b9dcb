//! The calls of decisions that take several arguments, as one object each.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::code::Pepper;
use crate::factor_secret::FactorKeyring;
use crate::origin::Origin;
use crate::passkey::{PasskeyOperation, PasskeySecondFactorCall};
use crate::second_factor::recovery_code::RecoveryCodesRegenerateCall;
use crate::second_factor::sent_code::{
    CodeFactorConfirmCall, CodeFactorEnrollCall, CodeFactorKind, SendCodeCall,
};
use crate::second_factor::totp::{TotpConfirmCall, TotpEnrollCall};
use crate::second_factor::{SecondFactorSecrets, SecondFactorVerifyCall, SecondFactors};
use crate::sign_in::{
    ChangeInput, EmailVerificationInput, PasswordCall, ResetInput, SecondFactorSession, SignUpInput,
};
use crate::token::HashedSecret;
use crate::user::UserRow;

/// Asks what to read for a sign-in with a password.
#[derive(Deserialize, Tsify)]
pub(super) struct PasswordLookupCall {
    /// The id of the provider.
    pub(super) provider: String,
    /// The address, as typed.
    pub(super) email: String,
    /// Where the request comes from.
    pub(super) origin: Origin,
}

/// A sign-up with a password.
#[derive(Deserialize, Tsify)]
pub(super) struct PasswordSignUpCall {
    /// The rows and the configuration.
    pub(super) call: PasswordCall,
    /// The person's input.
    pub(super) input: SignUpInput,
}

/// A sign-in with a password.
#[derive(Deserialize, Tsify)]
pub(super) struct PasswordSignInCall {
    /// The rows and the configuration.
    pub(super) call: PasswordCall,
    /// The password, as typed.
    pub(super) password: String,
}

/// A reset of a password with a code.
#[derive(Deserialize, Tsify)]
pub(super) struct PasswordResetCall {
    /// The rows and the configuration.
    pub(super) call: PasswordCall,
    /// The person's input.
    pub(super) input: ResetInput,
}

/// A proof of an e-mail address with a code.
#[derive(Deserialize, Tsify)]
pub(super) struct PasswordVerifyEmailCall {
    /// The rows and the configuration.
    pub(super) call: PasswordCall,
    /// The person's input.
    pub(super) input: EmailVerificationInput,
}

/// A change of a password by its user.
#[derive(Deserialize, Tsify)]
pub(super) struct PasswordChangeCall {
    /// The rows and the configuration.
    pub(super) call: PasswordCall,
    /// The person's input.
    pub(super) input: ChangeInput,
}

/// Asks what to read for a sign-in that the app has checked.
#[derive(Deserialize, Tsify)]
pub(super) struct AppLookupCall {
    /// The id of the provider.
    pub(super) provider: String,
    /// What the person is known by there, if anything.
    #[serde(default)]
    pub(super) identifier: Option<String>,
    /// Where the request comes from.
    pub(super) origin: Origin,
}

/// A removal of an account.
#[derive(Deserialize, Tsify)]
pub(super) struct AccountRemovalCall {
    /// How many ways to sign in the user has.
    pub(super) ways: u32,
}

/// Asks for the limits on invitations.
#[derive(Deserialize, Tsify)]
pub(super) struct InviteLimitsCall {
    /// The address that is invited.
    pub(super) email: String,
    /// The user who invites. The app, if missing.
    #[serde(default)]
    pub(super) inviter: Option<String>,
    /// Where the request comes from.
    pub(super) origin: Origin,
}

/// Asks what to read for a sign-up with a passkey.
#[derive(Deserialize, Tsify)]
pub(super) struct PasskeySignUpLookupCall {
    /// The id of the provider.
    pub(super) provider: String,
    /// The address, as typed.
    pub(super) email: String,
    /// Where the request comes from.
    pub(super) origin: Origin,
}

/// A new name of a passkey.
#[derive(Deserialize, Tsify)]
pub(super) struct PasskeyRenameCall {
    /// Which passkey, and who asks.
    pub(super) operation: PasskeyOperation,
    /// The name, as typed.
    pub(super) name: String,
}

/// A proof of a second factor with a passkey.
#[derive(Deserialize, Tsify)]
pub(super) struct PasskeyFactorCall {
    /// The rows and the assertion.
    pub(super) call: PasskeySecondFactorCall,
    /// The session that is opened or stepped up.
    pub(super) session: SecondFactorSession,
}

/// A new version of the key that seals the secrets of factors.
#[derive(Deserialize, Tsify)]
pub(super) struct FactorKeyCall {
    /// The version, from 1.
    pub(super) version: u8,
}

/// A proof of a second factor with a code.
#[derive(Deserialize, Tsify)]
pub(super) struct SecondFactorProofCall {
    /// The rows and the code.
    pub(super) call: SecondFactorVerifyCall,
    /// The session that is opened or stepped up.
    pub(super) session: SecondFactorSession,
    /// The secrets of the deployment.
    pub(super) secrets: SecondFactorSecrets,
}

/// The begin of an authenticator app.
#[derive(Deserialize, Tsify)]
pub(super) struct TotpEnrollmentCall {
    /// The rows and the person's input.
    pub(super) call: TotpEnrollCall,
    /// The keys that seal the secrets of factors.
    pub(super) keyring: FactorKeyring,
}

/// The confirmation of an authenticator app.
#[derive(Deserialize, Tsify)]
pub(super) struct TotpConfirmationCall {
    /// The rows and the code.
    pub(super) call: TotpConfirmCall,
    /// The session that is opened or stepped up.
    pub(super) session: SecondFactorSession,
    /// The secrets of the deployment.
    pub(super) secrets: SecondFactorSecrets,
}

/// Asks for the address to which codes are sent.
#[derive(Deserialize, Tsify)]
pub(super) struct CodeFactorAddressCall {
    /// E-mail or text message.
    pub(super) kind: CodeFactorKind,
    /// The address, as typed. The user's own, if missing.
    #[serde(default)]
    pub(super) to: Option<String>,
    /// The user.
    #[serde(default)]
    pub(super) user: Option<UserRow>,
    /// Where the request comes from.
    pub(super) origin: Origin,
}

/// The begin of codes by e-mail or text message.
#[derive(Deserialize, Tsify)]
pub(super) struct CodeFactorEnrollmentCall {
    /// The rows and the person's input.
    pub(super) call: CodeFactorEnrollCall,
    /// The deployment's key of hashes of codes.
    pub(super) pepper: Pepper,
}

/// The confirmation of codes by e-mail or text message.
#[derive(Deserialize, Tsify)]
pub(super) struct CodeFactorConfirmationCall {
    /// The rows and the code.
    pub(super) call: CodeFactorConfirmCall,
    /// The session that is opened or stepped up.
    pub(super) session: SecondFactorSession,
    /// The secrets of the deployment.
    pub(super) secrets: SecondFactorSecrets,
}

/// Asks to which address a code is sent now.
#[derive(Deserialize, Tsify)]
pub(super) struct SendCodeAddressCall {
    /// E-mail or text message.
    pub(super) kind: CodeFactorKind,
    /// The user's factors.
    pub(super) factors: SecondFactors,
    /// Where the request comes from.
    pub(super) origin: Origin,
}

/// Asks for a code.
#[derive(Deserialize, Tsify)]
pub(super) struct SendCodeRequestCall {
    /// The rows.
    pub(super) call: SendCodeCall,
    /// The deployment's key of hashes of codes.
    pub(super) pepper: Pepper,
}

/// A new set of recovery codes.
#[derive(Deserialize, Tsify)]
pub(super) struct RecoveryCodesCall {
    /// The rows.
    pub(super) call: RecoveryCodesRegenerateCall,
    /// The deployment's key of hashes of codes.
    pub(super) pepper: Pepper,
}

/// A token of a trusted device, read.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(super) struct PresentedTrustedDevice {
    /// The hash by which its row is found. Missing for a text that is no token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) token_hash: Option<HashedSecret>,
}
