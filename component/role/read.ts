import { v } from "convex/values";
import { groupRoleDocument } from "../../schema/groupRole.js";
import { query } from "../_generated/server.js";
import { readLineage } from "../lineage.js";
import { findRole } from "../roleRows.js";

/** A role, or `null`; also when its organization is gone. */
export const get = query({
  args: { roleId: v.string() },
  returns: v.union(groupRoleDocument, v.null()),
  handler: async (ctx, { roleId }) => {
    const role = await findRole(ctx, roleId);
    const lineage = role === null ? [] : await readLineage(ctx, role.groupId);
    return lineage.length > 0 ? role : null;
  },
});
