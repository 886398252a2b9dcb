//! Groups, members, roles and permissions.

use tsify::Ts;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::answer;
use crate::group::{self, *};
use crate::member::{self, *};
use crate::permission::{self, *};
use crate::role::{self, *};

#[wasm_bindgen(js_name = prepareGroup)]
pub fn prepare_group(call: Ts<GroupFields>) -> Result<Ts<PreparedGroup>, JsError> {
    answer(group::prepare(call.to_rust()?))
}

#[wasm_bindgen(js_name = groupAncestors)]
pub fn group_ancestors(call: Ts<AncestorsCall>) -> Result<Ts<Ancestors>, JsError> {
    answer(group::ancestors(call.to_rust()?))
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

#[wasm_bindgen(js_name = memberInherit)]
pub fn member_inherit(call: Ts<MemberInheritCall>) -> Result<Ts<Inheritance>, JsError> {
    answer(member::inherit(call.to_rust()?))
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

#[wasm_bindgen(js_name = permissionCheck)]
pub fn permission_check(call: Ts<PermissionCheckCall>) -> Result<Ts<PermissionCheck>, JsError> {
    answer(permission::check(call.to_rust()?))
}

#[wasm_bindgen(js_name = permissionList)]
pub fn permission_list(call: Ts<PermissionListCall>) -> Result<Ts<PermissionList>, JsError> {
    answer(permission::list(call.to_rust()?))
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
