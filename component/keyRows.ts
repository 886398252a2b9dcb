/** Rows of API keys, and what they depend on. */
import type { Infer } from "convex/values";
import type { FoundKey, KeyCounter, KeyMark } from "../pkg/core.js";
import type { apiKeyDocument } from "../schema/apiKey.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "./_generated/server.js";
import { GroupTree, readLineage } from "./lineage.js";
import { readStanding, type Standing } from "./standing.js";

/** The most rows over which the core spreads the counts of a key. */
const MAX_SHARDS = 16;

/**
 * The most keys of an owner that are read: one more than the core lets anybody
 * have that are not revoked.
 */
const MAX_KEYS = 501;

/** A key with all that its verification is decided on. */
export type ReadKey = Omit<
  FoundKey,
  "key" | "owner" | "lineage" | "creator"
> & {
  key: Doc<"ApiKey">;
  owner: Doc<"User"> | undefined;
  lineage: Doc<"Group">[];
  creator: Standing | undefined;
};

/** A key as the app sees it. */
type KeyDocument = Infer<typeof apiKeyDocument>;

/** A key by an id from outside. */
export async function findKey(
  ctx: QueryCtx,
  id: string,
): Promise<Doc<"ApiKey"> | null> {
  const keyId = ctx.db.normalizeId("ApiKey", id);
  return keyId === null ? null : await ctx.db.get("ApiKey", keyId);
}

/** A key without what recognises it and what counts it. */
export function keyDocumentOf({
  selector: _selector,
  secretHash: _secretHash,
  shards: _shards,
  limitTime: _limitTime,
  quotaTime: _quotaTime,
  purgeTime: _purgeTime,
  ...key
}: Doc<"ApiKey">): KeyDocument {
  return key;
}

/**
 * Which owners of keys are there: a deleted group, or a user who is being
 * removed, has none any more. Each is looked at once in a call.
 */
export class KeyOwners {
  readonly #users = new Map<Id<"User">, boolean>();
  readonly #groups: GroupTree;

  constructor(private readonly ctx: QueryCtx) {
    this.#groups = new GroupTree(ctx);
  }

  /** Whether the owner of a key is there. */
  async have({ userId, groupId }: Doc<"ApiKey">): Promise<boolean> {
    if (userId === undefined) {
      return groupId !== undefined && !(await this.#groups.isGone(groupId));
    }
    const known = this.#users.get(userId);
    const isThere = known ?? (await this.ctx.db.get("User", userId)) !== null;
    this.#users.set(userId, isThere);
    return isThere;
  }
}

/** Reads a key by its selector, and what it depends on. */
export async function readKey(
  ctx: QueryCtx,
  selector: string,
): Promise<ReadKey | undefined> {
  const key = await ctx.db
    .query("ApiKey")
    .withIndex("selector", (q) => q.eq("selector", selector))
    .unique();
  return key === null ? undefined : await readOwner(ctx, key);
}

/**
 * Reads what a key depends on: its owner, or the groups from the owning one up
 * to its organization and what who made the key is there.
 */
export async function readOwner(
  ctx: QueryCtx,
  key: Doc<"ApiKey">,
): Promise<ReadKey> {
  const { userId, groupId, createdByUserId } = key;
  const owner = userId === undefined ? null : await ctx.db.get("User", userId);
  const lineage = groupId === undefined ? [] : await readLineage(ctx, groupId);
  const creator =
    groupId === undefined || createdByUserId === undefined
      ? undefined
      : await readStanding(ctx, createdByUserId, lineage);
  return { key, owner: owner ?? undefined, lineage, creator };
}

/** The row of a key that counts some of its uses. */
export async function readCounter(
  ctx: QueryCtx,
  keyId: Id<"ApiKey">,
  shard: number,
): Promise<Doc<"ApiKeyCounter">[]> {
  const row = await ctx.db
    .query("ApiKeyCounter")
    .withIndex("keyId_shard", (q) => q.eq("keyId", keyId).eq("shard", shard))
    .unique();
  return row === null ? [] : [row];
}

/** All rows that count the uses of a key. */
export async function readCounters(
  ctx: QueryCtx,
  keyId: Id<"ApiKey">,
): Promise<Doc<"ApiKeyCounter">[]> {
  return await ctx.db
    .query("ApiKeyCounter")
    .withIndex("keyId_shard", (q) => q.eq("keyId", keyId))
    .take(MAX_SHARDS);
}

/** Stores counts. `stored` are the rows that were read. */
export async function writeCounters(
  ctx: MutationCtx,
  keyId: Id<"ApiKey">,
  counters: KeyCounter[],
  stored: Doc<"ApiKeyCounter">[],
): Promise<void> {
  for (const counter of counters) {
    const row = stored.find(({ shard }) => shard === counter.shard);
    if (row === undefined) {
      await ctx.db.insert("ApiKeyCounter", { keyId, ...counter });
    } else {
      await ctx.db.replace("ApiKeyCounter", row._id, { keyId, ...counter });
    }
  }
}

/**
 * Deletes the counts of a key.
 *
 * @returns How many rows they were.
 */
export async function deleteCounters(
  ctx: MutationCtx,
  keyId: Id<"ApiKey">,
): Promise<number> {
  const counters = await readCounters(ctx, keyId);
  for (const { _id } of counters) {
    await ctx.db.delete("ApiKeyCounter", _id);
  }
  return counters.length;
}

/**
 * Deletes a key with its counts.
 *
 * @returns How many rows were deleted.
 */
export async function deleteKey(
  ctx: MutationCtx,
  keyId: Id<"ApiKey">,
): Promise<number> {
  const counters = await deleteCounters(ctx, keyId);
  await ctx.db.delete("ApiKey", keyId);
  return counters + 1;
}

/** Stores that a key no longer works. */
export async function markKey(
  ctx: MutationCtx,
  keyId: Id<"ApiKey">,
  mark: KeyMark | undefined,
): Promise<void> {
  if (mark !== undefined) {
    await ctx.db.patch("ApiKey", keyId, mark);
  }
}

/** How many keys of an owner are not revoked, counted to 501. */
export async function countKeys(
  ctx: QueryCtx,
  owner: { userId: Id<"User"> } | { groupId: Id<"Group"> },
): Promise<number> {
  const keys = ctx.db.query("ApiKey");
  const owned =
    "userId" in owner
      ? keys.withIndex("userId_revoked", (q) =>
          q.eq("userId", owner.userId).eq("revoked", false),
        )
      : keys.withIndex("groupId_revoked", (q) =>
          q.eq("groupId", owner.groupId).eq("revoked", false),
        );
  return (await owned.take(MAX_KEYS)).length;
}
