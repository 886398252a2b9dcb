import { paginator } from "convex-helpers/server/pagination";
import { v } from "convex/values";
import type { AuditEvent } from "../pkg/identity.js";
import { auditEventDocument } from "../schema/auditEvent.js";
import { query, type MutationCtx } from "./_generated/server.js";
import { pageOf, pageOptions, readPage } from "./page.js";
import schema from "./schema.js";

/** Records events, in the transaction of what they record. */
export async function record(
  ctx: MutationCtx,
  events: AuditEvent[],
): Promise<void> {
  for (const event of events) {
    await ctx.db.insert("AuditEvent", event);
  }
}

/** The events about a user, newest first. */
export const list = query({
  args: { userId: v.string(), ...pageOptions },
  returns: pageOf(auditEventDocument),
  handler: async (ctx, { userId, order, ...options }) => {
    const events = paginator(ctx.db, schema)
      .query("AuditEvent")
      .withIndex("userId", (q) => q.eq("userId", userId))
      .order(order ?? "desc");
    return await readPage(events, options, {
      ...{ prefix: [userId], fields: 0 },
    });
  },
});
