//! Whether random steps reach what they are to check.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::invariants::World;
use super::step::step;
use crate::refusal::ErrorCode;

/// The random steps reach what they are to check: everything is done now and
/// then, and so is everything refused.
#[test]
fn the_random_steps_reach_what_they_check() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..150 {
        let steps = prop::collection::vec(step(), 80).new_tree(&mut runner);
        let mut world = World::new();
        for step in steps.unwrap().current() {
            let outcome = world.take(&step);
            let code = outcome.result.err().map_or("done", ErrorCode::code);
            *seen.entry(format!("{} {code}", outcome.kind)).or_default() += 1;
        }
    }
    for (kind, codes) in REACHED {
        for code in ["done"].iter().chain(*codes) {
            let outcome = format!("{kind} {code}");
            assert!(seen.contains_key(&outcome), "{outcome} in {seen:#?}");
        }
    }
}

/// What random steps come to, apart from being done.
const REACHED: &[(&str, &[&str])] = &[
    (
        "add",
        &[
            "DUPLICATE_MEMBERSHIP",
            "FORBIDDEN",
            "MEMBER_LIMIT_REACHED",
            "REMOVAL_IN_PROGRESS",
            "ROLE_NOT_FOUND",
            "SECOND_FACTOR_REQUIRED",
        ],
    ),
    ("update", &["FORBIDDEN", "LAST_OWNER", "MEMBER_NOT_FOUND"]),
    ("remove", &["FORBIDDEN", "LAST_OWNER", "MEMBER_NOT_FOUND"]),
    ("leave", &["LAST_OWNER"]),
    ("create role", &["FORBIDDEN", "ROLE_LIMIT_REACHED"]),
    ("update role", &["FORBIDDEN"]),
    ("delete role", &["FORBIDDEN", "ROLE_IN_USE"]),
    (
        "invite",
        &[
            "DUPLICATE_MEMBERSHIP",
            "FORBIDDEN",
            "SECOND_FACTOR_REQUIRED",
        ],
    ),
    (
        "renew",
        &["FORBIDDEN", "INVITER_NOT_ALLOWED", "INVITE_NOT_PENDING"],
    ),
    ("revoke", &["FORBIDDEN", "INVITE_NOT_PENDING"]),
    (
        "accept",
        &[
            "DUPLICATE_MEMBERSHIP",
            "INVITER_NOT_ALLOWED",
            "INVITE_ALREADY_ACCEPTED",
            "INVITE_EMAIL_MISMATCH",
            "INVITE_EXPIRED",
            "INVITE_NOT_FOUND",
            "INVITE_REVOKED",
            "MEMBER_LIMIT_REACHED",
            "ROLE_NOT_FOUND",
            "USER_BANNED",
        ],
    ),
    (
        "accept by id",
        &[
            "EMAIL_NOT_VERIFIED",
            "INVITER_NOT_ALLOWED",
            "INVITE_EXPIRED",
        ],
    ),
];
