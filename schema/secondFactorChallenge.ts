import { defineTable } from "convex/server";
import { v } from "convex/values";
import { secondFactorMethod } from "./result.js";
import { authenticationMethod } from "./session.js";

/**
 * Sign-ins that wait for their second factor.
 *
 * Written by a way to sign in that owes one, by codes that are sent, and by each
 * try. Read by what answers it, and by the cleanup.
 */
export const secondFactorChallengeTable = defineTable({
  /** Who has proved the first factor. */
  userId: v.string(),
  /** SHA-256 of the client's verifier. */
  verifierHash: v.string(),
  /** The provider through which the person came in. */
  provider: v.string(),
  /** The session that the new one replaces. */
  sessionId: v.optional(v.string()),
  /** Whether it makes that session fresh, and is worth nothing without it. */
  isStepUp: v.boolean(),
  /** How the person has proved the first factor (RFC 8176). */
  authenticationMethods: v.array(authenticationMethod),
  /** With what it can be answered. */
  methods: v.array(secondFactorMethod),
  /** How often it was tried. */
  tries: v.number(),
  /** The code that was sent last. */
  sent: v.optional(
    v.object({
      method: secondFactorMethod,
      codeHash: v.string(),
      expirationTime: v.number(),
    }),
  ),
  /** When the first factor was proved. */
  creationTime: v.number(),
  /** Until when it can be answered. */
  expirationTime: v.number(),
})
  .index("verifierHash", ["verifierHash"])
  .index("userId", ["userId"])
  .index("expirationTime", ["expirationTime"]);
