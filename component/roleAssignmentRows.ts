/** The rows by which memberships and invitations are found by role. */
import type { Doc, Id } from "./_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "./_generated/server.js";

/** The most roles of a membership or an invitation, as in the core. */
const MAX_ROLES = 16;

type Assignment = Omit<Doc<"GroupRoleAssignment">, "_id" | "_creationTime">;

/** A role that is named, and its id if the organization has made it itself. */
type NamedRole = { role: string; roleId?: Id<"GroupRole"> | undefined };

/** Stores one row for each role that a membership or an invitation names. */
export async function insertAssignments(
  ctx: MutationCtx,
  holder: Omit<Assignment, "role" | "roleId">,
  roles: readonly NamedRole[],
): Promise<void> {
  for (const { role, roleId } of roles) {
    await ctx.db.insert("GroupRoleAssignment", {
      ...{ ...holder, role },
      ...(roleId === undefined ? {} : { roleId }),
    });
  }
}

/** Deletes the rows of a membership or an invitation. */
export async function deleteAssignments(
  ctx: MutationCtx,
  holderId: string,
): Promise<void> {
  const rows = await ctx.db
    .query("GroupRoleAssignment")
    .withIndex("holderId", (q) => q.eq("holderId", holderId))
    .take(MAX_ROLES);
  for (const row of rows) {
    await ctx.db.delete("GroupRoleAssignment", row._id);
  }
}

/** Whether a membership names a role. Invitations do so by name only. */
export async function isAssigned(
  ctx: QueryCtx,
  roleId: Id<"GroupRole">,
): Promise<boolean> {
  const row = await ctx.db
    .query("GroupRoleAssignment")
    .withIndex("roleId", (q) => q.eq("roleId", roleId))
    .first();
  return row !== null;
}
