//! CBOR as authenticators write it, for tests.

/// A data item.
#[derive(Clone, Debug)]
pub enum Item {
    Integer(i32),
    Bytes(Vec<u8>),
    Text(&'static str),
    Array(Vec<Item>),
    Map(Vec<(Item, Item)>),
    Boolean(bool),
}

impl Item {
    /// A map with numbers for keys.
    pub fn key(entries: &[(i32, Item)]) -> Item {
        let entries = entries.iter().cloned();
        Item::Map(
            entries
                .map(|(label, item)| (Item::Integer(label), item))
                .collect(),
        )
    }

    /// The bytes of the item.
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Item::Integer(number) if *number < 0 => head(1, number.unsigned_abs() - 1),
            Item::Integer(number) => head(0, number.unsigned_abs()),
            Item::Bytes(bytes) => [head(2, length(bytes.len())), bytes.clone()].concat(),
            Item::Text(text) => [head(3, length(text.len())), text.as_bytes().to_vec()].concat(),
            Item::Array(items) => {
                let parts = items.iter().flat_map(Item::encode);
                head(4, length(items.len()))
                    .into_iter()
                    .chain(parts)
                    .collect()
            }
            Item::Map(entries) => {
                let parts = entries
                    .iter()
                    .flat_map(|(label, item)| [label.encode(), item.encode()].concat());
                head(5, length(entries.len()))
                    .into_iter()
                    .chain(parts)
                    .collect()
            }
            Item::Boolean(value) => vec![0xf4 + u8::from(*value)],
        }
    }
}

fn length(length: usize) -> u32 {
    u32::try_from(length).unwrap()
}

/// The head of an item, in its shortest form.
fn head(major: u8, argument: u32) -> Vec<u8> {
    let major = major << 5;
    let [high, upper, lower, low] = argument.to_be_bytes();
    match argument {
        0..24 => vec![major | low],
        24..256 => vec![major | 24, low],
        256..65_536 => vec![major | 25, lower, low],
        _ => vec![major | 26, high, upper, lower, low],
    }
}
