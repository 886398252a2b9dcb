import { defineTable } from "convex/server";
import { v } from "convex/values";

/** What a code is for. */
export const codePurpose = v.union(
  v.literal("email-verification"),
  v.literal("password-reset"),
  v.literal("passkey-sign-up"),
);

/**
 * Codes that were sent. There is one for an identifier and a purpose at most.
 *
 * Written when a code is sent, and by each try to redeem it. Read by tries.
 */
export const verificationCodeTable = defineTable({
  /** The provider for which the code was sent. */
  provider: v.string(),
  /** For what. */
  purpose: codePurpose,
  /** The identifier to which it was sent, normalised. */
  identifier: v.string(),
  /** HMAC-SHA-256 of purpose, identifier and code with the pepper. */
  codeHash: v.string(),
  /** How often it was tried. */
  tries: v.number(),
  /** Until when it can be used. */
  expirationTime: v.number(),
  /** SHA-256 of the verifier of the client that asked for it. */
  verifierHash: v.string(),
  /** The password hash that becomes the account's with the proof. */
  pendingSecret: v.optional(v.string()),
  /** The name that becomes the user's with the proof. */
  pendingName: v.optional(v.string()),
})
  .index("provider_purpose_identifier", ["provider", "purpose", "identifier"])
  .index("expirationTime", ["expirationTime"]);
