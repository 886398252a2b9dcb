//! Rows and calls for tests, with a software authenticator.

use crate::code::Pepper;
use crate::entropy::Entropy;
use crate::limiter::LimitEntry;
use crate::origin::Origin;
use crate::passkey::config::PasskeyConfig;
use crate::passkey::response::{PasskeyAssertionInput, PasskeyRegistrationInput};
use crate::passkey::row::{CeremonyRow, NewPasskey, PasskeyRow};
use crate::passkey::user_handle::user_handle;
use crate::passkey::{
    PasskeyRegisterCall, PasskeyRegisterOptions, PasskeyRegisterOptionsCall, PasskeyRegistration,
    PasskeySignInCall, PasskeySignInOptions, PasskeySignInOptionsCall, register_options,
    sign_in_options,
};
use crate::second_factor::SecondFactors;
use crate::session::{SessionConfig, SessionRow};
use crate::time::{Millis, UnixMillis};
use crate::user::UserRow;
use crate::webauthn::tests::authenticator::{Authenticator, ORIGIN, RP_ID};
use crate::webauthn::{Algorithm, encoding};

pub(super) const NOW: UnixMillis = UnixMillis(1e12);

pub(super) fn later(milliseconds: f64) -> UnixMillis {
    NOW.plus(Millis(milliseconds))
}

pub(super) fn config() -> PasskeyConfig {
    PasskeyConfig {
        provider: "passkey".to_owned(),
        rp_id: RP_ID.to_owned(),
        rp_name: "Example".to_owned(),
        origins: vec![ORIGIN.to_owned()],
        top_origins: None,
        user_verification: None,
        attestation: None,
        accepted_attestation: None,
        allowed_models: None,
        refused_models: None,
        refuses_counter_regression: None,
        max_passkeys: None,
        timeout_ms: None,
        code_digits: None,
        code_lifetime_ms: None,
    }
}

pub(super) fn pepper() -> Pepper {
    Pepper::from_bytes([9; 32])
}

pub(super) fn user(id: &str) -> UserRow {
    UserRow {
        id: id.to_owned(),
        email: Some(format!("{id}@example.com")),
        email_verification_time: Some(NOW),
        phone_verification_time: None,
        banned_time: None,
        ban_expiration_time: None,
        role: None,
        second_factor_time: None,
    }
}

pub(super) fn session(id: &str, user_id: &str) -> SessionRow {
    SessionRow {
        id: id.to_owned(),
        user_id: user_id.to_owned(),
        expiration_time: later(Millis::DAY.0),
        last_active_time: NOW,
        authentication_time: NOW,
        authentication_methods: vec![],
        provider: "password".to_owned(),
        ip_address: None,
        user_agent: None,
        restriction: None,
    }
}

pub(super) fn session_config() -> SessionConfig {
    SessionConfig {
        issuer: "https://example.convex.site".to_owned(),
        audience: None,
        access_token_lifetime_ms: None,
        total_lifetime_ms: None,
        idle_lifetime_ms: None,
        refresh_grace_ms: None,
        max_sessions: None,
    }
}

pub(super) fn register_options_call() -> PasskeyRegisterOptionsCall {
    PasskeyRegisterOptionsCall {
        now: NOW,
        config: config(),
        pepper: pepper(),
        user: Some(user("ada")),
        name: Some("Ada".to_owned()),
        session: Some(session("s", "ada")),
        passkeys: Vec::new(),
        factors: SecondFactors::default(),
        max_age: None,
        passkey_name: None,
        begun: begun(),
        origin: Origin::default(),
    }
}

/// The counter of ceremonies, of a network that has begun none.
pub(super) fn begun() -> LimitEntry {
    LimitEntry {
        key: "begun".to_owned(),
        row: None,
    }
}

/// A ceremony that was begun, with its challenge.
pub(super) fn begun_registration() -> CeremonyRow {
    match register_options(&register_options_call(), &mut Entropy::from_seed([1; 32])) {
        PasskeyRegisterOptions::Begun { row, .. } => *row,
        PasskeyRegisterOptions::Refused { refusal, .. } => panic!("{refusal:?}"),
    }
}

