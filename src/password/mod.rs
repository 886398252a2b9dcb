//! Passwords: which ones are taken, how they are stored, how they are compared.

mod common;
pub mod hash;
pub mod policy;
mod stored;
pub mod verify;

pub use hash::{Argon2Parameters, PasswordHash, hash};
pub use policy::{Password, PasswordError, PasswordPolicy};
pub use stored::{ImportFormat, import_format};
pub use verify::{Verification, verify};
