//! All that does not run on every request: users and their accounts, sign-ins,
//! second factors, passkeys, changes of groups, and changes of API keys.

use super::boundary::{Nothing, Text, entropy, fault};
use super::calls::{
    AccountRemovalCall, AppLookupCall, CodeFactorAddressCall, CodeFactorConfirmationCall,
    CodeFactorEnrollmentCall, FactorKeyCall, InviteLimitsCall, PasskeyFactorCall,
    PasskeyRenameCall, PasskeySignUpLookupCall, PasswordChangeCall, PasswordLookupCall,
    PasswordResetCall, PasswordSignInCall, PasswordSignUpCall, PasswordVerifyEmailCall,
    PresentedTrustedDevice, RecoveryCodesCall, SecondFactorProofCall, SendCodeAddressCall,
    SendCodeRequestCall, TotpConfirmationCall, TotpEnrollmentCall,
};
use crate::account::{self, LinkAnswer, LinkCall, NewAccount, NewAccountCall};
use crate::code::Pepper;
use crate::factor_secret::FactorKey;
use crate::group::{
    self, GroupCreateCall, GroupCreation, GroupDeleteCall, GroupDeletion, GroupFields,
    GroupRestoration, GroupRestoreCall, GroupUpdate, GroupUpdateCall, PreparedGroup,
};
use crate::invite::{
    self, InviteAcceptCall, InviteAcceptance, InviteCreateCall, InviteCreation, InviteLimitKeys,
    InviteRenewCall, InviteRenewal, InviteRevocation, InviteRevokeCall, PreparedEmail,
    PresentedInvite,
};
use crate::jose::JwkSet;
use crate::key::{
    self, KeyCreateCall, KeyCreation, KeyDeletion, KeyExchange, KeyExchangeCall, KeyLeave,
    KeyLeaveCall, KeyOperation, KeyRevocation, KeyRotateCall, KeyRotation, KeyUpdate,
    KeyUpdateCall,
};
use crate::limiter;
use crate::member::{
    self, MemberAddCall, MemberAddition, MemberRemoval, MemberRemoveCall, MemberUpdate,
    MemberUpdateCall,
};
use crate::one_time_token::{
    self, OneTimeTokenCreateCall, OneTimeTokenCreation, OneTimeTokenVerifyCall,
    PresentedOneTimeToken,
};
use crate::origin::Origin;
use crate::passkey::{
    self, PasskeyDecision, PasskeyIdentifier, PasskeyRegisterCall, PasskeyRegisterOptions,
    PasskeyRegisterOptionsCall, PasskeyRegistration, PasskeyRemoveCall, PasskeySecondFactor,
    PasskeySecondFactorOptionsCall, PasskeySignIn, PasskeySignInCall, PasskeySignInOptions,
    PasskeySignInOptionsCall, PasskeySignUp, PasskeySignUpCall, PasskeySignUpLookup,
    PasskeySignUpOptions, PasskeySignUpOptionsCall, PasskeySignUpRequestCall, PresentedVerifier,
};
use crate::second_factor::recovery_code::{self, RecoveryCodesRegeneration};
use crate::second_factor::sent_code::{
    self, CodeFactorAddress, CodeFactorEnrollment, CodeFactorRemoveCall, SendCodeAddress,
    SendCodeAnswer,
};

use crate::refusal::{Decision, Refusal};
use crate::role::{
    self, RoleCreateCall, RoleCreation, RoleDeleteCall, RoleDeletion, RoleUpdate, RoleUpdateCall,
};
use crate::second_factor::totp::{self, TotpEnrollment, TotpRemoveCall};
use crate::second_factor::trusted_device;
use crate::second_factor::{self, FactorRemovalDecision, PresentedChallenge};
use crate::session::{self, IssueAnswer, IssueCall};
use crate::sign_in::{
    self, AccountCheck, AccountCheckCall, AppLookup, AppSignInCall, PasswordCall, PasswordLookup,
    PrepareAccountCall, PreparedAccount, RedirectAnswer, RedirectCall, RefuseAdmissionCall,
    RefuseSessionCall, RefusedSession, SecondFactorSignIn, SignInAnswer,
};
use crate::signing_key::{self, SigningKeyCall, SigningKeySuccessor};
use crate::user::{self, CheckedUserFields, UserPatchCall, UserRemovalCall};

