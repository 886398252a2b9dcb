use proptest::prelude::*;

use super::*;

const SECRET: &[u8] = b"12345678901234567890";

fn keyring(versions: &[u8]) -> FactorKeyring {
    FactorKeyring::new(
        versions
            .iter()
            .map(|version| FactorKey::from_bytes(*version, [*version; KEY_LENGTH]))
            .collect(),
    )
}

fn binding() -> SecretBinding<'static> {
    SecretBinding {
        purpose: SecretPurpose::Totp,
        user_id: "ada",
        secret_id: "s1",
    }
}

fn sealed(keyring: &FactorKeyring) -> SealedSecret {
    seal(
        keyring,
        &binding(),
        SECRET,
        &mut Entropy::from_seed([9; 32]),
    )
    .unwrap()
}

fn error(
    keyring: &FactorKeyring,
    binding: &SecretBinding<'_>,
    sealed: &SealedSecret,
) -> FactorSecretError {
    open(keyring, binding, sealed).unwrap_err()
}

#[test]
fn a_secret_is_encrypted_at_rest_and_decrypts_for_its_owner() {
    let keyring = keyring(&[1]);
    let stored = sealed(&keyring);
    let bytes = URL_SAFE_NO_PAD.decode(&stored.0).unwrap();
    assert!(!bytes.windows(4).any(|part| SECRET.starts_with(part)));
    assert_eq!(bytes.len(), 1 + NONCE_LENGTH + SECRET.len() + TAG_LENGTH);
    let opened = open(&keyring, &binding(), &stored).unwrap();
    assert_eq!(opened.plaintext.as_slice(), SECRET);
    assert!(!opened.is_outdated);
}

#[test]
fn a_row_that_is_moved_to_another_user_or_factor_does_not_decrypt() {
    let keyring = keyring(&[1]);
    let stored = sealed(&keyring);
    for (user_id, secret_id) in [("eve", "s1"), ("ada", "s2"), ("adas", "1"), ("", "adas1")] {
        let elsewhere = SecretBinding {
            user_id,
            secret_id,
            ..binding()
        };
        let refused = error(&keyring, &elsewhere, &stored);
        assert_eq!(
            refused,
            FactorSecretError::Authentication,
            "{user_id} {secret_id}"
        );
    }
}

#[test]
fn a_changed_byte_is_noticed() {
    let keyring = keyring(&[1, 2]);
    let bytes = URL_SAFE_NO_PAD.decode(&sealed(&keyring).0).unwrap();
    for index in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            *changed.get_mut(index).unwrap() ^= 1 << bit;
            let changed = SealedSecret(URL_SAFE_NO_PAD.encode(changed));
            assert!(
                open(&keyring, &binding(), &changed).is_err(),
                "{index} {bit}"
            );
        }
    }
}

#[test]
fn keys_rotate_and_old_ones_still_decrypt() {
    let old = sealed(&keyring(&[1]));
    let rotated = keyring(&[2, 1]);
    let opened = open(&rotated, &binding(), &old).unwrap();
    assert_eq!(opened.plaintext.as_slice(), SECRET);
    assert!(opened.is_outdated);
    let new = sealed(&rotated);
    assert!(!open(&rotated, &binding(), &new).unwrap().is_outdated);
    assert_eq!(
        error(&keyring(&[2]), &binding(), &old),
        FactorSecretError::UnknownKey
    );
    assert_eq!(
        error(&keyring(&[]), &binding(), &old),
        FactorSecretError::UnknownKey
    );
    let impostor = FactorKeyring::new(vec![FactorKey::from_bytes(1, [7; KEY_LENGTH])]);
    assert_eq!(
        error(&impostor, &binding(), &old),
        FactorSecretError::Authentication
    );
    let none = seal(
        &keyring(&[]),
        &binding(),
        SECRET,
        &mut Entropy::from_seed([9; 32]),
    );
    assert_eq!(none, Err(FactorSecretError::UnknownKey));
}

#[test]
fn a_nonce_is_never_used_twice() {
    let keyring = keyring(&[1]);
    let mut entropy = Entropy::from_seed([9; 32]);
    let mut seal_again = || seal(&keyring, &binding(), SECRET, &mut entropy).unwrap();
    let nonce = |sealed: SealedSecret| {
        let bytes = URL_SAFE_NO_PAD.decode(sealed.0).unwrap();
        bytes.get(1..=NONCE_LENGTH).unwrap().to_vec()
    };
    assert_ne!(nonce(seal_again()), nonce(seal_again()));
}

#[test]
fn sizes_are_bounded() {
    let keyring = keyring(&[1]);
    let mut entropy = Entropy::from_seed([9; 32]);
    let longest = seal(
        &keyring,
        &binding(),
        &[0; MAX_PLAINTEXT_LENGTH],
        &mut entropy,
    )
    .unwrap();
    assert!(open(&keyring, &binding(), &longest).is_ok());
    let too_long = seal(
        &keyring,
        &binding(),
        &[0; MAX_PLAINTEXT_LENGTH + 1],
        &mut entropy,
    );
    assert_eq!(too_long, Err(FactorSecretError::TooLong));
    let huge = SealedSecret("A".repeat(1_000_000));
    assert_eq!(
        error(&keyring, &binding(), &huge),
        FactorSecretError::Encoding
    );
}

#[test]
fn keys_are_not_printed_and_are_stored_as_base64() {
    let key = FactorKey::generate(7, &mut Entropy::from_seed([9; 32]));
    assert_eq!(format!("{key:?}"), "FactorKey(redacted)");
    let json = serde_json::to_string(&key).unwrap();
    assert_eq!(serde_json::from_str::<FactorKey>(&json).unwrap(), key);
    for malformed in ["", "AQ", "!", &format!("{}AA", *key.to_base64())] {
        assert_eq!(
            FactorKey::from_base64(malformed),
            Err(FactorSecretError::KeyEncoding)
        );
    }
}

proptest! {
    #[test]
    fn opening_never_panics(text in "[A-Za-z0-9_-]{0,200}|\\PC{0,40}") {
        prop_assert!(open(&keyring(&[1]), &binding(), &SealedSecret(text)).is_err());
    }
}
