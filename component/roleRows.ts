import type { Doc } from "./_generated/dataModel.js";
import type { QueryCtx } from "./_generated/server.js";

/** A role of an organization's own, by an id from outside. */
export async function findRole(
  ctx: QueryCtx,
  id: string,
): Promise<Doc<"GroupRole"> | null> {
  const roleId = ctx.db.normalizeId("GroupRole", id);
  return roleId === null ? null : await ctx.db.get("GroupRole", roleId);
}
