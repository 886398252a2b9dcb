import { defineTable } from "convex/server";
import { v } from "convex/values";
import { passkeyFields } from "./passkey.js";

/**
 * Passkeys (WebAuthn Level 3, section 4, "Credential Record").
 *
 * Written when one is added, renamed or removed, and by each sign-in with it.
 * Read by the ceremonies of its user, and by its id when it is used.
 */
export const passkeyTable = defineTable({
  ...passkeyFields,
  /** The credential's id, in base64url. */
  credentialId: v.string(),
  /** The public key: a COSE key, in base64url. */
  publicKey: v.string(),
  /** The signature counter. */
  counter: v.number(),
  /**
   * The user handle that it was made with, in base64url, if that is not the one
   * that is computed of the user's id: a sign-up makes the passkey first.
   */
  userHandle: v.optional(v.string()),
})
  .index("credentialId", ["credentialId"])
  .index("userId", ["userId"]);
