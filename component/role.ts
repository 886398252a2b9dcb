/** Reading the roles that organizations have made themselves. */
import { v } from "convex/values";
import { groupRoleDocument, groupRoleTable } from "../schema/groupRole.js";
import { pageOf, pageOptions } from "../schema/page.js";
import { query } from "./_generated/server.js";
import { readLineage } from "./lineage.js";
import { EMPTY_PAGE, pagesOf, readPage } from "./page.js";
import { findRole } from "./roleRows.js";

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
