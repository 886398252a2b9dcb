/** Signing up with a passkey alone. */
import { v } from "convex/values";
import { callbacks } from "../schema/callbackConfig.js";
import { sessionConfig } from "../schema/config.js";
import {
  creationOptions,
  passkeyConfig,
  registrationInput,
} from "../schema/passkeyConfig.js";
import { refusal } from "../schema/result.js";
import { signInResult } from "../schema/signInResult.js";
import { signInArguments } from "../schema/secondFactorConfig.js";
import { mutation } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { findCode } from "./codes.js";
import { readPepper } from "./deploymentSecret.js";
import { readLimits, writeLimits } from "./limits.js";
import { findCeremony, insertCeremony } from "./passkeyCeremony.js";
import { decide } from "./accountsCore.js";
import { findOwner } from "./ownerRows.js";
import { findPasskey } from "./passkeyRows.js";
import { refusedBy } from "./refusal.js";
import { requestOrigin } from "./requestOrigin.js";
import { applySignIn, writeCode } from "./signInAnswer.js";

const flow = {
  config: passkeyConfig,
  sessionConfig,
  callbacks: v.optional(callbacks),
  generateTokens: v.boolean(),
  ...signInArguments,
};

/** Sends a code to an address that somebody wants to sign up with. */
export const request = mutation({
  args: {
    ...flow,
    /** The address as it was typed. */
    email: v.string(),
    /** The person's name. */
    name: v.optional(v.string()),
    /** A code the app made itself. */
    customCode: v.optional(v.string()),
  },
  returns: signInResult,
  handler: async (ctx, { config, email, name, customCode, ...args }) => {
    const now = Date.now();
    const { provider } = config;
    const origin = await requestOrigin(ctx);
    const found = decide("passkeySignUpLookup", { provider, email, origin });
    if (found.kind === "refused") {
      return found;
    }
    const { identifier } = found;
    const owner = await findOwner(ctx, identifier);
    const answer = decide("passkeySignUpRequest", {
      ...{ now, config, origin, identifier, name, customCode },
      pepper: await readPepper(ctx),
      owner: owner ?? undefined,
      request: await readLimits(ctx, found.request),
    });
    const context = {
      ...{
        ...args,
        now,
        origin,
        provider,
        identifier,
        callbacks: args.callbacks,
      },
      ...{ user: null, account: null, code: null, device: null },
    };
    return await applySignIn(ctx, context, answer);
  },
});

/** Redeems the code, and begins the ceremony for the address it proves. */
export const begin = mutation({
  args: {
    config: passkeyConfig,
    email: v.string(),
    code: v.string(),
    verifier: v.string(),
  },
  returns: v.union(
    v.object({
      kind: v.literal("begun"),
      verifier: v.string(),
      options: creationOptions,
    }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, { config, email, code, verifier }) => {
    const { provider } = config;
    const origin = await requestOrigin(ctx);
    const found = decide("passkeySignUpLookup", { provider, email, origin });
    if (found.kind === "refused") {
      return found;
    }
    const { identifier } = found;
    const stored = await findCode(
      ...([ctx, provider, "passkey-sign-up", identifier] as const),
    );
    const owner = await findOwner(ctx, identifier);
    const answer = decide("passkeySignUpOptions", {
      ...{ now: Date.now(), config, origin, identifier, code, verifier },
      pepper: await readPepper(ctx),
      owner: owner ?? undefined,
      stored: stored ?? undefined,
      attempt: await readLimits(ctx, found.attempt),
    });
    await writeLimits(ctx, answer.limits);
    await writeCode(ctx, { provider, identifier, code: stored }, answer.code);
    await record(ctx, answer.audit);
    const { outcome } = answer;
    if (outcome.kind === "refused") {
      return refusedBy(outcome);
    }
    await insertCeremony(ctx, outcome.row);
    return {
      kind: "begun" as const,
      ...{ verifier: outcome.verifier, options: outcome.options },
    };
  },
});

/** Verifies what the browser has made, creates the user, and signs them in. */
export const finish = mutation({
  args: { ...flow, verifier: v.string(), response: registrationInput },
  returns: signInResult,
  handler: async (ctx, { config, sessionConfig, verifier, ...args }) => {
    const now = Date.now();
    const { response, callbacks, generateTokens } = args;
    const { provider } = config;
    const origin = await requestOrigin(ctx);
    const ceremony = await findCeremony(ctx, verifier);
    const email = ceremony?.row.email;
    const owner = email === undefined ? null : await findOwner(ctx, email);
    const existing = await findPasskey(ctx, response.id);
    const { answer, passkey, stays } = decide("passkeySignUp", {
      ...{ now, config, sessionConfig, origin, response },
      ceremony: ceremony?.row,
      owner: owner ?? undefined,
      existing: existing ?? undefined,
      secondFactor: args.secondFactor ?? {},
    });
    if (ceremony !== null && !stays) {
      await ctx.db.delete("AuthVerifier", ceremony._id);
    }
    const context = {
      now,
      origin,
      provider,
      sessionConfig,
      callbacks,
      generateTokens,
      identifier: email ?? "",
      user: null,
      account: null,
      code: null,
      device: null,
    };
    return await applySignIn(
      ctx,
      passkey === undefined
        ? context
        : {
            ...context,
            afterUserCreated: async (userId) => {
              await ctx.db.insert("Passkey", { userId, ...passkey });
              await ctx.db.patch("User", userId, { secondFactorTime: now });
            },
          },
      answer,
    );
  },
});
