//! The names of roles.

use crate::refusal::{ErrorCode, Refusal};

/// The longest name of a role, in characters.
const MAX_ROLE_NAME_LENGTH: usize = 32;

/// The name of a role in the form in which it is stored: a letter and then
/// letters, digits, `_` and `-`, at most 32 in all, in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleName(String);

impl RoleName {
    /// Brings a name to the form in which it is stored: lower case.
    ///
    /// # Errors
    /// `INVALID_PARAMETERS` if it is no name of a role.
    pub fn normalize(raw: &str) -> Result<Self, Refusal> {
        // Only ASCII is lowered, since some other letters have a lower case
        // form in ASCII and would pass for it.
        let is_name = raw.len() <= MAX_ROLE_NAME_LENGTH
            && raw.starts_with(|first: char| first.is_ascii_alphabetic())
            && raw
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        if is_name {
            Ok(RoleName(raw.to_ascii_lowercase()))
        } else {
            Err(Refusal::with_message(
                ErrorCode::InvalidParameters,
                format!(
                    "a role is not valid: it must be a letter and then letters, digits, `_` and \
                     `-`, at most {MAX_ROLE_NAME_LENGTH} in all"
                ),
            ))
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name, to be stored.
    pub fn into_string(self) -> String {
        self.0
    }
}
