/** Proving a second factor with a passkey. */
import { v } from "convex/values";
import {
  assertionInput,
  passkeyConfig,
  requestOptions,
} from "../schema/passkeyConfig.js";
import { refusal } from "../schema/result.js";
import { signInResult } from "../schema/signInResult.js";
import { secondFactorConfig } from "../schema/secondFactorConfig.js";
import { mutation } from "./_generated/server.js";
import { readPepper } from "./deploymentSecret.js";
import { writeLimits } from "./limits.js";
import { findCeremony, insertCeremony, readBegun } from "./passkeyCeremony.js";
import { decide } from "./accountsCore.js";
import { findPasskey, readPasskeys } from "./passkeyRows.js";
import { requestOrigin } from "./requestOrigin.js";
import { readAllSecondFactors } from "./secondFactorRows.js";
import {
  applySecondFactor,
  flow,
  readProofRows,
} from "./secondFactorSignIn.js";
import { contextOf, findSubject, proves } from "./secondFactorSubject.js";

/** Begins to prove a second factor with one of the user's passkeys. */
export const begin = mutation({
  args: {
    ...proves,
    config: passkeyConfig,
    secondFactor: v.optional(secondFactorConfig),
  },
  returns: v.union(
    v.object({
      kind: v.literal("begun"),
      verifier: v.string(),
      options: requestOptions,
    }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, { config, secondFactor, ...args }) => {
    const subject = await findSubject(ctx, args);
    const { user } = subject;
    const passkeys = user === null ? [] : await readPasskeys(ctx, user._id);
    const factors = await readAllSecondFactors(
      ...([ctx, user, secondFactor, null, { passkeys }] as const),
    );
    const { begun } = await readBegun(ctx, await requestOrigin(ctx));
    const answer = decide("passkeySecondFactorOptions", {
      ...{ now: Date.now(), config, context: contextOf(subject, factors) },
      ...{ passkeys, begun },
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

/** Finishes a sign-in or makes a session fresh: verifies what was signed. */
export const finish = mutation({
  args: {
    ...flow,
    ...proves,
    config: passkeyConfig,
    /** The verifier of the ceremony. */
    ceremony: v.string(),
    response: assertionInput,
    /** Whether the user wants the device not to be asked again. */
    trustDevice: v.boolean(),
  },
  returns: signInResult,
  handler: async (ctx, { config, ceremony, response, ...args }) => {
    const subject = await findSubject(ctx, args);
    const { user, challenge } = subject;
    const rows = await readProofRows(ctx, args, user, args.trustDevice);
    const begun = await findCeremony(ctx, ceremony);
    const passkey = await findPasskey(ctx, response.id);
    const { signIn, stays, ...decided } = decide("passkeySecondFactor", {
      call: {
        config,
        response,
        lock: rows.lock,
        pepper: await readPepper(ctx),
        ceremony: begun?.row,
        context: contextOf(subject, rows.session.factors),
        passkey,
      },
      session: rows.session,
    });
    if (begun !== null && !stays) {
      await ctx.db.delete("AuthVerifier", begun._id);
    }
    if (passkey !== null && decided.passkey !== undefined) {
      await ctx.db.patch("Passkey", passkey._id, decided.passkey);
    }
    return await applySecondFactor(ctx, args, rows, challenge, signIn);
  },
});
