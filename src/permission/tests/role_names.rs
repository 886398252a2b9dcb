//! The names of roles.

use proptest::prelude::*;

use crate::permission::RoleName;
use crate::refusal::ErrorCode;

#[test]
fn names_are_stored_in_lower_case() {
    let longest = "a".repeat(32);
    for (raw, stored) in [
        ("owner", "owner"),
        ("Owner", "owner"),
        ("project-LEAD_2", "project-lead_2"),
        (longest.as_str(), longest.as_str()),
    ] {
        let name = RoleName::normalize(raw).map(RoleName::into_string);
        assert_eq!(name.as_deref().ok(), Some(stored), "{raw}");
    }
}

#[test]
fn what_is_no_name_is_refused() {
    for raw in [
        "",
        " owner",
        "owner ",
        "2nd",
        "_a",
        "-a",
        "a b",
        "a,b",
        "a\u{0}",
        "ächter",
        // Lowered as Unicode does, this would be `k`.
        "\u{212A}eeper",
        &"a".repeat(33),
    ] {
        let code = RoleName::normalize(raw).map_err(|refusal| refusal.code);
        assert_eq!(code.err(), Some(ErrorCode::InvalidParameters), "{raw:?}");
    }
}

proptest! {
    /// A stored name is a name, and stays what it is.
    #[test]
    fn normalising_again_changes_nothing(raw in "[ -~]{0,40}|\\PC{0,40}") {
        if let Ok(name) = RoleName::normalize(&raw) {
            prop_assert_eq!(RoleName::normalize(name.as_str()).ok(), Some(name.clone()));
            prop_assert!(name.as_str().len() <= 32);
            prop_assert_eq!(raw.to_lowercase(), name.into_string());
        }
    }
}
