//! Removing an app.

use super::*;
use crate::second_factor::FactorRemovalDecision;

fn remove_call(authority: FactorAuthority, factors: Vec<TotpFactorRow>) -> TotpRemoveCall {
    TotpRemoveCall {
        now: NOW,
        totp_id: "app".to_owned(),
        factors: with(factors),
        authority,
        origin: Origin::default(),
    }
}

/// Whether the second factor ends and whether devices are forgotten, or why
/// not.
fn removed(call: &TotpRemoveCall) -> Result<(bool, bool), ErrorCode> {
    match remove(call) {
        FactorRemovalDecision::Done { removal, .. } => {
            Ok((removal.ends_second_factor, removal.forgets_trusted_devices))
        }
        FactorRemovalDecision::Refused { refusal, .. } => Err(refusal.code),
    }
}

#[test]
fn a_factor_is_not_removed_by_what_it_protects_against() {
    let live = || vec![live_factor("app", "ada")];
    assert_eq!(removed(&remove_call(fresh(), live())), Ok((true, true)));
    let refused = Err(ErrorCode::StepUpRequired);
    assert_eq!(
        removed(&remove_call(of(password_session("ada")), live())),
        refused
    );
    assert_eq!(
        removed(&remove_call(of(stale_session("ada")), live())),
        refused
    );
    let app = FactorAuthority::Application;
    assert_eq!(removed(&remove_call(app, live())), Ok((true, true)));
}

#[test]
fn a_factor_is_removed_by_its_owner_and_others_do_not_learn_of_it() {
    let eve = || of(fresh_session("eve"));
    let missing = Err(ErrorCode::TotpNotFound);
    assert_eq!(removed(&remove_call(fresh(), vec![])), missing);
    assert_eq!(
        removed(&remove_call(eve(), vec![live_factor("app", "ada")])),
        missing
    );
    assert_eq!(
        removed(&remove_call(eve(), vec![pending_factor("app", "ada")])),
        missing
    );
}

#[test]
fn the_last_factor_stays_while_the_policy_asks_for_one() {
    let mut last = remove_call(fresh(), vec![live_factor("app", "ada")]);
    last.factors.config = policy(SecondFactorPolicy::Required);
    assert_eq!(removed(&last), Err(ErrorCode::LastSecondFactor));
    last.authority = FactorAuthority::Application;
    assert_eq!(removed(&last), Ok((true, true)));
    last.authority = fresh();
    last.factors.passkeys = 1;
    assert_eq!(removed(&last), Ok((false, true)));
    last.factors.passkeys = 0;
    last.factors.totps.push(live_factor("other", "ada"));
    assert_eq!(removed(&last), Ok((false, true)));
    last.factors.totps = vec![live_factor("app", "ada"), pending_factor("other", "ada")];
    assert_eq!(removed(&last), Err(ErrorCode::LastSecondFactor));
}

#[test]
fn an_app_that_waits_is_removed_without_a_step_up() {
    let session = stale_session("ada");
    let call = remove_call(of(session), vec![pending_factor("app", "ada")]);
    assert_eq!(removed(&call), Ok((false, false)));
}
