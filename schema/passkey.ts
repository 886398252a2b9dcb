import { defineTable } from "convex/server";
import { v } from "convex/values";
import { attestationKind } from "./passkeyConfig.js";

const fields = {
  /** Whose it is. */
  userId: v.id("User"),
  /** The name that its owner has given it. */
  name: v.string(),
  /** The algorithm of the key (IANA registry of COSE algorithms). */
  algorithm: v.number(),
  /** Whether the authenticator verified the user when it was made. */
  userVerified: v.boolean(),
  /** Whether it may be copied between devices: a synced passkey. */
  backupEligible: v.boolean(),
  /** Whether it was, when it was last used. */
  backedUp: v.boolean(),
  /** How its authenticator can be reached (WebAuthn Level 3, section 5.8.4). */
  transports: v.array(v.string()),
  /** The model of the authenticator, as it says. */
  aaguid: v.string(),
  /** The format of its attestation. */
  attestationFormat: v.string(),
  /** What its attestation has proved, which is asked at each sign-in. */
  attestationKind,
  /** When it was used last. */
  lastUsedTime: v.optional(v.number()),
};

/**
 * Passkeys (WebAuthn Level 3, section 4, "Credential Record").
 *
 * Written when one is added, renamed or removed, and by each sign-in with it.
 * Read by the ceremonies of its user, and by its id when it is used.
 */
export const passkeyTable = defineTable({
  ...fields,
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

/** A passkey as it leaves the component. */
export const passkeyDocument = v.object({
  _id: v.id("Passkey"),
  _creationTime: v.number(),
  ...fields,
});
