/** What permissions of a user in a group are decided on. */
import type { CustomRoleRow, StandingRows } from "../pkg/core.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import type { QueryCtx } from "./_generated/server.js";
import { findUser } from "./userRows.js";

/**
 * The most roles that are looked up by name: as many as the core accepts in one
 * membership or invitation. More names are refused without being looked up.
 */
const MAX_ROLES = 16;

/**
 * The most groups that are counted as owned: one more than the core lets a user
 * own, whatever the app's own limit is.
 */
const MAX_OWNED = 501;

/** The rows of a standing, with all of their columns. */
export type Standing = Omit<StandingRows, "user" | "memberships"> & {
  user?: Doc<"User">;
  memberships: Doc<"GroupMember">[];
};

/**
 * Reads what a user is in a group: the user, the membership in each group of
 * the lineage, and the roles that these name by id. The rows that are read grow
 * with the depth of the group and with nothing else.
 *
 * @param userId The user's id, also one from outside.
 * @param lineage What `readLineage` gave.
 */
export async function readStanding(
  ctx: QueryCtx,
  userId: string,
  lineage: Doc<"Group">[],
): Promise<Standing> {
  const user = await findUser(ctx, userId);
  if (user === null) {
    return { userId, memberships: [], customRoles: [] };
  }
  const memberships = await readMemberships(ctx, user._id, lineage);
  const customRoles = await readRoles(
    ctx,
    memberships.flatMap((membership) => membership.roleIds),
  );
  return { userId, user, memberships, customRoles };
}

/**
 * Reads what an actor is in a group.
 *
 * @returns Nothing when the app itself acts.
 */
export async function readActor(
  ctx: QueryCtx,
  actorUserId: string | undefined,
  lineage: Doc<"Group">[],
): Promise<Standing | undefined> {
  return actorUserId === undefined
    ? undefined
    : await readStanding(ctx, actorUserId, lineage);
}

/**
 * The memberships of a user in a group and in those above it, also those that
 * are being removed.
 */
export async function readMemberships(
  ctx: QueryCtx,
  userId: Id<"User">,
  lineage: Doc<"Group">[],
): Promise<Doc<"GroupMember">[]> {
  const found = await Promise.all(
    lineage.map((group) => findMembership(ctx, group._id, userId)),
  );
  return found.filter((membership) => membership !== null);
}

/** The membership of a user in a group, also one that is being removed. */
export async function findMembership(
  ctx: QueryCtx,
  groupId: Id<"Group">,
  userId: Id<"User">,
): Promise<Doc<"GroupMember"> | null> {
  return await ctx.db
    .query("GroupMember")
    .withIndex("groupId_userId", (q) =>
      q.eq("groupId", groupId).eq("userId", userId),
    )
    .unique();
}

/** Roles by the ids that memberships name. Those that are gone are left out. */
export async function readRoles(
  ctx: QueryCtx,
  roleIds: Id<"GroupRole">[],
): Promise<CustomRoleRow[]> {
  const roles = await Promise.all(
    [...new Set(roleIds)].map((roleId) => ctx.db.get("GroupRole", roleId)),
  );
  return roles.filter((role) => role !== null);
}

/**
 * The roles of these names that the organization of a lineage has made itself.
 *
 * @param names Names as the app passed them. The core normalises and checks
 *   them; here they are only looked up, in lower case as they are stored.
 */
export async function readCustomRoles(
  ctx: QueryCtx,
  lineage: Doc<"Group">[],
  names: readonly string[],
): Promise<CustomRoleRow[]> {
  const organization = lineage.at(-1);
  if (organization === undefined) {
    return [];
  }
  const lower = names.slice(0, MAX_ROLES).map((name) => name.toLowerCase());
  const roles = await Promise.all(
    [...new Set(lower)].map((role) =>
      ctx.db
        .query("GroupRole")
        .withIndex("groupId_role", (q) =>
          q.eq("groupId", organization._id).eq("role", role),
        )
        .unique(),
    ),
  );
  return roles.filter((role) => role !== null);
}

/** The memberships by which a user owns groups; never more than 501. */
export async function readOwned(
  ctx: QueryCtx,
  userId: Id<"User">,
): Promise<Doc<"GroupMember">[]> {
  return await ctx.db
    .query("GroupMember")
    .withIndex("userId_isOwner", (q) =>
      q.eq("userId", userId).eq("isOwner", true),
    )
    .take(MAX_OWNED);
}

/**
 * Whether a group has an owner besides a user.
 *
 * `isOwner` is false for memberships that are being removed and for those of
 * users who are gone, so two rows are enough to know.
 */
export async function hasOtherOwner(
  ctx: QueryCtx,
  groupId: Id<"Group">,
  userId: Id<"User">,
): Promise<boolean> {
  const owners = await ctx.db
    .query("GroupMember")
    .withIndex("groupId_isOwner", (q) =>
      q.eq("groupId", groupId).eq("isOwner", true),
    )
    .take(2);
  return owners.some((owner) => owner.userId !== userId);
}
