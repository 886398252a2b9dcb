//! JSON Web Signature, Key and Token (RFC 7515, 7517, 7519), as far as Convex
//! verifies them: ES256.

pub mod algorithm;
pub mod es256;
pub mod jwk;
pub mod jwt;

pub use es256::SigningKey;
pub use jwk::{Jwk, JwkSet};
pub use jwt::{Expectation, JwtError, sign, verify};
