//! What was changed on its way is not accepted, byte by byte: whole decisions
//! on ceremonies of which one byte is another, is missing or is too many.
//!
//! The signature of an assertion covers all that is sent but for the id of the
//! credential and the user handle, which are compared with what was stored. In
//! a registration a packed attestation covers the same. Without one, nothing is
//! signed: what binds the registration is its challenge, and that its parts fit
//! each other. [`is_unprotected`] says which bytes are left.

use crate::passkey::config::PasskeyConfig;
use crate::passkey::row::CeremonyRow;
use proptest::prelude::*;
use proptest::sample::Index;
use std::ops::{Range, RangeInclusive};

use super::rows::{
    authenticator, begun_registration, begun_sign_in, config, register, register_call, registered,
    sign_in_call, stored,
};
use crate::audit::{AuditEvent, AuditOutcome};
use crate::entropy::Entropy;
use crate::jose::algorithm::PrivateKey;
use crate::passkey::{PasskeyRegisterCall, PasskeyRegistration, PasskeySignIn, PasskeySignInCall};
use crate::refusal::{ErrorCode, Refusal};
use crate::sign_in::{SignInAnswer, SignInOutcome};
use crate::webauthn::attestation::AttestationObject;
use crate::webauthn::tests::authenticator::{Attest, Authenticator};
use crate::webauthn::tests::signer::Signer;
use crate::webauthn::{AttestationKind, encoding};

/// The key that the exhaustive tests sign with; the random ones make theirs.
const KEY: [u8; 32] = [3; 32];

/// A device with a key of its own, which answers a ceremony.
fn sign_in(call: &PasskeySignInCall) -> PasskeySignIn {
    crate::passkey::sign_in(call, &mut Entropy::from_seed([4; 32]))
}

fn device(row: &CeremonyRow, key: &[u8; 32]) -> Authenticator {
    Authenticator {
        signer: Signer::Es256(PrivateKey::from_bytes(key).unwrap()),
        ..authenticator(row)
    }
}

/// A sign-in that is valid.
fn assertion(identifier: Option<&str>, key: &[u8; 32]) -> PasskeySignInCall {
    let made = begun_registration();
    let mut row = begun_sign_in(identifier);
    // Whoever's passkeys were asked for, this device's is one of them.
    let passkey = stored(registered(&register_call(
        made.clone(),
        &device(&made, key),
    )));
    row.allowed.retain(|id| *id == passkey.credential_id);
    let mut device = device(&row, key);
    device.sign_count = 8;
    PasskeySignInCall {
        passkey: Some(passkey),
        ..sign_in_call(row, &device)
    }
}

/// A registration that is valid, with an attestation that has to be `kind`, or
/// with any.
fn registration(
    attest: Attest,
    kind: Option<AttestationKind>,
    key: &[u8; 32],
) -> PasskeyRegisterCall {
    let row = begun_registration();
    let mut device = device(&row, key);
    device.attest = attest;
    PasskeyRegisterCall {
        config: PasskeyConfig {
            accepted_attestation: kind.map(|kind| vec![kind]),
            ..config()
        },
        ..register_call(row, &device)
    }
}

/// The texts of an assertion, in which bytes are sent.
fn assertion_parts(call: &mut PasskeySignInCall) -> Vec<&mut String> {
    let response = &mut call.response;
    let mut parts = vec![
        &mut response.id,
        &mut response.client_data_json,
        &mut response.authenticator_data,
        &mut response.signature,
    ];
    parts.extend(response.user_handle.as_mut());
    parts
}

/// The texts of a registration, in which bytes are sent.
fn registration_parts(call: &mut PasskeyRegisterCall) -> Vec<&mut String> {
    let response = &mut call.response;
    vec![
        &mut response.id,
        &mut response.client_data_json,
        &mut response.attestation_object,
    ]
}

/// Which part of a registration is the attestation object.
const ATTESTATION_OBJECT: usize = 2;

fn bytes(text: &str) -> Vec<u8> {
    encoding::decode(text, 4_096).unwrap()
}

/// A refusal uses up the challenge and is recorded, unless another site has used
/// the options: that could be repeated without end.
fn assert_recorded(refusal: &Refusal, stays: bool, audit: &[AuditEvent]) {
    assert_eq!(stays, refusal.code == ErrorCode::PasskeyInvalidOrigin);
    assert_ne!(refusal.code, ErrorCode::InternalError);
    let recorded = audit.iter().map(|event| (event.outcome, event.code));
    let expected = (!stays).then_some((AuditOutcome::Refused, Some(refusal.code)));
    assert!(recorded.eq(expected));
}

/// Whether a sign-in is refused and changes nothing.
fn is_refused(signed_in: &PasskeySignIn) -> bool {
    let SignInOutcome::Refused { refusal } = &signed_in.answer.outcome else {
        return false;
    };
    assert_recorded(refusal, signed_in.stays, &signed_in.answer.audit);
    assert_eq!(signed_in.passkey, None);
    let nothing = SignInAnswer {
        audit: signed_in.answer.audit.clone(),
        ..SignInAnswer::refuse(refusal.clone())
    };
    assert_eq!(signed_in.answer, nothing);
    true
}

