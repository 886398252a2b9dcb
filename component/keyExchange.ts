/** Exchanging API keys for tokens that Convex accepts as identities. */
import { v } from "convex/values";
import { keyIdentity, keyQuestion } from "../schema/keyVerification.js";
import { refusal } from "../schema/result.js";
import { mutation } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { decide } from "./accountsCore.js";
import { count, writeUse } from "./keyCounting.js";
import { markKey, readKey } from "./keyRows.js";
import { readLimits, writeLimits } from "./limits.js";
import { requestOrigin } from "./requestOrigin.js";
import { readSigningKey } from "./signingKeyRows.js";

/**
 * Verifies a key, counts the use, and makes a token. Failures of a network are
 * counted, too: who guesses keys has to wait.
 */
export const exchange = mutation({
  args: {
    ...keyQuestion,
    issuer: v.string(),
    audience: v.optional(v.string()),
    lifetimeMs: v.optional(v.number()),
  },
  returns: v.union(
    v.object({
      kind: v.literal("issued"),
      token: v.string(),
      lifetimeMs: v.number(),
      identity: keyIdentity,
    }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (
    ctx,
    { issuer, audience, lifetimeMs, config, raw, ...question },
  ) => {
    const now = Date.now();
    const origin = await requestOrigin(ctx);
    const { failures } = await readLimits(ctx, {
      failures: decide("keyExchangeFailures", origin),
    });
    const presented = decide("keyPresent", raw);
    const found =
      presented.kind === "refused"
        ? undefined
        : await readKey(ctx, presented.selector);
    const signingKey = found && (await readSigningKey(ctx, now, decide));
    const { answer, stored } = await count(ctx, found?.key, (counters) =>
      decide("keyExchange", {
        ...{ failures, signingKey, issuer, audience, lifetimeMs },
        verify: { now, origin, config, raw, ...question, found, counters },
      }),
    );
    if (answer.kind === "issued" && found !== undefined) {
      const { token, lifetimeMs, identity } = answer;
      await writeUse(ctx, found.key._id, answer, stored);
      return { kind: answer.kind, token, lifetimeMs, identity };
    }
    if (answer.kind !== "refused") {
      throw new Error(`The core answered "${answer.kind}" to all rows`);
    }
    await writeLimits(ctx, answer.limits);
    if (found !== undefined) {
      await markKey(ctx, found.key._id, answer.mark);
    }
    await record(ctx, answer.audit);
    return { kind: "refused" as const, refusal: answer.refusal };
  },
});
