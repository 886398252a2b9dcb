//! Identifiers and names as people type them, brought to one form.
//!
//! Two strings that a person takes for the same must not be two accounts, and
//! two accounts must not look the same. So text is normalised first and checked
//! afterwards: a check before the normalisation would see other characters than
//! the ones that are stored. Every function here is idempotent.

use serde::Serialize;
use std::fmt;
use tsify::Tsify;

use crate::normal_form::{is_combining_mark, nfc, nfkc};

/// Most bytes of an e-mail address (RFC 5321, section 4.5.3.1.3: a path of 256
/// octets, of which the angle brackets take two).
pub const MAX_EMAIL_BYTES: usize = 254;

/// Most bytes before the `@` (RFC 5321, section 4.5.3.1.1).
pub const MAX_LOCAL_PART_BYTES: usize = 64;

/// Most bytes of a domain label (RFC 1035, section 2.3.4).
pub const MAX_DOMAIN_LABEL_BYTES: usize = 63;

/// Most bytes of an e-mail address as typed, looked at before anything else.
/// Compatibility forms take up to four bytes for one byte of the result.
pub const MAX_RAW_EMAIL_BYTES: usize = 4 * MAX_EMAIL_BYTES;

/// Most bytes of a general account identifier: enough for any user name or
/// subject of another system (OpenID Connect allows a `sub` of 255 characters).
pub const MAX_ACCOUNT_ID_BYTES: usize = 256;

/// Bytes of raw display text that are looked at for each character allowed:
/// the widest character, once as itself and once as a mark to be composed.
const RAW_BYTES_PER_DISPLAY_CHARACTER: usize = 8;

/// What stands in for an unpaired surrogate after the text has crossed from
/// JavaScript, so nobody typed it.
const REPLACEMENT_CHARACTER: char = '\u{FFFD}';

/// Characters that are not seen and change how text is compared or shown:
/// Unicode's format characters (category Cf) with the line and paragraph
/// separators, the letters and marks that are invisible by design, and the tag
/// and variation characters of plane 14. Inclusive ranges, ascending.
const INVISIBLE: &[(char, char)] = &[
    ('\u{00AD}', '\u{00AD}'),
    ('\u{034F}', '\u{034F}'),
    ('\u{0600}', '\u{0605}'),
    ('\u{061C}', '\u{061C}'),
    ('\u{06DD}', '\u{06DD}'),
    ('\u{070F}', '\u{070F}'),
    ('\u{0890}', '\u{0891}'),
    ('\u{08E2}', '\u{08E2}'),
    ('\u{115F}', '\u{1160}'),
    ('\u{17B4}', '\u{17B5}'),
    ('\u{180B}', '\u{180F}'),
    ('\u{200B}', '\u{200F}'),
    ('\u{2028}', '\u{202E}'),
    ('\u{2060}', '\u{206F}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{FE00}', '\u{FE0F}'),
    ('\u{FEFF}', '\u{FEFF}'),
    ('\u{FFA0}', '\u{FFA0}'),
    ('\u{FFF0}', '\u{FFFB}'),
    ('\u{110BD}', '\u{110BD}'),
    ('\u{110CD}', '\u{110CD}'),
    ('\u{13430}', '\u{1343F}'),
    ('\u{1BCA0}', '\u{1BCA3}'),
    ('\u{1D173}', '\u{1D17A}'),
    ('\u{E0000}', '\u{E0FFF}'),
];

/// Invisible characters that names and emoji are written with: the joiners
/// (Persian, Indic scripts, emoji sequences) and the emoji presentation
/// selector.
const DISPLAY_JOINERS: &[char] = &['\u{200C}', '\u{200D}', '\u{FE0F}'];

