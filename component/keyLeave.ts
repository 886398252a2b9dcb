/** Revoking the API keys of groups whose makers are no members any more. */
import { v } from "convex/values";
import { internal } from "./_generated/api.js";
import { internalMutation } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { decide } from "./accountsCore.js";
import { leavingKeys } from "./keyLeaveRows.js";
import { markKey, readOwner } from "./keyRows.js";

/**
 * Keys that one transaction looks at: for each, up to 33 groups and as many
 * memberships are read.
 */
const BATCH = 20;

/**
 * Revokes what somebody has made for groups and is to end with the membership,
 * wherever there is none any more. They no longer work before this has run; it
 * makes sure that they do not work again when the user comes back. Runs again
 * until it has looked at all.
 */
export const revoke = internalMutation({
  args: { userId: v.id("User"), cursor: v.union(v.number(), v.null()) },
  returns: v.null(),
  handler: async (ctx, { userId, cursor }) => {
    const now = Date.now();
    const keys = await leavingKeys(ctx, userId, cursor).take(BATCH);
    for (const key of keys) {
      const leave = decide("keyLeave", {
        // Which kinds of keys there are is not known here: the key is kept for
        // as long as one whose kind has gone from the app.
        ...{ now, origin: {}, config: { configurations: [] } },
        found: await readOwner(ctx, key),
      });
      if (leave.kind === "revoked") {
        await record(ctx, leave.audit);
        await markKey(ctx, key._id, leave.mark);
      }
    }
    const last = keys.at(-1);
    if (last !== undefined && keys.length === BATCH) {
      await ctx.scheduler.runAfter(0, internal.keyLeave.revoke, {
        ...{ userId, cursor: last._creationTime },
      });
    }
    return null;
  },
});
