//! Credentials that do not exist, for users that do not exist.
//!
//! Whoever asks for a sign-in by e-mail address is told the ids of the user's
//! credentials. Without decoys, that would tell who has an account (WebAuthn
//! Level 3 §14.6.2). A decoy is the same in every answer, as a real id is, and
//! nobody without the secret can tell it from one.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

/// What separates these hashes from all others under the same secret.
const DOMAIN: &[u8] = b"gatehouse webauthn decoy v1";

/// A kind of credential that decoys look like.
struct Profile {
    /// Bytes of its id.
    id_length: usize,
    /// How its authenticator is reached, sorted as stored transports are.
    transports: &'static [&'static str],
}

/// What decoys look like, about as often as people have such passkeys: those of
/// Apple have ids of 20 bytes, those of Google and of most managers 16, those
/// of Windows and of Chrome's profiles 32.
const PROFILES: [Profile; 8] = [
    Profile {
        id_length: 20,
        transports: &["hybrid", "internal"],
    },
    Profile {
        id_length: 20,
        transports: &["hybrid", "internal"],
    },
    Profile {
        id_length: 20,
        transports: &["hybrid", "internal"],
    },
    Profile {
        id_length: 16,
        transports: &["hybrid", "internal"],
    },
    Profile {
        id_length: 16,
        transports: &["hybrid", "internal"],
    },
    Profile {
        id_length: 16,
        transports: &["internal"],
    },
    Profile {
        id_length: 32,
        transports: &["internal"],
    },
    Profile {
        id_length: 32,
        transports: &["internal"],
    },
];

/// A credential that does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecoyCredential {
    /// The id.
    pub id: Vec<u8>,
    /// The transports.
    pub transports: &'static [&'static str],
}

/// The decoys for an identifier: one, or two for one in four identifiers. The
/// secret is the deployment's own; the identifier has to be normalised, so that
/// all ways to write it have the same answer.
pub fn decoys(secret: &[u8; 32], rp_id: &str, identifier: &str) -> Vec<DecoyCredential> {
    let [kind, ..] = digest(secret, rp_id, identifier, b"count", 0);
    let count = if kind % 4 == 0 { 2 } else { 1 };
    (0..count)
        .filter_map(|index| {
            let [kind, ..] = digest(secret, rp_id, identifier, b"profile", index);
            let profile = PROFILES.get(usize::from(kind) % PROFILES.len())?;
            let bytes = digest(secret, rp_id, identifier, b"id", index);
            Some(DecoyCredential {
                id: bytes.get(..profile.id_length)?.to_vec(),
                transports: profile.transports,
            })
        })
        .collect()
}

/// HMAC-SHA-256 of what is asked for. Every part has its length before it, so
/// that no two questions are the same bytes.
fn digest(secret: &[u8; 32], rp_id: &str, identifier: &str, purpose: &[u8], index: u8) -> [u8; 32] {
    // RFC 2104 pads a short key with zeros to the block of the hash. A key of
    // exactly one block goes in through a constructor that cannot fail.
    let mut block = Zeroizing::new([0_u8; 64]);
    for (place, byte) in block.iter_mut().zip(secret) {
        *place = *byte;
    }
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    for part in [DOMAIN, rp_id.as_bytes(), identifier.as_bytes(), purpose] {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        mac.update(&length.to_be_bytes());
        mac.update(part);
    }
    mac.update(&[index]);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    const SECRET: [u8; 32] = [7; 32];

    #[test]
    fn the_answer_is_always_the_same() {
        let first = decoys(&SECRET, "example.com", "ada@example.com");
        assert_eq!(decoys(&SECRET, "example.com", "ada@example.com"), first);
        assert!(!first.is_empty());
    }

    #[test]
    fn every_argument_changes_the_ids() {
        let ids = |secret: &[u8; 32], rp_id: &str, identifier: &str| -> Vec<Vec<u8>> {
            let made = decoys(secret, rp_id, identifier);
            made.into_iter().map(|decoy| decoy.id).collect()
        };
        let answers = [
            ids(&SECRET, "example.com", "ada@example.com"),
            ids(&[8; 32], "example.com", "ada@example.com"),
            ids(&SECRET, "example.org", "ada@example.com"),
            ids(&SECRET, "example.com", "bob@example.com"),
            // The boundary between two parts is a part of the question.
            ids(&SECRET, "example.coma", "da@example.com"),
        ];
        let starts: HashSet<&[u8]> = answers
            .iter()
            .flatten()
            .filter_map(|id| id.get(..16))
            .collect();
        assert_eq!(starts.len(), answers.iter().flatten().count());
    }

    #[test]
    fn decoys_are_plausible_and_of_every_kind() {
        let made: Vec<Vec<DecoyCredential>> = (0..500)
            .map(|number| decoys(&SECRET, "example.com", &format!("user{number}@example.com")))
            .collect();
        let lengths: HashSet<usize> = made.iter().flatten().map(|decoy| decoy.id.len()).collect();
        assert_eq!(lengths, HashSet::from([16, 20, 32]));
        let two = made.iter().filter(|decoys| decoys.len() == 2).count();
        assert!(made.iter().all(|decoys| matches!(decoys.len(), 1 | 2)));
        assert!((75..=175).contains(&two), "{two}");
        let ids: HashSet<&Vec<u8>> = made.iter().flatten().map(|decoy| &decoy.id).collect();
        assert_eq!(ids.len(), made.iter().flatten().count());
        assert!(
            made.iter()
                .flatten()
                .all(|decoy| decoy.transports.is_sorted() && !decoy.transports.is_empty())
        );
    }
}
