/** Signing in users whom the app has authenticated itself. */
import { v } from "convex/values";
import { callbacks } from "../schema/callbackConfig.js";
import { sessionConfig } from "../schema/config.js";
import { signInArguments } from "../schema/secondFactorConfig.js";
import { signInResult } from "../schema/signInResult.js";
import { mutation } from "./_generated/server.js";
import { decide } from "./accountsCore.js";
import { readLimits } from "./limits.js";
import { requestOrigin } from "./requestOrigin.js";
import { deleteRefreshToken, readSessions } from "./sessionRows.js";
import { issueTokens } from "./tokens.js";
import { applySignIn } from "./signInAnswer.js";
import { readSignInFactors } from "./signInFactors.js";

/**
 * Opens a session after the app's own check, or counts its failure. With
 * `sessionId`, the check has opened the session itself, and it gets tokens.
 */
export const complete = mutation({
  args: {
    provider: v.string(),
    sessionConfig,
    callbacks: v.optional(callbacks),
    /** What the person typed to say who they are. */
    identifier: v.optional(v.string()),
    /** Whom the app's check has named; `null` when it has failed. */
    userId: v.union(v.string(), v.null()),
    sessionId: v.optional(v.string()),
    generateTokens: v.boolean(),
    ...signInArguments,
  },
  returns: signInResult,
  handler: async (ctx, args) => {
    const now = Date.now();
    const { provider, sessionConfig } = args;
    const origin = await requestOrigin(ctx);
    const found = decide("appLookup", {
      provider,
      identifier: args.identifier,
      origin,
    });
    if (found.kind === "refused") {
      return found;
    }
    const userId =
      args.userId === null ? null : ctx.db.normalizeId("User", args.userId);
    const user = userId === null ? null : await ctx.db.get("User", userId);
    const sessions = user === null ? [] : await readSessions(ctx, user._id);
    const opened = sessions.find((session) => session._id === args.sessionId);
    const { factors, device } = await readSignInFactors(ctx, user, args);
    const answer = decide("appSignIn", {
      ...{ now, provider, sessionConfig, origin, sessions, factors },
      replaces: args.replaces,
      authorized: args.userId !== null,
      user: user ?? undefined,
      attempt: await readLimits(ctx, found.attempt),
      existingSession: opened,
    });
    const result = await applySignIn(
      ctx,
      {
        ...{ now, origin, provider, sessionConfig, user, device },
        identifier: args.identifier ?? "",
        callbacks: args.callbacks,
        generateTokens: args.generateTokens,
        account: null,
        code: null,
      },
      answer,
    );
    if (result.kind !== "signedIn" || opened === undefined) {
      return result;
    }
    const { restriction } = opened;
    const existing = {
      ...{ ...result, sessionId: opened._id },
      ...(restriction === undefined ? {} : { restriction }),
    };
    if (!args.generateTokens) {
      return existing;
    }
    // A session has one family of refresh tokens: one it had before ends.
    await deleteRefreshToken(ctx, opened._id);
    const tokens = await issueTokens(ctx, now, opened, sessionConfig);
    return { ...existing, tokens };
  },
});
