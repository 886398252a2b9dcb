//! Tests of hashing and comparing. The foreign hashes were made by the systems
//! they are named after, of made-up passwords.

use super::*;
use crate::entropy::Entropy;
use crate::password::hash::work;
use crate::password::{ImportFormat, hash, import_format};
use proptest::prelude::*;

const ASCII: &str = "correct horse battery staple";
const UNICODE: &str = "Pässwörd ﬁsh Ⅻ";

/// The least that the bounds allow, to keep the tests short.
fn quick() -> Argon2Parameters {
    Argon2Parameters {
        memory_kib: 8 * 1024,
        iterations: 1,
        parallelism: 1,
    }
}

fn password(raw: &str) -> Password {
    Password::presented(raw).unwrap()
}

fn compare(raw: &str, stored: &str) -> Verification {
    let stored = PasswordHash::from_stored(stored.to_owned());
    verify(&Permit::for_test(), &password(raw), Some(&stored), &quick())
}

fn hashed(raw: &str, parameters: &Argon2Parameters) -> PasswordHash {
    hash(&password(raw), parameters, &mut Entropy::from_seed([3; 32]))
}

#[test]
fn a_new_hash_is_an_argon2id_phc_string_and_matches() {
    let stored = hashed(ASCII, &Argon2Parameters::default());
    assert!(
        stored
            .as_str()
            .starts_with("$argon2id$v=19$m=19456,t=2,p=1$")
    );
    assert_eq!(import_format(stored.as_str()), Some(ImportFormat::Argon2));
    let permit = Permit::for_test();
    let parameters = Argon2Parameters::default();
    assert_eq!(
        verify(&permit, &password(ASCII), Some(&stored), &parameters),
        Verification::Match { rehash: false }
    );
    assert_eq!(
        verify(
            &permit,
            &password("Correct horse"),
            Some(&stored),
            &parameters
        ),
        Verification::Mismatch
    );
    assert_eq!(format!("{stored:?}"), "PasswordHash(redacted)");
}

#[test]
fn the_same_password_is_salted_anew_each_time() {
    let mut entropy = Entropy::from_seed([4; 32]);
    let first = hash(&password(ASCII), &quick(), &mut entropy);
    assert_ne!(first, hash(&password(ASCII), &quick(), &mut entropy));
}

#[test]
fn other_spellings_of_the_same_characters_match() {
    let stored = hashed("Pässwörd", &quick());
    let matched = Verification::Match { rehash: false };
    assert_eq!(compare("Pa\u{308}sswo\u{308}rd", stored.as_str()), matched);
    assert_eq!(compare("Password", stored.as_str()), Verification::Mismatch);
}

#[test]
fn changed_parameters_ask_for_a_new_hash() {
    for (memory_kib, iterations) in [(9 * 1024, 1), (8 * 1024, 2)] {
        let stored = hashed(
            ASCII,
            &Argon2Parameters {
                memory_kib,
                iterations,
                parallelism: 1,
            },
        );
        let rehash = Verification::Match { rehash: true };
        assert_eq!(compare(ASCII, stored.as_str()), rehash);
    }
}

#[test]
fn parameters_cannot_leave_their_bounds() {
    let bounds = |memory_kib, iterations| {
        let bounded = Argon2Parameters {
            memory_kib,
            iterations,
            parallelism: 4,
        }
        .bounded();
        (bounded.memory_kib, bounded.iterations, bounded.parallelism)
    };
    assert_eq!(bounds(0, 0), (8_192, 1, 1));
    assert_eq!(bounds(u32::MAX, u32::MAX), (28_672, 10, 1));
}

#[test]
fn no_account_and_unreadable_hashes_are_mismatches() {
    let presented = password(ASCII);
    assert_eq!(
        verify(&Permit::for_test(), &presented, None, &quick()),
        Verification::Mismatch
    );
    for stored in [
        "",
        "!",
        "plain",
        "$argon2id$",
        "$2b$",
        ":",
        "s2:a:b",
        &"a".repeat(1_000_000),
    ] {
        assert_eq!(compare(ASCII, stored), Verification::Mismatch);
        assert_eq!(import_format(stored), None);
    }
}

