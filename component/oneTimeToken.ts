/** One-time tokens. */
import { convexToJson, v, type Value } from "convex/values";
import { refusal } from "../schema/result.js";
import { mutation } from "./_generated/server.js";
import { decide } from "./keyCore.js";
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
  handler: async (ctx, { userId, data, ...input }) => {
    const user = userId === undefined ? null : await findUser(ctx, userId);
    const creation = decide("oneTimeTokenCreate", {
      ...{ now: Date.now(), ...input },
      userExists: userId === undefined || user !== null,
      dataLength:
        data === undefined
          ? 0
          : JSON.stringify(convexToJson(data as Value)).length,
    });
    if (creation.kind === "refused") {
      return creation;
    }
    await ctx.db.insert("OneTimeToken", {
      ...creation.row,
      ...(user === null ? {} : { userId: user._id }),
      ...(data === undefined ? {} : { data: data as Value }),
    });
    const { token, row } = creation;
    return {
      ...{ kind: "done" as const, token },
      expirationTime: row.expirationTime,
    };
  },
});

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
    const decision = decide("oneTimeTokenVerify", {
      ...{ now: Date.now(), ...question },
      row: row ?? undefined,
    });
    if (decision.kind === "refused" || row === null) {
      return refusedBy(decision);
    }
    await ctx.db.delete("OneTimeToken", row._id);
    const { userId, data } = row;
    return {
      ...{ kind: "done" as const },
      ...(userId === undefined ? {} : { userId }),
      ...(data === undefined ? {} : { data: data as Value }),
    };
  },
});
