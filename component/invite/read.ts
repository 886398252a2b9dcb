import { v } from "convex/values";
import { groupInviteDocument } from "../../schema/groupInvite.js";
import { query } from "../_generated/server.js";
import { findInvite, showInvite } from "../inviteRows.js";

/** An invitation, or `null`; also when its group is gone. */
export const get = query({
  args: { inviteId: v.string() },
  returns: v.union(groupInviteDocument, v.null()),
  handler: async (ctx, { inviteId }) =>
    await showInvite(ctx, await findInvite(ctx, inviteId)),
});
