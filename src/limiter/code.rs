//! The tries that one short code allows.

use super::permit::Permit;

/// How often a code may be tried. With eight digits, five tries of five codes
/// an hour guess right once in centuries.
pub const CODE_TRIES: u32 = 5;

/// Whether a code that was tried `tries` times may be tried once more. The
/// network's own limit has been asked before, which `permit` proves.
pub fn allow_code(permit: Permit, tries: u32) -> Option<Permit> {
    (tries < CODE_TRIES).then_some(permit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_can_be_tried_five_times() {
        for tries in 0..10 {
            let allowed = allow_code(Permit::for_test(), tries).is_some();
            assert_eq!(allowed, tries < 5, "after {tries} tries");
        }
    }
}
