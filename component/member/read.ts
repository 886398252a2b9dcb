import { v } from "convex/values";
import { groupMemberDocument } from "../../schema/groupMember.js";
import { query } from "../_generated/server.js";
import {
  findVisibleMember,
  findVisibleMembership,
} from "../memberVisibility.js";

/** A membership, or `null`; also when its user or its group is gone. */
export const get = query({
  args: { memberId: v.string() },
  returns: v.union(groupMemberDocument, v.null()),
  handler: async (ctx, { memberId }) => await findVisibleMember(ctx, memberId),
});

/** The membership of a user in a group itself, or `null`. */
export const getByUserAndGroup = query({
  args: { userId: v.string(), groupId: v.string() },
  returns: v.union(groupMemberDocument, v.null()),
  handler: async (ctx, { userId, groupId }) =>
    await findVisibleMembership(ctx, userId, groupId),
});
