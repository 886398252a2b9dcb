import { defineTable } from "convex/server";
import { sessionFields } from "./session.js";

/**
 * Signed-in devices. A deleted row is a session that is over.
 *
 * Written by sign-ins, sign-outs and revocations, and by a refresh once an
 * hour at most. Read by live queries of the app, so nothing else may write it.
 */
export const sessionTable = defineTable(sessionFields)
  .index("userId", ["userId"])
  .index("userId_expirationTime", ["userId", "expirationTime"])
  .index("expirationTime", ["expirationTime"]);
