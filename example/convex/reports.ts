import { ConvexError, type Infer, v } from "convex/values";
import type { Doc } from "./_generated/dataModel";
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
export const MAX_TITLE = 120;
export const MAX_TEXT = 2_000;

/** Who owns an API key. */
const keyOwner = v.union(
  v.object({ userId: v.string() }),
  v.object({ groupId: v.string() }),
);

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
 * organization that the caller has chosen, or that owns the caller's API key.
 */
export const list = authQuery({
  permissions: { report: ["read"] },
  keys: true,
  args: {},
  returns: listedReports,
  handler: async (ctx) => await newestReports(ctx, ctx.groupId),
});

/** Publishes a report. */
export const publish = authMutation({
  permissions: { report: ["publish"] },
  keys: true,
  args: { title: v.string(), text: v.string() },
  returns: v.null(),
  handler: async (ctx, { title, text }) => {
    const { groupId, userId, key } = ctx;
    const author = userId === null ? { keyName: key?.name } : { userId };
    await insertReport(ctx, { groupId, title, text, author });
    return null;
  },
});

/**
 * The reports of the organization that an API key is for: the one that owns it,
 * or that its owner has chosen. A key opens no more than its owner may do there.
 */
export const listForKey = internalQuery({
  args: { owner: keyOwner },
  returns: v.object({
    organization: v.union(v.string(), v.null()),
    reports: listedReports,
  }),
  handler: async (ctx, { owner }) => {
    const groupId = await groupOf(ctx, owner, "read");
    if (groupId === null) {
      return { organization: null, reports: [] };
    }
    const group = await auth.group.get(ctx, groupId);
    return {
      organization: group?.name ?? null,
      reports: await newestReports(ctx, groupId),
    };
  },
});

/** Publishes a report there; `false` when no organization is chosen. */
export const publishForKey = internalMutation({
  args: {
    owner: keyOwner,
    keyName: v.string(),
    title: v.string(),
    text: v.string(),
  },
  returns: v.boolean(),
  handler: async (ctx, { owner, keyName, title, text }) => {
    const groupId = await groupOf(ctx, owner, "publish");
    if (groupId === null) {
      return false;
    }
    const author = "userId" in owner ? owner : { keyName };
    await insertReport(ctx, { groupId, title, text, author });
    return true;
  },
});

/**
 * The organization that a key is for. What an organization's own key may be used
 * for was decided when it was verified.
 */
async function groupOf(
  ctx: QueryCtx,
  owner: Infer<typeof keyOwner>,
  action: "read" | "publish",
): Promise<string | null> {
  if ("groupId" in owner) {
    return owner.groupId;
  }
  const { userId } = owner;
  const groupId = await auth.user.getActiveGroup(ctx, { userId });
  if (groupId !== null) {
    const permissions = { report: [action] };
    await auth.permission.require(ctx, { userId, groupId, permissions });
  }
  return groupId;
}

async function newestReports(ctx: QueryCtx, groupId: string) {
  const reports = await ctx.db
    .query("reports")
    .withIndex("groupId", (range) => range.eq("groupId", groupId))
    .order("desc")
    .take(SHOWN);
  return await Promise.all(
    reports.map(async ({ _id, _creationTime, title, text, ...author }) => ({
      ...{ _id, _creationTime, title, text },
      author:
        author.userId === undefined
          ? `The API key ${author.keyName ?? ""}`
          : personName(await auth.user.get(ctx, author.userId)),
    })),
  );
}

async function insertReport(
  ctx: MutationCtx,
  {
    author,
    ...report
  }: {
    groupId: string;
    title: string;
    text: string;
    /** A person, or an organization's key. */
    author: Pick<Doc<"reports">, "userId" | "keyName">;
  },
): Promise<void> {
  if (report.title.length > MAX_TITLE || report.text.length > MAX_TEXT) {
    throw new ConvexError("the report is too long");
  }
  await ctx.db.insert("reports", { ...report, ...author });
}
