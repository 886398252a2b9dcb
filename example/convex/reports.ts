import { ConvexError, v } from "convex/values";
import { auth } from "./auth";
import { authMutation, authQuery } from "./functions";
import { personName } from "./personName";

/** How many reports are shown. */
const SHOWN = 50;

/** The longest title and text, in characters. */
const MAX_TITLE = 120;
const MAX_TEXT = 2_000;

/**
 * The reports of an organization, newest first. Without a `groupId` it is the
 * organization that the caller has chosen.
 */
export const list = authQuery({
  permissions: { report: ["read"] },
  args: {},
  returns: v.array(
    v.object({
      _id: v.id("reports"),
      _creationTime: v.number(),
      title: v.string(),
      text: v.string(),
      author: v.string(),
    }),
  ),
  handler: async (ctx) => {
    const reports = await ctx.db
      .query("reports")
      .withIndex("groupId", (range) => range.eq("groupId", ctx.groupId))
      .order("desc")
      .take(SHOWN);
    return await Promise.all(
      reports.map(async ({ _id, _creationTime, title, text, userId }) => ({
        ...{ _id, _creationTime, title, text },
        author: personName(await auth.user.get(ctx, userId)),
      })),
    );
  },
});

/** Publishes a report. */
export const publish = authMutation({
  permissions: { report: ["publish"] },
  args: { title: v.string(), text: v.string() },
  returns: v.null(),
  handler: async (ctx, { title, text }) => {
    const { groupId, userId } = ctx;
    if (title.length > MAX_TITLE || text.length > MAX_TEXT) {
      throw new ConvexError("the report is too long");
    }
    await ctx.db.insert("reports", { groupId, userId, title, text });
    return null;
  },
});
