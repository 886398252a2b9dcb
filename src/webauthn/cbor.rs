//! A bounded reader of CBOR (RFC 8949) in the form that authenticators send:
//! the CTAP2 canonical form (CTAP 2.1, section 8) without its order of keys,
//! which clients do not keep when they put attestation objects together.
//!
//! It is written here, and stands before `coset` ([`super::cose`]), for three
//! reasons. `ciborium`, on which `coset` is built, accepts what CTAP forbids
//! (indefinite lengths, tags, floating-point numbers, the same key twice); it
//! does not tell which bytes an item was read from, which attestation statements
//! and public keys are stored as; and it reads into owned values before any
//! limit is looked at.

use std::fmt;

/// Most arrays and maps inside each other. CTAP messages have up to four (CTAP
/// 2.1, section 8); compound attestation statements add two (WebAuthn Level 3
/// §8.9).
pub const MAX_DEPTH: usize = 6;

/// Most items in a document, keys included. Public keys have about ten, and
/// attestation statements with chains of certificates below forty.
pub const MAX_ITEMS: usize = 256;

/// Why bytes are not CBOR in the accepted form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CborError {
    /// The bytes end inside an item.
    Truncated,
    /// A length or a number takes more bytes than it needs.
    NotShortest,
    /// An item has an indefinite length, is a tag, a floating-point number, a
    /// simple value other than true, false and null, or reserved.
    Unsupported,
    /// A text is not UTF-8.
    Text,
    /// A key of a map is neither a number nor a text.
    MapKey,
    /// A map has the same key twice.
    DuplicateKey,
    /// More than [`MAX_DEPTH`] arrays and maps are inside each other.
    Depth,
    /// There are more than [`MAX_ITEMS`] items.
    Items,
    /// Bytes follow the item.
    TrailingBytes,
}

impl fmt::Display for CborError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            CborError::Truncated => "the item is cut off",
            CborError::NotShortest => "a length or number is not in its shortest form",
            CborError::Unsupported => "the item is of a kind that authenticators do not send",
            CborError::Text => "a text is not UTF-8",
            CborError::MapKey => "a key of a map is neither a number nor a text",
            CborError::DuplicateKey => "a map has the same key twice",
            CborError::Depth => "the item is nested too deeply",
            CborError::Items => "the item has too many parts",
            CborError::TrailingBytes => "bytes follow the item",
        })
    }
}

impl std::error::Error for CborError {}

/// A data item (RFC 8949, section 3). Strings are parts of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// An integer: between -2^64 and 2^64 - 1.
    Integer(i128),
    /// A byte string.
    Bytes(&'a [u8]),
    /// A text string.
    Text(&'a str),
    /// An array.
    Array(Vec<Value<'a>>),
    /// A map.
    Map(Map<'a>),
    /// True or false.
    Boolean(bool),
    /// Null.
    Null,
}

impl<'a> Value<'a> {
    /// The number, if it is one.
    pub fn as_integer(&self) -> Option<i128> {
        match self {
            Value::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// The bytes, if it is a byte string.
    pub fn as_bytes(&self) -> Option<&'a [u8]> {
        match self {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The text, if it is a text string.
    pub fn as_text(&self) -> Option<&'a str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items, if it is an array.
    pub fn as_array(&self) -> Option<&[Value<'a>]> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The map, if it is one.
    pub fn as_map(&self) -> Option<&Map<'a>> {
        match self {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }
}

/// The key of a map's entry. The maps of WebAuthn and COSE have no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label<'a> {
    /// A number.
    Integer(i128),
    /// A text.
    Text(&'a str),
}

impl From<i32> for Label<'_> {
    fn from(number: i32) -> Self {
        Label::Integer(number.into())
    }
}

impl<'a> From<&'a str> for Label<'a> {
    fn from(text: &'a str) -> Self {
        Label::Text(text)
    }
}

/// One entry of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The key.
    pub label: Label<'a>,
    /// The value.
    pub value: Value<'a>,
    /// The bytes that the value was read from.
    pub encoded: &'a [u8],
}

/// A map, in the order in which it was written. No key is there twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map<'a> {
    entries: Vec<Entry<'a>>,
}

impl<'a> Map<'a> {
    /// All entries.
    pub fn entries(&self) -> &[Entry<'a>] {
        &self.entries
    }

    /// The entry with a key.
    pub fn entry<'b>(&self, label: impl Into<Label<'b>>) -> Option<&Entry<'a>> {
        let label = label.into();
        self.entries.iter().find(|entry| entry.label == label)
    }

    /// The value with a key.
    pub fn get<'b>(&self, label: impl Into<Label<'b>>) -> Option<&Value<'a>> {
        self.entry(label).map(|entry| &entry.value)
    }
}

