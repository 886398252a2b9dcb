/** The role of a user in the whole app. It gives no rights in groups. */
import { literals } from "convex-helpers/validators";
import { v } from "convex/values";
import { doneOrRefused } from "../schema/result.js";
import { mutation, query } from "./_generated/server.js";
import { decide } from "./accessCore.js";
import { record } from "./auditRows.js";
import { requestOrigin } from "./requestOrigin.js";
import { findSession } from "./sessionRows.js";
import { findUser } from "./userRows.js";

/** Makes a user an administrator of the app, or takes that away. */
export const set = mutation({
  args: { userId: v.string(), role: v.union(literals("admin"), v.null()) },
  returns: doneOrRefused,
  handler: async (ctx, { userId, role }) => {
    const user = await findUser(ctx, userId);
    if (user === null) {
      return {
        kind: "refused" as const,
        refusal: { code: "USER_NOT_FOUND", message: "there is no such user" },
      };
    }
    await ctx.db.patch("User", user._id, { role: role ?? undefined });
    await record(ctx, [
      {
        ...{ event: "userRoleChanged", outcome: "success", userId: user._id },
        ...(await requestOrigin(ctx)),
      },
    ]);
    return { kind: "done" as const };
  },
});

/**
 * Whether a caller is an administrator of the app whose session goes on, and who
 * is not banned.
 */
export const check = query({
  args: { userId: v.string(), sessionId: v.string() },
  returns: doneOrRefused,
  handler: async (ctx, { userId, sessionId }) => {
    const session = await findSession(ctx, sessionId);
    const isOwn = session?.userId === userId;
    const user = isOwn ? await ctx.db.get("User", session.userId) : null;
    return decide("administratorCheck", {
      ...{ now: Date.now(), user: user ?? undefined },
      ...(isOwn ? { sessionExpirationTime: session.expirationTime } : {}),
    });
  },
});
