//! The list of error codes that TypeScript sees is the core's.

use gatehouse::ErrorCode;

#[test]
fn error_codes_are_listed_once() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/errorCode.ts");
    let listed = std::fs::read_to_string(path).unwrap_or_default();
    let expected: String = ErrorCode::ALL
        .iter()
        .map(|code| format!("    \"{}\",\n", code.code()))
        .collect();
    assert!(
        listed.contains(&format!("[\n{expected}  ]")),
        "schema/errorCode.ts must list exactly:\n{expected}"
    );
}

#[test]
fn every_code_has_a_message_and_serialises_as_itself() {
    for code in ErrorCode::ALL {
        let json = serde_json::to_string(code).unwrap_or_default();
        assert_eq!(json, format!("\"{}\"", code.code()));
        assert!(!code.message().is_empty());
    }
}
