import { defineTable } from "convex/server";
import { v } from "convex/values";
import { sessionFields } from "./session.js";

/**
 * Families of refresh tokens: one row for each session.
 *
 * Written by the sign-in that opens the session and by each refresh. Read by
 * refreshes only, so that refreshing a session disturbs no live query.
 *
 * A row has a copy of what a refresh needs of the session, and only once an
 * hour a refresh reads the session itself. Whatever ends a session deletes its
 * row here, too, so that the next refresh is refused. Only a session whose row
 * was deleted by hand, and not by a function of the component, is refreshed
 * until then: for one hour at most.
 */
export const refreshTokenTable = defineTable({
  /** The session. */
  sessionId: v.id("Session"),
  /** SHA-256 of the family selector. */
  familyHash: v.string(),
  /** SHA-256 of the current secret. */
  tokenHash: v.string(),
  /** SHA-256 of the secret before it. */
  previousHash: v.optional(v.string()),
  /** When the secret before it was used. */
  rotatedTime: v.optional(v.number()),
  /** Together with the secret before it: what the current one derives from. */
  successorSalt: v.optional(v.string()),
  /** When the session ends if it is not refreshed before. */
  expirationTime: v.number(),
  /**
   * The columns of the session that a refresh needs. They never change. Missing
   * in rows of before there were copies, until their first rotation.
   */
  session: v.optional(
    v.object({
      userId: sessionFields.userId,
      expirationTime: sessionFields.expirationTime,
      authenticationTime: sessionFields.authenticationTime,
      authenticationMethods: sessionFields.authenticationMethods,
      restriction: sessionFields.restriction,
    }),
  ),
  /** The time from which a refresh reads the session's row and notes its use there. */
  sessionDueTime: v.optional(v.number()),
})
  .index("familyHash", ["familyHash"])
  .index("sessionId", ["sessionId"])
  .index("expirationTime", ["expirationTime"]);
