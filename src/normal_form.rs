//! The normal forms of text (Unicode Standard Annex #15). Nothing else names the
//! library that computes them.

use unicode_normalization::UnicodeNormalization as _;

/// The characters of a text in its canonical form, NFC.
pub(crate) fn nfc(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfc()
}

/// The characters of a text in its compatibility form, NFKC.
pub(crate) fn nfkc(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfkc()
}

/// Whether a character combines with the one before.
pub(crate) fn is_combining_mark(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}
