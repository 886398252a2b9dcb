//! The decisions of Gatehouse, an authentication system for Convex apps.
//!
//! Everything here is a pure function of its arguments: the time, the random
//! bytes, the configuration and the rows that were read come in; the rows to
//! write, the audit events and the outcome go out.

mod account;
mod administrator;
mod audit;
mod code;
mod entropy;
mod factor_secret;
mod group;
mod identifier;
mod invite;
mod jose;
mod key;
mod limiter;
mod member;
mod normal_form;
mod number;
mod one_time_token;
mod origin;
mod passkey;
mod password;
mod permission;
mod redirect;
mod refusal;
mod role;
mod second_factor;
mod session;
mod sign_in;
mod signing_key;
mod time;
mod token;
mod totp;
mod tree;
mod user;
mod wasm;
mod webauthn;

// What the tests and the fuzz targets of this repository use. It is all that the
// crate exports, so that the compiler finds what else nobody uses.
pub use account::AccountRow;
pub use code::{Code, Pepper};
pub use entropy::Entropy;
pub use factor_secret::{FactorKey, FactorSecretError};
pub use identifier::Email;
pub use jose::{Expectation, Jwk, JwtError, SigningKey, verify as verify_jwt};
pub use key::{PresentedKey, present as present_key};
pub use limiter::{AttemptKeys, AttemptLimits, LimitEntry, Permit, RequestKeys, RequestLimits};
pub use origin::Origin;
pub use passkey::{
    PasskeyRegisterCall, PasskeyRegistration, PasskeySignInCall, register as register_passkey,
    sign_in as sign_in_with_passkey,
};
pub use password::{
    Argon2Parameters, ImportFormat, Password, PasswordHash, PasswordPolicy, Verification,
    hash as hash_password, import_format, verify as verify_password,
};
pub use redirect::resolve as resolve_redirect;
pub use refusal::ErrorCode;
pub use second_factor::SecondFactors;
pub use session::{
    IssueCall, PresentedToken, RefreshCall, RefreshOutcome, RefreshTokenRow, SessionConfig,
    SessionRow, issue as issue_tokens, present as present_refresh_token,
    refresh as refresh_session,
};
pub use sign_in::{
    AccountWrite, PasswordCall, PasswordConfig, PasswordLookup, PasswordRows, SignInAnswer,
    SignInOutcome, SignUpInput, lookup as look_up_password, sign_in as sign_in_with_password,
    sign_up as sign_up_with_password,
};
pub use signing_key::{choose as choose_signing_key, key_set as signing_key_set};
pub use time::{Millis, UnixMillis};
pub use token::{decode as decode_token, encode as encode_token};
pub use totp::{TotpAlgorithm, TotpDigits, TotpPeriod, hmac as hotp_mac, hotp, time_step};
pub use user::{UserFields, UserRow};
pub use wasm::{decide_access, decide_accounts};
pub use webauthn::attestation::AttestationObject;
pub use webauthn::authenticator_data::AuthenticatorData;
pub use webauthn::cbor::{decode as decode_cbor, decode_first as decode_first_cbor};
pub use webauthn::encoding::{decode as decode_base64url, encode as encode_base64url};
pub use webauthn::{
    Aaguid, Algorithm, AssertionExpectation, AssertionResponse, AttestationKind, AttestationPolicy,
    CeremonyExpectation, CollectedClientData, Counter, CounterPolicy, CredentialRecord,
    CrossOrigin, ExpectedUser, OriginPolicy, PublicKey, RegisteredCredential,
    RegistrationExpectation, RegistrationResponse, WebauthnError, register as verify_registration,
    verify_assertion,
};

// The route `/.well-known/webauthn`, which is still to come, answers with it.
pub use webauthn::related_origins::{RelatedOriginsError, well_known_document};
