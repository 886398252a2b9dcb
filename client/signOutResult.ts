/** The result of signing out. This device is signed out in any case. */
export interface SignOutResult {
  /** Whether the server has ended the session. */
  sessionRevoked: boolean;
  /** Why not: the session then ends by its own time-out. */
  error?: unknown;
}
