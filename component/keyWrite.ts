/** Making, changing, replacing, revoking and deleting API keys. */
import { literals } from "convex-helpers/validators";
import { v, type Infer, type Value } from "convex/values";
import { statement } from "../schema/groupRole.js";
import { permissionConfig } from "../schema/groupsConfig.js";
import { keyQuota, keyRateLimit } from "../schema/keyLimits.js";
import { keysConfig } from "../schema/keysConfig.js";
import { doneOrRefused, refusal } from "../schema/result.js";
import type { NewApiKey } from "../pkg/core.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import { mutation, type MutationCtx } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { askFresh, freshness } from "./freshness.js";
import { jsonSize } from "./jsonSize.js";
import { decide } from "./accountsCore.js";
import {
  countKeys,
  deleteCounters,
  deleteKey,
  findKey,
  markKey,
  readCounters,
  writeCounters,
} from "./keyRows.js";
import { readLineage } from "./lineage.js";
import { refusedBy } from "./refusal.js";
import { requestOrigin } from "./requestOrigin.js";
import { readActor } from "./standing.js";
import { findUser } from "./userRows.js";

/** What every operation on keys is told. */
const settings = {
  config: keysConfig,
  /** What the app defines, for keys of groups. */
  permissions: v.optional(permissionConfig),
  /** Who does it; missing when the app does. */
  actorUserId: v.optional(v.string()),
};

const keyOperation = { ...settings, keyId: v.string() };

const made = v.union(
  v.object({
    kind: v.literal("done"),
    keyId: v.id("ApiKey"),
    raw: v.string(),
  }),
  v.object({ kind: v.literal("refused"), refusal }),
);

/** Makes a key. Its secret is answered this once. */
export const create = mutation({
  args: {
    ...settings,
    owner: v.union(
      v.object({ userId: v.string() }),
      v.object({ groupId: v.string() }),
    ),
    configId: v.optional(v.string()),
    name: v.string(),
    scopes: v.array(statement),
    rateLimit: v.optional(keyRateLimit),
    quota: v.optional(keyQuota),
    expiresAt: v.optional(v.number()),
    revokeOnLeave: v.boolean(),
    metadata: v.optional(v.any()),
    /** The session of the person who makes it; it has to be fresh. */
    freshness: v.optional(freshness),
  },
  returns: made,
  handler: async (
    ctx,
    { config, permissions, actorUserId, owner, configId, freshness, ...input },
  ) => {
    const { metadata, ...terms } = input as WithMetadata<typeof input>;
    const fresh = await askFresh(ctx, decide, freshness);
    if (fresh.kind === "refused") {
      return fresh;
    }
    const rows = await readOwner(ctx, owner);
    const creation = decide("keyCreate", {
      ...{ now: Date.now(), config, permissions, configId },
      ...{ origin: await requestOrigin(ctx), owner: rows.owner },
      actor: await readActor(ctx, actorUserId, rows.lineage),
      ownedKeys: rows.ids === null ? 0 : await countKeys(ctx, rows.ids),
      terms: { ...terms, metadataLength: jsonSize(metadata) },
    });
    if (creation.kind === "refused" || rows.ids === null) {
      await record(ctx, creation.audit);
      return refusedBy(creation);
    }
    const keyId = await insertKey(ctx, creation.key, {
      ...{ ...rows.ids, createdByUserId: userIdOf(ctx, actorUserId) },
      ...(metadata === undefined ? {} : { metadata }),
    });
    await record(
      ctx,
      creation.audit.map((event) => ({ ...event, keyId })),
    );
    return { kind: "done" as const, keyId, raw: creation.raw };
  },
});

/** Changes a key. `null` takes a limit or the expiry away. */
export const update = mutation({
  args: {
    ...keyOperation,
    data: v.object({
      name: v.optional(v.string()),
      scopes: v.optional(v.array(statement)),
      rateLimit: v.optional(keyRateLimit),
      quota: v.optional(keyQuota),
      expiresAt: v.optional(v.number()),
      enabled: v.optional(v.boolean()),
      metadata: v.optional(v.any()),
    }),
    removed: v.array(literals("rateLimit", "quota", "expiresAt")),
  },
  returns: doneOrRefused,
  handler: async (ctx, { data, removed, ...args }) => {
    const { operation, key } = await readOperation(ctx, args);
    const counters = key === null ? [] : await readCounters(ctx, key._id);
    const { metadata, ...change } = data as WithMetadata<typeof data>;
    const update = decide("keyUpdate", {
      ...{ operation, removed, counters },
      change: {
        ...change,
        ...(metadata === undefined
          ? {}
          : { metadataLength: jsonSize(metadata) }),
      },
    });
    await record(ctx, update.audit);
    if (update.kind === "refused" || key === null) {
      return refusedBy(update);
    }
    const { limits, expiry, purge, createdByUserId, ...fields } = update.patch;
    const maker = userIdOf(ctx, createdByUserId);
    await ctx.db.patch("ApiKey", key._id, {
      ...fields,
      ...(maker === undefined ? {} : { createdByUserId: maker }),
      ...(metadata === undefined ? {} : { metadata }),
      ...(expiry === undefined
        ? {}
        : { expiresAt: expiry.expiresAt, expiredTime: undefined }),
      ...(purge === undefined ? {} : { purgeTime: purge.purgeTime }),
      ...(limits === undefined
        ? {}
        : {
            ...{ rateLimit: limits.rateLimit, quota: limits.quota },
            ...{ shards: limits.shards, quotaTime: limits.quotaTime },
            ...(limits.isNewQuota ? { exhaustedTime: undefined } : {}),
          }),
    });
    if (limits !== undefined) {
      await deleteCounters(ctx, key._id);
      await writeCounters(ctx, key._id, limits.counters, []);
    }
    return { kind: "done" as const };
  },
});

