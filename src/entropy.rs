//! Randomness as an argument.

use rand_chacha::{ChaCha20Rng, rand_core::Rng, rand_core::SeedableRng};

/// The random bytes of one call: a ChaCha20 stream over a seed of 256 bits.
///
/// The binding layer draws the seed inside the call; tests pass a fixed one,
/// so that every decision can be replayed.
pub struct Entropy(ChaCha20Rng);

impl Entropy {
    /// Starts the stream. `seed` must come from a cryptographic generator and
    /// be used for one call only.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Entropy(ChaCha20Rng::from_seed(seed))
    }

    /// The next `N` bytes of the stream.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill_bytes(&mut bytes);
        bytes
    }
}
