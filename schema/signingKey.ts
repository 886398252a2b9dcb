import { defineTable } from "convex/server";
import { v } from "convex/values";

/** A public key (RFC 7517) for ES256 (RFC 7518, section 6.2). */
export const publicKey = v.object({
  kty: v.string(),
  crv: v.string(),
  x: v.string(),
  y: v.string(),
  kid: v.string(),
  alg: v.string(),
  use: v.string(),
});

const fields = {
  /** The key id: the JWK thumbprint (RFC 7638). */
  kid: v.string(),
  /** The private key, base64url. It never leaves the component. */
  secret: v.string(),
  /** The public key. */
  publicKey,
  /** From when on the key signs. */
  activationTime: v.number(),
  /** From when on it does not sign any more. */
  rotationTime: v.number(),
  /** From when on it is not published any more. */
  expirationTime: v.number(),
};

/**
 * Keys that sign access tokens.
 *
 * Written by the first sign-in of a deployment and by the daily rotation. Read
 * whenever a token is signed, and by the JWKS endpoint.
 */
export const signingKeyTable = defineTable(fields).index("expirationTime", [
  "expirationTime",
]);
