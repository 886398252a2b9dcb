import { v } from "convex/values";
import { auditEventDocument, auditEventTable } from "../schema/auditEvent.js";
import { pageOf, pageOptions } from "../schema/page.js";
import { query } from "./_generated/server.js";
import { EMPTY_PAGE, pagesOf, readPage } from "./page.js";

/** The most events of a user that a page looks at for those in a group. */
const MAX_ROWS_READ = 1_000;

/** The events about a user, or in a group, or both; newest first. */
export const list = query({
  args: {
    userId: v.optional(v.string()),
    groupId: v.optional(v.string()),
    ...pageOptions,
  },
  returns: pageOf(auditEventDocument),
  handler: async (ctx, { userId, groupId, order = "desc", ...options }) => {
    const events = pagesOf(ctx.db, { AuditEvent: auditEventTable }).query(
      "AuditEvent",
    );
    if (userId === undefined) {
      return groupId === undefined
        ? EMPTY_PAGE
        : await readPage(
            events
              .withIndex("groupId", (q) => q.eq("groupId", groupId))
              .order(order),
            options,
            { prefix: [groupId], fields: 0 },
          );
    }
    const ofUser = events
      .withIndex("userId", (q) => q.eq("userId", userId))
      .order(order);
    return await readPage(
      groupId === undefined
        ? ofUser
        : ofUser.filterWith(async (event) => event.groupId === groupId),
      { ...options, maximumRowsRead: MAX_ROWS_READ },
      { prefix: [userId], fields: 0 },
    );
  },
});
