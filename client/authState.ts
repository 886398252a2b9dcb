/** What is known about the signed-in user, as one immutable snapshot. */

import type { AuthErrorCode } from "../server/authError.js";

/**
 * How far signing in has come.
 *
 * - `loading`: storage has not been read yet;
 * - `handshake`: there is a token, which the server has not confirmed yet;
 * - `authenticated`: the server has confirmed the session's token;
 * - `unauthenticated`: there is no token, or the server rejects it.
 */
export type AuthPhase =
  "loading" | "handshake" | "authenticated" | "unauthenticated";

/**
 * Why a session ended.
 *
 * - `signedOut`: somebody signed out, here or in another tab;
 * - `revoked`: the session was ended from elsewhere while this device watched;
 * - `expired`: the server refused the refresh token, for any reason.
 */
export type SignOutReason = "signedOut" | "revoked" | "expired";

/** A trouble that the client goes on with. */
export interface AuthStateError {
  /** A code to branch on. */
  readonly code: AuthErrorCode | "NETWORK_ERROR";
  /** What happened, for a developer. */
  readonly message: string;
}

/** A snapshot; the same object until something changes. */
export interface AuthState {
  /** How far signing in has come. */
  readonly phase: AuthPhase;
  /** Whether it is still unknown who is signed in: `loading` or `handshake`. */
  readonly isLoading: boolean;
  /** Whether the server has confirmed the session: `authenticated`. */
  readonly isAuthenticated: boolean;
  /** The present session's id, from `handshake` on; otherwise `null`. */
  readonly sessionId: string | null;
  /**
   * Whether the person has to set up a second factor before anything else: the
   * session is good for nothing but that.
   */
  readonly mustEnroll: boolean;
  /** The present trouble, until it is over. */
  readonly error?: AuthStateError;
  /** In phase `unauthenticated`: why the last session of this page ended. */
  readonly reason?: SignOutReason;
}

/** The snapshot before storage was read, which is also a server render's. */
export const LOADING_STATE: AuthState = Object.freeze({
  phase: "loading",
  isLoading: true,
  isAuthenticated: false,
  sessionId: null,
  mustEnroll: false,
});

/** What a snapshot is made of. */
interface AuthStateParts {
  /** As {@link AuthState.phase}. */
  phase: AuthPhase;
  /** As {@link AuthState.sessionId}. */
  sessionId: string | null;
  /** As {@link AuthState.mustEnroll}. */
  mustEnroll: boolean;
  /** As {@link AuthState.error}. */
  error: AuthStateError | undefined;
  /** As {@link AuthState.reason}. */
  reason: SignOutReason | undefined;
}

/**
 * How far signing in has come.
 *
 * @param known - Whether storage was read, whether there is a session that was
 *   not rejected, and whether the server has confirmed it.
 */
export function phaseOf({
  isLoaded,
  isSignedIn,
  isConfirmed,
}: {
  isLoaded: boolean;
  isSignedIn: boolean;
  isConfirmed: boolean;
}): AuthPhase {
  if (!isLoaded) {
    return "loading";
  }
  if (!isSignedIn) {
    return "unauthenticated";
  }
  return isConfirmed ? "authenticated" : "handshake";
}

/** Holds the snapshot and tells listeners of each new one. */
export class AuthStateStore {
  private state: AuthState = LOADING_STATE;
  private readonly listeners = new Set<() => void>();

  /** The present snapshot. */
  readonly get = (): AuthState => this.state;

  /**
   * Calls the listener after each change.
   *
   * @returns A function that ends it.
   */
  readonly subscribe = (listener: () => void): (() => void) => {
    // Wrapped, so that one function subscribed twice counts as two.
    const entry = () => listener();
    this.listeners.add(entry);
    return () => {
      this.listeners.delete(entry);
    };
  };

  /** Makes a new snapshot, unless nothing differs. */
  set({ phase, sessionId, mustEnroll, error, reason }: AuthStateParts): void {
    const { state } = this;
    if (
      state.phase === phase &&
      state.sessionId === sessionId &&
      state.mustEnroll === mustEnroll &&
      state.error?.code === error?.code &&
      state.error?.message === error?.message &&
      state.reason === reason
    ) {
      return;
    }
    this.state = Object.freeze({
      phase,
      isLoading: phase === "loading" || phase === "handshake",
      isAuthenticated: phase === "authenticated",
      ...{ sessionId, mustEnroll },
      ...(error === undefined ? {} : { error }),
      ...(reason === undefined ? {} : { reason }),
    });
    for (const listener of [...this.listeners]) {
      listener();
    }
  }
}
