import type { AuthContext } from "./context.js";
import { environmentVariable } from "./environment.js";
import { refuse } from "./refuse.js";

/** Who is calling, as the access token says. */
export type SessionIdentity = { userId: string; sessionId: string };

/** Which API key is calling, as its token says. */
type KeyTokenIdentity = {
  keyId: string;
  /** The claim `scope`: `resource:action` each, with spaces between. */
  scope: string;
};

/** What separates the user from the session in the `sub` claim. */
const SEPARATOR = "|";

/** The third part of the `sub` claim of a restricted session. */
const RESTRICTED = "restricted";

/** What the `sub` claim of a key's token begins with. */
const KEY_PREFIX = "api-key:";

/**
 * Reads the caller from the access token, without a call to the component.
 *
 * The token was verified by Convex. Its session may have ended up to a token's
 * lifetime ago; `auth.session.require` asks. A restricted session is nobody's
 * here: what is made for one reads it with {@link readEnrollmentIdentity}.
 */
export async function readIdentity(
  ctx: AuthContext,
): Promise<SessionIdentity | null> {
  const caller = await readSession(ctx);
  return caller === null || caller.isRestricted ? null : caller.identity;
}

/**
 * Reads the caller also from the token of a session in which only a second
 * factor can be set up, since the app asks everybody for one.
 */
export async function readEnrollmentIdentity(
  ctx: AuthContext,
): Promise<SessionIdentity | null> {
  return (await readSession(ctx))?.identity ?? null;
}

/**
 * The caller.
 *
 * @throws `NOT_SIGNED_IN`, `SECOND_FACTOR_ENROLLMENT_REQUIRED` in a session in
 *   which only a second factor can be set up.
 */
export async function requireIdentity(
  ctx: AuthContext,
): Promise<SessionIdentity> {
  const caller = await readSession(ctx);
  if (caller === null) {
    refuse("NOT_SIGNED_IN", "you are not signed in");
  }
  if (caller.isRestricted) {
    refuse(
      "SECOND_FACTOR_ENROLLMENT_REQUIRED",
      "set up a second factor before you go on",
    );
  }
  return caller.identity;
}

async function readSession(
  ctx: AuthContext,
): Promise<{ identity: SessionIdentity; isRestricted: boolean } | null> {
  const token = await readToken(ctx);
  const parts = token?.subject.split(SEPARATOR) ?? [];
  const [userId, sessionId, restriction] = parts;
  const isRestricted = parts.length === 3 && restriction === RESTRICTED;
  return userId && sessionId && (parts.length === 2 || isRestricted)
    ? { identity: { userId, sessionId }, isRestricted }
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
