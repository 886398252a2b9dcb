//! Stored password hashes: our own, and those of systems that users come from.
//!
//! A stored hash says what it costs to verify it, so its cost is bounded before
//! any work is done.

use super::hash::{Argon2Parameters, OUTPUT_BYTES, SALT_BYTES};
use super::policy::Password;
use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use tsify::Tsify;
use zeroize::Zeroizing;

/// Most bytes of a stored hash. The longest that is understood, Argon2 with
/// the largest salt and output, takes fewer than 250.
const MAX_STORED_BYTES: usize = 512;

/// Most memory that a stored Argon2 hash may ask for: 46 MiB, OWASP's largest
/// recommendation. It leaves room in the 64 MiB of array buffers that a Convex
/// function has for everything, and the smaller hash that takes its place fits
/// where it was.
const MAX_STORED_MEMORY_KIB: u32 = 46 * 1024;

/// Most work that a stored Argon2 hash may ask for, in KiB filled: ten passes
/// over the most memory, about a third of the second of CPU time that a Convex
/// function has.
const MAX_STORED_WORK_KIB: u64 = 10 * 46 * 1024;

/// Bytes of salt that a stored Argon2 hash may have; the algorithm asks for at
/// least eight.
const STORED_SALT_BYTES: std::ops::RangeInclusive<usize> = 8..=64;

/// Bytes of output that a stored Argon2 hash may have. Fewer than 16 would make
/// wrong passwords match too easily.
const STORED_OUTPUT_BYTES: std::ops::RangeInclusive<usize> = 16..=64;

/// Most cost that a stored bcrypt hash may ask for: 2^13 rounds take about half
/// of the second of CPU time that a Convex function has, and the next cost all
/// of it.
const MAX_BCRYPT_COST: u32 = 13;

/// Bytes of a bcrypt hash as text.
const BCRYPT_BYTES: usize = 60;

/// log2 of scrypt's N in the formats that are read: N = 16384.
const SCRYPT_LOG_N: u8 = 14;

/// scrypt's r in the formats that are read.
const SCRYPT_BLOCK_SIZE: u32 = 16;

/// scrypt's r in hashes of the first version of lucia, without `s2:`.
const SCRYPT_LEGACY_BLOCK_SIZE: u32 = 8;

/// Characters of the random salt of lucia's first two versions.
const SCRYPT_LEGACY_SALT_LENGTH: usize = 16;

/// Characters of the other scrypt salts: 16 bytes in hexadecimal.
const SCRYPT_SALT_LENGTH: usize = 32;

/// Bytes of the scrypt keys.
const SCRYPT_KEY_BYTES: usize = 64;

/// A kind of password hash that can be verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum ImportFormat {
    /// An Argon2 PHC string: `$argon2id$…`, `$argon2i$…` or `$argon2d$…`.
    Argon2,
    /// `salt:key`, as Convex Auth, lucia 3 and Better Auth store it, or
    /// `s2:salt:key` and the older `salt:key` of lucia 1 and 2.
    Scrypt,
    /// `$2a$…`, `$2b$…` or `$2y$…`.
    Bcrypt,
}

/// Tells whether `stored` is a password hash that can be verified, and of which
/// kind. `None` for anything else, hashes of too high a cost included: Argon2
/// above 46 MiB, or above what ten passes over 46 MiB come to; bcrypt above a
/// cost of 13.
pub fn import_format(stored: &str) -> Option<ImportFormat> {
    StoredHash::parse(stored).map(|hash| match hash {
        StoredHash::Argon2(_) => ImportFormat::Argon2,
        StoredHash::Scrypt(_) => ImportFormat::Scrypt,
        StoredHash::Bcrypt(_) => ImportFormat::Bcrypt,
    })
}

