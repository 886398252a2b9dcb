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
  /** The time at which the key begins to sign. */
  activationTime: v.number(),
  /** The time at which it stops signing. */
  rotationTime: v.number(),
  /** The time at which its public half stops being published. */
  expirationTime: v.number(),
})
  .index("activationTime_expirationTime", ["activationTime", "expirationTime"])
  .index("expirationTime", ["expirationTime"]);