/**
 * Replaces a key by another with the same rights, and revokes it. Of two who do
 * it at once, Convex runs one again, who then finds it revoked.
 */
export const rotate = mutation({
  args: {
    ...keyOperation,
    name: v.optional(v.string()),
    expiresAt: v.optional(v.number()),
    /** The session of the person who does it; it has to be fresh. */
    freshness: v.optional(freshness),
  },
  returns: made,
  handler: async (ctx, { name, expiresAt, freshness, ...args }) => {
    const fresh = await askFresh(ctx, decide, freshness);
    if (fresh.kind === "refused") {
      return fresh;
    }
    const { operation, key } = await readOperation(ctx, args);
    const rotation = decide("keyRotate", { operation, name, expiresAt });
    await record(ctx, rotation.audit);
    if (rotation.kind === "refused" || key === null) {
      return refusedBy(rotation);
    }
    const { userId, groupId } = key;
    const metadata = key.metadata as Value | undefined;
    const keyId = await insertKey(ctx, rotation.key, {
      ...{ userId, groupId },
      createdByUserId: userIdOf(ctx, rotation.createdByUserId),
      ...(metadata === undefined ? {} : { metadata }),
    });
    // What was used of the old key is used of the new one.
    for (const { _id } of await readCounters(ctx, key._id)) {
      await ctx.db.patch("ApiKeyCounter", _id, { keyId });
    }
    await markKey(ctx, key._id, rotation.mark);
    await ctx.db.patch("ApiKey", key._id, { successorKeyId: keyId });
    return { kind: "done" as const, keyId, raw: rotation.raw };
  },
});

/** Revokes a key, for good. It can still be looked at. */
export const revoke = mutation({
  args: keyOperation,
  returns: doneOrRefused,
  handler: async (ctx, args) => {
    const { operation, key } = await readOperation(ctx, args);
    const revocation = decide("keyRevoke", operation);
    await record(ctx, revocation.audit);
    if (revocation.kind === "refused" || key === null) {
      return refusedBy(revocation);
    }
    await markKey(ctx, key._id, revocation.mark);
    return { kind: "done" as const };
  },
});

/** Deletes a key. */
export const remove = mutation({
  args: keyOperation,
  returns: doneOrRefused,
  handler: async (ctx, args) => {
    const { operation, key } = await readOperation(ctx, args);
    const deletion = decide("keyRemove", operation);
    await record(ctx, deletion.audit);
    if (deletion.kind === "refused" || key === null) {
      return refusedBy(deletion);
    }
    await deleteKey(ctx, key._id);
    return { kind: "done" as const };
  },
});

type WithMetadata<Input> = Omit<Input, "metadata"> & { metadata?: Value };

type Settings = {
  config: Infer<typeof keysConfig>;
  permissions?: Infer<typeof permissionConfig>;
  actorUserId?: string;
};

/** The key, the groups above it, and who does something with it. */
async function readOperation(
  ctx: MutationCtx,
  {
    config,
    permissions,
    actorUserId,
    keyId,
  }: Settings & {
    keyId: string;
  },
) {
  const key = await findKey(ctx, keyId);
  const lineage =
    key?.groupId === undefined ? [] : await readLineage(ctx, key.groupId);
  const operation = {
    ...{ now: Date.now(), config, permissions, lineage },
    ...{ origin: await requestOrigin(ctx), key: key ?? undefined },
    actor: await readActor(ctx, actorUserId, lineage),
  };
  return { operation, key };
}

/** The user or the group that is to own a key. */
async function readOwner(
  ctx: MutationCtx,
  owner: { userId: string } | { groupId: string },
) {
  if ("userId" in owner) {
    const user = await findUser(ctx, owner.userId);
    return {
      owner: { kind: "user" as const, user: user ?? undefined },
      ids: user === null ? null : { userId: user._id },
      lineage: [],
    };
  }
  const lineage = await readLineage(ctx, owner.groupId);
  const group = lineage[0];
  return {
    owner: { kind: "group" as const, lineage },
    ids: group === undefined ? null : { groupId: group._id },
    lineage,
  };
}

/** The id of a user who is there, as the core or an actor names it. */
function userIdOf(
  ctx: MutationCtx,
  userId: string | undefined,
): Id<"User"> | undefined {
  return userId === undefined
    ? undefined
    : (ctx.db.normalizeId("User", userId) ?? undefined);
}

async function insertKey(
  ctx: MutationCtx,
  key: NewApiKey,
  owner: Pick<
    Doc<"ApiKey">,
    "userId" | "groupId" | "createdByUserId" | "metadata"
  >,
): Promise<Id<"ApiKey">> {
  return await ctx.db.insert("ApiKey", { ...key, ...owner });
}