/// A stored hash whose form and cost were checked.
pub(super) enum StoredHash<'a> {
    Argon2(Argon2Hash),
    Scrypt(ScryptHash<'a>),
    Bcrypt(&'a str),
}

/// The parts of an Argon2 PHC string.
pub(super) struct Argon2Hash {
    algorithm: Algorithm,
    version: Version,
    memory_kib: u32,
    iterations: u32,
    parallelism: u32,
    salt: Vec<u8>,
    output: Vec<u8>,
}

/// The parts of an scrypt hash with the parameters of its format.
pub(super) struct ScryptHash<'a> {
    block_size: u32,
    /// Used as the text it is, not as the bytes it stands for: that is how all
    /// of these systems do it.
    salt: &'a str,
    key: [u8; SCRYPT_KEY_BYTES],
}

impl<'a> StoredHash<'a> {
    /// Reads a stored hash; `None` if it has no known form or too high a cost.
    pub(super) fn parse(stored: &'a str) -> Option<Self> {
        if stored.len() > MAX_STORED_BYTES {
            return None;
        }
        if stored.starts_with("$argon2") {
            Argon2Hash::parse(stored).map(StoredHash::Argon2)
        } else if stored.starts_with("$2") {
            parse_bcrypt(stored).map(StoredHash::Bcrypt)
        } else {
            ScryptHash::parse(stored).map(StoredHash::Scrypt)
        }
    }

    /// Whether this is the hash of `password`, compared in constant time.
    /// `None` if it cannot be computed.
    pub(super) fn matches(&self, password: &Password) -> Option<bool> {
        match self {
            StoredHash::Argon2(hash) => hash.matches(password),
            StoredHash::Scrypt(hash) => hash.matches(password),
            StoredHash::Bcrypt(hash) => bcrypt::verify(password.raw(), hash).ok(),
        }
    }

    /// Whether a new hash with `parameters` would be of the same kind.
    pub(super) fn is_current(&self, parameters: &Argon2Parameters) -> bool {
        let wanted = parameters.bounded();
        match self {
            StoredHash::Argon2(hash) => {
                hash.algorithm == Algorithm::Argon2id
                    && hash.version == Version::V0x13
                    && hash.memory_kib == wanted.memory_kib
                    && hash.iterations == wanted.iterations
                    && hash.parallelism == wanted.parallelism
                    && hash.salt.len() == SALT_BYTES
                    && hash.output.len() == OUTPUT_BYTES
            }
            StoredHash::Scrypt(_) | StoredHash::Bcrypt(_) => false,
        }
    }
}

impl Argon2Hash {
    /// Reads `$argon2id$v=19$m=…,t=…,p=…$salt$output`. Strings without `v` are
    /// of version 1.0.
    fn parse(stored: &str) -> Option<Self> {
        let mut parts = stored.strip_prefix('$')?.split('$').peekable();
        let algorithm = match parts.next()? {
            "argon2d" => Algorithm::Argon2d,
            "argon2i" => Algorithm::Argon2i,
            "argon2id" => Algorithm::Argon2id,
            _ => return None,
        };
        let version = match parts.next_if(|part| part.starts_with("v=")) {
            None | Some("v=16") => Version::V0x10,
            Some("v=19") => Version::V0x13,
            Some(_) => return None,
        };
        let mut parameters = parts.next()?.split(',');
        let memory_kib = decimal(parameters.next()?.strip_prefix("m=")?)?;
        let iterations = decimal(parameters.next()?.strip_prefix("t=")?)?;
        let parallelism = decimal(parameters.next()?.strip_prefix("p=")?)?;
        let salt = STANDARD_NO_PAD.decode(parts.next()?).ok()?;
        let output = STANDARD_NO_PAD.decode(parts.next()?).ok()?;
        let hash = Argon2Hash {
            algorithm,
            version,
            memory_kib,
            iterations,
            parallelism,
            salt,
            output,
        };
        let is_whole = parameters.next().is_none() && parts.next().is_none();
        (is_whole && hash.is_affordable() && hash.parameters().is_some()).then_some(hash)
    }

