//! The normal forms of text (Unicode Standard Annex #15). Nothing else names the
//! library that computes them.
//!
//! Its tables are large, so a module that is asked with text in ASCII only is
//! built without the feature `unicode`. Whoever answers from that module has to
//! see to it that no other text comes here: it would be refused, because all of
//! its characters beyond ASCII become ones that no text may have.

#[cfg(feature = "unicode")]
use unicode_normalization::UnicodeNormalization as _;

/// What characters beyond ASCII become where their forms are not known.
#[cfg(not(feature = "unicode"))]
const UNKNOWN: char = char::REPLACEMENT_CHARACTER;

/// The characters of a text in its canonical form, NFC.
#[cfg(feature = "unicode")]
pub(crate) fn nfc(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfc()
}

/// The characters of a text in its compatibility form, NFKC.
#[cfg(feature = "unicode")]
pub(crate) fn nfkc(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfkc()
}

/// Whether a character combines with the one before.
#[cfg(feature = "unicode")]
pub(crate) fn is_combining_mark(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}

/// The characters of a text in its canonical form, if it is ASCII.
#[cfg(not(feature = "unicode"))]
pub(crate) fn nfc(text: &str) -> impl Iterator<Item = char> + '_ {
    let known = |character: char| character.is_ascii().then_some(character);
    text.chars()
        .map(move |character| known(character).unwrap_or(UNKNOWN))
}

/// The characters of a text in its compatibility form, if it is ASCII.
#[cfg(not(feature = "unicode"))]
pub(crate) fn nfkc(text: &str) -> impl Iterator<Item = char> + '_ {
    nfc(text)
}

/// Whether a character combines with the one before: none of ASCII does.
#[cfg(not(feature = "unicode"))]
pub(crate) const fn is_combining_mark(_character: char) -> bool {
    false
}

/// Whether the forms of a text are known to this module.
pub(crate) fn is_carried(text: &str) -> bool {
    cfg!(feature = "unicode") || text.is_ascii()
}