/// Why an identifier or a name was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifierError {
    /// Nothing is left after trimming.
    Empty,
    /// The text, or its part before the `@`, is too long.
    TooLong,
    /// A control, format, bidirectional, replacement or other character that
    /// has no place here: NUL, zero width, U+FFFD for an unpaired surrogate.
    InvalidCharacter,
    /// A character only looks like `@`, such as U+FF20: normalising it would
    /// move the end of the local part.
    HomoglyphAt,
    /// There is not exactly one `@`.
    AtSign,
    /// The part before the `@` is not a dot-atom (RFC 5322, section 3.2.3,
    /// letters beyond ASCII as in RFC 6531, section 3.3, included).
    LocalPart,
    /// The part after the `@` is not a host name of two or more labels of
    /// letters, digits and hyphens (RFC 1123, section 2.1).
    Domain,
}

impl fmt::Display for IdentifierError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            IdentifierError::Empty => "the text is empty",
            IdentifierError::TooLong => "the text is too long",
            IdentifierError::InvalidCharacter => "the text contains an invalid character",
            IdentifierError::HomoglyphAt => "the address contains a look-alike of the at sign",
            IdentifierError::AtSign => "the address has not exactly one at sign",
            IdentifierError::LocalPart => "the part before the at sign is not valid",
            IdentifierError::Domain => "the part after the at sign is not valid",
        })
    }
}

impl std::error::Error for IdentifierError {}

/// Whether `character` is in [`INVISIBLE`].
fn is_invisible(character: char) -> bool {
    INVISIBLE
        .iter()
        .any(|&(first, last)| (first..=last).contains(&character))
}

/// Whether `character` may stand in a stored text at all.
fn is_clean(character: char) -> bool {
    !character.is_control() && character != REPLACEMENT_CHARACTER && !is_invisible(character)
}

/// Applies `fold`, which has to be stable on its own output: the rare text for
/// which it is not has no one normal form and is refused.
fn fold_stably(raw: &str, fold: fn(&str) -> String) -> Result<String, IdentifierError> {
    let folded = fold(raw);
    if fold(&folded) == folded {
        Ok(folded)
    } else {
        Err(IdentifierError::InvalidCharacter)
    }
}

/// NFKC, lower case, NFKC again (lower case can undo a composition), trimmed
/// (compatibility forms of accents decompose to a space and the accent).
fn fold_case(text: &str) -> String {
    let composed: String = nfkc(text.trim()).collect();
    let lower: String = nfkc(&composed.to_lowercase()).collect();
    lower.trim().to_owned()
}

/// NFKC, trimmed.
fn fold_compatibility(text: &str) -> String {
    nfkc(text.trim()).collect::<String>().trim().to_owned()
}

/// NFC, trimmed: what is shown keeps its look.
fn fold_canonical(text: &str) -> String {
    nfc(text.trim()).collect::<String>().trim().to_owned()
}

/// An e-mail address in normal form: the key of an account and what mail is
/// sent to. Only [`Email::normalize`] makes one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Tsify)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// Brings an address to its normal form: trimmed, NFKC, lower case.
    ///
    /// Accepted are a dot-atom (RFC 5322, section 3.4.1; letters beyond ASCII as
    /// in RFC 6531) before the `@` and a host name of two or more ASCII labels
    /// after it. Internationalised domains are passed in their ASCII form
    /// (`xn--…`), as browsers' e-mail fields give them. Quoted local parts and
    /// address literals are refused: hardly anybody has one, and they are where
    /// parsers disagree.
    ///
    /// # Errors
    /// See [`IdentifierError`]; the size of the input is checked first.
    pub fn normalize(raw: &str) -> Result<Self, IdentifierError> {
        if raw.len() > MAX_RAW_EMAIL_BYTES {
            return Err(IdentifierError::TooLong);
        }
        let normalizes_to_at = |character: char| {
            character != '@' && nfkc(character.encode_utf8(&mut [0; 4])).any(|c| c == '@')
        };
        if raw.chars().any(normalizes_to_at) {
            return Err(IdentifierError::HomoglyphAt);
        }
        let address = fold_stably(raw, fold_case)?;
        if address.is_empty() {
            return Err(IdentifierError::Empty);
        }
        if !address.chars().all(|c| is_clean(c) && !c.is_whitespace()) {
            return Err(IdentifierError::InvalidCharacter);
        }
        if address.len() > MAX_EMAIL_BYTES {
            return Err(IdentifierError::TooLong);
        }
        let (local_part, domain) = address.split_once('@').ok_or(IdentifierError::AtSign)?;
        if domain.contains('@') {
            return Err(IdentifierError::AtSign);
        }
        if local_part.len() > MAX_LOCAL_PART_BYTES {
            return Err(IdentifierError::TooLong);
        }
        if !is_dot_atom(local_part) {
            return Err(IdentifierError::LocalPart);
        }
        if !is_host_name(domain) {
            return Err(IdentifierError::Domain);
        }
        Ok(Email(address))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the `@`, in lower case ASCII.
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }
}

