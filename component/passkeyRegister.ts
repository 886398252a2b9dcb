/** Adding passkeys to signed-in users. */
import { v } from "convex/values";
import {
  creationOptions,
  passkeyConfig,
  registrationInput,
} from "../schema/passkeyConfig.js";
import { refusal } from "../schema/result.js";
import { secondFactorConfig, stepUp } from "../schema/secondFactorConfig.js";
import { mutation } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { readPepper } from "./deploymentSecret.js";
import { writeLimits } from "./limits.js";
import { findCeremony, insertCeremony, readBegun } from "./passkeyCeremony.js";
import { decide } from "./accountsCore.js";
import { findPasskey, readPasskeys } from "./passkeyRows.js";
import { recordRefusal } from "./recordedRefusal.js";
import { requestOrigin } from "./requestOrigin.js";
import { noteSecondFactor, readAllSecondFactors } from "./secondFactorRows.js";
import { replaceRecoveryCodes } from "./secondFactorSignIn.js";
import { findSession } from "./sessionRows.js";
import { findUser } from "./userRows.js";

const caller = {
  config: passkeyConfig,
  userId: v.string(),
  sessionId: v.string(),
  secondFactor: v.optional(secondFactorConfig),
};

const refused = v.object({ kind: v.literal("refused"), refusal });

/** Begins a registration. */
export const begin = mutation({
  args: {
    ...caller,
    /** What the user is going to call it. */
    name: v.optional(v.string()),
    stepUp: v.optional(stepUp),
  },
  returns: v.union(
    v.object({
      kind: v.literal("begun"),
      verifier: v.string(),
      options: creationOptions,
    }),
    refused,
  ),
  handler: async (ctx, { config, userId, sessionId, ...args }) => {
    const user = await findUser(ctx, userId);
    const origin = await requestOrigin(ctx);
    const passkeys = user === null ? [] : await readPasskeys(ctx, user._id);
    const answer = decide("passkeyRegisterOptions", {
      ...{ now: Date.now(), config, origin, passkeys },
      ...{ user: user ?? undefined, name: user?.name },
      ...(await readBegun(ctx, origin)),
      passkeyName: args.name,
      pepper: await readPepper(ctx),
      session: (await findSession(ctx, sessionId)) ?? undefined,
      factors: await readAllSecondFactors(
        ...([ctx, user, args.secondFactor, null, { passkeys }] as const),
      ),
      maxAge: args.stepUp?.maxAge,
    });
    if (answer.kind === "refused") {
      return await recordRefusal(ctx, answer);
    }
    await writeLimits(ctx, answer.limits);
    await insertCeremony(ctx, answer.row);
    const { verifier, options } = answer;
    return { kind: "begun" as const, verifier, options };
  },
});

/** Finishes a registration: verifies what the browser has made, and stores it. */
export const finish = mutation({
  args: {
    ...caller,
    verifier: v.string(),
    response: registrationInput,
    name: v.optional(v.string()),
  },
  returns: v.union(
    v.object({
      kind: v.literal("registered"),
      passkeyId: v.string(),
      /** This once, if it is the user's first second factor. */
      recoveryCodes: v.optional(v.array(v.string())),
    }),
    refused,
  ),
  handler: async (
    ctx,
    { config, userId, sessionId, secondFactor, verifier, response, name },
  ) => {
    const user = await findUser(ctx, userId);
    const passkeys = user === null ? [] : await readPasskeys(ctx, user._id);
    const ceremony = await findCeremony(ctx, verifier);
    const existing = await findPasskey(ctx, response.id);
    const answer = decide("passkeyRegister", {
      ...{ now: Date.now(), config, response, name },
      ...{ origin: await requestOrigin(ctx), user: user ?? undefined },
      session: (await findSession(ctx, sessionId)) ?? undefined,
      pepper: await readPepper(ctx),
      ceremony: ceremony?.row,
      factors: await readAllSecondFactors(
        ...([ctx, user, secondFactor, null, { passkeys }] as const),
      ),
      ...{ passkeys },
      existing: existing ?? undefined,
    });
    const stays = answer.kind === "refused" && answer.stays;
    if (ceremony !== null && !stays) {
      await ctx.db.delete("AuthVerifier", ceremony._id);
    }
    if (answer.kind === "known") {
      const { passkeyId } = answer;
      return { kind: "registered" as const, passkeyId };
    }
    if (answer.kind === "refused" || user === null) {
      return await recordRefusal(ctx, answer);
    }
    const passkeyId = await ctx.db.insert("Passkey", {
      ...{ userId: user._id, ...answer.passkey },
    });
    await noteSecondFactor(ctx, user, Date.now());
    await record(ctx, answer.audit);
    if (answer.recoveryCodes === undefined) {
      return { kind: "registered" as const, passkeyId };
    }
    const { codes: recoveryCodes, row } = answer.recoveryCodes;
    await replaceRecoveryCodes(ctx, user._id, row);
    return { kind: "registered" as const, passkeyId, recoveryCodes };
  },
});
