/** One-time tokens. */
import { v, type Value } from "convex/values";
import { refusal } from "../schema/result.js";
import { mutation } from "./_generated/server.js";
import { jsonSize } from "./jsonSize.js";
import { decide } from "./accountsCore.js";
import { refusedBy } from "./refusal.js";
import { findUser } from "./userRows.js";

/** Makes a token. It is answered this once. */
export const create = mutation({
  args: {
    purpose: v.string(),
    audience: v.optional(v.string()),
    userId: v.optional(v.string()),
    lifetimeMs: v.optional(v.number()),
    data: v.optional(v.any()),
  },
  returns: v.union(
    v.object({
      kind: v.literal("done"),
      token: v.string(),
      expirationTime: v.number(),
    }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, { userId, ...args }) => {
    const { data, ...input } = args as WithData<typeof args>;
    const user = userId === undefined ? null : await findUser(ctx, userId);
    const creation = decide("oneTimeTokenCreate", {
      ...{ now: Date.now(), ...input, userId, user: user ?? undefined },
      dataLength: jsonSize(data),
    });
    if (creation.kind === "refused") {
      return creation;
    }
    await ctx.db.insert("OneTimeToken", {
      ...{ ...creation.row, userId: user?._id },
      ...(data === undefined ? {} : { data }),
    });
    const { token, row } = creation;
    return {
      ...{ kind: "done" as const, token },
      expirationTime: row.expirationTime,
    };
  },
});

/** What a token carries, of which nothing is known but that Convex stores it. */
type WithData<Input> = Omit<Input, "data"> & { data?: Value };

/** Uses a token up. */
export const verify = mutation({
  args: {
    token: v.string(),
    purpose: v.string(),
    audience: v.optional(v.string()),
  },
  returns: v.union(
    v.object({
      kind: v.literal("done"),
      userId: v.optional(v.string()),
      data: v.optional(v.any()),
    }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, { token, ...question }) => {
    const presented = decide("oneTimeTokenPresent", token);
    if (presented.kind === "refused") {
      return presented;
    }
    const row = await ctx.db
      .query("OneTimeToken")
      .withIndex("tokenHash", (q) => q.eq("tokenHash", presented.tokenHash))
      .unique();
    const user = row?.userId && (await ctx.db.get("User", row.userId));
    const decision = decide("oneTimeTokenVerify", {
      ...{ now: Date.now(), ...question, row: row ?? undefined },
      user: user ?? undefined,
    });
    if (decision.kind === "refused" || row === null) {
      return refusedBy(decision);
    }
    await ctx.db.delete("OneTimeToken", row._id);
    const { userId } = row;
    const data = row.data as Value | undefined;
    return {
      ...{ kind: "done" as const },
      ...(userId === undefined ? {} : { userId }),
      ...(data === undefined ? {} : { data }),
    };
  },
});
