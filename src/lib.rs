//! The decisions of Gatehouse, an authentication system for Convex apps.
//!
//! Everything here is a pure function of its arguments: the time, the random
//! bytes, the configuration and the rows that were read come in; the rows to
//! write, the audit events and the outcome go out.

pub mod account;
pub mod administrator;
pub mod audit;
pub mod code;
pub mod code_factor;
pub mod entropy;
pub mod factor_secret;
pub mod group;
pub mod identifier;
pub mod invite;
pub mod jose;
pub mod key;
pub mod limiter;
pub mod member;
mod normal_form;
pub mod one_time_token;
pub mod origin;
pub mod passkey;
pub mod password;
pub mod permission;
pub mod recovery_code;
pub mod redirect;
pub mod refusal;
pub mod role;
pub mod second_factor;
pub mod session;
pub mod sign_in;
pub mod signing_key;
pub mod time;
pub mod token;
pub mod totp;
pub mod trusted_device;
pub mod user;
#[cfg(target_arch = "wasm32")]
mod wasm;
pub mod webauthn;