impl fmt::Display for Email {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Whether `text` is a dot-atom: atoms of at least one character, separated by
/// single dots.
fn is_dot_atom(text: &str) -> bool {
    text.split('.')
        .all(|atom| !atom.is_empty() && atom.chars().all(is_atom_character))
}

/// `atext` of RFC 5322, section 3.2.3, and letters, digits and marks beyond
/// ASCII.
fn is_atom_character(character: char) -> bool {
    if character.is_ascii() {
        character.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(character)
    } else {
        character.is_alphanumeric() || is_combining_mark(character)
    }
}

/// Whether `domain` is a host name of at least two labels of letters, digits
/// and inner hyphens whose last one is not a number (RFC 3696, section 2).
fn is_host_name(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=MAX_DOMAIN_LABEL_BYTES).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let Some((_, top_level)) = domain.rsplit_once('.') else {
        return false;
    };
    domain.split('.').all(is_label) && !top_level.bytes().all(|byte| byte.is_ascii_digit())
}

/// Brings a general account identifier to its normal form: a user name, or
/// what an app's own normalisation gives. Trimmed and NFKC; case is kept.
/// Single inner spaces are allowed, other white space is not.
///
/// # Errors
/// [`IdentifierError::TooLong`] above [`MAX_ACCOUNT_ID_BYTES`] before or after
/// the normalisation, [`IdentifierError::Empty`],
/// [`IdentifierError::InvalidCharacter`].
pub fn account_id(raw: &str) -> Result<String, IdentifierError> {
    if raw.len() > MAX_ACCOUNT_ID_BYTES {
        return Err(IdentifierError::TooLong);
    }
    let identifier = fold_stably(raw, fold_compatibility)?;
    if identifier.is_empty() {
        return Err(IdentifierError::Empty);
    }
    let is_allowed = |c: char| is_clean(c) && (c == ' ' || !c.is_whitespace());
    if !identifier.chars().all(is_allowed) || identifier.contains("  ") {
        return Err(IdentifierError::InvalidCharacter);
    }
    if identifier.len() > MAX_ACCOUNT_ID_BYTES {
        return Err(IdentifierError::TooLong);
    }
    Ok(identifier)
}

/// Brings a name that is shown to people to its normal form: trimmed and NFC.
///
/// `max_chars` is counted in Unicode scalar values after normalisation. Spaces,
/// joiners and emoji are allowed; line breaks, bidirectional controls and other
/// invisible characters are not, because they let a name pose as another text.
///
/// # Errors
/// [`IdentifierError::TooLong`], [`IdentifierError::Empty`],
/// [`IdentifierError::InvalidCharacter`].
pub fn display_text(raw: &str, max_chars: usize) -> Result<String, IdentifierError> {
    if raw.len() > max_chars.saturating_mul(RAW_BYTES_PER_DISPLAY_CHARACTER) {
        return Err(IdentifierError::TooLong);
    }
    let text = fold_stably(raw, fold_canonical)?;
    if text.is_empty() {
        return Err(IdentifierError::Empty);
    }
    if !text
        .chars()
        .all(|c| is_clean(c) || DISPLAY_JOINERS.contains(&c))
    {
        return Err(IdentifierError::InvalidCharacter);
    }
    if text
        .chars()
        .all(|c| DISPLAY_JOINERS.contains(&c) || c.is_whitespace())
    {
        return Err(IdentifierError::Empty);
    }
    if text.chars().count() > max_chars {
        return Err(IdentifierError::TooLong);
    }
    Ok(text)
}

#[cfg(test)]
#[path = "identifier_tests.rs"]
mod tests;
