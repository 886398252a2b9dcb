//! How authenticators can be reached (WebAuthn Level 3 §5.8.4).

/// Most transports of a credential: there are seven in the registry.
pub const MAX_TRANSPORTS: usize = 8;

/// Most bytes of the name of a transport.
const MAX_NAME_BYTES: usize = 32;

/// The transports of a response that are worth to be stored, sorted, each once
/// (WebAuthn Level 3 §5.2.1.1). Nobody has signed them, so what could not be a
/// name is dropped; names that are not known today are kept, as the
/// specification asks.
pub fn bounded(transports: &[String]) -> Vec<String> {
    let is_name = |name: &&String| {
        (1..=MAX_NAME_BYTES).contains(&name.len())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let mut names: Vec<String> = transports
        .iter()
        .take(MAX_TRANSPORTS)
        .filter(is_name)
        .cloned()
        .collect();
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn names_are_kept_in_order_and_once() {
        let given = names(&["usb", "hybrid", "usb", "smart-card", "carrier-pigeon2"]);
        let kept = names(&["carrier-pigeon2", "hybrid", "smart-card", "usb"]);
        assert_eq!(bounded(&given), kept);
    }

    #[test]
    fn what_is_no_name_is_dropped() {
        let long = "x".repeat(MAX_NAME_BYTES + 1);
        let given = names(&["", "USB", "us b", "\u{fc}", "<b>", &long]);
        assert!(bounded(&given).is_empty());
        let many: Vec<String> = (0..100).map(|number| format!("t{number}")).collect();
        assert_eq!(bounded(&many).len(), MAX_TRANSPORTS);
    }
}
