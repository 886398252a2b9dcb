import { defineTable } from "convex/server";
import { accountFields } from "./account.js";

/**
 * Ways to sign in. An issuer and an identifier name one account.
 *
 * Written by sign-ups, by changes of a password and when parameters of a hash
 * change. Read by every sign-in.
 */
export const accountTable = defineTable(accountFields)
  .index("issuer_accountId", ["issuer", "accountId"])
  .index("userId", ["userId"])
  .index("userId_provider", ["userId", "provider"]);
