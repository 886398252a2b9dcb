/**
 * The flows of the password provider: each is one transaction that reads rows,
 * asks the core, and carries out the answer.
 */
import { v } from "convex/values";
import { callbacks } from "../schema/callbackConfig.js";
import { passwordConfig, sessionConfig } from "../schema/config.js";
import { signInArguments } from "../schema/secondFactorConfig.js";
import { signInResult } from "../schema/signInResult.js";
import { userProfile } from "../schema/userFields.js";
import { mutation } from "./_generated/server.js";
import { decide } from "./accountsCore.js";
import { readPasswordRows } from "./passwordRows.js";
import { applySignIn } from "./signInAnswer.js";

const flow = {
  config: passwordConfig,
  sessionConfig,
  callbacks: v.optional(callbacks),
  /** The identifier as it was typed. */
  email: v.string(),
  /** A code the app made itself. */
  customCode: v.optional(v.string()),
  /** Whether a new session gets tokens. */
  generateTokens: v.boolean(),
  ...signInArguments,
};

/** Signs up a new user. */
export const signUp = mutation({
  args: {
    ...flow,
    password: v.string(),
    profile: userProfile(),
    /** The app's own data for the new user. */
    extend: v.optional(v.any()),
  },
  returns: signInResult,
  handler: async (ctx, args) => {
    const rows = await readPasswordRows(ctx, args, undefined, true);
    if (rows.kind === "refused") {
      return rows;
    }
    const { password, profile } = args;
    const answer = decide("passwordSignUp", {
      call: rows.call,
      input: { password, profile },
    });
    return await applySignIn(ctx, rows.context, answer);
  },
});

/** Signs in with a password. */
export const signIn = mutation({
  args: { ...flow, password: v.string() },
  returns: signInResult,
  handler: async (ctx, args) => {
    const rows = await readPasswordRows(ctx, args);
    if (rows.kind === "refused") {
      return rows;
    }
    const answer = decide("passwordSignIn", {
      call: rows.call,
      password: args.password,
    });
    return await applySignIn(ctx, rows.context, answer);
  },
});

/** Asks for a code that resets a forgotten password. */
export const requestReset = mutation({
  args: flow,
  returns: signInResult,
  handler: async (ctx, args) => {
    const rows = await readPasswordRows(ctx, args);
    if (rows.kind === "refused") {
      return rows;
    }
    const answer = decide("passwordRequestReset", rows.call);
    return await applySignIn(ctx, rows.context, answer);
  },
});

/** Sets a new password with a code. */
export const reset = mutation({
  args: { ...flow, code: v.string(), newPassword: v.string() },
  returns: signInResult,
  handler: async (ctx, args) => {
    const rows = await readPasswordRows(ctx, args, "password-reset");
    if (rows.kind === "refused") {
      return rows;
    }
    const { code, newPassword } = args;
    const answer = decide("passwordReset", {
      call: rows.call,
      input: { code, newPassword },
    });
    return await applySignIn(ctx, rows.context, answer);
  },
});

/** Proves an e-mail address with a code. */
export const verifyEmail = mutation({
  args: { ...flow, code: v.string(), verifier: v.optional(v.string()) },
  returns: signInResult,
  handler: async (ctx, args) => {
    const rows = await readPasswordRows(ctx, args, "email-verification");
    if (rows.kind === "refused") {
      return rows;
    }
    const { code, verifier } = args;
    const answer = decide("passwordVerifyEmail", {
      call: rows.call,
      input: { code, verifier },
    });
    return await applySignIn(ctx, rows.context, answer);
  },
});

/** Changes the password of a signed-in user. */
export const change = mutation({
  args: {
    config: passwordConfig,
    sessionConfig,
    userId: v.string(),
    sessionId: v.string(),
    currentPassword: v.string(),
    newPassword: v.string(),
  },
  returns: signInResult,
  handler: async (ctx, args) => {
    const { config, sessionConfig, sessionId } = args;
    const userId = ctx.db.normalizeId("User", args.userId);
    const account =
      userId === null
        ? null
        : await ctx.db
            .query("Account")
            .withIndex("userId_provider", (q) =>
              q.eq("userId", userId).eq("provider", config.provider),
            )
            .first();
    const rows = await readPasswordRows(ctx, {
      ...{ config, sessionConfig, generateTokens: false },
      email: account?.accountId ?? NOBODY,
    });
    if (rows.kind === "refused") {
      return rows;
    }
    const answer = decide("passwordChange", {
      call: rows.call,
      input: {
        sessionId,
        currentPassword: args.currentPassword,
        newPassword: args.newPassword,
      },
    });
    return await applySignIn(ctx, rows.context, answer);
  },
});

/**
 * The address that stands for a user without a password account: it can have
 * no account (RFC 6761, section 6.4), so that the core refuses.
 */
const NOBODY = "nobody@gatehouse.invalid";
