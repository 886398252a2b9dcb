//! What runs on every request: who may do what in a group and in the whole app,
//! whether an API key works, and the refresh of a session.

use super::boundary::{Text, entropy, fault};
use crate::administrator::{self, AdministratorCheckCall};
use crate::group::{self, Ancestors, AncestorsCall};
use crate::key::{
    self, KeyAuthorization, KeyAuthorizeCall, KeyUsage, KeyUsageCall, KeyVerification,
    KeyVerifyCall,
};
use crate::member::{self, Inheritance, MemberInheritCall};
use crate::permission::{
    self, PermissionCheck, PermissionCheckCall, PermissionList, PermissionListCall,
};
use crate::refusal::Decision;
use crate::session::{self, PresentedToken, RefreshAnswer, RefreshCall};

decisions! {
    interface "AccessDecisions";
    administratorCheck: AdministratorCheckCall => Decision,
        |call| administrator::check(&call);
    groupAncestors: AncestorsCall => Ancestors, |call| group::ancestors(call);
    keyAuthorize: KeyAuthorizeCall => KeyAuthorization, |call| key::authorize(call);
    keyUsage: KeyUsageCall => KeyUsage, |call| key::usage(call);
    keyVerify: KeyVerifyCall => KeyVerification, |call| key::verify(call);
    memberInherit: MemberInheritCall => Inheritance, |call| member::inherit(call);
    permissionCheck: PermissionCheckCall => PermissionCheck, |call| permission::check(call);
    permissionList: PermissionListCall => PermissionList, |call| permission::list(call);
    sessionPresent: Text => PresentedToken, |token| session::present(&token);
    sessionRefresh: RefreshCall => RefreshAnswer,
        |call| session::refresh(call, &mut entropy()?).map_err(fault)?;
}
