//! HMAC-based one-time passwords (RFC 4226).

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use zeroize::Zeroizing;

use super::parameters::{TotpAlgorithm, TotpDigits};

/// HMAC (RFC 2104) of `message` under `key`, with the algorithm's hash.
///
/// It is `None` if the library refuses the key, which it does for none: RFC
/// 2104 takes keys of any length.
pub fn hmac(algorithm: TotpAlgorithm, key: &[u8], message: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let tag = match algorithm {
        TotpAlgorithm::Sha1 => {
            let mut mac = Hmac::<Sha1>::new_from_slice(key).ok()?;
            mac.update(message);
            mac.finalize().into_bytes().to_vec()
        }
        TotpAlgorithm::Sha256 => {
            let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
            mac.update(message);
            mac.finalize().into_bytes().to_vec()
        }
        TotpAlgorithm::Sha512 => {
            let mut mac = Hmac::<Sha512>::new_from_slice(key).ok()?;
            mac.update(message);
            mac.finalize().into_bytes().to_vec()
        }
    };
    Some(Zeroizing::new(tag))
}

/// The one-time password for `counter` (RFC 4226, section 5.3), as a number:
/// the code is the number with zeros before it.
///
/// The dynamic truncation takes the four bytes from where the last half byte
/// points to, without the sign bit. It is `None` for no input: every hash has
/// the 19 bytes that the truncation reaches.
pub fn hotp(
    algorithm: TotpAlgorithm,
    secret: &[u8],
    counter: u64,
    digits: TotpDigits,
) -> Option<u32> {
    let tag = hmac(algorithm, secret, &counter.to_be_bytes())?;
    let offset = usize::from(tag.last()? & 0x0f);
    let word = tag.get(offset..)?.first_chunk::<4>()?;
    Some((u32::from_be_bytes(*word) & 0x7fff_ffff) % digits.modulus())
}
