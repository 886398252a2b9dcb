/** Deleting groups with all that is below them, at any size. */
import { v } from "convex/values";
import { groupsConfig } from "../schema/groupsConfig.js";
import { doneOrRefused } from "../schema/result.js";
import { mutation } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { decide } from "./accountsCore.js";
import { changeCounts, readCounts } from "./groupCounts.js";
import { readChildHeights, writeHeights } from "./groupRows.js";
import { findGroup, readLineage } from "./lineage.js";
import { refusedBy } from "./refusal.js";
import { findRemoval, startRemoval } from "./removalJobRows.js";
import { requestOrigin } from "./requestOrigin.js";
import { readActor } from "./standing.js";

const args = {
  config: groupsConfig,
  groupId: v.string(),
  actorUserId: v.optional(v.string()),
};

/**
 * Deletes a group. It is invisible at once, with all groups, members, roles and
 * invitations below; their rows are removed in batches, bottom-up, now or after
 * the organization's grace period.
 */
export const remove = mutation({
  args,
  returns: doneOrRefused,
  handler: async (ctx, { config, groupId, actorUserId }) => {
    const lineage = await readLineage(ctx, groupId);
    const [group, ...above] = lineage;
    const parentId = group?.parentGroupId;
    const counts = await readCounts(ctx, group?._id);
    const deletion = decide("groupDelete", {
      ...{ now: Date.now(), config, origin: await requestOrigin(ctx) },
      ...{ lineage, counts },
      parentCounts: parentId && (await readCounts(ctx, parentId)),
      children: await readChildHeights(
        ctx,
        above.map(({ _id }) => _id),
      ),
      actor: await readActor(ctx, actorUserId, lineage),
    });
    await record(ctx, deletion.audit);
    if (deletion.kind === "refused" || group === undefined) {
      return refusedBy(deletion);
    }
    const { deletedTime, dueTime, heights, parentTeams } = deletion;
    await ctx.db.patch("Group", group._id, { deletedTime });
    await writeHeights(ctx, heights);
    await changeCounts(ctx, parentId, { teams: parentTeams });
    await startRemoval(ctx, {
      ...{ kind: "group", subjectId: group._id, dueTime },
      totalMembers: counts.members,
    });
    return { kind: "done" as const };
  },
});

/** Takes back the deletion of an organization while its grace period lasts. */
export const restore = mutation({
  args,
  returns: doneOrRefused,
  handler: async (ctx, { config, groupId, actorUserId }) => {
    const group = await findGroup(ctx, groupId);
    const job = group && (await findRemoval(ctx, group._id));
    const restoration = decide("groupRestore", {
      ...{ now: Date.now(), config, origin: await requestOrigin(ctx) },
      ...{ group: group ?? undefined, isWaiting: job?.state === "waiting" },
      actor: await readActor(ctx, actorUserId, group ? [group] : []),
    });
    await record(ctx, restoration.audit);
    if (restoration.kind === "refused" || group === null || job === null) {
      return refusedBy(restoration);
    }
    await ctx.db.patch("Group", group._id, { deletedTime: undefined });
    await ctx.db.delete("RemovalJob", job._id);
    return { kind: "done" as const };
  },
});
