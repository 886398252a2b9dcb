/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type * as accessCore from "../accessCore.js";
import type * as account from "../account.js";
import type * as accountRows from "../accountRows.js";
import type * as accountsCore from "../accountsCore.js";
import type * as activeGroup from "../activeGroup.js";
import type * as appCallbacks from "../appCallbacks.js";
import type * as appSignIn from "../appSignIn.js";
import type * as audit from "../audit.js";
import type * as auditRows from "../auditRows.js";
import type * as cleanup from "../cleanup.js";
import type * as codeFactor from "../codeFactor.js";
import type * as codeFactorRows from "../codeFactorRows.js";
import type * as codes from "../codes.js";
import type * as crons from "../crons.js";
import type * as deploymentSecret from "../deploymentSecret.js";
import type * as extend from "../extend.js";
import type * as factorAuthority from "../factorAuthority.js";
import type * as factorKeyring from "../factorKeyring.js";
import type * as factorRemoval from "../factorRemoval.js";
import type * as freshness from "../freshness.js";
import type * as group_list from "../group/list.js";
import type * as group_read from "../group/read.js";
import type * as groupAncestors from "../groupAncestors.js";
import type * as groupCleanup from "../groupCleanup.js";
import type * as groupCounts from "../groupCounts.js";
import type * as groupDeletion from "../groupDeletion.js";
import type * as groupRows from "../groupRows.js";
import type * as groupWrite from "../groupWrite.js";
import type * as invite_list from "../invite/list.js";
import type * as invite_read from "../invite/read.js";
import type * as inviteAccept from "../inviteAccept.js";
import type * as inviteRows from "../inviteRows.js";
import type * as inviteWrite from "../inviteWrite.js";
import type * as jsonSize from "../jsonSize.js";
import type * as key_list from "../key/list.js";
import type * as key_read from "../key/read.js";
import type * as keyCleanup from "../keyCleanup.js";
import type * as keyCounting from "../keyCounting.js";
import type * as keyExchange from "../keyExchange.js";
import type * as keyLeave from "../keyLeave.js";
import type * as keyLeaveRows from "../keyLeaveRows.js";
import type * as keyRows from "../keyRows.js";
import type * as keyUse from "../keyUse.js";
import type * as keyWrite from "../keyWrite.js";
import type * as limits from "../limits.js";
import type * as lineage from "../lineage.js";
import type * as member_list from "../member/list.js";
import type * as member_read from "../member/read.js";
import type * as memberInherit from "../memberInherit.js";
import type * as memberRows from "../memberRows.js";
import type * as memberVisibility from "../memberVisibility.js";
import type * as memberWrite from "../memberWrite.js";
import type * as oneTimeToken from "../oneTimeToken.js";
import type * as ownerRows from "../ownerRows.js";
import type * as page from "../page.js";
import type * as passkey from "../passkey.js";
import type * as passkeyCeremony from "../passkeyCeremony.js";
import type * as passkeyRegister from "../passkeyRegister.js";
import type * as passkeyRows from "../passkeyRows.js";
import type * as passkeySecondFactor from "../passkeySecondFactor.js";
import type * as passkeySignIn from "../passkeySignIn.js";
import type * as passkeySignUp from "../passkeySignUp.js";
import type * as password from "../password.js";
import type * as passwordRows from "../passwordRows.js";
import type * as permission from "../permission.js";
import type * as recordedRefusal from "../recordedRefusal.js";
import type * as redirect from "../redirect.js";
import type * as refusal from "../refusal.js";
import type * as removal from "../removal.js";
import type * as removalBatch from "../removalBatch.js";
import type * as removalBatchGroup from "../removalBatchGroup.js";
import type * as removalBatchKeys from "../removalBatchKeys.js";
import type * as removalBatchMember from "../removalBatchMember.js";
import type * as removalBatchUser from "../removalBatchUser.js";
import type * as removalJob from "../removalJob.js";
import type * as removalJobRows from "../removalJobRows.js";
import type * as requestOrigin from "../requestOrigin.js";
import type * as role_list from "../role/list.js";
import type * as role_read from "../role/read.js";
import type * as roleAssignmentRows from "../roleAssignmentRows.js";
import type * as roleRows from "../roleRows.js";
import type * as roleWrite from "../roleWrite.js";
import type * as secondFactor from "../secondFactor.js";
import type * as secondFactorChallengeRows from "../secondFactorChallengeRows.js";
import type * as secondFactorRows from "../secondFactorRows.js";
import type * as secondFactorSignIn from "../secondFactorSignIn.js";
import type * as secondFactorSubject from "../secondFactorSubject.js";
import type * as session_end from "../session/end.js";
import type * as session_list from "../session/list.js";
import type * as session_live from "../session/live.js";
import type * as sessionFresh from "../sessionFresh.js";
import type * as sessionRefresh from "../sessionRefresh.js";
import type * as sessionRows from "../sessionRows.js";
import type * as signInAnswer from "../signInAnswer.js";
import type * as signInFactors from "../signInFactors.js";
import type * as signingKey from "../signingKey.js";
import type * as signingKeyRows from "../signingKeyRows.js";
import type * as standing from "../standing.js";
import type * as tokens from "../tokens.js";
import type * as totp from "../totp.js";
import type * as totpRows from "../totpRows.js";
import type * as trustedDevice from "../trustedDevice.js";
import type * as trustedDeviceRows from "../trustedDeviceRows.js";
import type * as user_list from "../user/list.js";
import type * as user_read from "../user/read.js";
import type * as userPatch from "../userPatch.js";
import type * as userRole from "../userRole.js";
import type * as userRows from "../userRows.js";
import type * as wasmModule from "../wasmModule.js";

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";
import { anyApi, componentsGeneric } from "convex/server";

