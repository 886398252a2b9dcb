/**
 * Which memberships are there for callers: not those of a user or a group that
 * is gone, nor those that are being removed.
 */
import type { Doc, Id } from "./_generated/dataModel.js";
import type { QueryCtx } from "./_generated/server.js";
import { readLineage } from "./lineage.js";
import { findMember } from "./memberRows.js";
import { findMembership } from "./standing.js";

/** A membership by an id from outside, or `null`. */
export async function findVisibleMember(
  ctx: QueryCtx,
  id: string,
): Promise<Doc<"GroupMember"> | null> {
  const row = await findMember(ctx, id);
  return row !== null && (await isVisible(ctx, row)) ? row : null;
}

/** The membership of a user in a group itself, by ids from outside, or `null`. */
export async function findVisibleMembership(
  ctx: QueryCtx,
  userId: string,
  groupId: string,
): Promise<Doc<"GroupMember"> | null> {
  const user = ctx.db.normalizeId("User", userId);
  const group = ctx.db.normalizeId("Group", groupId);
  const row =
    user === null || group === null
      ? null
      : await findMembership(ctx, group, user);
  return row !== null && (await isVisible(ctx, row)) ? row : null;
}

/** Whether the user of a membership is there. */
export async function hasUser(
  ctx: QueryCtx,
  { userId }: Doc<"GroupMember">,
): Promise<boolean> {
  return (await ctx.db.get("User", userId)) !== null;
}

/**
 * Whether a membership is one that is being removed, alone or with the user's
 * membership in the organization, which goes after all that are below.
 */
export async function isBeingRemoved(
  ctx: QueryCtx,
  row: Doc<"GroupMember">,
  organizationId: Id<"Group"> | undefined,
): Promise<boolean> {
  const above =
    organizationId === undefined || organizationId === row.groupId
      ? null
      : await findMembership(ctx, organizationId, row.userId);
  return (row.removedTime ?? above?.removedTime) !== undefined;
}

async function isVisible(
  ctx: QueryCtx,
  row: Doc<"GroupMember">,
): Promise<boolean> {
  const lineage = await readLineage(ctx, row.groupId);
  return (
    lineage.length > 0 &&
    (await hasUser(ctx, row)) &&
    !(await isBeingRemoved(ctx, row, lineage.at(-1)?._id))
  );
}
