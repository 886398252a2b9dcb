/** Writing groups with the rows that go with them: labels, slugs, counts. */
import type {
  ChildHeights,
  GroupPatch,
  GroupTag,
  HeightWrite,
  NewGroup,
} from "../pkg/core.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "./_generated/server.js";
import { withExtend } from "./extend.js";
import { NO_COUNTS } from "./groupCounts.js";

/** The most labels of a group, as in the core. */
const MAX_TAGS = 32;

/**
 * How many slugs, former ones and the present one, stay reserved for a group.
 * Without an end, whoever may rename one group could reserve every slug.
 */
const MAX_SLUGS = 32;

/** Stores a new group. The teams of the group above are the caller's to count. */
export async function insertGroup(
  ctx: MutationCtx,
  group: NewGroup,
  parentGroupId: Id<"Group"> | undefined,
  extend: unknown,
): Promise<Id<"Group">> {
  const groupId = await ctx.db.insert("Group", {
    ...{ ...group, parentGroupId },
    ...withExtend(extend),
  });
  await ctx.db.insert("GroupCount", { groupId, ...NO_COUNTS });
  await insertTags(ctx, groupId, group.tags);
  await reserveSlug(ctx, groupId, parentGroupId, group.slug);
  return groupId;
}

/** What becomes of a group besides what the core answers. */
type GroupChange = {
  /** The new group above, when there is one, in a move. */
  moveTo?: { parentGroupId: Id<"Group"> | undefined };
  /** The app's own data. */
  extend: unknown;
};

/** Changes a group. */
export async function patchGroup(
  ctx: MutationCtx,
  group: Doc<"Group">,
  patch: GroupPatch,
  { moveTo, extend }: GroupChange,
): Promise<void> {
  const { slug, type, ...fields } = patch;
  const parentGroupId = (moveTo ?? group).parentGroupId;
  const changed = {
    ...fields,
    ...(slug === undefined ? {} : { slug: slug === "" ? undefined : slug }),
    ...(type === undefined ? {} : { type: type === "" ? undefined : type }),
    ...(moveTo && { parentGroupId, isRoot: parentGroupId === undefined }),
    ...withExtend(extend),
  };
  if (Object.keys(changed).length > 0) {
    await ctx.db.patch("Group", group._id, changed);
  }
  if (fields.tags !== undefined) {
    await deleteTags(ctx, group._id);
    await insertTags(ctx, group._id, fields.tags);
  }
  if (moveTo !== undefined || "slug" in changed) {
    const present = "slug" in changed ? changed.slug : group.slug;
    await reserveSlug(ctx, group._id, parentGroupId, present);
  }
}

/** Stores heights that the core has named. */
export async function writeHeights(
  ctx: MutationCtx,
  heights: HeightWrite[],
): Promise<void> {
  for (const { groupId, height } of heights) {
    await ctx.db.patch("Group", groupId as Id<"Group">, { height });
  }
}

/**
 * The two highest groups right below each of some groups: what their heights
 * are decided on when one of those below changes, comes or goes.
 */
export async function readChildHeights(
  ctx: QueryCtx,
  groupIds: Id<"Group">[],
): Promise<ChildHeights[]> {
  return await Promise.all(
    [...new Set(groupIds)].map(async (groupId) => {
      const highest = await ctx.db
        .query("Group")
        .withIndex("parentGroupId_deletedTime_height", (q) =>
          q.eq("parentGroupId", groupId).eq("deletedTime", undefined),
        )
        .order("desc")
        .take(2);
      return {
        groupId,
        highest: highest.map(({ _id, height }) => ({ groupId: _id, height })),
      };
    }),
  );
}

/** Whether another group has or had a slug below the same group. */
export async function isSlugTaken(
  ctx: QueryCtx,
  parentGroupId: Id<"Group"> | undefined,
  slug: string | undefined,
  groupId?: Id<"Group">,
): Promise<boolean> {
  if (slug === undefined || slug === "") {
    return false;
  }
  const reserved = await findSlug(ctx, parentGroupId, slug);
  return reserved !== null && reserved.groupId !== groupId;
}

async function findSlug(
  ctx: QueryCtx,
  parentGroupId: Id<"Group"> | undefined,
  slug: string,
): Promise<Doc<"GroupSlug"> | null> {
  return await ctx.db
    .query("GroupSlug")
    .withIndex("parentGroupId_slug", (q) =>
      q.eq("parentGroupId", parentGroupId).eq("slug", slug),
    )
    .unique();
}

/** Reserves the slug of a group where it is, and lets go of very old ones. */
async function reserveSlug(
  ctx: MutationCtx,
  groupId: Id<"Group">,
  parentGroupId: Id<"Group"> | undefined,
  slug: string | undefined,
): Promise<void> {
  if (slug === undefined) {
    return;
  }
  const reserved = await findSlug(ctx, parentGroupId, slug);
  if (reserved !== null) {
    // The newest is the present one, also when it was the group's before.
    await ctx.db.delete("GroupSlug", reserved._id);
  }
  await ctx.db.insert("GroupSlug", { groupId, parentGroupId, slug });
  const slugs = await ctx.db
    .query("GroupSlug")
    .withIndex("groupId", (q) => q.eq("groupId", groupId))
    .take(MAX_SLUGS + 1);
  const oldest = slugs.length > MAX_SLUGS ? slugs[0] : undefined;
  if (oldest !== undefined) {
    await ctx.db.delete("GroupSlug", oldest._id);
  }
}

async function deleteTags(
  ctx: MutationCtx,
  groupId: Id<"Group">,
): Promise<void> {
  const tags = await ctx.db
    .query("GroupTag")
    .withIndex("groupId", (q) => q.eq("groupId", groupId))
    .take(MAX_TAGS);
  for (const { _id } of tags) {
    await ctx.db.delete("GroupTag", _id);
  }
}

async function insertTags(
  ctx: MutationCtx,
  groupId: Id<"Group">,
  tags: GroupTag[],
): Promise<void> {
  const group = tags.length > 0 ? await ctx.db.get("Group", groupId) : null;
  for (const { key, value } of tags) {
    await ctx.db.insert("GroupTag", {
      ...{ groupId, key, value },
      groupTime: group?._creationTime ?? 0,
    });
  }
}
