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
export type { AuthConfig, AuthProvider, SessionSettings } from "./config.js";
export { createAuth } from "./createAuth.js";
export type {
  AccountDocument,
  AuditEventDocument,
  SessionDocument,
  UserDocument,
  UserProfile,
} from "./documents.js";
export type { SessionIdentity } from "./identity.js";
export type { Page, PageOptions } from "./page.js";
export type { SignInActionResult } from "./signInResult.js";
