/** Whether API keys work, and for what. */
import { v, type Infer } from "convex/values";
import type { KeyGroup } from "../pkg/core.js";
import { permissionConfig, permissionRequest } from "../schema/groupsConfig.js";
import { keysConfig } from "../schema/keysConfig.js";
import { keyIdentity, keyQuestion } from "../schema/keyVerification.js";
import { refusal } from "../schema/result.js";
import { mutation, query, type QueryCtx } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { count, writeUse } from "./keyCounting.js";
import {
  findKey,
  markKey,
  readCounters,
  readKey,
  type ReadKey,
  readOwner,
} from "./keyRows.js";
import { decide } from "./accessCore.js";
import { readLineage } from "./lineage.js";
import { requestOrigin } from "./requestOrigin.js";
import { readStanding } from "./standing.js";

/** What is left of one limit. */
const allowance = v.object({
  remaining: v.number(),
  resetTime: v.optional(v.number()),
});

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
    const presented = decide("keyPresent", raw);
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
      await writeUse(ctx, found.key._id, answer, stored);
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

/**
 * Verifies a key without writing anything, so that a reactive query can ask,
 * and is asked again when the key changes. A key whose uses are counted is
 * `limited`: a mutation has to verify it.
 */
export const check = query({
  args: keyQuestion,
  returns: v.union(
    v.object({ kind: v.literal("verified"), identity: keyIdentity }),
    v.object({ kind: v.literal("limited") }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, { config, raw, ...question }) => {
    const presented = decide("keyPresent", raw);
    if (presented.kind === "refused") {
      return presented;
    }
    const answer = decide("keyVerify", {
      ...{ now: Date.now(), origin: {}, config, raw, ...question },
      found: await readKey(ctx, presented.selector),
    });
    switch (answer.kind) {
      case "verified":
        return { kind: "verified" as const, identity: answer.identity };
      case "refused":
        return { kind: "refused" as const, refusal: answer.refusal };
      case "readOne":
      case "readAll":
        return { kind: "limited" as const };
    }
  },
});

/**
 * Whether the token of a key, which Convex has verified, is good for something:
 * by the key as it is now, and in a group also by what its owner may do there.
 * The group is the one that is named, or else the one that owns the key, or
 * that its owner has selected.
 */
export const authorize = query({
  args: {
    config: keysConfig,
    /** What the app defines. */
    permissions: v.optional(permissionConfig),
    keyId: v.string(),
    /** The claim `scope` of the token. */
    tokenScope: v.string(),
    /** What the key has to be made for. */
    scope: v.optional(permissionRequest),
    /** What is to be done in a group; missing if it is in none. */
    group: v.optional(
      v.object({
        groupId: v.union(v.string(), v.null()),
        request: v.optional(permissionRequest),
      }),
    ),
  },
  returns: v.union(
    v.object({
      kind: v.literal("allowed"),
      identity: keyIdentity,
      groupId: v.optional(v.string()),
      roles: v.array(v.string()),
    }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, { keyId, group, ...question }) => {
    const key = await findKey(ctx, keyId);
    const found = key === null ? undefined : await readOwner(ctx, key);
    const read = group && found && (await readGroup(ctx, found, group));
    const answer = decide("keyAuthorize", {
      ...{ now: Date.now(), ...question, found },
      group: read,
    });
    return answer.kind === "allowed" && read?.groupId !== undefined
      ? { ...answer, groupId: read.groupId }
      : answer;
  },
});

/**
 * What is left of a key's limits, or `null` if there is no such key. It changes
 * with every use of the key.
 */
export const usage = query({
  args: { keyId: v.string() },
  returns: v.union(
    v.object({
      rateLimit: v.optional(allowance),
      quota: v.optional(allowance),
    }),
    v.null(),
  ),
  handler: async (ctx, { keyId }) => {
    const key = await findKey(ctx, keyId);
    return key === null
      ? null
      : decide("keyUsage", {
          ...{ now: Date.now(), key },
          counters: await readCounters(ctx, key._id),
        });
  },
});

/** The group in which something is to be done, and what a key's owner is there. */
async function readGroup(
  ctx: QueryCtx,
  { key, owner }: ReadKey,
  asked: { groupId: string | null; request?: Infer<typeof permissionRequest> },
): Promise<KeyGroup> {
  const groupId = asked.groupId ?? key.groupId ?? owner?.activeGroupId;
  const lineage = groupId === undefined ? [] : await readLineage(ctx, groupId);
  return {
    ...{ groupId, lineage, request: asked.request },
    owner:
      owner === undefined
        ? undefined
        : await readStanding(ctx, owner._id, lineage),
  };
}
