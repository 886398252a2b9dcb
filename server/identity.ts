import { environmentVariable } from "./config.js";
import type { AuthContext } from "./context.js";

/** Who is calling, as the access token says. */
export type SessionIdentity = { userId: string; sessionId: string };

/** Which API key is calling, as its token says. */
export type KeyTokenIdentity = {
  keyId: string;
  /** The claim `scope`: `resource:action` each, with spaces between. */
  scope: string;
};

/** What separates the user from the session in the `sub` claim. */
const SEPARATOR = "|";

/** What the `sub` claim of a key's token begins with. */
const KEY_PREFIX = "api-key:";

/**
 * Reads the caller from the access token, without a call to the component.
 *
 * The token was verified by Convex. Its session may have ended up to a token's
 * lifetime ago; `auth.session.require` asks.
 */
export async function readIdentity(
  ctx: AuthContext,
): Promise<SessionIdentity | null> {
  const token = await readToken(ctx);
  const [userId, sessionId, ...rest] = token?.subject.split(SEPARATOR) ?? [];
  return userId && sessionId && rest.length === 0
    ? { userId, sessionId }
    : null;
}

/** Reads which key the caller's token was exchanged for, if it is such a token. */
export async function readKeyIdentity(
  ctx: AuthContext,
): Promise<KeyTokenIdentity | null> {
  const token = await readToken(ctx);
  if (token?.subject.startsWith(KEY_PREFIX) !== true) {
    return null;
  }
  const keyId = token.subject.slice(KEY_PREFIX.length);
  const { scope } = token as { scope?: unknown };
  return { keyId, scope: typeof scope === "string" ? scope : "" };
}

/**
 * The claims of the caller's token, if this deployment has issued it. Apps may
 * let other issuers in, whose subjects can look like anything.
 */
async function readToken(ctx: AuthContext) {
  const identity = await ctx.auth.getUserIdentity();
  return identity !== null &&
    identity.issuer === environmentVariable("CONVEX_SITE_URL")
    ? identity
    : null;
}
