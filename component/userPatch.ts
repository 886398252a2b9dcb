import { v } from "convex/values";
import { doneOrRefused } from "../schema/result.js";
import { userProfile } from "../schema/userFields.js";
import { mutation } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { decide } from "./accountsCore.js";
import { withExtend } from "./extend.js";
import { requestOrigin } from "./requestOrigin.js";
import { findUser } from "./userRows.js";

/** Changes a user. Fields that are not named stay as they are. */
export const apply = mutation({
  args: {
    userId: v.string(),
    data: v.object({ ...userProfile().fields, extend: v.optional(v.any()) }),
  },
  returns: doneOrRefused,
  handler: async (ctx, { userId, data }) => {
    const user = await findUser(ctx, userId);
    const { extend, ...profile } = data as Omit<typeof data, "extend"> & {
      extend?: unknown;
    };
    const checked = decide("checkUserPatch", {
      current: user ?? undefined,
      profile,
    });
    if (checked.kind === "refused" || user === null) {
      return checked as Extract<typeof checked, { kind: "refused" }>;
    }
    await ctx.db.patch("User", user._id, {
      ...(checked.dropsEmailProof ? { emailVerificationTime: undefined } : {}),
      ...(checked.dropsPhoneProof ? { phoneVerificationTime: undefined } : {}),
      ...checked.fields,
      ...withExtend(extend),
    });
    await record(ctx, [
      {
        ...{ event: "userUpdated", outcome: "success", userId: user._id },
        ...(await requestOrigin(ctx)),
      },
    ]);
    return { kind: "done" as const };
  },
});
