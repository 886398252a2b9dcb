/** Uses of API keys that leave a trace. */
import { v } from "convex/values";
import { keyIdentity, keyQuestion } from "../schema/keyVerification.js";
import { refusal } from "../schema/result.js";
import { mutation } from "./_generated/server.js";
import { decide } from "./accessCore.js";
import { record } from "./auditRows.js";
import { count } from "./keyCounting.js";
import { findKey, markKey, readKey, writeCounters } from "./keyRows.js";
import { requestOrigin } from "./requestOrigin.js";

/**
 * Verifies a key and counts the use. A use writes one row of many, and the
 * key's own at most once an hour; a refused one writes nothing, unless the key
 * has just come to its end.
 */
export const verify = mutation({
  args: keyQuestion,
  returns: v.union(
    v.object({ kind: v.literal("verified"), identity: keyIdentity }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, { config, raw, ...question }) => {
    const presented = decide("keyPresent", config, raw);
    if (presented.kind === "refused") {
      return presented;
    }
    const found = await readKey(ctx, presented.selector);
    const call = {
      ...{ now: Date.now(), origin: await requestOrigin(ctx), config, raw },
      ...{ ...question, found },
    };
    const counted = await count(ctx, found?.key, (counters) =>
      decide("keyVerify", { ...call, counters }),
    );
    const { answer, stored } = counted;
    if (answer.kind === "verified" && found !== undefined) {
      await writeCounters(ctx, found.key._id, answer.counters, stored);
      if (answer.lastUsedAt !== undefined) {
        const { lastUsedAt } = answer;
        await ctx.db.patch("ApiKey", found.key._id, { lastUsedAt });
      }
      return { kind: "verified" as const, identity: answer.identity };
    }
    if (answer.kind !== "refused") {
      throw new Error(`The core answered "${answer.kind}" to all rows`);
    }
    if (found !== undefined) {
      await markKey(ctx, found.key._id, answer.mark);
    }
    await record(ctx, answer.audit);
    return { kind: "refused" as const, refusal: answer.refusal };
  },
});

/** Notes that a key was verified by a query, once an hour. */
export const touch = mutation({
  args: { keyId: v.string() },
  returns: v.null(),
  handler: async (ctx, { keyId }) => {
    const key = await findKey(ctx, keyId);
    const lastUsedAt =
      key === null
        ? undefined
        : decide("keyLastUsedAt", key.lastUsedAt, Date.now());
    if (key !== null && lastUsedAt !== undefined) {
      await ctx.db.patch("ApiKey", key._id, { lastUsedAt });
    }
    return null;
  },
});