#[test]
fn an_unknown_account_costs_the_same_work_as_a_wrong_password() {
    let stored = hashed(ASCII, &quick());
    work::take();
    let cost_of = |raw: &str, stored: Option<&str>| {
        let stored = stored.map(|text| PasswordHash::from_stored(text.to_owned()));
        let presented = password(raw);
        let _ = verify(&Permit::for_test(), &presented, stored.as_ref(), &quick());
        work::take()
    };
    let of_wrong_password = cost_of("correct horse", Some(stored.as_str()));
    assert_eq!(of_wrong_password, 8 * 1024);
    assert_eq!(cost_of(ASCII, Some(stored.as_str())), of_wrong_password);
    assert_eq!(cost_of("", None), of_wrong_password);
    let over_cost = stored.as_str().replacen("m=8192", "m=99999", 1);
    for unreadable in ["", "plain", "$2b$99$", over_cost.as_str()] {
        let cost = cost_of(ASCII, Some(unreadable));
        assert_eq!(cost, of_wrong_password, "{unreadable}");
    }
}

#[test]
fn hashes_of_lucia_convex_auth_and_better_auth_match_and_ask_for_a_new_hash() {
    for (raw, stored) in FOREIGN_SCRYPT {
        assert_eq!(import_format(stored), Some(ImportFormat::Scrypt));
        assert_eq!(
            compare(raw, stored),
            Verification::Match { rehash: true },
            "{stored}"
        );
    }
    let (_, stored) = FOREIGN_SCRYPT.first().unwrap();
    assert_eq!(compare("correct horse", stored), Verification::Mismatch);
}

#[test]
fn bcrypt_hashes_match_over_the_password_as_typed() {
    for (raw, stored) in FOREIGN_BCRYPT {
        assert_eq!(
            compare(raw, stored),
            Verification::Match { rehash: true },
            "{stored}"
        );
        for prefix in ["$2a$", "$2y$"] {
            let renamed = stored.replacen("$2b$", prefix, 1);
            assert_eq!(import_format(&renamed), Some(ImportFormat::Bcrypt));
            assert_eq!(compare(raw, &renamed), Verification::Match { rehash: true });
        }
        assert_eq!(compare("correct horse", stored), Verification::Mismatch);
    }
    let (_, of_unicode) = FOREIGN_BCRYPT.last().unwrap();
    assert_eq!(
        compare("Pässwörd fish XII", of_unicode),
        Verification::Mismatch
    );
}

#[test]
fn hashes_of_too_high_a_cost_are_not_computed() {
    let argon2 = |parameters: &str| {
        format!(
            "$argon2id$v=19${parameters}$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
        )
    };
    assert!(import_format(&argon2("m=47104,t=10,p=1")).is_some());
    for costly in [
        "m=47105,t=1,p=1",
        "m=65536,t=1,p=1",
        "m=47104,t=11,p=1",
        "m=8,t=4294967295,p=1",
        "m=4294967295,t=1,p=1",
    ] {
        assert_eq!(import_format(&argon2(costly)), None, "{costly}");
        assert_eq!(compare("password", &argon2(costly)), Verification::Mismatch);
    }
    for malformed in [
        "m=7,t=1,p=1",
        "m=256,t=0,p=1",
        "m=256,t=2,p=0",
        "m=256,t=2,p=99",
        "m=0256,t=2,p=1",
        "m=+256,t=2,p=1",
        "t=2,m=256,p=1",
        "m=256,t=2",
        "m=256,t=2,p=1,data=x",
        "m=,t=2,p=1",
    ] {
        assert_eq!(import_format(&argon2(malformed)), None, "{malformed}");
    }
    let (_, bcrypt) = FOREIGN_BCRYPT.first().unwrap();
    for (cost, is_known) in [
        ("04", true),
        ("13", true),
        ("14", false),
        ("31", false),
        ("03", false),
        ("+5", false),
    ] {
        let changed = bcrypt.replacen("$05$", &format!("${cost}$"), 1);
        assert_eq!(import_format(&changed).is_some(), is_known, "{cost}");
    }
}