/// Whether a registration is refused.
fn is_unregistered(answer: &PasskeyRegistration) -> bool {
    let PasskeyRegistration::Refused {
        refusal,
        stays,
        audit,
    } = answer
    else {
        return false;
    };
    assert_recorded(refusal, *stays, audit);
    true
}

/// Everything that a byte can be changed by.
const ALL: RangeInclusive<u8> = 1..=255;

/// Every bit of a byte.
const BITS: [u8; 8] = [1, 2, 4, 8, 16, 32, 64, 128];

/// Goes through every part, every byte of it, and what it becomes by each of the
/// differences. `decide` gets the part, its number, the place and the new byte.
fn for_each_byte(
    parts: &[Vec<u8>],
    differences: &[u8],
    mut decide: impl FnMut(usize, usize, u8, String),
) -> usize {
    let mut seen = 0;
    for (part, whole) in parts.iter().enumerate() {
        for place in 0..whole.len() {
            for difference in differences {
                let mut changed = whole.clone();
                let byte = changed.get_mut(place).unwrap();
                *byte ^= difference;
                let byte = *byte;
                decide(part, place, byte, encoding::encode(&changed));
                seen += 1;
            }
        }
    }
    seen
}

#[test]
fn no_byte_of_an_assertion_can_change() {
    let all: Vec<u8> = ALL.collect();
    for (identifier, differences) in [(None, &all[..]), (Some("ada@example.com"), &BITS)] {
        let mut call = assertion(identifier, &KEY);
        assert!(!is_refused(&sign_in(&call)));
        let texts: Vec<String> = assertion_parts(&mut call)
            .into_iter()
            .map(|text| text.clone())
            .collect();
        let parts: Vec<Vec<u8>> = texts.iter().map(|text| bytes(text)).collect();
        let total: usize = parts.iter().map(Vec::len).sum();
        let seen = for_each_byte(&parts, differences, |part, place, byte, text| {
            *assertion_parts(&mut call).remove(part) = text;
            assert!(is_refused(&sign_in(&call)), "{part} {place} {byte:#x}");
            assertion_parts(&mut call)
                .remove(part)
                .clone_from(&texts[part]);
        });
        assert_eq!(seen, total * differences.len());
        assert!(!is_refused(&sign_in(&call)));
    }
}

/// Where the parts of an attestation object are.
struct Places {
    format: Range<usize>,
    flags: usize,
    counter: Range<usize>,
    model: Range<usize>,
}

impl Places {
    /// Those of an object whose authenticator data comes last.
    fn of(object: &[u8]) -> Self {
        let parsed = AttestationObject::parse(object).unwrap();
        let data = object.len() - parsed.authenticator_data.len();
        // {"fmt": …: the head of the map, that of the name, the name, the head
        // of the text.
        let format = 1 + 1 + "fmt".len() + 1;
        // RP id hash, flags, counter, model (WebAuthn Level 3 §6.1, §6.5.1).
        Places {
            format: format..format + parsed.format.len(),
            flags: data + 32,
            counter: data + 33..data + 37,
            model: data + 37..data + 53,
        }
    }
}

/// Whether a byte of a registration without attestation can become another one
/// unseen. These are all of them, and whoever could change them could as well
/// have made a passkey of their own:
///
/// - in the name of the attestation's format, if the app accepts formats that
///   are not verified: any printable name is one of those;
/// - in the flags: those that are reserved, whether the user was verified where
///   that is not required, and whether the passkey can be and is backed up, but
///   not that it is and cannot be;
/// - the counter and the model.
fn is_unprotected(places: &Places, accepts_formats: bool, place: usize, byte: u8) -> bool {
    let is_name = byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\');
    let is_backed_up_only = byte & 0b0001_1000 == 0b0001_0000;
    // Extensions, attested, present.
    let has_the_same_form = byte & 0b1100_0001 == 0b0100_0001;
    (places.format.contains(&place) && accepts_formats && is_name)
        || (place == places.flags && has_the_same_form && !is_backed_up_only)
        || places.counter.contains(&place)
        || places.model.contains(&place)
}

/// Goes through every byte of a registration, and counts what is accepted.
fn accepted_registrations(
    mut call: PasskeyRegisterCall,
    is_unprotected: impl Fn(&Places, usize, u8) -> bool,
) -> usize {
    assert!(!is_unregistered(&register(&call)));
    let texts: Vec<String> = registration_parts(&mut call)
        .into_iter()
        .map(|text| text.clone())
        .collect();
    let parts: Vec<Vec<u8>> = texts.iter().map(|text| bytes(text)).collect();
    let places = Places::of(&parts[ATTESTATION_OBJECT]);
    let mut accepted = 0;
    for_each_byte(
        &parts,
        &ALL.collect::<Vec<u8>>(),
        |part, place, byte, text| {
            *registration_parts(&mut call).remove(part) = text;
            let expected = part == ATTESTATION_OBJECT && is_unprotected(&places, place, byte);
            let is_accepted = !is_unregistered(&register(&call));
            assert_eq!(is_accepted, expected, "{part} {place} {byte:#x}");
            accepted += usize::from(is_accepted);
            registration_parts(&mut call)
                .remove(part)
                .clone_from(&texts[part]);
        },
    );
    accepted
}