const fullApi: ApiFromModules<{
  accessCore: typeof accessCore;
  account: typeof account;
  accountRows: typeof accountRows;
  accountsCore: typeof accountsCore;
  activeGroup: typeof activeGroup;
  appCallbacks: typeof appCallbacks;
  appSignIn: typeof appSignIn;
  audit: typeof audit;
  auditRows: typeof auditRows;
  cleanup: typeof cleanup;
  codeFactor: typeof codeFactor;
  codeFactorRows: typeof codeFactorRows;
  codes: typeof codes;
  crons: typeof crons;
  deploymentSecret: typeof deploymentSecret;
  extend: typeof extend;
  factorAuthority: typeof factorAuthority;
  factorKeyring: typeof factorKeyring;
  factorRemoval: typeof factorRemoval;
  freshness: typeof freshness;
  "group/list": typeof group_list;
  "group/read": typeof group_read;
  groupAncestors: typeof groupAncestors;
  groupCleanup: typeof groupCleanup;
  groupCounts: typeof groupCounts;
  groupDeletion: typeof groupDeletion;
  groupRows: typeof groupRows;
  groupWrite: typeof groupWrite;
  "invite/list": typeof invite_list;
  "invite/read": typeof invite_read;
  inviteAccept: typeof inviteAccept;
  inviteRows: typeof inviteRows;
  inviteWrite: typeof inviteWrite;
  jsonSize: typeof jsonSize;
  "key/list": typeof key_list;
  "key/read": typeof key_read;
  keyCleanup: typeof keyCleanup;
  keyCounting: typeof keyCounting;
  keyExchange: typeof keyExchange;
  keyLeave: typeof keyLeave;
  keyLeaveRows: typeof keyLeaveRows;
  keyRows: typeof keyRows;
  keyUse: typeof keyUse;
  keyWrite: typeof keyWrite;
  limits: typeof limits;
  lineage: typeof lineage;
  "member/list": typeof member_list;
  "member/read": typeof member_read;
  memberInherit: typeof memberInherit;
  memberRows: typeof memberRows;
  memberVisibility: typeof memberVisibility;
  memberWrite: typeof memberWrite;
  oneTimeToken: typeof oneTimeToken;
  ownerRows: typeof ownerRows;
  page: typeof page;
  passkey: typeof passkey;
  passkeyCeremony: typeof passkeyCeremony;
  passkeyRegister: typeof passkeyRegister;
  passkeyRows: typeof passkeyRows;
  passkeySecondFactor: typeof passkeySecondFactor;
  passkeySignIn: typeof passkeySignIn;
  passkeySignUp: typeof passkeySignUp;
  password: typeof password;
  passwordRows: typeof passwordRows;
  permission: typeof permission;
  recordedRefusal: typeof recordedRefusal;
  redirect: typeof redirect;
  refusal: typeof refusal;
  removal: typeof removal;
  removalBatch: typeof removalBatch;
  removalBatchGroup: typeof removalBatchGroup;
  removalBatchKeys: typeof removalBatchKeys;
  removalBatchMember: typeof removalBatchMember;
  removalBatchUser: typeof removalBatchUser;
  removalJob: typeof removalJob;
  removalJobRows: typeof removalJobRows;
  requestOrigin: typeof requestOrigin;
  "role/list": typeof role_list;
  "role/read": typeof role_read;
  roleAssignmentRows: typeof roleAssignmentRows;
  roleRows: typeof roleRows;
  roleWrite: typeof roleWrite;
  secondFactor: typeof secondFactor;
  secondFactorChallengeRows: typeof secondFactorChallengeRows;
  secondFactorRows: typeof secondFactorRows;
  secondFactorSignIn: typeof secondFactorSignIn;
  secondFactorSubject: typeof secondFactorSubject;
  "session/end": typeof session_end;
  "session/list": typeof session_list;
  "session/live": typeof session_live;
  sessionFresh: typeof sessionFresh;
  sessionRefresh: typeof sessionRefresh;
  sessionRows: typeof sessionRows;
  signInAnswer: typeof signInAnswer;
  signInFactors: typeof signInFactors;
  signingKey: typeof signingKey;
  signingKeyRows: typeof signingKeyRows;
  standing: typeof standing;
  tokens: typeof tokens;
  totp: typeof totp;
  totpRows: typeof totpRows;
  trustedDevice: typeof trustedDevice;
  trustedDeviceRows: typeof trustedDeviceRows;
  "user/list": typeof user_list;
  "user/read": typeof user_read;
  userPatch: typeof userPatch;
  userRole: typeof userRole;
  userRows: typeof userRows;
  wasmModule: typeof wasmModule;
}> = anyApi as any;

/**
 * A utility for referencing Convex functions in your app's public API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
export const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
> = anyApi as any;

/**
 * A utility for referencing Convex functions in your app's internal API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = internal.myModule.myFunction;
 * ```
 */
export const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
> = anyApi as any;

export const components = componentsGeneric() as unknown as {};
