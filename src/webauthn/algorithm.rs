//! Signature algorithms of credentials (WebAuthn Level 3 §5.8.5).

/// An algorithm that credentials may sign with, by its name in the registry of
/// COSE algorithms.
///
/// Ed448 (-53) is left out: its only implementation of this generation is a
/// pre-release, and no authenticator in use has it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// ECDSA with SHA-256, on P-256 only (WebAuthn Level 3 §5.8.5).
    Es256,
    /// EdDSA, on Ed25519 only (WebAuthn Level 3 §5.8.5).
    EdDsa,
    /// ECDSA with SHA-384, on P-384 only (WebAuthn Level 3 §5.8.5).
    Es384,
    /// ECDSA with SHA-512, on P-521 only (WebAuthn Level 3 §5.8.5).
    Es512,
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8812, section 2).
    Rs256,
}

impl Algorithm {
    /// All algorithms, in the order in which a relying party would offer them.
    pub const ALL: [Algorithm; 5] = [
        Algorithm::EdDsa,
        Algorithm::Es256,
        Algorithm::Es384,
        Algorithm::Es512,
        Algorithm::Rs256,
    ];

    /// What to offer if nothing else is asked for: what the specification says
    /// every relying party should offer (WebAuthn Level 3 §5.4,
    /// `pubKeyCredParams`), and ES384 for authenticators that keep to a level of
    /// security above it.
    pub const DEFAULT: [Algorithm; 4] = [
        Algorithm::EdDsa,
        Algorithm::Es256,
        Algorithm::Es384,
        Algorithm::Rs256,
    ];

    /// The number in the registry of COSE algorithms, a
    /// `COSEAlgorithmIdentifier` (WebAuthn Level 3 §5.8.5).
    pub const fn identifier(self) -> i32 {
        match self {
            Algorithm::Es256 => -7,
            Algorithm::EdDsa => -8,
            Algorithm::Es384 => -35,
            Algorithm::Es512 => -36,
            Algorithm::Rs256 => -257,
        }
    }

    /// The algorithm with a number, if it is supported.
    pub fn from_identifier(identifier: i128) -> Option<Self> {
        Algorithm::ALL
            .into_iter()
            .find(|algorithm| i128::from(algorithm.identifier()) == identifier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_read_back() {
        for algorithm in Algorithm::ALL {
            let identifier = i128::from(algorithm.identifier());
            assert_eq!(Algorithm::from_identifier(identifier), Some(algorithm));
        }
    }

    #[test]
    fn other_identifiers_are_unknown() {
        // HMAC, RSA with SHA-1, Ed448, and numbers beyond any registry.
        for identifier in [0, 5, -37, -53, -65535, i128::MAX, i128::MIN] {
            assert_eq!(Algorithm::from_identifier(identifier), None);
        }
    }
}
