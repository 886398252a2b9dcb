/**
 * Reading the access token's claims. Nothing is verified here: the client only
 * schedules by them, the server decides by the signature.
 */

/** The claims that the client schedules and compares by. */
interface AccessTokenClaims {
  /** Claim `sid`: the session that the token belongs to. */
  sessionId: string;
  /** `exp − iat` in milliseconds, greater than 0. */
  lifetimeMs: number;
  /** The first part of claim `sub`: the user; empty without one. */
  userId: string;
  /** Whether claim `sub` says that only a second factor can be set up. */
  isRestricted: boolean;
}

/**
 * Reads the claims of an access token (RFC 7519, compact serialisation).
 *
 * @param token - The JWT.
 * @returns The claims, or `null` when the string is not a JWT with the claims
 *   `sid`, `iat` and `exp` of the expected types.
 */
export function readAccessToken(token: string): AccessTokenClaims | null {
  const payload = token.split(".")[1];
  if (payload === undefined) {
    return null;
  }
  let claims: unknown;
  try {
    claims = JSON.parse(decodeBase64Url(payload));
  } catch {
    return null;
  }
  if (typeof claims !== "object" || claims === null) {
    return null;
  }
  const { sub, sid, iat, exp } = claims as Record<string, unknown>;
  if (
    typeof sid !== "string" ||
    typeof iat !== "number" ||
    typeof exp !== "number" ||
    !(exp > iat)
  ) {
    return null;
  }
  const [userId = "", , restriction] =
    typeof sub === "string" ? sub.split("|") : [];
  return {
    ...{ sessionId: sid, lifetimeMs: (exp - iat) * 1000, userId },
    isRestricted: restriction === "restricted",
  };
}

/** Base64url (RFC 4648, section 5) of UTF-8, with or without padding. */
function decodeBase64Url(text: string): string {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}
