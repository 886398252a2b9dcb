/** Making, changing and deleting roles of an organization's own. */
import { v } from "convex/values";
import { statement } from "../schema/groupRole.js";
import { groupsConfig } from "../schema/groupsConfig.js";
import { doneOrRefused, refusal } from "../schema/result.js";
import type { Doc } from "./_generated/dataModel.js";
import { mutation, type MutationCtx } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { decide } from "./accountsCore.js";
import { changeCounts, readCounts } from "./groupCounts.js";
import { readLineage } from "./lineage.js";
import { refusedBy } from "./refusal.js";
import { requestOrigin } from "./requestOrigin.js";
import { isAssigned } from "./roleAssignmentRows.js";
import { findRole } from "./roleRows.js";
import { readActor, readCustomRoles } from "./standing.js";

/** Makes a role. Its name never changes. */
export const create = mutation({
  args: {
    config: groupsConfig,
    groupId: v.string(),
    role: v.string(),
    description: v.optional(v.string()),
    permissions: v.array(statement),
    actorUserId: v.optional(v.string()),
  },
  returns: v.union(
    v.object({ kind: v.literal("done"), roleId: v.id("GroupRole") }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, { config, groupId, actorUserId, ...input }) => {
    const lineage = await readLineage(ctx, groupId);
    const group = lineage[0];
    const sameName = await readCustomRoles(ctx, lineage, [input.role]);
    const creation = decide("roleCreate", {
      ...{ now: Date.now(), config, origin: await requestOrigin(ctx) },
      ...{ lineage, ...input, exists: sameName.length > 0 },
      actor: await readActor(ctx, actorUserId, lineage),
      counts: await readCounts(ctx, group?._id),
    });
    await record(ctx, creation.audit);
    if (creation.kind === "refused" || group === undefined) {
      return refusedBy(creation);
    }
    const roleId = await ctx.db.insert("GroupRole", {
      ...{ groupId: group._id, ...creation.role },
    });
    await changeCounts(ctx, group._id, { roles: 1 });
    return { kind: "done" as const, roleId };
  },
});

/** Changes what a role is for, or what it allows. */
export const update = mutation({
  args: {
    config: groupsConfig,
    roleId: v.string(),
    data: v.object({
      description: v.optional(v.string()),
      permissions: v.optional(v.array(statement)),
    }),
    actorUserId: v.optional(v.string()),
  },
  returns: doneOrRefused,
  handler: async (ctx, { config, roleId, data, actorUserId }) => {
    const rows = await readRows(ctx, roleId, actorUserId);
    const change = decide("roleUpdate", {
      ...{ now: Date.now(), config, origin: await requestOrigin(ctx) },
      ...{ ...rows, role: rows.role ?? undefined, ...data },
    });
    await record(ctx, change.audit);
    if (change.kind === "refused" || rows.role === null) {
      return refusedBy(change);
    }
    const { description, permissions } = change;
    await ctx.db.patch("GroupRole", rows.role._id, {
      ...(description === undefined
        ? {}
        : { description: description === "" ? undefined : description }),
      ...(permissions === undefined ? {} : { permissions }),
    });
    return { kind: "done" as const };
  },
});

/** Deletes a role that no member has. */
export const remove = mutation({
  args: {
    config: groupsConfig,
    roleId: v.string(),
    actorUserId: v.optional(v.string()),
  },
  returns: doneOrRefused,
  handler: async (ctx, { config, roleId, actorUserId }) => {
    const rows = await readRows(ctx, roleId, actorUserId);
    const { role } = rows;
    const deletion = decide("roleDelete", {
      ...{ now: Date.now(), config, origin: await requestOrigin(ctx) },
      ...{ ...rows, role: role ?? undefined },
      isAssigned: role !== null && (await isAssigned(ctx, role._id)),
    });
    await record(ctx, deletion.audit);
    if (deletion.kind === "refused" || role === null) {
      return refusedBy(deletion);
    }
    await ctx.db.delete("GroupRole", role._id);
    await changeCounts(ctx, role.groupId, { roles: -1 });
    return { kind: "done" as const };
  },
});

/** The role, its organization, and who acts. */
async function readRows(
  ctx: MutationCtx,
  roleId: string,
  actorUserId: string | undefined,
) {
  const role: Doc<"GroupRole"> | null = await findRole(ctx, roleId);
  const lineage = role === null ? [] : await readLineage(ctx, role.groupId);
  const actor = await readActor(ctx, actorUserId, lineage);
  return { role, lineage, actor };
}
