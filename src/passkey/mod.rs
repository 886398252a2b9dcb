//! Passkeys: adding them, and signing in with them.

mod ceremony;
mod config;
mod manage;
mod options;
mod register;
mod response;
mod row;
mod sign_in;
mod user_handle;

pub use ceremony::{PresentedVerifier, present};
pub use config::{
    AcceptedAttestation, AttestationConveyance, MAX_PASSKEYS, PasskeyConfig, UserVerification,
};
pub use manage::{PasskeyDecision, PasskeyOperation, remove, rename};
pub use options::{
    AuthenticatorSelection, CreationExtensions, CreationOptions, CredentialDescriptor,
    CredentialParameters, CredentialUser, RelyingParty, RequestOptions,
};
pub use register::{
    PasskeyRegisterCall, PasskeyRegisterOptions, PasskeyRegisterOptionsCall, PasskeyRegistration,
    register, register_options,
};
pub use response::{PasskeyAssertionInput, PasskeyRegistrationInput};
pub use row::{CeremonyRow, NewPasskey, PasskeyCeremony, PasskeyRow, PasskeyUse};
pub use sign_in::{
    PasskeyIdentifier, PasskeySignIn, PasskeySignInCall, PasskeySignInOptions,
    PasskeySignInOptionsCall, begun_key, identifier, sign_in, sign_in_options,
};

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
mod tests;