#[test]
fn no_byte_of_a_registration_with_a_packed_attestation_can_change() {
    let kind = Some(AttestationKind::SelfSigned);
    let call = registration(Attest::SelfSigned, kind, &KEY);
    assert_eq!(accepted_registrations(call, |_, _, _| false), 0);
}

#[test]
fn of_a_registration_without_attestation_only_what_nobody_signed_can_change() {
    // Twenty bytes, and a byte of flags of which one is there: the two that are
    // reserved and that of the verification are free, and the two of the backup
    // have three values.
    let always = 20 * 255 + (2 * 2 * 2 * 3 - 1);
    let none = registration(Attest::None, Some(AttestationKind::None), &KEY);
    let accepted = accepted_registrations(none, |places, place, byte| {
        is_unprotected(places, false, place, byte)
    });
    assert_eq!(accepted, always);
    // Four characters, each one of 91 others.
    let any = registration(Attest::None, None, &KEY);
    let accepted = accepted_registrations(any, |places, place, byte| {
        is_unprotected(places, true, place, byte)
    });
    assert_eq!(accepted, always + 4 * 91);
}

/// Changes the bytes of one of the texts, or the text itself.
fn mutate(parts: Vec<&mut String>, part: &Index, place: &Index, change: &Change) {
    let count = parts.len();
    let text = parts.into_iter().nth(part.index(count)).unwrap();
    let mut whole = bytes(text);
    match change {
        Change::Replace(difference) => {
            let place = place.index(whole.len());
            *whole.get_mut(place).unwrap() ^= (*difference).max(1);
        }
        Change::Remove => {
            whole.remove(place.index(whole.len()));
        }
        Change::Insert(byte) => whole.insert(place.index(whole.len() + 1), *byte),
        Change::Truncate => whole.truncate(place.index(whole.len())),
        Change::Repeat => {
            let tail = whole.split_off(place.index(whole.len()));
            whole.extend_from_slice(&tail);
            whole.extend(tail);
        }
        Change::Text(character) => {
            let mut characters: Vec<char> = text.chars().collect();
            let place = place.index(characters.len() + 1);
            characters.insert(place, *character);
            *text = characters.into_iter().collect();
            return;
        }
    }
    *text = encoding::encode(&whole);
}

#[derive(Clone, Debug)]
enum Change {
    Replace(u8),
    Remove,
    Insert(u8),
    Truncate,
    Repeat,
    Text(char),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        any::<u8>().prop_map(Change::Replace),
        Just(Change::Remove),
        any::<u8>().prop_map(Change::Insert),
        Just(Change::Truncate),
        Just(Change::Repeat),
        any::<char>().prop_map(Change::Text),
    ]
}

proptest! {
    #[test]
    fn no_changed_assertion_signs_in(
        key in prop::array::uniform32(1_u8..), is_named: bool,
        part: Index, place: Index, change in change(),
    ) {
        let mut call = assertion(is_named.then_some("ada@example.com"), &key);
        prop_assert!(!is_refused(&sign_in(&call)));
        mutate(assertion_parts(&mut call), &part, &place, &change);
        prop_assert!(is_refused(&sign_in(&call)));
    }

    #[test]
    fn no_changed_registration_with_a_packed_attestation_is_accepted(
        key in prop::array::uniform32(1_u8..), part: Index, place: Index, change in change(),
    ) {
        let kind = Some(AttestationKind::SelfSigned);
        let mut call = registration(Attest::SelfSigned, kind, &key);
        prop_assert!(!is_unregistered(&register(&call)));
        mutate(registration_parts(&mut call), &part, &place, &change);
        prop_assert!(is_unregistered(&register(&call)));
    }

    #[test]
    fn no_assertion_of_another_ceremony_or_key_signs_in(
        key in prop::array::uniform32(1_u8..), other in prop::array::uniform32(1_u8..),
        challenge in prop::array::uniform32(any::<u8>()),
    ) {
        prop_assume!(key != other);
        let mut call = assertion(None, &key);
        let forged = assertion(None, &other);
        call.response.signature = forged.response.signature;
        prop_assert!(is_refused(&sign_in(&call)));
        let mut replayed = assertion(None, &key);
        replayed.ceremony.as_mut().unwrap().challenge = encoding::encode(&challenge);
        prop_assert!(is_refused(&sign_in(&replayed)));
    }
}
