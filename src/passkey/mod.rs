//! Passkeys: adding them, signing in with them, and signing up with one.

mod ceremony;
mod config;
mod manage;
mod options;
mod presented;
mod register;
mod register_finish;
mod response;
mod row;
mod second_factor;
mod sign_in;
mod sign_up;
mod sign_up_finish;
mod user_handle;

pub use ceremony::{PresentedVerifier, begun_key, present};
pub use manage::{PasskeyDecision, PasskeyOperation, PasskeyRemoveCall, remove, rename};
pub use register::{PasskeyRegisterOptions, PasskeyRegisterOptionsCall, register_options};
pub use register_finish::{PasskeyRegisterCall, PasskeyRegistration, register};
pub use second_factor::{
    PasskeySecondFactor, PasskeySecondFactorCall, PasskeySecondFactorOptionsCall, second_factor,
    second_factor_options,
};
pub use sign_in::{
    PasskeyIdentifier, PasskeySignIn, PasskeySignInCall, PasskeySignInOptions,
    PasskeySignInOptionsCall, identifier, sign_in, sign_in_options,
};
pub use sign_up::{
    PasskeySignUpLookup, PasskeySignUpOptions, PasskeySignUpOptionsCall, PasskeySignUpRequestCall,
    request_sign_up, sign_up_lookup, sign_up_options,
};
pub use sign_up_finish::{PasskeySignUp, PasskeySignUpCall, sign_up};

#[cfg(test)]
#[expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
mod tests;
