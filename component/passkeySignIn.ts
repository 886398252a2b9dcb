/** Signing in with passkeys. */
import { v } from "convex/values";
import { callbacks } from "../schema/callbackConfig.js";
import { sessionConfig } from "../schema/config.js";
import {
  assertionInput,
  passkeyConfig,
  requestOptions,
} from "../schema/passkeyConfig.js";
import { signInArguments } from "../schema/secondFactorConfig.js";
import { refusal } from "../schema/result.js";
import { signInResult } from "../schema/signInResult.js";
import { mutation } from "./_generated/server.js";
import { readPepper } from "./deploymentSecret.js";
import { writeLimits } from "./limits.js";
import { findCeremony, insertCeremony, readBegun } from "./passkeyCeremony.js";
import { decide } from "./accountsCore.js";
import { findNamed } from "./ownerRows.js";
import { findPasskey, readPasskeys } from "./passkeyRows.js";
import { requestOrigin } from "./requestOrigin.js";
import { readSessions } from "./sessionRows.js";
import { applySignIn } from "./signInAnswer.js";
import { readSignInFactors } from "./signInFactors.js";

/** Begins a sign-in, of the user with an address or of anybody. */
export const begin = mutation({
  args: { config: passkeyConfig, email: v.optional(v.string()) },
  returns: v.union(
    v.object({
      kind: v.literal("begun"),
      verifier: v.string(),
      options: requestOptions,
    }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, { config, email }) => {
    const origin = await requestOrigin(ctx);
    const found =
      email === undefined ? undefined : decide("passkeyIdentifier", email);
    if (found?.kind === "refused") {
      return found;
    }
    const user =
      found === undefined ? null : await findNamed(ctx, found.identifier);
    const { begun } = await readBegun(ctx, origin);
    const answer = decide("passkeySignInOptions", {
      ...{ now: Date.now(), config, begun, identifier: found?.identifier },
      ...{
        pepper: await readPepper(ctx),
        user: user ?? undefined,
      },
      passkeys: user === null ? [] : await readPasskeys(ctx, user._id),
    });
    if (answer.kind === "refused") {
      return answer;
    }
    await writeLimits(ctx, answer.limits);
    await insertCeremony(ctx, answer.row);
    const { verifier, options } = answer;
    return { kind: "begun" as const, verifier, options };
  },
});

/** Finishes a sign-in: verifies what the browser has signed. */
export const finish = mutation({
  args: {
    config: passkeyConfig,
    sessionConfig,
    callbacks: v.optional(callbacks),
    generateTokens: v.boolean(),
    verifier: v.string(),
    response: assertionInput,
    ...signInArguments,
  },
  returns: signInResult,
  handler: async (ctx, { config, sessionConfig, verifier, ...args }) => {
    const now = Date.now();
    const { response, callbacks, generateTokens } = args;
    const origin = await requestOrigin(ctx);
    const ceremony = await findCeremony(ctx, verifier);
    const passkey = await findPasskey(ctx, response.id);
    const user =
      passkey === null ? null : await ctx.db.get("User", passkey.userId);
    const { factors, device } = await readSignInFactors(ctx, user, args);
    const { answer, stays, ...decided } = decide("passkeySignIn", {
      ...{ now, config, sessionConfig, origin, response, factors },
      replaces: args.replaces,
      pepper: await readPepper(ctx),
      ceremony: ceremony?.row,
      passkey: passkey ?? undefined,
      user: user ?? undefined,
      sessions: user === null ? [] : await readSessions(ctx, user._id),
    });
    if (ceremony !== null && !stays) {
      await ctx.db.delete("AuthVerifier", ceremony._id);
    }
    if (passkey !== null && decided.passkey !== undefined) {
      await ctx.db.patch("Passkey", passkey._id, decided.passkey);
    }
    const context = {
      now,
      origin,
      sessionConfig,
      callbacks,
      generateTokens,
      user,
      provider: config.provider,
      identifier: "",
      account: null,
      code: null,
      device,
    };
    return await applySignIn(ctx, context, answer);
  },
});
