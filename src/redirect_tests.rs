//! Tests of the places a flow may send a person to.

use super::*;
use proptest::prelude::*;

const SITE: &str = "https://app.example.com";

fn origins() -> Vec<String> {
    [
        "https://admin.example.com:8443",
        "myapp://callback",
        "http://localhost:5173/",
        "https://with.path.example/path",
        "javascript://callback",
        "not an origin",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn check(target: &str) -> Result<String, RedirectError> {
    resolve(target, SITE, &origins())
}

#[test]
fn paths_and_queries_are_appended_to_the_site() {
    for target in [
        "/",
        "/welcome",
        "/a/b/",
        "/a?next=%2Fb//c#d/../e",
        "?code=1",
        "/a:b@c",
        "/%C3%BC",
    ] {
        assert_eq!(check(target), Ok(format!("{SITE}{target}")));
    }
    assert_eq!(
        resolve("/in", "https://example.com/app/", &[]).as_deref(),
        Ok("https://example.com/app/in")
    );
}

#[test]
fn absolute_targets_need_a_listed_scheme_and_authority() {
    for target in [
        "https://app.example.com",
        "https://app.example.com/x?y#z",
        "https://admin.example.com:8443/x",
        "myapp://callback?code=1",
        "http://localhost:5173/x",
    ] {
        assert_eq!(check(target).as_deref(), Ok(target));
    }
    assert_eq!(
        check("HTTPS://APP.example.com/X").as_deref(),
        Ok("https://app.example.com/X")
    );
    for target in [
        "https://evil.example",
        "http://app.example.com",
        "https://app.example.com.evil.example/",
        "https://app.example.com:8443",
        "https://app.example.co",
        "https://admin.example.com",
        "myapp://other",
        "otherapp://callback",
        "https://with.path.example/path",
        "https://app.example.com./",
    ] {
        assert_eq!(check(target), Err(RedirectError::Origin), "{target}");
    }
}

#[test]
fn user_information_is_refused() {
    for target in [
        "https://app.example.com@evil.example/",
        "https://app.example.com:443@evil.example/",
        "https://user@app.example.com/",
        "https://@app.example.com/",
        "https:///app.example.com/",
        "https://app.example.com:/",
        "https://app.example.com:99999/",
        "https://app.example.com%2eevil.example/",
        "https://[::1/",
    ] {
        let refused = check(target);
        assert_eq!(refused, Err(RedirectError::Authority), "{target}");
    }
}

#[test]
fn anything_that_could_leave_the_site_is_refused() {
    for target in [
        "//evil.example",
        "///evil.example",
        "/a//b",
        "/./a",
        "/a/../b",
        "/..",
        "/%2fevil.example",
        "/%2Fevil.example",
        "/%5cevil.example",
        "/a/%2e%2e/b",
        "/%252fevil.example",
        "/%00",
        "/a%0d%0aSet-Cookie:x",
        "https://app.example.com//evil.example",
    ] {
        assert_eq!(check(target), Err(RedirectError::Path), "{target}");
    }
}

#[test]
fn unusual_characters_are_refused() {
    for target in [
        "/\\evil.example",
        "\\\\evil.example",
        "/\tevil.example",
        "\t//evil.example",
        " /a",
        "/a ",
        "/a\nb",
        "/\0",
        "/ü",
        "/a%",
        "/a%2",
        "/a%zz",
        "/<script>",
        "/a\"b",
        "/{a}",
        "/a|b",
    ] {
        assert_eq!(
            check(target),
            Err(RedirectError::InvalidCharacter),
            "{target:?}"
        );
    }
}

#[test]
fn schemes_that_carry_content_are_refused_even_if_listed() {
    for target in [
        "javascript:alert(1)",
        "JavaScript://callback",
        "data:text/html,x",
        "vbscript:x",
        "blob:https://app.example.com/x",
        "file:///etc/passwd",
    ] {
        assert_eq!(check(target), Err(RedirectError::Scheme), "{target}");
    }
}

#[test]
fn other_forms_are_refused() {
    for target in [
        "",
        "welcome",
        "#top",
        "https:/a",
        "https:a",
        "1http://x",
        ":",
        "app.example.com",
        "./a",
    ] {
        assert_eq!(check(target), Err(RedirectError::Form), "{target}");
    }
}

#[test]
fn targets_are_bounded() {
    let longest = format!("/{}", "a".repeat(MAX_TARGET_BYTES - 1));
    assert!(check(&longest).is_ok());
    assert_eq!(check(&format!("{longest}a")), Err(RedirectError::TooLong));
}

#[test]
fn a_broken_site_url_is_told() {
    for site in [
        "",
        "example.com",
        "https://",
        "javascript://x",
        "https://a@b",
        "https://a?b",
    ] {
        assert_eq!(
            resolve("/", site, &[]),
            Err(RedirectError::SiteUrl),
            "{site}"
        );
    }
}

fn is_inside(url: &str, origin: &str) -> bool {
    url.strip_prefix(origin)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

proptest! {
    #[test]
    fn the_result_is_always_inside_a_configured_origin(
        target in "(https://|myapp://|/|\\?|//)?(app\\.example\\.com|callback|evil\\.example)?[-@:/?#.%\\\\a-f0-9]{0,12}|\\PC{0,30}"
    ) {
        if let Ok(url) = check(&target) {
            let inside = [SITE, "https://admin.example.com:8443", "myapp://callback", "http://localhost:5173"]
                .iter()
                .any(|origin| is_inside(&url, origin));
            prop_assert!(inside, "{}", url);
            prop_assert_eq!(check(&url), Ok(url));
        }
    }
}
