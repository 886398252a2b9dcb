/** The hook for components. */

import { useContext, useEffect } from "react";
import type { AuthClient } from "../authClient.js";
import type { AuthState } from "../authState.js";
import { AuthContext, type AuthContextValue } from "./authContext.js";
import {
  useAuthState,
  useConvexAuthSource,
  type ConvexAuthSource,
} from "./convexAuthSource.js";
import { useSurroundingConvexAuth } from "./surroundingConvexAuth.js";

/** What {@link useAuth} returns. */
export type UseAuthResult = AuthState &
  Pick<AuthClient, "signIn" | "signOut"> &
  Pick<ConvexAuthSource, "fetchAccessToken">;

/**
 * The client of the nearest `AuthProvider`.
 *
 * @throws Error outside of an `AuthProvider`.
 */
export function useAuthClient(): AuthClient {
  return useAuthContext().client;
}

/**
 * Who is signed in, and the functions that change it; re-renders at changes.
 *
 * Within a Convex provider, `isLoading` and `isAuthenticated` are those of
 * `phase`. Given to a `ConvexProviderWithAuth` as its `useAuth`, above which
 * nothing can be confirmed yet, they mean what Convex expects there: whether
 * storage is still being read, and whether it held a session.
 *
 * @throws Error outside of an `AuthProvider`.
 */
export function useAuth(): UseAuthResult {
  const { client, isConnected } = useAuthContext();
  const state = useAuthState(client);
  const source = useConvexAuthSource(client);
  const convexAuth = useSurroundingConvexAuth();

  // Only an app's own `ConvexProviderWithAuth` has to be listened to here.
  const confirmedSessionId =
    !isConnected && convexAuth?.isAuthenticated === true
      ? state.sessionId
      : null;
  useEffect(() => {
    if (confirmedSessionId !== null) {
      client.reportConfirmation(confirmedSessionId);
    }
  }, [client, confirmedSessionId]);

  const isSource = !isConnected && convexAuth === null && !client.isAttached();
  return {
    ...state,
    ...(isSource
      ? {
          isLoading: source.isLoading,
          isAuthenticated: source.isAuthenticated,
        }
      : {}),
    signIn: client.signIn,
    signOut: client.signOut,
    fetchAccessToken: source.fetchAccessToken,
  };
}

function useAuthContext(): AuthContextValue {
  const value = useContext(AuthContext);
  if (value === null) {
    throw new Error("useAuth needs an AuthProvider above it.");
  }
  return value;
}
