import { defineTable } from "convex/server";
import { userFields } from "./userFields.js";

/**
 * People.
 *
 * Written when somebody signs up, proves an address, or the app patches the
 * user; never by a sign-in. Read by every sign-in and refresh, and by what the
 * app asks about users.
 */
export const userTable = defineTable(userFields())
  .index("email", ["email"])
  .index("phone", ["phone"])
  .index("name", ["name"])
  .index("isAnonymous", ["isAnonymous"]);
