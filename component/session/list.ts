import { v } from "convex/values";
import { pageOf, pageOptions } from "../../schema/page.js";
import { sessionDocument } from "../../schema/session.js";
import { sessionTable } from "../../schema/sessionTable.js";
import { query } from "../_generated/server.js";
import { EMPTY_PAGE, pagesOf, readPage } from "../page.js";

/** The sessions of a user that go on, newest first. */
export const list = query({
  args: { userId: v.string(), ...pageOptions },
  returns: pageOf(sessionDocument),
  handler: async (ctx, args) => {
    const userId = ctx.db.normalizeId("User", args.userId);
    if (userId === null) {
      return EMPTY_PAGE;
    }
    const sessions = pagesOf(ctx.db, { Session: sessionTable })
      .query("Session")
      .withIndex("userId_expirationTime", (q) =>
        q.eq("userId", userId).gt("expirationTime", Date.now()),
      )
      .order(args.order ?? "desc");
    return await readPage(sessions, args, { prefix: [userId], fields: 1 });
  },
});
