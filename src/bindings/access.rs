//! Who may do what: in a group, and in the whole app.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::answer;
use crate::administrator::{self, AdministratorCheckCall};
use crate::group::{self, Ancestors, AncestorsCall};
use crate::member::{self, Inheritance, MemberInheritCall};
use crate::permission::{self, *};
use crate::refusal::Decision;

#[wasm_bindgen(js_name = administratorCheck)]
pub fn administrator_check(call: Ts<AdministratorCheckCall>) -> Result<Ts<Decision>, JsError> {
    answer(administrator::check(&call.to_rust()?))
}

#[wasm_bindgen(js_name = groupAncestors)]
pub fn group_ancestors(call: Ts<AncestorsCall>) -> Result<Ts<Ancestors>, JsError> {
    answer(group::ancestors(call.to_rust()?))
}

#[wasm_bindgen(js_name = memberInherit)]
pub fn member_inherit(call: Ts<MemberInheritCall>) -> Result<Ts<Inheritance>, JsError> {
    answer(member::inherit(call.to_rust()?))
}

#[wasm_bindgen(js_name = permissionCheck)]
pub fn permission_check(call: Ts<PermissionCheckCall>) -> Result<Ts<PermissionCheck>, JsError> {
    answer(permission::check(call.to_rust()?))
}

#[wasm_bindgen(js_name = permissionList)]
pub fn permission_list(call: Ts<PermissionListCall>) -> Result<Ts<PermissionList>, JsError> {
    answer(permission::list(call.to_rust()?))
}