decisions! {
    interface "AccountsDecisions";

    checkUserPatch: UserPatchCall => CheckedUserFields, |call| user::check_patch(call);
    checkUserRemoval: UserRemovalCall => Decision, |call| user::check_removal(call);

    checkAccountRemoval: AccountRemovalCall => Decision,
        |call| account::check_removal(call.ways);
    checkAccountSecret: AccountCheckCall => AccountCheck,
        |call| sign_in::check_account_secret(call, &mut entropy()?);
    checkNewAccount: NewAccountCall => NewAccount, |call| account::check_new(call);
    linkUser: LinkCall => LinkAnswer, |call| account::link(call);
    missingAccount: Nothing => Refusal, |_call| account::missing();
    prepareAccount: PrepareAccountCall => PreparedAccount,
        |call| sign_in::prepare_account(call, &mut entropy()?);

    appLookup: AppLookupCall => AppLookup,
        |call| sign_in::app_lookup(&call.provider, call.identifier.as_deref(), &call.origin);
    appSignIn: AppSignInCall => SignInAnswer,
        |call| sign_in::app_sign_in(call, &mut entropy()?);
    generatePepper: Nothing => Text,
        |_call| Pepper::generate(&mut entropy()?).to_base64().to_string();
    refuseAdmission: RefuseAdmissionCall => SignInAnswer,
        |call| sign_in::refuse_admission(call);
    refuseSession: RefuseSessionCall => RefusedSession, |call| sign_in::refuse_session(call);
    resolveRedirect: RedirectCall => RedirectAnswer, |call| sign_in::resolve_redirect(&call);
    sessionIssue: IssueCall => IssueAnswer,
        |call| session::issue(call, &mut entropy()?).map_err(fault)?;
    signingKeySet: SigningKeyCall => JwkSet,
        |call| signing_key::key_set(call.now, &call.keys);
    signingKeySuccessor: SigningKeyCall => SigningKeySuccessor,
        |call| SigningKeySuccessor {
            key: signing_key::successor(call.now, &call.keys, &mut entropy()?),
        };

    passwordChange: PasswordChangeCall => SignInAnswer,
        |call| sign_in::change(call.call, call.input, &mut entropy()?);
    passwordLookup: PasswordLookupCall => PasswordLookup,
        |call| sign_in::lookup(&call.provider, &call.email, &call.origin);
    passwordRequestReset: PasswordCall => SignInAnswer,
        |call| sign_in::request_reset(call, &mut entropy()?);
    passwordReset: PasswordResetCall => SignInAnswer,
        |call| sign_in::reset(call.call, call.input, &mut entropy()?);
    passwordSignIn: PasswordSignInCall => SignInAnswer,
        |call| sign_in::sign_in(call.call, &call.password, &mut entropy()?);
    passwordSignUp: PasswordSignUpCall => SignInAnswer,
        |call| sign_in::sign_up(call.call, call.input, &mut entropy()?);
    passwordVerifyEmail: PasswordVerifyEmailCall => SignInAnswer,
        |call| sign_in::verify_email(call.call, call.input, &mut entropy()?);

    passkeyBegunKey: Origin => Text, |origin| passkey::begun_key(&origin);
    passkeyIdentifier: Text => PasskeyIdentifier, |email| passkey::identifier(&email);
    passkeyPresent: Text => PresentedVerifier, |verifier| passkey::present(&verifier);
    passkeyRegister: PasskeyRegisterCall => PasskeyRegistration,
        |call| passkey::register(&call, entropy)?;
    passkeyRegisterOptions: PasskeyRegisterOptionsCall => PasskeyRegisterOptions,
        |call| passkey::register_options(&call, &mut entropy()?);
    passkeyRemove: PasskeyRemoveCall => FactorRemovalDecision, |call| passkey::remove(&call);
    passkeyRename: PasskeyRenameCall => PasskeyDecision,
        |call| passkey::rename(&call.operation, &call.name);
    passkeySecondFactor: PasskeyFactorCall => PasskeySecondFactor,
        |call| passkey::second_factor(&call.call, &call.session, &mut entropy()?);
    passkeySecondFactorOptions: PasskeySecondFactorOptionsCall => PasskeySignInOptions,
        |call| passkey::second_factor_options(&call, &mut entropy()?);
    passkeySignIn: PasskeySignInCall => PasskeySignIn,
        |call| passkey::sign_in(&call, &mut entropy()?);
    passkeySignInOptions: PasskeySignInOptionsCall => PasskeySignInOptions,
        |call| passkey::sign_in_options(&call, &mut entropy()?);
    passkeySignUp: PasskeySignUpCall => PasskeySignUp,
        |call| passkey::sign_up(&call, &mut entropy()?);
    passkeySignUpLookup: PasskeySignUpLookupCall => PasskeySignUpLookup,
        |call| passkey::sign_up_lookup(&call.provider, &call.email, &call.origin);
    passkeySignUpOptions: PasskeySignUpOptionsCall => PasskeySignUpOptions,
        |call| passkey::sign_up_options(&call, &mut entropy()?);
    passkeySignUpRequest: PasskeySignUpRequestCall => SignInAnswer,
        |call| passkey::request_sign_up(&call, &mut entropy()?);

    codeFactorAddress: CodeFactorAddressCall => CodeFactorAddress,
        |call| sent_code::address(
            call.kind,
            call.to.as_deref(),
            call.user.as_ref(),
            &call.origin,
        );
    codeFactorConfirm: CodeFactorConfirmationCall => SecondFactorSignIn,
        |call| sign_in::confirm_code_factor(
            &call.call,
            &call.session,
            &call.secrets,
            &mut entropy()?,
        );
    codeFactorEnroll: CodeFactorEnrollmentCall => CodeFactorEnrollment,
        |call| sent_code::enroll(&call.call, &call.pepper, &mut entropy()?);
    codeFactorRemove: CodeFactorRemoveCall => FactorRemovalDecision,
        |call| sent_code::remove(&call);
    generateFactorKey: FactorKeyCall => Text,
        |call| FactorKey::generate(call.version, &mut entropy()?).to_base64().to_string();
    recoveryCodesRegenerate: RecoveryCodesCall => RecoveryCodesRegeneration,
        |call| recovery_code::regenerate(&call.call, &call.pepper, &mut entropy()?);
    secondFactorKey: Text => Text, |user_id| limiter::second_factor_key(&user_id);
    secondFactorPresent: Text => PresentedChallenge,
        |verifier| second_factor::present(&verifier);
    secondFactorVerify: SecondFactorProofCall => SecondFactorSignIn,
        |call| sign_in::verify_second_factor(
            &call.call,
            &call.session,
            &call.secrets,
            &mut entropy()?,
        );
    sendCode: SendCodeRequestCall => SendCodeAnswer,
        |call| sent_code::send(&call.call, &call.pepper, &mut entropy()?);
    sendCodeAddress: SendCodeAddressCall => SendCodeAddress,
        |call| sent_code::send_address(call.kind, &call.factors, &call.origin);
    totpConfirm: TotpConfirmationCall => SecondFactorSignIn,
        |call| sign_in::confirm_totp(
            &call.call,
            &call.session,
            &call.secrets,
            &mut entropy()?,
        );
    totpEnroll: TotpEnrollmentCall => TotpEnrollment,
        |call| totp::enroll(&call.call, &call.keyring, &mut entropy()?);
    totpRemove: TotpRemoveCall => FactorRemovalDecision, |call| totp::remove(&call);
    trustedDevicePresent: Text => PresentedTrustedDevice,
        |token| PresentedTrustedDevice { token_hash: trusted_device::present(&token) };

    groupCreate: GroupCreateCall => GroupCreation, |call| group::create(call);
    groupDelete: GroupDeleteCall => GroupDeletion, |call| group::delete(call);
    groupRestore: GroupRestoreCall => GroupRestoration, |call| group::restore(call);
    groupUpdate: GroupUpdateCall => GroupUpdate, |call| group::update(call);
    inviteAccept: InviteAcceptCall => InviteAcceptance, |call| invite::accept(call);
    inviteCreate: InviteCreateCall => InviteCreation,
        |call| invite::create(call, &mut entropy()?);
    inviteEmail: Text => PreparedEmail, |email| invite::prepare_email(&email);
    inviteLimitKeys: InviteLimitsCall => InviteLimitKeys,
        |call| invite::limit_keys(&call.email, call.inviter.as_deref(), &call.origin);
    invitePresent: Text => PresentedInvite, |token| invite::present(&token);
    inviteRenew: InviteRenewCall => InviteRenewal,
        |call| invite::renew(call, &mut entropy()?);
    inviteRevoke: InviteRevokeCall => InviteRevocation, |call| invite::revoke(call);
    memberAdd: MemberAddCall => MemberAddition, |call| member::add(call);
    memberRemove: MemberRemoveCall => MemberRemoval, |call| member::remove(call);
    memberUpdate: MemberUpdateCall => MemberUpdate, |call| member::update(call);
    prepareGroup: GroupFields => PreparedGroup, |call| group::prepare(call);
    roleCreate: RoleCreateCall => RoleCreation, |call| role::create(call);
    roleDelete: RoleDeleteCall => RoleDeletion, |call| role::delete(call);
    roleUpdate: RoleUpdateCall => RoleUpdate, |call| role::update(call);

    keyCreate: KeyCreateCall => KeyCreation, |call| key::create(call, &mut entropy()?);
    keyExchange: KeyExchangeCall => KeyExchange,
        |call| key::exchange(call, &mut entropy()?).map_err(fault)?;
    keyExchangeFailures: Origin => Text, |origin| key::failures_key(&origin);
    keyLeave: KeyLeaveCall => KeyLeave, |call| key::leave(call);
    keyRemove: KeyOperation => KeyDeletion, |call| key::remove(call);
    keyRevoke: KeyOperation => KeyRevocation, |call| key::revoke(call);
    keyRotate: KeyRotateCall => KeyRotation, |call| key::rotate(call, &mut entropy()?);
    keyUpdate: KeyUpdateCall => KeyUpdate, |call| key::update(call);
    oneTimeTokenCreate: OneTimeTokenCreateCall => OneTimeTokenCreation,
        |call| one_time_token::create(call, &mut entropy()?);
    oneTimeTokenPresent: Text => PresentedOneTimeToken,
        |token| one_time_token::present(&token);
    oneTimeTokenVerify: OneTimeTokenVerifyCall => Decision,
        |call| one_time_token::verify(&call);
}
