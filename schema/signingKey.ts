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
