/** The group that a user has selected. */
import { v } from "convex/values";
import type { PermissionCheck } from "../pkg/core.js";
import { doneOrRefused } from "../schema/result.js";
import { mutation, query, type QueryCtx } from "./_generated/server.js";
import { decide } from "./accessCore.js";
import { readLineage } from "./lineage.js";
import { refuse } from "./refusal.js";
import { readStanding } from "./standing.js";
import { findUser } from "./userRows.js";

/** Selects a group of which the user is a member, there or above, or none. */
export const set = mutation({
  args: { userId: v.string(), groupId: v.union(v.string(), v.null()) },
  returns: doneOrRefused,
  handler: async (ctx, { userId, groupId }) => {
    const user = await findUser(ctx, userId);
    if (user === null) {
      return refuse("USER_NOT_FOUND", "there is no such user");
    }
    if (groupId === null) {
      await ctx.db.patch("User", user._id, { activeGroupId: undefined });
      return { kind: "done" as const };
    }
    const lineage = await readLineage(ctx, groupId);
    const group = lineage[0];
    if (group === undefined) {
      return refuse("GROUP_NOT_FOUND", "there is no such group");
    }
    const answer = await checkMembership(ctx, userId, lineage);
    if (answer.kind === "refused") {
      return answer;
    }
    await ctx.db.patch("User", user._id, { activeGroupId: group._id });
    return { kind: "done" as const };
  },
});

/** The selected group, or `null`; also when the user has no place there now. */
export const get = query({
  args: { userId: v.string() },
  returns: v.union(v.string(), v.null()),
  handler: async (ctx, { userId }) => {
    const groupId = (await findUser(ctx, userId))?.activeGroupId;
    if (groupId === undefined) {
      return null;
    }
    const lineage = await readLineage(ctx, groupId);
    const answer = await checkMembership(ctx, userId, lineage);
    return answer.kind === "allowed" ? groupId : null;
  },
});

/** Whether a user has a membership that counts. */
async function checkMembership(
  ctx: QueryCtx,
  userId: string,
  lineage: Awaited<ReturnType<typeof readLineage>>,
): Promise<PermissionCheck> {
  return decide("permissionCheck", {
    ...{ now: Date.now(), lineage },
    standing: await readStanding(ctx, userId, lineage),
  });
}
