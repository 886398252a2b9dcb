//! The core computes and decides the same natively and in WebAssembly: every
//! test here runs in both, against the same expectations.

use crate::here;
use gatehouse::{
    AccountRow, AccountWrite, Argon2Parameters, AttemptKeys, AttemptLimits, Entropy, ErrorCode,
    Expectation, IssueCall, Jwk, LimitEntry, Millis, Origin, Password, PasswordCall,
    PasswordConfig, PasswordHash, PasswordLookup, PasswordPolicy, PasswordRows, Pepper,
    PresentedToken, RefreshCall, RefreshOutcome, RefreshTokenRow, RequestKeys, RequestLimits,
    SessionConfig, SessionRow, SignInAnswer, SignInOutcome, SignUpInput, UnixMillis, UserFields,
    UserRow, Verification, choose_signing_key, decode_token, encode_token, hash_password,
    issue_tokens, look_up_password, present_refresh_token, refresh_session, sign_in_with_password,
    sign_up_with_password, signing_key_set, verify_jwt, verify_password,
};

const NOW: UnixMillis = UnixMillis(1_700_000_000_000.0);
const PASSWORD: &str = "Pässwörd ﬁsh Ⅻ";

/// Made by the native build, from the seed of the test.
const NATIVE_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$gQiu36z1zx1zxntpNjl7pQ$mg9858I0Dk7ZsVd1BspM/L1RxYNLBygvvvOEmG1As3M";

fn quick() -> Argon2Parameters {
    Argon2Parameters {
        memory_kib: 8 * 1024,
        iterations: 1,
        parallelism: 1,
    }
}

fn attempt_limits(keys: AttemptKeys) -> AttemptLimits {
    let unused = |key| LimitEntry { key, row: None };
    AttemptLimits {
        lock: unused(keys.lock),
        account: unused(keys.account),
        origin: unused(keys.origin),
    }
}

fn request_limits(keys: RequestKeys) -> RequestLimits {
    let unused = |key| LimitEntry { key, row: None };
    RequestLimits {
        send_to: unused(keys.send_to),
        send_from: unused(keys.send_from),
        sign_up_from: unused(keys.sign_up_from),
    }
}

