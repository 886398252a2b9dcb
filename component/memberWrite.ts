/** Adding, changing and removing members. */
import { v, type Infer } from "convex/values";
import type { MembershipPlace } from "../pkg/core.js";
import { groupsConfig } from "../schema/groupsConfig.js";
import { doneOrRefused, refusal } from "../schema/result.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import {
  mutation,
  type MutationCtx,
  type QueryCtx,
} from "./_generated/server.js";
import { record } from "./auditRows.js";
import { decide } from "./accountsCore.js";
import { readCounts } from "./groupCounts.js";
import { GroupTree, readLineage } from "./lineage.js";
import {
  deleteMembers,
  findMember,
  insertMember,
  markMemberRemoved,
  replaceMember,
} from "./memberRows.js";
import {
  findVisibleMember,
  findVisibleMembership,
} from "./memberVisibility.js";
import { refusedBy } from "./refusal.js";
import { takeMemberships } from "./removalBatchUser.js";
import { startRemoval } from "./removalJobRows.js";
import { requestOrigin } from "./requestOrigin.js";
import {
  hasOtherOwner,
  readActor,
  readCustomRoles,
  readMemberships,
  readOwned,
  readRoles,
} from "./standing.js";
import { findUser } from "./userRows.js";

/**
 * The most groups that are read to know where the other memberships of a user
 * are who leaves an organization. A job does it for users with more of them, or
 * with more memberships than one transaction removes.
 */
const MAX_PLACE_READS = 1_000;

