//! What the authenticator says about the ceremony (WebAuthn Level 3 §6.1).

use super::aaguid::Aaguid;
use super::cbor::{self, Map};
use super::error::WebauthnError;

/// Most bytes of authenticator data: the longest credential id and public key,
/// and a kilobyte of extensions.
pub const MAX_AUTHENTICATOR_DATA_BYTES: usize = 4096;

/// Most bytes of a credential id (WebAuthn Level 3 §4, "Credential ID").
pub const MAX_CREDENTIAL_ID_BYTES: usize = 1023;

/// Bytes of a SHA-256.
const HASH_BYTES: usize = 32;

/// The flags of authenticator data (WebAuthn Level 3 §6.1). Bits 1 and 5 are
/// reserved for future use, and not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flags(u8);

impl Flags {
    /// UP: the user was present.
    pub const fn user_present(self) -> bool {
        self.has(0)
    }

    /// UV: the user was verified.
    pub const fn user_verified(self) -> bool {
        self.has(2)
    }

    /// BE: the credential may be backed up.
    pub const fn backup_eligible(self) -> bool {
        self.has(3)
    }

    /// BS: the credential is backed up.
    pub const fn backed_up(self) -> bool {
        self.has(4)
    }

    /// AT: a new credential follows.
    const fn has_attested_credential(self) -> bool {
        self.has(6)
    }

    /// ED: extensions follow.
    const fn has_extensions(self) -> bool {
        self.has(7)
    }

    const fn has(self, bit: u8) -> bool {
        self.0 & (1 << bit) != 0
    }
}

/// A credential that was made in the ceremony (WebAuthn Level 3 §6.5.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttestedCredentialData<'a> {
    /// The model of the authenticator, as it says.
    pub aaguid: Aaguid,
    /// The id of the credential. Its length is checked by the registration.
    pub credential_id: &'a [u8],
    /// The public key, an encoded COSE key that is not checked yet.
    pub public_key: &'a [u8],
}

/// Authenticator data in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthenticatorData<'a> {
    /// SHA-256 of the id of the relying party that the credential is for.
    pub rp_id_hash: [u8; HASH_BYTES],
    /// The flags.
    pub flags: Flags,
    /// The signature counter, or zero where there is none (WebAuthn Level 3
    /// §6.1.1).
    pub sign_count: u32,
    /// The credential that was made, in a registration.
    pub attested_credential: Option<AttestedCredentialData<'a>>,
    /// The authenticator's answers to extensions, by their names.
    pub extensions: Option<Map<'a>>,
}

impl<'a> AuthenticatorData<'a> {
    /// Reads authenticator data. What the flags announce has to be there, and
    /// nothing else after it.
    ///
    /// # Errors
    /// [`WebauthnError::Size`] and [`WebauthnError::AuthenticatorData`].
    pub fn parse(bytes: &'a [u8]) -> Result<Self, WebauthnError> {
        if bytes.len() > MAX_AUTHENTICATOR_DATA_BYTES {
            return Err(WebauthnError::Size);
        }
        read(bytes).ok_or(WebauthnError::AuthenticatorData)
    }
}

fn read(bytes: &[u8]) -> Option<AuthenticatorData<'_>> {
    let (rp_id_hash, rest) = bytes.split_first_chunk::<HASH_BYTES>()?;
    let (flags, rest) = rest.split_first()?;
    let (sign_count, mut rest) = rest.split_first_chunk::<4>()?;
    let flags = Flags(*flags);
    let mut attested_credential = None;
    if flags.has_attested_credential() {
        let (credential, after) = read_attested_credential(rest)?;
        attested_credential = Some(credential);
        rest = after;
    }
    let mut extensions = None;
    if flags.has_extensions() {
        let (value, after) = cbor::decode_first(rest).ok()?;
        let cbor::Value::Map(map) = value else {
            return None;
        };
        extensions = Some(map);
        rest = after;
    }
    rest.is_empty().then_some(AuthenticatorData {
        rp_id_hash: *rp_id_hash,
        flags,
        sign_count: u32::from_be_bytes(*sign_count),
        attested_credential,
        extensions,
    })
}

