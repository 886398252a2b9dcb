//! The proof that the limiter allowed an attempt.

/// Permission to compare one secret.
///
/// Every function that compares a password, a code or any other secret takes a
/// `&Permit`, and only the limiter makes one, so that no flow can try a secret
/// unseen by the limiter.
#[derive(Debug, PartialEq, Eq)]
pub struct Permit(());

impl Permit {
    /// Grants one attempt. Only the limiter calls it, after its decision.
    pub(super) fn grant() -> Self {
        Permit(())
    }

    /// A permit for the tests of functions that compare secrets.
    #[cfg(test)]
    pub(crate) fn for_test() -> Self {
        Permit(())
    }
}
