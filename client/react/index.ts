/** `convex-gatehouse/react`: signing in from React. */

export { AuthProvider } from "./AuthProvider.js";
export type {
  AuthProviderProps,
  GivenClientProps,
  OwnedClientProps,
} from "./AuthProvider.js";
export { useAuth, useAuthClient } from "./useAuth.js";
export type { UseAuthResult } from "./useAuth.js";
