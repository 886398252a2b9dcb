import { v } from "convex/values";
import { groupRoleDocument } from "../../schema/groupRole.js";
import { groupRoleTable } from "../../schema/groupRoleTable.js";
import { pageOf, pageOptions } from "../../schema/page.js";
import { query } from "../_generated/server.js";
import { readLineage } from "../lineage.js";
import { EMPTY_PAGE, pagesOf, readPage } from "../page.js";

/** The roles of an organization, by name. */
export const list = query({
  args: { groupId: v.string(), ...pageOptions },
  returns: pageOf(groupRoleDocument),
  handler: async (ctx, { groupId, order, ...options }) => {
    const [group] = await readLineage(ctx, groupId);
    if (group === undefined) {
      return EMPTY_PAGE;
    }
    const roles = pagesOf(ctx.db, { GroupRole: groupRoleTable })
      .query("GroupRole")
      .withIndex("groupId_role", (q) => q.eq("groupId", group._id))
      .order(order ?? "asc");
    return await readPage(roles, options, { prefix: [group._id], fields: 1 });
  },
});
