//! Decisions that calls of both modules need.

use super::boundary::{Text, entropy};
use crate::key::{self, PresentedKey};
use crate::refusal::Decision;
use crate::second_factor::{self, FreshSessionCall};
use crate::signing_key::{self, SigningKeyCall, SigningKeyChoice};

decisions! {
    interface "SharedDecisions";
    keyPresent: Text => PresentedKey, |raw| key::present(&raw);
    sessionFresh: FreshSessionCall => Decision, |call| second_factor::check_fresh(&call);
    signingKeyChoose: SigningKeyCall => SigningKeyChoice,
        |call| signing_key::choose(call.now, &call.keys, &mut entropy()?);
}