    /// Whether the sizes and the cost are inside the bounds.
    fn is_affordable(&self) -> bool {
        let work_kib = u64::from(self.memory_kib).saturating_mul(u64::from(self.iterations));
        self.memory_kib <= MAX_STORED_MEMORY_KIB
            && work_kib <= MAX_STORED_WORK_KIB
            && STORED_SALT_BYTES.contains(&self.salt.len())
            && STORED_OUTPUT_BYTES.contains(&self.output.len())
    }

    /// The parameters as the algorithm takes them, if it does.
    fn parameters(&self) -> Option<Params> {
        Params::new(
            self.memory_kib,
            self.iterations,
            self.parallelism,
            Some(self.output.len()),
        )
        .ok()
    }

    fn matches(&self, password: &Password) -> Option<bool> {
        #[cfg(test)]
        super::hash::work::record(self.memory_kib, self.iterations);
        let mut output = Zeroizing::new(vec![0; self.output.len()]);
        Argon2::new(self.algorithm, self.version, self.parameters()?)
            .hash_password_into(password.normalized(), &self.salt, &mut output)
            .ok()?;
        Some(output.ct_eq(&self.output).into())
    }
}

/// A number as the PHC string format writes it: no sign, no leading zero.
fn decimal(text: &str) -> Option<u32> {
    let is_canonical = text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.len() == 1 || !text.starts_with('0'));
    if is_canonical {
        text.parse().ok()
    } else {
        None
    }
}

impl<'a> ScryptHash<'a> {
    /// Reads the formats of [`ImportFormat::Scrypt`].
    fn parse(stored: &'a str) -> Option<Self> {
        let (marked, rest) = match stored.strip_prefix("s2:") {
            Some(rest) => (true, rest),
            None => (false, stored),
        };
        let (salt, key) = rest.split_once(':')?;
        if !salt.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        let block_size = match (salt.len(), marked) {
            (SCRYPT_SALT_LENGTH, _) | (SCRYPT_LEGACY_SALT_LENGTH, true) => SCRYPT_BLOCK_SIZE,
            (SCRYPT_LEGACY_SALT_LENGTH, false) => SCRYPT_LEGACY_BLOCK_SIZE,
            _ => return None,
        };
        Some(ScryptHash {
            block_size,
            salt,
            key: hexadecimal(key)?,
        })
    }

    fn matches(&self, password: &Password) -> Option<bool> {
        let parameters = scrypt::Params::new(SCRYPT_LOG_N, self.block_size, 1).ok()?;
        let mut key = Zeroizing::new([0; SCRYPT_KEY_BYTES]);
        scrypt::scrypt(
            password.normalized(),
            self.salt.as_bytes(),
            &parameters,
            key.as_mut_slice(),
        )
        .ok()?;
        Some(key.as_slice().ct_eq(&self.key).into())
    }
}

/// Decodes exactly the hexadecimal digits of a key, in either case.
fn hexadecimal(text: &str) -> Option<[u8; SCRYPT_KEY_BYTES]> {
    if text.len() != 2 * SCRYPT_KEY_BYTES {
        return None;
    }
    let mut digits = text.chars().map(|character| character.to_digit(16));
    let mut bytes = [0; SCRYPT_KEY_BYTES];
    for byte in &mut bytes {
        *byte = u8::try_from(digits.next()?? * 16 + digits.next()??).ok()?;
    }
    Some(bytes)
}

/// Checks the form and the cost of a bcrypt hash.
fn parse_bcrypt(stored: &str) -> Option<&str> {
    let cost = ["$2a$", "$2b$", "$2y$"]
        .iter()
        .find_map(|prefix| stored.strip_prefix(prefix))?
        .split('$')
        .next()
        .filter(|cost| cost.len() == 2 && cost.bytes().all(|byte| byte.is_ascii_digit()))?;
    let cost: u32 = cost.parse().ok()?;
    let is_readable = stored.len() == BCRYPT_BYTES
        && (4..=MAX_BCRYPT_COST).contains(&cost)
        && stored.parse::<bcrypt::HashParts>().is_ok();
    is_readable.then_some(stored)
}
