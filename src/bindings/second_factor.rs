//! Second factors: setting them up, proving and removing them.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{answer, entropy};
use crate::code::Pepper;
use crate::factor_secret::{FactorKey, FactorKeyring};
use crate::origin::Origin;
use crate::second_factor::recovery_code::{
    self, RecoveryCodesRegenerateCall, RecoveryCodesRegeneration,
};
use crate::second_factor::sent_code::{
    self, CodeFactorAddress, CodeFactorConfirmCall, CodeFactorEnrollCall, CodeFactorEnrollment,
    CodeFactorKind, CodeFactorRemoveCall, SendCodeAddress, SendCodeAnswer, SendCodeCall,
};
use crate::second_factor::totp::{
    self, TotpConfirmCall, TotpEnrollCall, TotpEnrollment, TotpRemoveCall,
};
use crate::second_factor::{
    FactorRemovalDecision, SecondFactorSecrets, SecondFactorVerifyCall, SecondFactors,
};
use crate::sign_in::{self, SecondFactorSession, SecondFactorSignIn};
use crate::user::UserRow;

#[wasm_bindgen(js_name = generateFactorKey)]
pub fn generate_factor_key(version: u8) -> Result<String, JsError> {
    let key = FactorKey::generate(version, &mut entropy()?);
    Ok(key.to_base64().to_string())
}

#[wasm_bindgen(js_name = secondFactorVerify)]
pub fn verify(
    call: Ts<SecondFactorVerifyCall>,
    session: Ts<SecondFactorSession>,
    secrets: Ts<SecondFactorSecrets>,
) -> Result<Ts<SecondFactorSignIn>, JsError> {
    answer(sign_in::verify_second_factor(
        &call.to_rust()?,
        &session.to_rust()?,
        &secrets.to_rust()?,
        &mut entropy()?,
    ))
}

#[wasm_bindgen(js_name = totpEnroll)]
pub fn totp_enroll(
    call: Ts<TotpEnrollCall>,
    keyring: Ts<FactorKeyring>,
) -> Result<Ts<TotpEnrollment>, JsError> {
    answer(totp::enroll(
        &call.to_rust()?,
        &keyring.to_rust()?,
        &mut entropy()?,
    ))
}

#[wasm_bindgen(js_name = totpConfirm)]
pub fn totp_confirm(
    call: Ts<TotpConfirmCall>,
    session: Ts<SecondFactorSession>,
    secrets: Ts<SecondFactorSecrets>,
) -> Result<Ts<SecondFactorSignIn>, JsError> {
    answer(sign_in::confirm_totp(
        &call.to_rust()?,
        &session.to_rust()?,
        &secrets.to_rust()?,
        &mut entropy()?,
    ))
}

#[wasm_bindgen(js_name = totpRemove)]
pub fn totp_remove(call: Ts<TotpRemoveCall>) -> Result<Ts<FactorRemovalDecision>, JsError> {
    answer(totp::remove(&call.to_rust()?))
}

#[wasm_bindgen(js_name = codeFactorAddress)]
pub fn code_factor_address(
    kind: Ts<CodeFactorKind>,
    to: Option<String>,
    user: Option<Ts<UserRow>>,
    origin: Ts<Origin>,
) -> Result<Ts<CodeFactorAddress>, JsError> {
    let user = user.map(|user| user.to_rust()).transpose()?;
    answer(sent_code::address(
        kind.to_rust()?,
        to.as_deref(),
        user.as_ref(),
        &origin.to_rust()?,
    ))
}

#[wasm_bindgen(js_name = codeFactorEnroll)]
pub fn code_factor_enroll(
    call: Ts<CodeFactorEnrollCall>,
    pepper: Ts<Pepper>,
) -> Result<Ts<CodeFactorEnrollment>, JsError> {
    answer(sent_code::enroll(
        &call.to_rust()?,
        &pepper.to_rust()?,
        &mut entropy()?,
    ))
}

#[wasm_bindgen(js_name = codeFactorConfirm)]
pub fn code_factor_confirm(
    call: Ts<CodeFactorConfirmCall>,
    session: Ts<SecondFactorSession>,
    secrets: Ts<SecondFactorSecrets>,
) -> Result<Ts<SecondFactorSignIn>, JsError> {
    answer(sign_in::confirm_code_factor(
        &call.to_rust()?,
        &session.to_rust()?,
        &secrets.to_rust()?,
        &mut entropy()?,
    ))
}

#[wasm_bindgen(js_name = codeFactorRemove)]
pub fn code_factor_remove(
    call: Ts<CodeFactorRemoveCall>,
) -> Result<Ts<FactorRemovalDecision>, JsError> {
    answer(sent_code::remove(&call.to_rust()?))
}

#[wasm_bindgen(js_name = sendCodeAddress)]
pub fn send_code_address(
    kind: Ts<CodeFactorKind>,
    factors: Ts<SecondFactors>,
    origin: Ts<Origin>,
) -> Result<Ts<SendCodeAddress>, JsError> {
    answer(sent_code::send_address(
        kind.to_rust()?,
        &factors.to_rust()?,
        &origin.to_rust()?,
    ))
}

#[wasm_bindgen(js_name = sendCode)]
pub fn send_code(
    call: Ts<SendCodeCall>,
    pepper: Ts<Pepper>,
) -> Result<Ts<SendCodeAnswer>, JsError> {
    answer(sent_code::send(
        &call.to_rust()?,
        &pepper.to_rust()?,
        &mut entropy()?,
    ))
}

#[wasm_bindgen(js_name = recoveryCodesRegenerate)]
pub fn recovery_codes_regenerate(
    call: Ts<RecoveryCodesRegenerateCall>,
    pepper: Ts<Pepper>,
) -> Result<Ts<RecoveryCodesRegeneration>, JsError> {
    answer(recovery_code::regenerate(
        &call.to_rust()?,
        &pepper.to_rust()?,
        &mut entropy()?,
    ))
}
