import type { JWTPayload } from "jose";
import type { JSONValue } from "convex/values";

/** The attributes of a `UserIdentity`. */
export interface IdentityAttributes {
  readonly tokenIdentifier: string;
  readonly subject: string;
  readonly issuer: string;
  readonly [attribute: string]: JSONValue | undefined;
}

/** The standard claims (OpenID Connect Core 1.0, section 5.1) that Convex renames. */
const ATTRIBUTE_BY_CLAIM: ReadonlyMap<string, string> = new Map([
  ["name", "name"],
  ["given_name", "givenName"],
  ["family_name", "familyName"],
  ["nickname", "nickname"],
  ["preferred_username", "preferredUsername"],
  ["profile", "profileUrl"],
  ["picture", "pictureUrl"],
  ["email", "email"],
  ["email_verified", "emailVerified"],
  ["gender", "gender"],
  ["birthdate", "birthday"],
  ["zoneinfo", "timezone"],
  ["locale", "language"],
  ["phone_number", "phoneNumber"],
  ["phone_number_verified", "phoneNumberVerified"],
  ["address", "address"],
  ["updated_at", "updatedAt"],
]);

/** Claims about the token, not about who it speaks for (RFC 7519, section 4.1). */
const REGISTERED_CLAIMS: ReadonlySet<string> = new Set([
  "iss",
  "sub",
  "aud",
  "exp",
  "nbf",
  "iat",
  "jti",
]);

/**
 * Turns the claims of a verified token into what functions see.
 *
 * @param claims the token's payload.
 * @param flatten whether nested claims become `outer.inner`, as they do for
 *   custom JWT providers.
 */
export function identityAttributes(
  claims: JWTPayload,
  flatten: boolean,
): IdentityAttributes {
  const issuer = claims.iss ?? "";
  const subject = claims.sub ?? "";
  const attributes: Record<string, JSONValue> = {};
  for (const [claim, value] of Object.entries(claims)) {
    if (!REGISTERED_CLAIMS.has(claim)) {
      const name = ATTRIBUTE_BY_CLAIM.get(claim) ?? claim;
      addClaim(attributes, name, value as JSONValue, flatten);
    }
  }
  return {
    ...attributes,
    tokenIdentifier: `${issuer}|${subject}`,
    subject,
    issuer,
  };
}

function addClaim(
  attributes: Record<string, JSONValue>,
  name: string,
  value: JSONValue,
  flatten: boolean,
): void {
  if (!flatten || typeof value !== "object" || value === null) {
    attributes[name] = value;
  } else if (Array.isArray(value)) {
    attributes[name] = value;
  } else {
    for (const [key, inner] of Object.entries(value)) {
      addClaim(attributes, `${name}.${key}`, inner ?? null, flatten);
    }
  }
}
