//! What people write about a role.

use crate::identifier;
use crate::refusal::{ErrorCode, Refusal};

/// The longest description, in characters.
const MAX_DESCRIPTION_LENGTH: usize = 256;

/// A description in the form in which it is stored. The empty text stays empty,
/// which says that there is none.
///
/// # Errors
/// `INVALID_PARAMETERS`.
pub(super) fn normalize(text: &str) -> Result<String, Refusal> {
    if text.is_empty() {
        return Ok(String::new());
    }
    identifier::display_text(text, MAX_DESCRIPTION_LENGTH).map_err(|error| {
        Refusal::with_message(
            ErrorCode::InvalidParameters,
            format!("`description` is not valid: {error}"),
        )
    })
}