fn read_attested_credential(bytes: &[u8]) -> Option<(AttestedCredentialData<'_>, &[u8])> {
    let (aaguid, rest) = bytes.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (credential_id, rest) = rest.split_at_checked(length)?;
    // The public key has no length of its own: it ends where its map ends.
    let (_, after) = cbor::decode_first(rest).ok()?;
    let public_key = rest.get(..rest.len().checked_sub(after.len())?)?;
    let credential = AttestedCredentialData {
        aaguid: Aaguid::from_bytes(*aaguid),
        credential_id,
        public_key,
    };
    Some((credential, after))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ATTESTED: u8 = 1 << 6;
    const EXTENSIONS: u8 = 1 << 7;

    fn data(flags: u8, rest: &[u8]) -> Vec<u8> {
        [&[9; HASH_BYTES][..], &[flags], &[0, 0, 1, 2], rest].concat()
    }

    /// A credential with the id `id` and an empty map for a key.
    fn credential() -> Vec<u8> {
        [&[7; 16][..], &[0, 2], b"id", &[0xa0]].concat()
    }

    fn parse(bytes: &[u8]) -> Option<AuthenticatorData<'_>> {
        AuthenticatorData::parse(bytes).ok()
    }

    #[test]
    fn the_parts_are_read() {
        let bytes = data(0, &[]);
        let parsed = parse(&bytes).unwrap();
        assert_eq!(parsed.rp_id_hash, [9; 32]);
        assert_eq!(parsed.sign_count, 0x102);
        assert_eq!(parsed.attested_credential, None);
        assert_eq!(parsed.extensions, None);

        let rest = [credential(), vec![0xa1, 0x61, b'x', 0xf5]].concat();
        let bytes = data(ATTESTED | EXTENSIONS, &rest);
        let parsed = parse(&bytes).unwrap();
        let attested = parsed.attested_credential.unwrap();
        assert_eq!(attested.aaguid, Aaguid::from_bytes([7; 16]));
        assert_eq!(attested.credential_id, b"id");
        assert_eq!(attested.public_key, [0xa0]);
        assert_eq!(
            parsed.extensions.unwrap().get("x"),
            Some(&cbor::Value::Boolean(true))
        );
    }

    #[test]
    fn every_flag_is_its_bit() {
        let read = |flags: Flags| {
            [
                flags.user_present(),
                flags.user_verified(),
                flags.backup_eligible(),
                flags.backed_up(),
                flags.has_attested_credential(),
                flags.has_extensions(),
            ]
        };
        for (index, bit) in [0, 2, 3, 4, 6, 7].into_iter().enumerate() {
            let mut expected = [false; 6];
            *expected.get_mut(index).unwrap() = true;
            assert_eq!(read(Flags(1 << bit)), expected);
        }
        assert_eq!(read(Flags(0b0010_0010)), [false; 6]);
    }

    #[test]
    fn what_is_announced_is_there_and_nothing_else() {
        let extensions = [0xa0];
        let both = [credential(), extensions.to_vec()].concat();
        for (flags, rest) in [
            (0, &credential()[..]),
            (0, &extensions[..]),
            (0, &[0][..]),
            (ATTESTED, &[][..]),
            (ATTESTED, &both[..]),
            (ATTESTED, &extensions[..]),
            (EXTENSIONS, &[][..]),
            (EXTENSIONS, &credential()[..]),
            (EXTENSIONS, &[0x80][..]),
            (ATTESTED | EXTENSIONS, &credential()[..]),
        ] {
            assert_eq!(parse(&data(flags, rest)), None, "{flags} {rest:x?}");
        }
    }

    #[test]
    fn cut_data_is_refused() {
        let whole = data(ATTESTED | EXTENSIONS, &[credential(), vec![0xa0]].concat());
        assert!(parse(&whole).is_some());
        for length in 0..whole.len() {
            assert_eq!(parse(whole.get(..length).unwrap()), None);
        }
    }

    #[test]
    fn the_size_is_limited() {
        let too_long = vec![0; MAX_AUTHENTICATOR_DATA_BYTES + 1];
        assert_eq!(
            AuthenticatorData::parse(&too_long),
            Err(WebauthnError::Size)
        );
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = AuthenticatorData::parse(&bytes);
        }

        #[test]
        fn no_credential_makes_it_panic(rest in proptest::collection::vec(any::<u8>(), 0..100)) {
            let _ = AuthenticatorData::parse(&data(ATTESTED | EXTENSIONS, &rest));
        }
    }
}
