/** The groups from a group up to its organization. */
import type { Doc, Id } from "./_generated/dataModel.js";
import type { QueryCtx } from "./_generated/server.js";

/**
 * The most groups of a lineage: the group, and 32 levels above it, which is as
 * deep as the core lets groups be nested.
 */
const MAX_LINEAGE = 33;

/**
 * Reads a group and those above it: as many rows as there are levels.
 *
 * @param groupId The group's id, also one from outside.
 * @returns The group first, its organization last. Empty if there is no such
 *   group, or if it or one above it is deleted: whatever is below a deleted
 *   group is gone with it, at once. The core notices groups that are above
 *   themselves; here, the number of rows is what ends the reading.
 */
export async function readLineage(
  ctx: QueryCtx,
  groupId: string,
): Promise<Doc<"Group">[]> {
  const lineage: Doc<"Group">[] = [];
  let next: Id<"Group"> | null | undefined = ctx.db.normalizeId(
    "Group",
    groupId,
  );
  while (next !== undefined && lineage.length < MAX_LINEAGE) {
    const group: Doc<"Group"> | null =
      next === null ? null : await ctx.db.get("Group", next);
    if (group === null || group.deletedTime !== undefined) {
      return [];
    }
    lineage.push(group);
    next = group.parentGroupId;
  }
  return lineage;
}

/** A group by an id from outside, also a deleted one. */
export async function findGroup(
  ctx: QueryCtx,
  id: string,
): Promise<Doc<"Group"> | null> {
  const groupId = ctx.db.normalizeId("Group", id);
  return groupId === null ? null : await ctx.db.get("Group", groupId);
}

/**
 * Reads the groups above many groups, each row once in a call, and counts what
 * it reads, so that who asks for many can stop in time.
 */
export class GroupTree {
  readonly #groups = new Map<string, Doc<"Group"> | null>();
  readonly #hidden = new Map<string, boolean>();

  constructor(private readonly ctx: QueryCtx) {}

  /** How many rows were read. */
  get reads(): number {
    return this.#groups.size;
  }

  /** A group, also a deleted one. */
  async get(groupId: Id<"Group">): Promise<Doc<"Group"> | null> {
    const known = this.#groups.get(groupId);
    if (known !== undefined) {
      return known;
    }
    const group = await this.ctx.db.get("Group", groupId);
    this.#groups.set(groupId, group);
    return group;
  }

  /** Whether there is no such group any more, or none that may be shown. */
  async isGone(groupId: Id<"Group">): Promise<boolean> {
    const group = await this.get(groupId);
    return group === null || (await this.isHidden(group));
  }

  /** Whether a group is deleted, or one above it is. */
  async isHidden(group: Doc<"Group">, levels = 1): Promise<boolean> {
    const { deletedTime, parentGroupId } = group;
    if (deletedTime !== undefined) {
      return true;
    }
    if (parentGroupId === undefined || levels >= MAX_LINEAGE) {
      return false;
    }
    const known = this.#hidden.get(parentGroupId);
    if (known !== undefined) {
      return known;
    }
    const parent = await this.get(parentGroupId);
    const hidden = parent === null || (await this.isHidden(parent, levels + 1));
    this.#hidden.set(parentGroupId, hidden);
    return hidden;
  }

  /**
   * The ids of a group and of those above it, deleted or not, nearest first.
   * They end where a row is missing.
   */
  async lineageIds(groupId: Id<"Group">): Promise<Id<"Group">[]> {
    const ids: Id<"Group">[] = [];
    let next: Id<"Group"> | undefined = groupId;
    while (next !== undefined && ids.length < MAX_LINEAGE) {
      ids.push(next);
      next = (await this.get(next))?.parentGroupId;
    }
    return ids;
  }
}
