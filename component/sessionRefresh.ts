import { v } from "convex/values";
import { sessionConfig } from "../schema/config.js";
import { refusal, tokens } from "../schema/result.js";
import type { Doc } from "./_generated/dataModel.js";
import { mutation } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { decide } from "./accessCore.js";
import { requestOrigin } from "./requestOrigin.js";
import { deleteSession } from "./sessionRows.js";
import { readSigningKey } from "./signingKeyRows.js";

/** Exchanges a refresh token for new tokens. */
export const exchange = mutation({
  args: { refreshToken: v.string(), config: sessionConfig },
  returns: v.union(
    v.object({ kind: v.literal("refreshed"), tokens }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, { refreshToken, config }) => {
    const presented = decide("sessionPresent", refreshToken);
    if (presented.kind === "refused") {
      return presented;
    }
    const now = Date.now();
    const row = await ctx.db
      .query("RefreshToken")
      .withIndex("familyHash", (q) => q.eq("familyHash", presented.familyHash))
      .unique();
    const session =
      row !== null && isSessionDue(row, now)
        ? await ctx.db.get("Session", row.sessionId)
        : null;
    const userId = session?.userId ?? row?.session?.userId;
    const user = userId === undefined ? null : await ctx.db.get("User", userId);
    const answer = decide("sessionRefresh", {
      ...{ now, config, refreshToken },
      origin: await requestOrigin(ctx),
      row: row ?? undefined,
      session: session ?? undefined,
      user: user ?? undefined,
      signingKey: await readSigningKey(ctx, now, decide),
    });
    await record(ctx, answer.audit);
    if (answer.revoke && row !== null) {
      await deleteSession(ctx, row.sessionId);
    }
    if (answer.write.kind === "rotate" && row !== null) {
      const { kind: _kind, ...rotation } = answer.write;
      await ctx.db.patch("RefreshToken", row._id, {
        ...rotation,
        // To the core, the user's id is any text.
        session: rotation.session as Doc<"RefreshToken">["session"],
      });
    }
    if (answer.session !== undefined && session !== null) {
      await ctx.db.patch("Session", session._id, answer.session);
    }
    if (answer.outcome.kind === "refused") {
      return answer.outcome;
    }
    const { kind, ...tokens } = answer.outcome;
    return { kind, tokens };
  },
});

/**
 * Whether the copy of the session in the row will not do. The core asks the
 * same, and ends the family if the session is due and was not found.
 */
function isSessionDue(row: Doc<"RefreshToken">, now: number): boolean {
  const { session, sessionDueTime } = row;
  return (
    session === undefined ||
    sessionDueTime === undefined ||
    now >= sessionDueTime
  );
}
