//! Invitations.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{answer, entropy};
use crate::invite::{self, *};
use crate::origin::Origin;

#[wasm_bindgen(js_name = inviteEmail)]
pub fn prepare_email(email: &str) -> Result<Ts<PreparedEmail>, JsError> {
    answer(invite::prepare_email(email))
}

#[wasm_bindgen(js_name = invitePresent)]
pub fn present(token: &str) -> Result<Ts<PresentedInvite>, JsError> {
    answer(invite::present(token))
}

#[wasm_bindgen(js_name = inviteLimitKeys)]
pub fn limit_keys(
    email: &str,
    inviter: Option<String>,
    origin: Ts<Origin>,
) -> Result<Ts<InviteLimitKeys>, JsError> {
    answer(invite::limit_keys(
        email,
        inviter.as_deref(),
        &origin.to_rust()?,
    ))
}

#[wasm_bindgen(js_name = inviteCreate)]
pub fn create(call: Ts<InviteCreateCall>) -> Result<Ts<InviteCreation>, JsError> {
    answer(invite::create(call.to_rust()?, &mut entropy()?))
}

#[wasm_bindgen(js_name = inviteRenew)]
pub fn renew(call: Ts<InviteRenewCall>) -> Result<Ts<InviteRenewal>, JsError> {
    answer(invite::renew(call.to_rust()?, &mut entropy()?))
}

#[wasm_bindgen(js_name = inviteRevoke)]
pub fn revoke(call: Ts<InviteRevokeCall>) -> Result<Ts<InviteRevocation>, JsError> {
    answer(invite::revoke(call.to_rust()?))
}

#[wasm_bindgen(js_name = inviteAccept)]
pub fn accept(call: Ts<InviteAcceptCall>) -> Result<Ts<InviteAcceptance>, JsError> {
    answer(invite::accept(call.to_rust()?))
}
