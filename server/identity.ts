import type { AuthContext } from "./context.js";

/** Who is calling, as the access token says. */
export type SessionIdentity = { userId: string; sessionId: string };

/** What separates the user from the session in the `sub` claim. */
const SEPARATOR = "|";

/**
 * Reads the caller from the access token, without a call to the component.
 *
 * The token was verified by Convex. Its session may have ended up to a token's
 * lifetime ago; `auth.session.require` asks.
 */
export async function readIdentity(
  ctx: AuthContext,
): Promise<SessionIdentity | null> {
  const identity = await ctx.auth.getUserIdentity();
  const [userId, sessionId, ...rest] = identity?.subject.split(SEPARATOR) ?? [];
  return userId && sessionId && rest.length === 0
    ? { userId, sessionId }
    : null;
}