/// Reads the one item that `input` is.
///
/// # Errors
/// See [`CborError`].
pub fn decode(input: &[u8]) -> Result<Value<'_>, CborError> {
    match decode_first(input)? {
        (value, []) => Ok(value),
        _ => Err(CborError::TrailingBytes),
    }
}

/// Reads the item that `input` begins with, and returns the bytes after it.
/// Authenticator data has a public key of unknown length in the middle
/// (WebAuthn Level 3 §6.5.1).
///
/// # Errors
/// See [`CborError`].
pub fn decode_first(input: &[u8]) -> Result<(Value<'_>, &[u8]), CborError> {
    let mut reader = Reader {
        rest: input,
        items_left: MAX_ITEMS,
    };
    let value = reader.value(MAX_DEPTH)?;
    Ok((value, reader.rest))
}

/// What of the input is not read yet, and how much more may be.
struct Reader<'a> {
    rest: &'a [u8],
    items_left: usize,
}

impl<'a> Reader<'a> {
    /// The next `length` bytes.
    fn take(&mut self, length: usize) -> Result<&'a [u8], CborError> {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or(CborError::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    /// The next `N` bytes.
    fn array<const N: usize>(&mut self) -> Result<[u8; N], CborError> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(CborError::Truncated)?;
        self.rest = rest;
        Ok(*taken)
    }

    /// The argument of an item's head (RFC 8949, section 3), in its shortest
    /// form only, so that every value is written in one way.
    fn argument(&mut self, additional: u8) -> Result<u64, CborError> {
        let (argument, least) = match additional {
            0..=23 => (u64::from(additional), 0),
            24 => (u64::from(u8::from_be_bytes(self.array()?)), 24),
            25 => (u64::from(u16::from_be_bytes(self.array()?)), 1 << 8),
            26 => (u64::from(u32::from_be_bytes(self.array()?)), 1 << 16),
            27 => (u64::from_be_bytes(self.array()?), 1 << 32),
            _ => return Err(CborError::Unsupported),
        };
        if argument < least {
            return Err(CborError::NotShortest);
        }
        Ok(argument)
    }

    /// The bytes of a string.
    fn string(&mut self, additional: u8) -> Result<&'a [u8], CborError> {
        let length = self.argument(additional)?;
        // No input has more bytes than fit in memory.
        self.take(usize::try_from(length).map_err(|_| CborError::Truncated)?)
    }

    /// How many items an array has, or entries a map.
    fn count(&mut self, additional: u8) -> Result<usize, CborError> {
        let count = self.argument(additional)?;
        usize::try_from(count)
            .ok()
            .filter(|count| *count <= self.items_left)
            .ok_or(CborError::Items)
    }

    /// The next item, in which up to `depth` arrays and maps may be inside each
    /// other.
    fn value(&mut self, depth: usize) -> Result<Value<'a>, CborError> {
        self.items_left = self.items_left.checked_sub(1).ok_or(CborError::Items)?;
        let [initial] = self.array()?;
        let (major, additional) = (initial >> 5, initial & 0x1f);
        match major {
            0 => Ok(Value::Integer(self.argument(additional)?.into())),
            1 => Ok(Value::Integer(-1 - i128::from(self.argument(additional)?))),
            2 => Ok(Value::Bytes(self.string(additional)?)),
            3 => std::str::from_utf8(self.string(additional)?)
                .map(Value::Text)
                .map_err(|_| CborError::Text),
            4 => {
                let inner = depth.checked_sub(1).ok_or(CborError::Depth)?;
                let count = self.count(additional)?;
                (0..count)
                    .map(|_| self.value(inner))
                    .collect::<Result<_, _>>()
                    .map(Value::Array)
            }
            5 => {
                let inner = depth.checked_sub(1).ok_or(CborError::Depth)?;
                let count = self.count(additional)?;
                self.map(count, inner).map(Value::Map)
            }
            7 => match additional {
                20 => Ok(Value::Boolean(false)),
                21 => Ok(Value::Boolean(true)),
                22 => Ok(Value::Null),
                _ => Err(CborError::Unsupported),
            },
            // Tags, which CTAP forbids.
            _ => Err(CborError::Unsupported),
        }
    }

    /// The entries of a map.
    fn map(&mut self, count: usize, depth: usize) -> Result<Map<'a>, CborError> {
        let mut map = Map::default();
        for _ in 0..count {
            let label = match self.value(0) {
                Ok(Value::Integer(number)) => Label::Integer(number),
                Ok(Value::Text(text)) => Label::Text(text),
                Ok(_) | Err(CborError::Depth) => return Err(CborError::MapKey),
                Err(error) => return Err(error),
            };
            if map.entry(label).is_some() {
                return Err(CborError::DuplicateKey);
            }
            let before = self.rest;
            let value = self.value(depth)?;
            let length = before.len().saturating_sub(self.rest.len());
            let encoded = before.get(..length).unwrap_or_default();
            map.entries.push(Entry {
                label,
                value,
                encoded,
            });
        }
        Ok(map)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The examples of RFC 8949, appendix A, that have a kind that is read.
    #[test]
    fn examples_of_rfc_8949_are_read() {
        for (encoded, value) in [
            (&[0x00][..], Value::Integer(0)),
            (&[0x17], Value::Integer(23)),
            (&[0x18, 0x18], Value::Integer(24)),
            (&[0x18, 0x64], Value::Integer(100)),
            (&[0x19, 0x03, 0xe8], Value::Integer(1000)),
            (&[0x1a, 0x00, 0x0f, 0x42, 0x40], Value::Integer(1_000_000)),
            (
                &[0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
                Value::Integer(u64::MAX.into()),
            ),
            (
                &[0x3b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
                Value::Integer(-18_446_744_073_709_551_616),
            ),
            (&[0x20], Value::Integer(-1)),
            (&[0x38, 0x63], Value::Integer(-100)),
            (&[0xf4], Value::Boolean(false)),
            (&[0xf5], Value::Boolean(true)),
            (&[0xf6], Value::Null),
            (&[0x40], Value::Bytes(&[])),
            (&[0x44, 1, 2, 3, 4], Value::Bytes(&[1, 2, 3, 4])),
            (&[0x60], Value::Text("")),
            (&[0x64, 0x49, 0x45, 0x54, 0x46], Value::Text("IETF")),
            (&[0x62, 0xc3, 0xbc], Value::Text("\u{fc}")),
            (&[0x80], Value::Array(vec![])),
            (
                &[0x82, 0x01, 0x81, 0x02],
                Value::Array(vec![
                    Value::Integer(1),
                    Value::Array(vec![Value::Integer(2)]),
                ]),
            ),
            (&[0xa0], Value::Map(Map::default())),
        ] {
            assert_eq!(decode(encoded), Ok(value));
        }
    }

    #[test]
    fn entries_of_maps_know_their_bytes() {
        let encoded = [0xa2, 0x61, b'a', 0x01, 0x20, 0x82, 0x02, 0x03];
        let value = decode(&encoded).unwrap();
        let map = value.as_map().unwrap();
        assert_eq!(map.get("a"), Some(&Value::Integer(1)));
        assert_eq!(map.entry(-1).unwrap().encoded, [0x82, 0x02, 0x03]);
        assert_eq!(map.get(1), None);
        assert_eq!(map.get("b"), None);
    }

    #[test]
    fn malformed_items_are_refused() {
        for (encoded, error) in [
            (&[][..], CborError::Truncated),
            (&[0x18], CborError::Truncated),
            (&[0x41], CborError::Truncated),
            (
                &[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
                CborError::Truncated,
            ),
            (&[0x81], CborError::Truncated),
            (&[0xa1, 0x01], CborError::Truncated),
            (&[0x18, 0x17], CborError::NotShortest),
            (&[0x19, 0x00, 0xff], CborError::NotShortest),
            (&[0x1a, 0x00, 0x00, 0xff, 0xff], CborError::NotShortest),
            (
                &[0x1b, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff],
                CborError::NotShortest,
            ),
            (&[0x58, 0x01, 0x00], CborError::NotShortest),
            (&[0x1c], CborError::Unsupported),
            (&[0x5f, 0x41, 0x00, 0xff], CborError::Unsupported),
            (&[0x9f, 0xff], CborError::Unsupported),
            (&[0xbf, 0xff], CborError::Unsupported),
            (&[0xc0, 0x60], CborError::Unsupported),
            (&[0xf7], CborError::Unsupported),
            (&[0xf8, 0xff], CborError::Unsupported),
            (&[0xf9, 0x00, 0x00], CborError::Unsupported),
            (&[0xff], CborError::Unsupported),
            (&[0x61, 0xff], CborError::Text),
            (&[0xa1, 0x40, 0x00], CborError::MapKey),
            (&[0xa1, 0x80, 0x00], CborError::MapKey),
            (&[0xa1, 0xf6, 0x00], CborError::MapKey),
            (&[0xa2, 0x01, 0x00, 0x01, 0x00], CborError::DuplicateKey),
            (
                &[0xa2, 0x61, b'a', 0x00, 0x61, b'a', 0x01],
                CborError::DuplicateKey,
            ),
            (&[0x00, 0x00], CborError::TrailingBytes),
        ] {
            assert_eq!(decode(encoded), Err(error), "{encoded:x?}");
        }
    }

    #[test]
    fn the_bytes_after_the_first_item_are_returned() {
        assert_eq!(
            decode_first(&[0x01, 0x02, 0xff]),
            Ok((Value::Integer(1), &[0x02, 0xff][..]))
        );
    }

    #[test]
    fn depth_is_limited() {
        let nested = |depth: usize| [vec![0x81; depth], vec![0x00]].concat();
        assert!(decode(&nested(MAX_DEPTH)).is_ok());
        assert_eq!(decode(&nested(MAX_DEPTH + 1)), Err(CborError::Depth));
        assert_eq!(decode(&nested(100_000)), Err(CborError::Depth));
    }

    #[test]
    fn the_number_of_items_is_limited() {
        let array = |count: u16| {
            let [high, low] = count.to_be_bytes();
            [vec![0x99, high, low], vec![0x00; count.into()]].concat()
        };
        assert_eq!(decode(&array(257)), Err(CborError::Items));
        assert_eq!(decode(&array(u16::MAX)), Err(CborError::Items));
        // A length that is not there is refused before anything is read.
        assert_eq!(
            decode(&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            Err(CborError::Items)
        );
        let most = [vec![0x98, 0xff], vec![0x00; 255]].concat();
        assert!(decode(&most).is_ok());
        assert_eq!(
            decode(&[vec![0x82], vec![0x80], most].concat()),
            Err(CborError::Items)
        );
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes);
        }

        #[test]
        fn a_cut_item_is_refused(length in 0_usize..40) {
            let item = [vec![0x82, 0x58, 0x20], vec![7; 32], vec![0xa1, 0x01, 0x63], b"abc".to_vec()].concat();
            prop_assert!(decode(&item).is_ok());
            prop_assert!(decode(item.get(..length.min(item.len() - 1)).unwrap()).is_err());
        }
    }
}
