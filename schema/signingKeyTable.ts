import { defineTable } from "convex/server";
import { v } from "convex/values";
import { publicKey } from "./signingKey.js";

/**
 * Keys that sign access tokens.
 *
 * Written by the first sign-in of a deployment and by the daily rotation. Read
 * whenever a token is signed, and by the JWKS endpoint.
 */
export const signingKeyTable = defineTable({
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
})
  .index("activationTime_expirationTime", ["activationTime", "expirationTime"])
  .index("expirationTime", ["expirationTime"]);