fn session_config() -> SessionConfig {
    serde_json::from_str(r#"{ "issuer": "https://example.convex.site" }"#).unwrap()
}

#[here]
fn a_native_hash_verifies_and_is_made_bit_for_bit() {
    let password = Password::presented(PASSWORD).unwrap();
    let mut entropy = Entropy::from_seed([5; 32]);
    let made = hash_password(&password, &Argon2Parameters::default(), &mut entropy);
    assert_eq!(made.as_str(), NATIVE_HASH);
    let stored = PasswordHash::from_stored(NATIVE_HASH.to_owned());
    let compare = |raw: &str| {
        let keys = || AttemptKeys {
            lock: String::new(),
            account: String::new(),
            origin: String::new(),
        };
        let permit = attempt_limits(keys()).allow(false, NOW).unwrap();
        let presented = Password::presented(raw).unwrap();
        let parameters = Argon2Parameters::default();
        verify_password(&permit, &presented, Some(&stored), &parameters)
    };
    assert_eq!(compare(PASSWORD), Verification::Match { rehash: false });
    assert_eq!(compare("another one"), Verification::Mismatch);
}

#[here]
fn the_longest_and_costliest_hash_fits_into_memory_twice() {
    let password = Password::presented(PASSWORD).unwrap();
    let costly = Argon2Parameters {
        memory_kib: u32::MAX,
        iterations: 1,
        parallelism: 1,
    };
    let mut entropy = Entropy::from_seed([5; 32]);
    let first = hash_password(&password, &costly, &mut entropy);
    assert!(first.as_str().contains("m=28672,"));
    assert_ne!(first, hash_password(&password, &costly, &mut entropy));
}

#[here]
fn tokens_go_around() {
    let payload: [u8; 32] = Entropy::from_seed([6; 32]).bytes();
    let text = encode_token("sk", &payload);
    assert_eq!(*decode_token::<32>("sk", &text).unwrap(), payload);
    let mut damaged = text.clone();
    damaged.replace_range(
        5..6,
        if text.get(5..6) == Some("a") {
            "b"
        } else {
            "a"
        },
    );
    assert!(decode_token::<32>("sk", &damaged).is_err());
    assert!(decode_token::<32>("rt", &text).is_err());
}

/// A password provider with no rows but the account's.
fn password_call(account: Option<(AccountRow, UserRow)>) -> PasswordCall {
    let origin = Origin {
        ip_address: Some("203.0.113.9".to_owned()),
        user_agent: None,
    };
    let PasswordLookup::Found {
        identifier,
        attempt,
        request,
        ..
    } = look_up_password("password", " Ada@Example.com", &origin)
    else {
        return password_call(account);
    };
    let (account, user) = account.unzip();
    PasswordCall {
        now: NOW,
        config: PasswordConfig {
            provider: "password".to_owned(),
            policy: PasswordPolicy::default(),
            argon2: quick(),
            require_email_verification: false,
            code_digits: None,
            code_lifetime_ms: None,
        },
        session_config: session_config(),
        origin,
        identifier,
        pepper: Pepper::from_bytes([7; 32]),
        custom_code: None,
        replaces: None,
        rows: PasswordRows {
            factors: gatehouse::SecondFactors::default(),
            owner: None,
            account,
            user,
            sessions: vec![],
            other_accounts: vec![],
            code: None,
            attempt: attempt_limits(attempt),
            request: request_limits(request),
        },
    }
}

/// The account and the user that a sign-up stores.
fn stored(answer: &SignInAnswer) -> Option<(AccountRow, UserRow)> {
    let AccountWrite::Create {
        provider,
        account_id,
        secret,
    } = answer.account.clone()
    else {
        return None;
    };
    let account = AccountRow {
        id: "account".to_owned(),
        user_id: "user".to_owned(),
        provider,
        account_id: account_id.clone(),
        secret,
        verified_time: None,
    };
    let user = UserRow {
        id: "user".to_owned(),
        email: Some(account_id),
        email_verification_time: None,
        phone_verification_time: None,
        banned_time: None,
        ban_expiration_time: None,
        role: None,
        second_factor_time: None,
    };
    Some((account, user))
}

#[here]
fn who_has_signed_up_signs_in_with_the_password_only() {
    let mut entropy = Entropy::from_seed([8; 32]);
    let input = SignUpInput {
        password: PASSWORD.to_owned(),
        profile: UserFields::default(),
    };
    let signed_up = sign_up_with_password(password_call(None), input, &mut entropy);
    assert_eq!(signed_up.outcome, SignInOutcome::SignedIn);
    let rows = stored(&signed_up).unwrap();
    let right = sign_in_with_password(password_call(Some(rows.clone())), PASSWORD, &mut entropy);
    assert_eq!(right.outcome, SignInOutcome::SignedIn);
    assert!(right.session.is_some() && right.limits.is_empty());
    let wrong = sign_in_with_password(password_call(Some(rows)), "another one", &mut entropy);
    assert_eq!(wrong.limits.len(), 3);
    assert!(wrong.session.is_none());
    let unknown = sign_in_with_password(password_call(None), "another one", &mut entropy);
    assert_eq!(unknown.outcome, wrong.outcome);
    assert!(matches!(
        wrong.outcome,
        SignInOutcome::Refused { refusal } if refusal.code == ErrorCode::InvalidCredentials
    ));
}

#[here]
fn access_tokens_verify_and_refresh_tokens_are_renewed() {
    let mut entropy = Entropy::from_seed([9; 32]);
    let signing_key = choose_signing_key(NOW, &[], &mut entropy).key;
    let session = SessionRow {
        id: "session".to_owned(),
        user_id: "user".to_owned(),
        expiration_time: NOW.plus(Millis::DAY),
        last_active_time: NOW,
        authentication_time: NOW,
        authentication_methods: vec![],
        provider: "password".to_owned(),
        ip_address: None,
        user_agent: None,
        restriction: None,
    };
    let call = IssueCall {
        now: NOW,
        config: session_config(),
        session: session.clone(),
        signing_key: signing_key.clone(),
    };
    let issued = issue_tokens(call, &mut entropy).unwrap();
    let check = |token: &str, keys: &[Jwk], now: UnixMillis| {
        let expectation = Expectation {
            issuer: "https://example.convex.site",
            audience: "convex",
            now,
            leeway: Millis(0.0),
        };
        verify_jwt(token, keys, &expectation).map(|claims| claims.sub)
    };
    let keys = signing_key_set(NOW, std::slice::from_ref(&signing_key)).keys;
    assert_eq!(check(&issued.token, &keys, NOW).unwrap(), "user|session");
    assert!(check(&issued.token, &keys, NOW.plus(Millis::HOUR)).is_err());
    let other = choose_signing_key(NOW, &[], &mut entropy).key;
    let others = signing_key_set(NOW, &[other]).keys;
    assert!(check(&issued.token, &others, NOW).is_err());

    let PresentedToken::WellFormed { family_hash } = present_refresh_token(&issued.refresh_token)
    else {
        return assert_eq!(issued.refresh_token, "a refresh token");
    };
    let call = RefreshCall {
        now: NOW,
        config: session_config(),
        origin: Origin::default(),
        refresh_token: issued.refresh_token.clone(),
        row: Some(RefreshTokenRow {
            session_id: session.id.clone(),
            family_hash,
            token_hash: issued.row.token_hash,
            previous_hash: None,
            rotated_time: None,
            successor_salt: None,
            expiration_time: issued.row.expiration_time,
            session: Some(issued.row.session),
            session_due_time: Some(issued.row.session_due_time),
        }),
        session: Some(session),
        user: stored_user(),
        signing_key,
    };
    let RefreshOutcome::Refreshed {
        token,
        refresh_token,
    } = refresh_session(call, &mut entropy).unwrap().outcome
    else {
        return assert_eq!(issued.refresh_token, "a valid refresh token");
    };
    assert_ne!(refresh_token, issued.refresh_token);
    assert_eq!(check(&token, &keys, NOW).unwrap(), "user|session");
}

fn stored_user() -> Option<UserRow> {
    serde_json::from_str(r#"{ "_id": "user" }"#).ok()
}
