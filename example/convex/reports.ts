import { ConvexError, v } from "convex/values";
import {
  internalMutation,
  internalQuery,
  type MutationCtx,
  type QueryCtx,
} from "./_generated/server";
import { auth } from "./auth";
import { authMutation, authQuery } from "./functions";
import { personName } from "./personName";

/** How many reports are shown. */
const SHOWN = 50;

/** The longest title and text, in characters. */
const MAX_TITLE = 120;
const MAX_TEXT = 2_000;

const listedReports = v.array(
  v.object({
    _id: v.id("reports"),
    _creationTime: v.number(),
    title: v.string(),
    text: v.string(),
    author: v.string(),
  }),
);

/**
 * The reports of an organization, newest first. Without a `groupId` it is the
 * organization that the caller has chosen.
 */
export const list = authQuery({
  permissions: { report: ["read"] },
  args: {},
  returns: listedReports,
  handler: async (ctx) => await newestReports(ctx, ctx.groupId),
});

/** Publishes a report. */
export const publish = authMutation({
  permissions: { report: ["publish"] },
  args: { title: v.string(), text: v.string() },
  returns: v.null(),
  handler: async (ctx, { title, text }) => {
    const { groupId, userId } = ctx;
    await insertReport(ctx, { groupId, userId, title, text });
    return null;
  },
});

/**
 * The reports of the organization that the owner of an API key has chosen. A key
 * opens no more than its owner may do there.
 */
export const listForKey = internalQuery({
  args: { userId: v.string() },
  returns: v.object({
    organization: v.union(v.string(), v.null()),
    reports: listedReports,
  }),
  handler: async (ctx, { userId }) => {
    const groupId = await auth.user.getActiveGroup(ctx, { userId });
    if (groupId === null) {
      return { organization: null, reports: [] };
    }
    const permissions = { report: ["read" as const] };
    await auth.permission.require(ctx, { userId, groupId, permissions });
    const group = await auth.group.get(ctx, groupId);
    return {
      organization: group?.name ?? null,
      reports: await newestReports(ctx, groupId),
    };
  },
});

/** Publishes a report there; `false` when no organization is chosen. */
export const publishForKey = internalMutation({
  args: { userId: v.string(), title: v.string(), text: v.string() },
  returns: v.boolean(),
  handler: async (ctx, { userId, title, text }) => {
    const groupId = await auth.user.getActiveGroup(ctx, { userId });
    if (groupId === null) {
      return false;
    }
    const permissions = { report: ["publish" as const] };
    await auth.permission.require(ctx, { userId, groupId, permissions });
    await insertReport(ctx, { groupId, userId, title, text });
    return true;
  },
});

async function newestReports(ctx: QueryCtx, groupId: string) {
  const reports = await ctx.db
    .query("reports")
    .withIndex("groupId", (range) => range.eq("groupId", groupId))
    .order("desc")
    .take(SHOWN);
  return await Promise.all(
    reports.map(async ({ _id, _creationTime, title, text, userId }) => ({
      ...{ _id, _creationTime, title, text },
      author: personName(await auth.user.get(ctx, userId)),
    })),
  );
}

async function insertReport(
  ctx: MutationCtx,
  report: { groupId: string; userId: string; title: string; text: string },
): Promise<void> {
  if (report.title.length > MAX_TITLE || report.text.length > MAX_TEXT) {
    throw new ConvexError("the report is too long");
  }
  await ctx.db.insert("reports", report);
}
