//! What people write about a group.

use crate::group::fields::GroupTag;
use proptest::prelude::*;

use super::super::*;
use crate::refusal::ErrorCode;

fn slug(text: &str) -> Option<String> {
    prepared(GroupFields {
        slug: Some(text.to_owned()),
        ..GroupFields::default()
    })
    .and_then(|fields| fields.slug)
}

fn group_type(text: &str) -> Option<String> {
    prepared(GroupFields {
        group_type: Some(text.to_owned()),
        ..GroupFields::default()
    })
    .and_then(|fields| fields.group_type)
}

fn name(text: &str) -> Option<String> {
    prepared(GroupFields {
        name: Some(text.to_owned()),
        ..GroupFields::default()
    })
    .and_then(|fields| fields.name)
}

fn tags(tags: &[(&str, &str)]) -> Option<Vec<(String, String)>> {
    let tags = tags
        .iter()
        .map(|(key, value)| GroupTag {
            key: (*key).to_owned(),
            value: (*value).to_owned(),
        })
        .collect();
    let fields = prepared(GroupFields {
        tags: Some(tags),
        ..GroupFields::default()
    })?;
    let tags = fields.tags?.into_iter();
    Some(tags.map(|tag| (tag.key, tag.value)).collect())
}

fn prepared(fields: GroupFields) -> Option<GroupFields> {
    match prepare(fields) {
        PreparedGroup::Valid { fields } => Some(fields),
        PreparedGroup::Refused { refusal } => {
            assert_eq!(refusal.code, ErrorCode::InvalidParameters);
            assert!(refusal.message.starts_with('`'), "{}", refusal.message);
            None
        }
    }
}

#[test]
fn slugs_are_lower_case_words_with_hyphens() {
    for (text, stored) in [
        ("acme", "acme"),
        (" Acme-Labs-2 ", "acme-labs-2"),
        ("7", "7"),
        // Nothing takes away what is there.
        ("", ""),
    ] {
        assert_eq!(slug(text).as_deref(), Some(stored));
    }
    assert_eq!(slug(&"a".repeat(64)), Some("a".repeat(64)));
}

#[test]
fn what_is_no_slug_is_refused() {
    let padded = format!("acme{}x", " ".repeat(1 << 20));
    let long = "a".repeat(65);
    for odd in [
        " ",
        "-",
        "-acme",
        "acme-",
        "a--b",
        "a b",
        "a_b",
        "a.b",
        "a/b",
        "ä",
        "a\u{0}",
        "a\n-b",
        // The Kelvin sign and a full-width letter look like what is allowed.
        "\u{212A}elvin",
        "\u{FF41}cme",
        &long,
        &padded,
    ] {
        assert_eq!(slug(odd), None, "{odd:.40}");
    }
}

#[test]
fn types_are_words_and_keep_their_case() {
    for word in ["team", "Team", "a", "cost_center-2", ""] {
        assert_eq!(group_type(word).as_deref(), Some(word));
    }
    let longest = "t".repeat(32);
    assert_eq!(group_type(&longest).as_ref(), Some(&longest));
    let long = "t".repeat(33);
    for odd in ["2nd", "_a", "-a", " team", "a b", "équipe", "a\u{0}", &long] {
        assert_eq!(group_type(odd), None, "{odd:.40}");
    }
}

#[test]
fn names_are_texts_to_show() {
    assert_eq!(
        name("  Ada & Söhne GmbH "),
        Some("Ada & Söhne GmbH".to_owned())
    );
    assert_eq!(name(&"é".repeat(128)), Some("é".repeat(128)));
    let long = "é".repeat(129);
    let huge = "x".repeat(1 << 22);
    for odd in [
        "",
        "  ",
        "a\u{0}b",
        "a\nb",
        "\u{202E}gro.live",
        "\u{200B}",
        "\u{FFFD}",
        &long,
        &huge,
    ] {
        assert_eq!(name(odd), None, "{odd:.40}");
    }
}

#[test]
fn labels_are_kept_in_order_and_once() {
    let given = [
        ("region", "eu"),
        ("plan", "Pro"),
        (" region ", "eu"),
        ("region", "us"),
    ];
    let kept = [("region", "eu"), ("plan", "Pro"), ("region", "us")]
        .map(|(key, value)| (key.to_owned(), value.to_owned()));
    assert_eq!(tags(&given), Some(kept.to_vec()));
    assert_eq!(tags(&[]), Some(vec![]));
}

#[test]
fn labels_are_bounded() {
    let many: Vec<String> = (0..33).map(|number| number.to_string()).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|key| (key.as_str(), "x")).collect();
    assert!(tags(many.split_at(32).0).is_some());
    assert_eq!(tags(&many), None);
    // Repeated labels are counted before they are left out.
    assert_eq!(tags(&vec![("a", "b"); 1_000_000]), None);
    let (key, value) = ("k".repeat(64), "v".repeat(256));
    assert!(tags(&[(&key, &value)]).is_some());
    let (long_key, long_value) = ("k".repeat(65), "v".repeat(257));
    for odd in [
        (long_key.as_str(), "v"),
        ("k", long_value.as_str()),
        ("", "v"),
        ("k", ""),
        ("k\u{0}", "v"),
        ("k", "\u{2028}"),
    ] {
        assert_eq!(tags(&[odd]), None, "{odd:?}");
    }
}

#[test]
fn what_is_missing_stays_missing() {
    assert_eq!(
        prepared(GroupFields::default()),
        Some(GroupFields::default())
    );
}

proptest! {
    #[test]
    fn preparing_again_changes_nothing(
        name in proptest::option::of(any::<String>()),
        slug in proptest::option::of("[ a-cA-C-]{0,8}"),
        group_type in proptest::option::of("[a-cA-C0-2_-]{0,8}"),
        texts in proptest::option::of(proptest::collection::vec(("[ab ]{0,3}", any::<String>()), 0..5)),
    ) {
        let tags = texts.map(|texts| {
            texts.into_iter().map(|(key, value)| GroupTag { key, value }).collect()
        });
        if let Some(once) = prepared(GroupFields { name, slug, group_type, tags }) {
            prop_assert_eq!(prepared(once.clone()), Some(once));
        }
    }
}