/// An authenticator that answers a ceremony.
pub(super) fn authenticator(row: &CeremonyRow) -> Authenticator {
    Authenticator {
        challenge: encoding::decode(&row.challenge, 32).unwrap(),
        ..Authenticator::new(Algorithm::Es256)
    }
}

pub(super) fn register_call(
    row: CeremonyRow,
    authenticator: &Authenticator,
) -> PasskeyRegisterCall {
    let made = authenticator.register();
    PasskeyRegisterCall {
        now: NOW,
        config: config(),
        pepper: pepper(),
        origin: Origin::default(),
        user: Some(user("ada")),
        session: Some(session("s", "ada")),
        ceremony: Some(row),
        factors: SecondFactors::default(),
        passkeys: Vec::new(),
        existing: None,
        response: PasskeyRegistrationInput {
            id: encoding::encode(&made.id),
            client_data_json: encoding::encode(&made.client_data_json),
            attestation_object: encoding::encode(&made.attestation_object),
            transports: vec!["internal".to_owned()],
        },
        name: None,
    }
}

/// The decision about a registration.
pub(super) fn register(call: &PasskeyRegisterCall) -> PasskeyRegistration {
    let entropy = || Ok::<_, std::convert::Infallible>(Entropy::from_seed([5; 32]));
    let Ok(decided) = crate::passkey::register(call, entropy);
    decided
}

/// The passkey of a registration.
pub(super) fn registered(call: &PasskeyRegisterCall) -> NewPasskey {
    match register(call) {
        PasskeyRegistration::Registered { passkey, .. } => *passkey,
        other => panic!("{other:?}"),
    }
}

/// Ada's passkey, as it is stored.
pub(super) fn passkey() -> PasskeyRow {
    let row = begun_registration();
    stored(registered(&register_call(
        row.clone(),
        &authenticator(&row),
    )))
}

/// A passkey that Ada has added.
pub(super) fn stored(made: NewPasskey) -> PasskeyRow {
    PasskeyRow {
        id: "p".to_owned(),
        user_id: "ada".to_owned(),
        credential_id: made.credential_id,
        public_key: made.public_key,
        counter: made.counter,
        backup_eligible: made.backup_eligible,
        backed_up: made.backed_up,
        transports: made.transports,
        name: made.name,
        aaguid: made.aaguid,
        attestation_format: made.attestation_format,
        attestation_kind: made.attestation_kind,
        user_handle: made.user_handle,
    }
}

/// A sign-in, by address or by any passkey that is found.
pub(super) fn sign_in_options_call(identifier: Option<&str>) -> PasskeySignInOptionsCall {
    let ada = identifier.filter(|text| *text == "ada@example.com");
    PasskeySignInOptionsCall {
        now: NOW,
        config: config(),
        pepper: pepper(),
        begun: begun(),
        identifier: identifier.map(str::to_owned),
        user: ada.map(|_| user("ada")),
        passkeys: ada.map_or_else(Vec::new, |_| vec![passkey()]),
    }
}

pub(super) fn begun_sign_in(identifier: Option<&str>) -> CeremonyRow {
    let call = sign_in_options_call(identifier);
    match sign_in_options(&call, &mut Entropy::from_seed([2; 32])) {
        PasskeySignInOptions::Begun { row, .. } => *row,
        PasskeySignInOptions::Refused { refusal } => panic!("{refusal:?}"),
    }
}

/// What Ada's browser answers a ceremony with.
pub(super) fn sign_in_call(row: CeremonyRow, authenticator: &Authenticator) -> PasskeySignInCall {
    let signed = authenticator.assert();
    PasskeySignInCall {
        now: NOW,
        config: config(),
        session_config: session_config(),
        pepper: pepper(),
        origin: Origin::default(),
        ceremony: Some(row),
        passkey: Some(passkey()),
        user: Some(user("ada")),
        factors: SecondFactors::default(),
        replaces: None,
        sessions: Vec::new(),
        response: PasskeyAssertionInput {
            id: encoding::encode(&signed.id),
            client_data_json: encoding::encode(&signed.client_data_json),
            authenticator_data: encoding::encode(&signed.authenticator_data),
            signature: encoding::encode(&signed.signature),
            user_handle: Some(encoding::encode(&user_handle(&pepper(), "ada"))),
        },
    }
}
