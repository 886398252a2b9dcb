/** `convex-gatehouse/client`: signing in from any JavaScript front end. */

export { createAuthClient } from "./createAuthClient.js";
export type { AuthClient } from "./authClient.js";
export type {
  AuthClientOptions,
  AuthClientSettings,
  DeploymentOptions,
} from "./authClientOptions.js";
export type { AuthApi } from "./authApi.js";
export type {
  AuthPhase,
  AuthState,
  AuthStateError,
  SignOutReason,
} from "./authState.js";
export type {
  ConvexReactClientLike,
  ReactiveConvexClient,
} from "./convexConnection.js";
export type {
  Environment,
  EventSourceLike,
  LockManagerLike,
  TabChannel,
  Timers,
} from "./environment.js";
export type { ConvexAuthTarget } from "./handshake.js";
export { AuthNetworkError } from "./networkError.js";
export type { PasskeyClient } from "./passkey/passkeyClient.js";
export { PasskeyError, type PasskeyErrorCode } from "./passkey/passkeyError.js";
export type {
  CodeFactorMethod,
  SecondFactorClient,
  TotpClient,
} from "./secondFactor/secondFactorClient.js";
export type { SecondFactorProviders } from "./secondFactor/secondFactorProviders.js";
export type { SignIn, SignInOptions } from "./signIn.js";
export type { SignInParams } from "./signInParams.js";
export type {
  DeviceCode,
  SecondFactorMethod,
  SignInResult,
  TotpSetup,
} from "./signInResult.js";
export type { SignOutResult } from "./signOutResult.js";
export type { AuthStorage } from "./storage.js";
export { createMemoryStorage } from "./storage.js";
export { isAuthError, parseAuthError } from "../server/authError.js";
export type { AuthError, AuthErrorCode } from "../server/authError.js";