/** Makes a user a member of a group. */
export const add = mutation({
  args: {
    config: groupsConfig,
    groupId: v.string(),
    userId: v.string(),
    roles: v.optional(v.array(v.string())),
    status: v.optional(v.string()),
    extend: v.optional(v.any()),
    actorUserId: v.optional(v.string()),
  },
  returns: v.union(
    v.object({ kind: v.literal("done"), memberId: v.id("GroupMember") }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, args) => {
    const { config, roles, status, actorUserId } = args;
    const lineage = await readLineage(ctx, args.groupId);
    const group = lineage[0];
    const user = await findUser(ctx, args.userId);
    const addition = decide("memberAdd", {
      ...{ now: Date.now(), config, origin: await requestOrigin(ctx) },
      ...{ lineage, userId: args.userId, userExists: user !== null },
      ...{ roles, status },
      memberships:
        user === null ? [] : await readMemberships(ctx, user._id, lineage),
      counts: await readCounts(ctx, group?._id),
      actor: await readActor(ctx, actorUserId, lineage),
      ownedGroups: user === null ? 0 : (await readOwned(ctx, user._id)).length,
      customRoles: await readCustomRoles(ctx, lineage, roles ?? []),
    });
    await record(ctx, addition.audit);
    if (addition.kind === "refused" || group === undefined || user === null) {
      return refusedBy(addition);
    }
    const memberId = await insertMember(
      ctx,
      { groupId: group._id, userId: user._id, extend: args.extend as unknown },
      addition.membership,
    );
    return { kind: "done" as const, memberId };
  },
});

/** Changes a membership. What is not named stays as it is. */
export const update = mutation({
  args: {
    config: groupsConfig,
    memberId: v.string(),
    data: v.object({
      roles: v.optional(v.array(v.string())),
      status: v.optional(v.string()),
      extend: v.optional(v.any()),
    }),
    actorUserId: v.optional(v.string()),
  },
  returns: doneOrRefused,
  handler: async (ctx, { config, memberId, data, actorUserId }) => {
    const { roles, status } = data;
    const row = await findVisibleMember(ctx, memberId);
    const rows = await readMembershipRows(ctx, row, actorUserId);
    const change = decide("memberUpdate", {
      ...{ now: Date.now(), config, origin: await requestOrigin(ctx) },
      ...{ ...rows, roles, status },
      ownedGroups: row === null ? 0 : (await readOwned(ctx, row.userId)).length,
      customRoles: await readCustomRoles(ctx, rows.lineage, roles ?? []),
    });
    await record(ctx, change.audit);
    if (change.kind === "refused" || row === null) {
      return refusedBy(change);
    }
    await replaceMember(ctx, row, change.membership, data.extend as unknown);
    return { kind: "done" as const };
  },
});

/**
 * Removes a member from a group, and from an organization with all below. The
 * user has no rights there any more at once, however many memberships there are.
 */
export const remove = mutation({
  args: {
    config: groupsConfig,
    memberId: v.string(),
    actorUserId: v.optional(v.string()),
  },
  returns: doneOrRefused,
  handler: async (ctx, { config, memberId, actorUserId }) =>
    await removeMembership(ctx, {
      row: await findVisibleMember(ctx, memberId),
      ...{ config, actorUserId },
    }),
});

/** The same by the user, who may always leave, but as the last owner. */
export const leave = mutation({
  args: { config: groupsConfig, userId: v.string(), groupId: v.string() },
  returns: doneOrRefused,
  handler: async (ctx, { config, ...args }) => {
    const row = await findVisibleMembership(ctx, args.userId, args.groupId);
    return await removeMembership(ctx, {
      ...{ row, config, actorUserId: args.userId },
    });
  },
});

type Removal = {
  row: Doc<"GroupMember"> | null;
  config: Infer<typeof groupsConfig>;
  actorUserId: string | undefined;
};

async function removeMembership(
  ctx: MutationCtx,
  { row, config, actorUserId }: Removal,
): Promise<Infer<typeof doneOrRefused>> {
  const rows = await readMembershipRows(ctx, row, actorUserId);
  const isOrganization = rows.lineage.length === 1;
  const now = Date.now();
  const removal = decide("memberRemove", {
    ...{ now, config, origin: await requestOrigin(ctx), ...rows },
    ...(row !== null && isOrganization
      ? await readPlaces(ctx, row)
      : { places: [], placesComplete: true }),
  });
  await record(ctx, removal.audit);
  if (removal.kind === "refused" || row === null) {
    return refusedBy(removal);
  }
  const { memberships, removedTime } = removal;
  const found = await Promise.all(
    memberships.map((memberId) => findMember(ctx, memberId)),
  );
  await deleteMembers(
    ctx,
    found.filter((member) => member !== null),
  );
  if (removedTime !== undefined) {
    await markMemberRemoved(ctx, row._id, removedTime);
    await startRemoval(ctx, { kind: "member", subjectId: row._id });
  }
  return { kind: "done" };
}

/** What a change to a membership is decided on. */
async function readMembershipRows(
  ctx: QueryCtx,
  row: Doc<"GroupMember"> | null,
  actorUserId: string | undefined,
) {
  const lineage = row === null ? [] : await readLineage(ctx, row.groupId);
  return {
    ...{ lineage, membership: row ?? undefined },
    membershipRoles: await readRoles(ctx, row?.roleIds ?? []),
    hasOtherOwner:
      row !== null && (await hasOtherOwner(ctx, row.groupId, row.userId)),
    actor: await readActor(ctx, actorUserId, lineage),
  };
}

/** Where else the user of a membership is a member. */
async function readPlaces(
  ctx: QueryCtx,
  row: Doc<"GroupMember">,
): Promise<{ places: MembershipPlace[]; placesComplete: boolean }> {
  const { memberships, isAll } = await takeMemberships(ctx, row.userId);
  const tree = new GroupTree(ctx);
  const places: MembershipPlace[] = [];
  for (const { _id, groupId } of memberships) {
    if (tree.reads > MAX_PLACE_READS) {
      return { places: [], placesComplete: false };
    }
    const lineageIds: Id<"Group">[] = await tree.lineageIds(groupId);
    places.push({ membershipId: _id, lineageIds });
  }
  return { places, placesComplete: isAll };
}