#[test]
fn text_after_or_inside_a_hash_is_refused() {
    for (_, stored) in FOREIGN_SCRYPT.iter().chain(FOREIGN_BCRYPT) {
        for changed in [
            format!("{stored}0"),
            format!("{stored}:"),
            format!(" {stored}"),
            format!("{}é", stored.get(..stored.len() - 2).unwrap()),
        ] {
            assert_eq!(import_format(&changed), None, "{changed}");
        }
    }
    let stored = hashed(ASCII, &quick());
    for changed in [
        format!("{}$", stored.as_str()),
        format!("{}=", stored.as_str()),
    ] {
        assert_eq!(import_format(&changed), None, "{changed}");
    }
}

proptest! {
    #[test]
    fn reading_a_stored_hash_never_panics(stored in "(\\$argon2id?\\$v=19\\$m=[0-9]{1,6},t=[0-9],p=1\\$|\\$2b\\$|s2:)?[A-Za-z0-9+/:$,=é]{0,80}") {
        let _ = import_format(&stored);
    }
}

/// lucia 3 (as in Convex Auth), its legacy class, lucia 2, lucia 1, Better Auth.
const FOREIGN_SCRYPT: &[(&str, &str)] = &[
    (
        ASCII,
        "78345bdbe0d482934e0d3dc8397f365f:be0fbc10a7895ffabff424b099e991d94ed3e76d3bd9978abd25e867f1cc0123732cf7045a098622e910b4dd4360213be994b86a610198d48dc584065c785760",
    ),
    (
        ASCII,
        "s2:432b95cbadc2fba98f08badc35868828:670b84b872d1fdb4210454f91314eaec6afbdb417c8cebb4732ddfab8bf952fe0d78f2b97967ed72481de4b33d09baa09c88cb91140f8716af6bf8a3040edfe9",
    ),
    (
        ASCII,
        "s2:44g9i1cl4xqu5ykm:087576026afc147e70b4e129a80c5beb929a5e5f864f322bdd2aaedbab3ef3ef3883cec63cce9354539c43221833ae6258eb1848d56d7ec7007a9ff5aaba9fbe",
    ),
    (
        ASCII,
        "0123456789abcdef:b632b4ded46f123a8270fc2682d75d324823957ae4f14fdbf6b22f7de04c28273195c915a2006d4cac239370a909c490857d17d8206487bc7cfa158dd0468049",
    ),
    (
        ASCII,
        "74352a10f771819aa574e5d8aaf1bf21:d9f1effffe9931e45db98a8d29edbcd3d03044b95954c8ff172d7bd5385ec3d4138c160a9ee8601d7f31d3c68ea86b0020074e50cb8f7baaed59c558555dda29",
    ),
    (
        UNICODE,
        "ba25071c51749b444a42be3f8f5a3c5d:cff91994dc5e9b2dc74a1b627ea2cb9fe4f5de2bb777670c3a7dedb7f33ca7f480fc7cacbca4195c5195a7e21d76577795b47e89233486428d93257ed10dccf7",
    ),
    (
        UNICODE,
        "s2:aqwbeudh3jozun8d:7728519e140dbdd43702112f7b15e347ea668dbce6c658326248c71633eb6b03a78d884136934642a8253ef50d01365df69e46bdd4327bd4d2d24ec481e024c2",
    ),
    (
        UNICODE,
        "65300bce788cb123578e5033133b395f:d38b706657b229e4c61058b24929bf30f32e41c02c71599fa61cbe3fd7c0da2e543212534da42acf75d4ab545ce0ccf17454940891c6867f28579a986cb44835",
    ),
];

/// bcryptjs with a cost of 5.
const FOREIGN_BCRYPT: &[(&str, &str)] = &[
    (
        ASCII,
        "$2b$05$5aXULDbFH6crGaKKd8QUHe9qX08BW7ASJ3lrPP0A5KKFUMM.XCy7i",
    ),
    (
        UNICODE,
        "$2b$05$Qwpinb1vv2.SHTFsWpeOiuB9Q3jcIWNCQiVjHkEegXBxRzHV/Q1jm",
    ),
];
