//! Users and accounts that the app changes on its own.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{answer, entropy};
use crate::account::{self, LinkAnswer, LinkCall, NewAccount, NewAccountCall};
use crate::refusal::{Decision, Refusal};
use crate::sign_in::{self, AccountCheck, AccountCheckCall, PrepareAccountCall, PreparedAccount};
use crate::user::{self, CheckedUserFields, UserPatchCall, UserRemovalCall};

#[wasm_bindgen(js_name = checkUserPatch)]
pub fn check_patch(call: Ts<UserPatchCall>) -> Result<Ts<CheckedUserFields>, JsError> {
    answer(user::check_patch(call.to_rust()?))
}

#[wasm_bindgen(js_name = prepareAccount)]
pub fn prepare(call: Ts<PrepareAccountCall>) -> Result<Ts<PreparedAccount>, JsError> {
    answer(sign_in::prepare_account(call.to_rust()?, &mut entropy()?))
}

#[wasm_bindgen(js_name = checkAccountSecret)]
pub fn check_secret(call: Ts<AccountCheckCall>) -> Result<Ts<AccountCheck>, JsError> {
    answer(sign_in::check_account_secret(
        call.to_rust()?,
        &mut entropy()?,
    ))
}

#[wasm_bindgen(js_name = checkAccountRemoval)]
pub fn check_removal(accounts: u32) -> Result<Ts<Decision>, JsError> {
    answer(account::check_removal(accounts))
}

#[wasm_bindgen(js_name = missingAccount)]
pub fn missing() -> Result<Ts<Refusal>, JsError> {
    answer(account::missing())
}

#[wasm_bindgen(js_name = checkNewAccount)]
pub fn check_new(call: Ts<NewAccountCall>) -> Result<Ts<NewAccount>, JsError> {
    answer(account::check_new(call.to_rust()?))
}

#[wasm_bindgen(js_name = linkUser)]
pub fn link(call: Ts<LinkCall>) -> Result<Ts<LinkAnswer>, JsError> {
    answer(account::link(call.to_rust()?))
}

#[wasm_bindgen(js_name = checkUserRemoval)]
pub fn check_user_removal(call: Ts<UserRemovalCall>) -> Result<Ts<Decision>, JsError> {
    answer(user::check_removal(call.to_rust()?))
}
