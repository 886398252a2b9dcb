//! The proof that a person may have a session.

use super::row::AuthenticationMethod;

/// The proof that a person was authenticated. Only the functions that checked
/// a secret can make one.
#[derive(Debug)]
pub struct Authenticated {
    methods: Vec<AuthenticationMethod>,
}

impl Authenticated {
    /// Proof by methods. Called right after the secrets were checked.
    pub(crate) fn by_all(methods: Vec<AuthenticationMethod>) -> Self {
        Authenticated { methods }
    }

    /// How the person proved it.
    pub fn methods(&self) -> &[AuthenticationMethod] {
        &self.methods
    }
}
