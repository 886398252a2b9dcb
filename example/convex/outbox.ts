import { v } from "convex/values";
import { internalMutation, query } from "./_generated/server";

/** How many e-mails the outbox shows. */
const SHOWN = 50;

/** Keeps an e-mail. */
export const record = internalMutation({
  args: {
    to: v.string(),
    subject: v.string(),
    text: v.string(),
    code: v.optional(v.string()),
    link: v.optional(v.string()),
    purpose: v.string(),
  },
  returns: v.null(),
  handler: async (ctx, email) => {
    await ctx.db.insert("outbox", email);
    return null;
  },
});

/**
 * The newest e-mails. Everybody can read them, codes and invitations included,
 * which is what a demo without a mail service needs, and what a real app must
 * never have.
 */
export const list = query({
  args: {},
  returns: v.array(
    v.object({
      _id: v.id("outbox"),
      _creationTime: v.number(),
      to: v.string(),
      subject: v.string(),
      text: v.string(),
      code: v.optional(v.string()),
      link: v.optional(v.string()),
      purpose: v.string(),
    }),
  ),
  handler: async (ctx) =>
    await ctx.db.query("outbox").order("desc").take(SHOWN),
});
