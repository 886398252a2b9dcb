export {
  type AuthError,
  type AuthErrorCode,
  isAuthError,
  parseAuthError,
} from "./authError.js";
export type {
  Admission,
  AuthCallbacks,
  StoredUser,
  UserChange,
} from "./callbacks.js";
export type { AuthConfig } from "./config.js";
export { type Auth, createAuth } from "./createAuth.js";
export {
  type ActionsOf,
  type AllowedActions,
  type BuiltInActions,
  type BuiltInRole,
  definePermissions,
  type PermissionDefinition,
  type Permissions,
  type ResourceActions,
  type RoleName,
} from "./definePermissions.js";
export type {
  AccountDocument,
  ApiKeyDocument,
  AuditEventDocument,
  CodeFactorDocument,
  GroupCounts,
  GroupDocument,
  InviteDocument,
  MemberDocument,
  RemovalProgress,
  SecondFactorStatus,
  SessionDocument,
  PasskeyDocument,
  TotpDocument,
  TrustedDeviceDocument,
  UserDocument,
  UserProfile,
} from "./documents.js";
export type {
  GroupAncestors,
  GroupChange,
  GroupFilter,
  GroupOrder,
  GroupTag,
  NewGroup,
} from "./group.js";
export type {
  GroupsConfig,
  GroupSettings,
  InvitationRequest,
} from "./groupsConfig.js";
export type { Actor } from "./actor.js";
export type {
  AcceptedInvite,
  InviteFilter,
  InviteOrder,
  InviteStatus,
} from "./invite.js";
export type { Cors } from "./http/cors.js";
export type { HttpErrorBody } from "./http/httpError.js";
export type {
  KeyActionContext,
  KeyActionOptions,
  KeyHandler,
} from "./http/keyAction.js";
export type { InvitationToSend } from "./inviteDelivery.js";
export type {
  KeyAllowance,
  KeyFilter,
  KeyOrder,
  KeyRequirement,
  KeyUsage,
} from "./key.js";
export type { KeyCaller } from "./keyCaller.js";
export type { KeyChange, KeyQuota, KeyRateLimit, NewKey } from "./keyTerms.js";
export type { KeyConfiguration, KeysConfig } from "./keysConfig.js";
export type { NewInvite } from "./newInvite.js";
export type {
  MemberChange,
  MemberFilter,
  MemberOrder,
  Membership,
  MembershipQuestion,
  NewMember,
  RequiredMembership,
} from "./member.js";
export type {
  AuthorizedCaller,
  AuthorizedKey,
  AuthorizeOptions,
  GrantedPermissions,
} from "./permission.js";
export type {
  Connector,
  PermissionQuestion,
  PermissionRequest,
} from "./permissionRequest.js";
export type { NewRole, RoleDocument } from "./role.js";
export type { Roles } from "./roles.js";
export type {
  SecondFactorConfig,
  SecondFactorMethod,
  StepUpConfig,
  StepUpOperations,
} from "./secondFactorConfig.js";
export type { Freshness } from "./session.js";
export type { AuthSettings, SessionSettings } from "./settings.js";
export type { Scope, ScopeRequest, Scopes } from "./scopes.js";
export { readEnrollmentIdentity, type SessionIdentity } from "./identity.js";
export type { Page, PageOptions } from "./page.js";
export type { AuthProvider, PasswordHashing } from "./providers/provider.js";
export type { PasskeyOptionsJson, SignInActionResult } from "./signInResult.js";
export type { VerifiedKey } from "./verifiedKey.js";
