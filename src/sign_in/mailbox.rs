//! What follows when a person has proved to own the mailbox.

use super::answer::{AccountWrite, SecretWrite, SignInAnswer, SignInOutcome, UserWrite};
use super::call::PasswordCall;
use super::verification::CodeWrite;
use crate::audit::AuditEventName;
use crate::entropy::Entropy;
use crate::limiter::{attempt_keys, forget_failures};
use crate::refusal::ErrorCode;
use crate::second_factor::FirstFactor;
use crate::user::UserFields;

/// What goes with the proof.
pub(super) struct Proof {
    /// What becomes of the password.
    pub(super) secret: SecretWrite,
    /// The name that the person signed up with.
    pub(super) name: Option<String>,
    /// What is recorded.
    pub(super) event: AuditEventName,
    /// Whether all sessions end.
    pub(super) ends_sessions: bool,
    /// Whether the person is known to have made the unproven user.
    pub(super) made_user: bool,
}

/// Marks the address as proved and opens a session, unless another user has
/// proved it meanwhile.
///
/// When the address was unproven until now, whatever is attached to the user
/// may be somebody else's: other accounts, all sessions, passkeys, second
/// factors and the profile are removed first, so that nobody can wait in an
/// account that was opened in the owner's name.
pub(super) fn prove(call: &PasswordCall, proof: Proof, entropy: &mut Entropy) -> SignInAnswer {
    if call.is_taken() {
        let code = ErrorCode::AccountAlreadyExists;
        return SignInAnswer {
            limits: call.rows.attempt.recover(),
            code: CodeWrite::DeleteAll,
            audit: vec![call.refused(proof.event, code)],
            ..SignInAnswer::refuse(code)
        };
    }
    let was_unproven = call
        .rows
        .account
        .as_ref()
        .is_some_and(|account| account.verified_time.is_none());
    let user_was_unproven = was_unproven
        && call
            .rows
            .user
            .as_ref()
            .is_some_and(|user| user.email_verification_time.is_none());
    let owns_user_email = call
        .rows
        .user
        .as_ref()
        .is_some_and(|user| user.email.as_deref() == Some(call.identifier.as_str()));
    let remove_accounts: Vec<String> = if user_was_unproven {
        call.rows
            .other_accounts
            .iter()
            .map(|account| account.id.clone())
            .collect()
    } else {
        vec![]
    };
    let remove_sessions: Vec<String> = if proof.ends_sessions || user_was_unproven {
        call.rows
            .sessions
            .iter()
            .map(|session| session.id.clone())
            .collect()
    } else {
        vec![]
    };
    let mut audit = vec![call.success(proof.event)];
    if user_was_unproven && !(remove_accounts.is_empty() && call.rows.sessions.is_empty()) {
        audit.push(call.success(AuditEventName::UnprovenAccessRevoked));
    }
    let fields = UserFields {
        name: proof.name,
        email_verification_time: owns_user_email.then_some(call.now),
        ..UserFields::default()
    };
    let mut limits = call.rows.attempt.recover();
    // Whoever was locked out by wrong passwords, their own or a stranger's, is
    // let in again, too.
    limits.extend(forget_failures(&attempt_keys(
        &call.config.provider,
        &call.identifier,
        &call.origin,
    )));
    let answer = SignInAnswer {
        limits,
        code: CodeWrite::DeleteAll,
        user: UserWrite::Patch {
            fields,
            clears_profile: user_was_unproven && !proof.made_user,
        },
        account: AccountWrite::Patch {
            secret: proof.secret,
            verified_time: Some(call.now),
        },
        remove_accounts,
        remove_sessions,
        // Whoever gets in by the mailbox may have lost a device.
        forgets_trusted_devices: proof.ends_sessions || user_was_unproven,
        removes_factors: user_was_unproven,
        audit,
        ..SignInAnswer::new(SignInOutcome::SignedIn)
    };
    let first = FirstFactor::Email {
        address: call.identifier.clone(),
    };
    call.open_session(first, answer, entropy)
}
