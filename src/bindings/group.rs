//! Groups, members and roles.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::answer;
use crate::group::{self, *};
use crate::member::{self, *};
use crate::role::{self, *};

#[wasm_bindgen(js_name = prepareGroup)]
pub fn prepare_group(call: Ts<GroupFields>) -> Result<Ts<PreparedGroup>, JsError> {
    answer(group::prepare(call.to_rust()?))
}

#[wasm_bindgen(js_name = groupCreate)]
pub fn group_create(call: Ts<GroupCreateCall>) -> Result<Ts<GroupCreation>, JsError> {
    answer(group::create(call.to_rust()?))
}

#[wasm_bindgen(js_name = groupUpdate)]
pub fn group_update(call: Ts<GroupUpdateCall>) -> Result<Ts<GroupUpdate>, JsError> {
    answer(group::update(call.to_rust()?))
}

#[wasm_bindgen(js_name = groupDelete)]
pub fn group_delete(call: Ts<GroupDeleteCall>) -> Result<Ts<GroupDeletion>, JsError> {
    answer(group::delete(call.to_rust()?))
}

#[wasm_bindgen(js_name = groupRestore)]
pub fn group_restore(call: Ts<GroupRestoreCall>) -> Result<Ts<GroupRestoration>, JsError> {
    answer(group::restore(call.to_rust()?))
}

#[wasm_bindgen(js_name = memberAdd)]
pub fn member_add(call: Ts<MemberAddCall>) -> Result<Ts<MemberAddition>, JsError> {
    answer(member::add(call.to_rust()?))
}

#[wasm_bindgen(js_name = memberUpdate)]
pub fn member_update(call: Ts<MemberUpdateCall>) -> Result<Ts<MemberUpdate>, JsError> {
    answer(member::update(call.to_rust()?))
}

#[wasm_bindgen(js_name = memberRemove)]
pub fn member_remove(call: Ts<MemberRemoveCall>) -> Result<Ts<MemberRemoval>, JsError> {
    answer(member::remove(call.to_rust()?))
}

#[wasm_bindgen(js_name = roleCreate)]
pub fn role_create(call: Ts<RoleCreateCall>) -> Result<Ts<RoleCreation>, JsError> {
    answer(role::create(call.to_rust()?))
}

#[wasm_bindgen(js_name = roleUpdate)]
pub fn role_update(call: Ts<RoleUpdateCall>) -> Result<Ts<RoleUpdate>, JsError> {
    answer(role::update(call.to_rust()?))
}

#[wasm_bindgen(js_name = roleDelete)]
pub fn role_delete(call: Ts<RoleDeleteCall>) -> Result<Ts<RoleDeletion>, JsError> {
    answer(role::delete(call.to_rust()?))
}
