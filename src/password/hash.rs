//! Hashing of passwords for storage: Argon2id (RFC 9106).

use super::policy::Password;
use crate::entropy::Entropy;
use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use serde::{Deserialize, Serialize};
use std::alloc::{Layout, handle_alloc_error};
use std::fmt;
use tsify::Tsify;
use zeroize::Zeroizing;

/// The least memory that can be configured: 8 MiB, below which graphics cards
/// guess quickly.
pub const MIN_MEMORY_KIB: u32 = 8 * 1024;

/// The most memory that can be configured: 28 MiB.
///
/// A Convex function has 64 MiB of array buffers for everything, the memory of
/// a WebAssembly instance included, and that memory never shrinks. A sign-in
/// may hash twice, to compare and to store anew, and the second hash does not
/// always find room where the first one was: two of the largest must fit.
pub const MAX_MEMORY_KIB: u32 = 28 * 1024;

/// The most passes that can be configured: ten over the most memory, and as
/// many again for a new hash, stay below the second of CPU time that a Convex
/// function has.
pub const MAX_ITERATIONS: u32 = 10;

/// Bytes of the salt (RFC 9106, section 3.1).
pub(super) const SALT_BYTES: usize = 16;

/// Bytes of the output: nobody inverts or collides 256 bits.
pub(super) const OUTPUT_BYTES: usize = 32;

/// What one hash costs. The default is OWASP's: 19 MiB, two passes, one lane.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", default)]
pub struct Argon2Parameters {
    /// Memory in KiB; values outside 8192 to 28672 are taken as the nearer of
    /// these. 19456 by default.
    pub memory_kib: u32,
    /// Passes over the memory; values outside 1 to 10 are taken as the nearer of
    /// these. 2 by default.
    pub iterations: u32,
    /// Lanes. There are no threads to fill more than one, so every value is
    /// taken as 1.
    pub parallelism: u32,
}

impl Default for Argon2Parameters {
    fn default() -> Self {
        Argon2Parameters {
            memory_kib: 19 * 1024,
            iterations: 2,
            parallelism: 1,
        }
    }
}

impl Argon2Parameters {
    /// The parameters with every value inside its bounds: what is used.
    pub fn bounded(&self) -> Self {
        Argon2Parameters {
            memory_kib: self.memory_kib.clamp(MIN_MEMORY_KIB, MAX_MEMORY_KIB),
            iterations: self.iterations.clamp(1, MAX_ITERATIONS),
            parallelism: 1,
        }
    }
}

/// A stored password hash, as text: our own PHC string, or a hash from another
/// system that [`import_format`](super::import_format) knows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(transparent)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes the text of a stored or imported hash. Nothing is checked: a text
    /// that is no hash matches no password.
    pub fn from_stored(text: String) -> Self {
        PasswordHash(text)
    }

    /// The text, for storage.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PasswordHash(redacted)")
    }
}

/// Hashes a password for storage: Argon2id version 1.3 over the NFKC form, with
/// a salt of 16 bytes and an output of 32, as a PHC string.
pub fn hash(
    password: &Password,
    parameters: &Argon2Parameters,
    entropy: &mut Entropy,
) -> PasswordHash {
    let Argon2Parameters {
        memory_kib,
        iterations,
        parallelism,
    } = parameters.bounded();
    let salt = entropy.bytes::<SALT_BYTES>();
    let output = argon2id(password, parameters, &salt);
    PasswordHash(format!(
        "$argon2id$v=19$m={memory_kib},t={iterations},p={parallelism}${}${}",
        STANDARD_NO_PAD.encode(salt),
        STANDARD_NO_PAD.encode(*output),
    ))
}

/// Argon2id version 1.3 with the bounded `parameters`. It stops the program if
/// the memory is not there, as every allocation does.
pub(super) fn argon2id(
    password: &Password,
    parameters: &Argon2Parameters,
    salt: &[u8; SALT_BYTES],
) -> Zeroizing<[u8; OUTPUT_BYTES]> {
    let Argon2Parameters {
        memory_kib,
        iterations,
        parallelism,
    } = parameters.bounded();
    #[cfg(test)]
    work::record(memory_kib, iterations);
    let mut output = Zeroizing::new([0; OUTPUT_BYTES]);
    let result = Params::new(memory_kib, iterations, parallelism, Some(OUTPUT_BYTES)).and_then(
        |parameters| {
            Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters).hash_password_into(
                password.normalized(),
                salt,
                output.as_mut_slice(),
            )
        },
    );
    match result {
        Ok(()) => output,
        // With bounded parameters and a salt of fixed size, memory is all that
        // can be missing. An output of zeros must not be stored in its place.
        Err(_) => handle_alloc_error(Layout::new::<argon2::Block>()),
    }
}

/// How much hashing the calls of a test did: equal work is what hides whether
/// an account exists, and a clock would be a poor witness of it.
#[cfg(test)]
pub(crate) mod work {
    use std::cell::Cell;

    thread_local! {
        static FILLED_KIB: Cell<u64> = const { Cell::new(0) };
    }

    /// Counts one Argon2 computation.
    pub(crate) fn record(memory_kib: u32, iterations: u32) {
        let filled_kib = u64::from(memory_kib) * u64::from(iterations);
        FILLED_KIB.set(FILLED_KIB.get() + filled_kib);
    }

    /// The memory that Argon2 filled in this thread since the last call, in
    /// KiB, all passes together.
    pub(crate) fn take() -> u64 {
        FILLED_KIB.take()
    }
}
