/** The state in the form that `ConvexProviderWithAuth` asks for. */

import { useCallback, useState, useSyncExternalStore } from "react";
import type { AuthClient } from "../authClient.js";
import type { AuthState } from "../authState.js";

/** What `ConvexProviderWithAuth` expects its `useAuth` to return. */
export interface ConvexAuthSource {
  /** Whether it is unknown yet if there is a session. */
  isLoading: boolean;
  /** Whether there is a session, confirmed or not: Convex confirms it. */
  isAuthenticated: boolean;
  /** Another function for another session: Convex then starts anew. */
  fetchAccessToken: (args: {
    forceRefreshToken: boolean;
  }) => Promise<string | null>;
}

/**
 * The client's snapshot, kept up to date.
 *
 * @param client - The client.
 */
export function useAuthState(client: AuthClient): AuthState {
  return useSyncExternalStore(
    client.subscribe,
    client.getState,
    client.getServerState,
  );
}

/**
 * A function of its own for each session, all answering alike.
 *
 * @param client - The client.
 * @param sessionId - The present session, or `null`.
 */
function useFetchAccessToken(
  client: AuthClient,
  sessionId: string | null,
): ConvexAuthSource["fetchAccessToken"] {
  return useCallback(
    (args: { forceRefreshToken: boolean }) => {
      // Named for its identity alone: `ConvexProviderWithAuth` authenticates
      // anew exactly when this function is another one.
      void sessionId;
      return client.fetchAccessToken(args);
    },
    [client, sessionId],
  );
}

/**
 * The hook for `ConvexProviderWithAuth`.
 *
 * @param client - The client.
 */
export function useConvexAuthSource(client: AuthClient): ConvexAuthSource {
  const { phase, sessionId } = useAuthState(client);
  const fetchAccessToken = useFetchAccessToken(client, sessionId);
  const hasSession = phase === "handshake" || phase === "authenticated";

  // Convex keeps "not authenticated" on screen until a session that began
  // later is confirmed, so that the sign-in form would flash up again. Saying
  // "loading" in one render that React throws away makes it forget that.
  const [seenSessionId, setSeenSessionId] = useState(sessionId);
  const isNewSession = hasSession && seenSessionId !== sessionId;
  if (seenSessionId !== sessionId) {
    setSeenSessionId(sessionId);
  }
  return {
    isLoading: phase === "loading" || isNewSession,
    isAuthenticated: hasSession,
    fetchAccessToken,
  };
}
