import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  /** The e-mails that a real app would send, for the demo's outbox page. */
  outbox: defineTable({
    to: v.string(),
    subject: v.string(),
    text: v.string(),
    code: v.optional(v.string()),
    purpose: v.string(),
  }),
});
