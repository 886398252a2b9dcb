/** Forgetting devices on which a user is not asked for the second factor. */
import { v } from "convex/values";
import { mutation } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { requestOrigin } from "./requestOrigin.js";
import { readTrustedDevices } from "./secondFactorRows.js";
import { findUser } from "./userRows.js";

/** Forgets one device of a user, or all. One that is not there is forgotten. */
export const remove = mutation({
  args: { userId: v.string(), trustedDeviceId: v.optional(v.string()) },
  returns: v.null(),
  handler: async (ctx, { userId, trustedDeviceId }) => {
    const user = await findUser(ctx, userId);
    const devices =
      user === null ? [] : await readTrustedDevices(ctx, user._id);
    const origin = await requestOrigin(ctx);
    for (const { _id } of devices) {
      if (trustedDeviceId === undefined || trustedDeviceId === _id) {
        await ctx.db.delete("TrustedDevice", _id);
        await record(ctx, [
          {
            ...{ event: "deviceForgotten", outcome: "success", userId },
            ...origin,
          },
        ]);
      }
    }
    return null;
  },
});
