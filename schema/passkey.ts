import { v } from "convex/values";
import { attestationKind } from "./passkeyConfig.js";

/** The columns of a passkey that leave the component. */
export const passkeyFields = {
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

/** A passkey as it leaves the component. */
export const passkeyDocument = v.object({
  _id: v.id("Passkey"),
  _creationTime: v.number(),
  ...passkeyFields,
});
