/** Creating, changing and moving groups. */
import { v, type Infer } from "convex/values";
import type { GroupFields } from "../pkg/core.js";
import { groupTag } from "../schema/group.js";
import { groupsConfig } from "../schema/groupsConfig.js";
import { groupSettings } from "../schema/groupSettings.js";
import { doneOrRefused, refusal } from "../schema/result.js";
import type { Doc } from "./_generated/dataModel.js";
import { mutation, type QueryCtx } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { decide } from "./accountsCore.js";
import { changeCounts, readCounts } from "./groupCounts.js";
import {
  insertGroup,
  isSlugTaken,
  patchGroup,
  readChildHeights,
  writeHeights,
} from "./groupRows.js";
import { readLineage } from "./lineage.js";
import { insertMember } from "./memberRows.js";
import { refusedBy } from "./refusal.js";
import { requestOrigin } from "./requestOrigin.js";
import { readActor, readOwned } from "./standing.js";

/** Creates a group. A user who creates an organization becomes its owner. */
export const create = mutation({
  args: {
    config: groupsConfig,
    name: v.string(),
    slug: v.optional(v.string()),
    type: v.optional(v.string()),
    parentGroupId: v.optional(v.string()),
    tags: v.optional(v.array(groupTag)),
    settings: v.optional(groupSettings),
    extend: v.optional(v.any()),
    actorUserId: v.optional(v.string()),
  },
  returns: v.union(
    v.object({ kind: v.literal("done"), groupId: v.id("Group") }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, args) => {
    const { config, settings, parentGroupId, actorUserId } = args;
    const { name, slug, type, tags } = args;
    const prepared = decide("prepareGroup", { name, slug, type, tags });
    if (prepared.kind === "refused") {
      return prepared;
    }
    const hasParent = parentGroupId !== undefined;
    const parentLineage = hasParent
      ? await readLineage(ctx, parentGroupId)
      : [];
    const parentId = parentLineage[0]?._id;
    const actor = await readActor(ctx, actorUserId, parentLineage);
    const creator = actor?.user?._id;
    const creation = decide("groupCreate", {
      ...{ now: Date.now(), config, origin: await requestOrigin(ctx) },
      ...{ fields: prepared.fields, settings, hasParent, parentLineage, actor },
      parentCounts: await readCounts(ctx, parentId),
      ownedGroups:
        creator === undefined || hasParent
          ? 0
          : (await readOwned(ctx, creator)).length,
      slugTaken: await isSlugTaken(ctx, parentId, prepared.fields.slug),
    });
    if (creation.kind === "refused") {
      await record(ctx, creation.audit);
      return refusedBy(creation);
    }
    const { group, owner, heights, parentTeams } = creation;
    const groupId = await insertGroup(ctx, group, parentId, args.extend);
    await changeCounts(ctx, parentId, { teams: parentTeams });
    await record(
      ctx,
      creation.audit.map((event) => ({ ...event, groupId })),
    );
    if (owner !== undefined && creator !== undefined) {
      await insertMember(ctx, { groupId, userId: creator }, owner);
    }
    await writeHeights(ctx, heights);
    return { kind: "done" as const, groupId };
  },
});

/** What may change of a group. `null` takes away what is there. */
const data = v.object({
  name: v.optional(v.string()),
  slug: v.optional(v.union(v.string(), v.null())),
  type: v.optional(v.union(v.string(), v.null())),
  parentGroupId: v.optional(v.union(v.string(), v.null())),
  tags: v.optional(v.array(groupTag)),
  settings: v.optional(groupSettings),
  extend: v.optional(v.any()),
});

/**
 * Changes a group, or moves it with all below. Fields that are not named stay
 * as they are; settings are merged with those that are stored. A move changes
 * the group's row and those above it, however much is below.
 */
export const update = mutation({
  args: {
    config: groupsConfig,
    groupId: v.string(),
    data,
    actorUserId: v.optional(v.string()),
  },
  returns: doneOrRefused,
  handler: async (ctx, { config, groupId, data, actorUserId }) => {
    const prepared = decide("prepareGroup", fieldsOf(data));
    if (prepared.kind === "refused") {
      return prepared;
    }
    const { fields } = prepared;
    const lineage = await readLineage(ctx, groupId);
    const group = lineage[0];
    const move = await readMove(ctx, lineage, data.parentGroupId);
    const parentId = move.moves
      ? move.newLineage[0]?._id
      : group?.parentGroupId;
    const slug = fields.slug ?? (move.moves ? group?.slug : undefined);
    const concernsTeams = move.moves || fields.type !== undefined;
    const update = decide("groupUpdate", {
      ...{ now: Date.now(), config, origin: await requestOrigin(ctx) },
      ...{ lineage, fields, settings: data.settings, ...move },
      actor: await readActor(ctx, actorUserId, lineage),
      actorInNewParent: move.hasNewParent
        ? await readActor(ctx, actorUserId, move.newLineage)
        : undefined,
      parentCounts: concernsTeams
        ? await readCounts(ctx, group?.parentGroupId)
        : undefined,
      slugTaken: await isSlugTaken(ctx, parentId, slug, group?._id),
    });
    await record(ctx, update.audit);
    if (update.kind === "refused" || group === undefined) {
      return refusedBy(update);
    }
    await patchGroup(ctx, group, update.patch, {
      moveTo: update.moves ? { parentGroupId: parentId } : undefined,
      extend: data.extend as unknown,
    });
    await changeCounts(ctx, group.parentGroupId, {
      teams: update.oldParentTeams,
    });
    await changeCounts(ctx, parentId, { teams: update.newParentTeams });
    await writeHeights(ctx, update.heights);
    return { kind: "done" as const };
  },
});

/** For the core, an empty slug or type takes away what is there. */
function fieldsOf({ name, slug, type, tags }: Infer<typeof data>): GroupFields {
  const text = (value?: string | null) => (value === null ? "" : value);
  return { name, slug: text(slug), type: text(type), tags };
}

/** What a move is decided on. Without one, nothing is read. */
async function readMove(
  ctx: QueryCtx,
  lineage: Doc<"Group">[],
  parentGroupId: string | null | undefined,
) {
  const group = lineage[0];
  const moves =
    parentGroupId !== undefined &&
    parentGroupId !== (group?.parentGroupId ?? null);
  if (group === undefined || !moves) {
    const none = { children: [], newLineage: [] as Doc<"Group">[] };
    return { moves, hasNewParent: false, hasRoles: false, ...none };
  }
  const hasNewParent = parentGroupId !== null;
  const newLineage = hasNewParent ? await readLineage(ctx, parentGroupId) : [];
  const above = [...lineage.slice(1), ...newLineage];
  return {
    ...{ moves, hasNewParent, newLineage },
    newParentCounts: await readCounts(ctx, newLineage[0]?._id),
    children: await readChildHeights(
      ctx,
      above.map((group) => group._id),
    ),
    hasRoles: (await readCounts(ctx, group._id)).roles > 0,
  };
}
