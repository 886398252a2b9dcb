/** Proving second factors, and what a user has of them. */
import { v } from "convex/values";
import { codeFactorDocument } from "../schema/codeFactor.js";
import { refusal } from "../schema/result.js";
import { signInResult } from "../schema/signInResult.js";
import {
  codeFactorKind,
  secondFactorConfig,
  secondFactorDelivery,
  stepUp,
} from "../schema/secondFactorConfig.js";
import { totpFactorDocument } from "../schema/totpFactor.js";
import { trustedDeviceDocument } from "../schema/trustedDevice.js";
import { mutation, query } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { codeFactorDocumentOf } from "./codeFactorRows.js";
import { readPepper } from "./deploymentSecret.js";
import { readAuthority } from "./factorAuthority.js";
import { readSecondFactorSecrets } from "./factorKeyring.js";
import { readLimits, writeLimits } from "./limits.js";
import { recordRefusal } from "./recordedRefusal.js";
import { requestOrigin } from "./requestOrigin.js";
import { insertChallenge } from "./secondFactorChallengeRows.js";
import { decide } from "./accountsCore.js";
import {
  findRecoveryCodes,
  readAllSecondFactors,
  readCodeFactors,
  readTotps,
  readTrustedDevices,
} from "./secondFactorRows.js";
import {
  applySecondFactor,
  flow,
  readProofRows,
  replaceRecoveryCodes,
} from "./secondFactorSignIn.js";
import { contextOf, findSubject, proves } from "./secondFactorSubject.js";
import { totpDocumentOf } from "./totpRows.js";
import { trustedDeviceDocumentOf } from "./trustedDeviceRows.js";
import { findUser } from "./userRows.js";

/** What a user has of second factors, live and pending. */
export const status = query({
  args: { userId: v.string() },
  returns: v.object({
    /** Since when the user has one. */
    enabledTime: v.union(v.number(), v.null()),
    totps: v.array(totpFactorDocument),
    codes: v.array(codeFactorDocument),
    recoveryCodesLeft: v.number(),
    trustedDevices: v.array(trustedDeviceDocument),
  }),
  handler: async (ctx, { userId }) => {
    const user = await findUser(ctx, userId);
    if (user === null) {
      return {
        ...{ enabledTime: null, totps: [], codes: [] },
        ...{ recoveryCodesLeft: 0, trustedDevices: [] },
      };
    }
    const totps = await readTotps(ctx, user._id);
    const codes = await readCodeFactors(ctx, user._id);
    const recoveryCodes = await findRecoveryCodes(ctx, user._id);
    const trustedDevices = await readTrustedDevices(ctx, user._id);
    return {
      enabledTime: user.secondFactorTime ?? null,
      totps: totps.map(totpDocumentOf),
      codes: codes.map(codeFactorDocumentOf),
      recoveryCodesLeft: recoveryCodes?.codes.length ?? 0,
      trustedDevices: trustedDevices.map(trustedDeviceDocumentOf),
    };
  },
});

/** Finishes a sign-in or makes a session fresh, with a code. */
export const verify = mutation({
  args: {
    ...flow,
    ...proves,
    /** What kind of code it is. */
    method: v.union(
      v.literal("totp"),
      v.literal("recoveryCode"),
      v.literal("emailCode"),
      v.literal("phoneCode"),
    ),
    /** The code, as typed. */
    code: v.string(),
    /** Whether the user wants the device not to be asked again. */
    trustDevice: v.boolean(),
  },
  returns: signInResult,
  handler: async (ctx, args) => {
    const subject = await findSubject(ctx, args);
    const { user, challenge } = subject;
    const rows = await readProofRows(ctx, args, user, args.trustDevice);
    const { now, origin, lock, session } = rows;
    const decided = decide("secondFactorVerify", {
      call: {
        now,
        origin,
        lock,
        context: contextOf(subject, session.factors),
        response: { kind: args.method, code: args.code },
        factors: session.factors.totps,
        recoveryCodes: rows.recoveryCodes,
      },
      session,
      secrets: await readSecondFactorSecrets(ctx),
    });
    return await applySecondFactor(ctx, args, rows, challenge, decided);
  },
});

/** Makes a code that answers a challenge or steps up, for the app to send. */
export const sendCode = mutation({
  args: {
    ...proves,
    secondFactor: v.optional(secondFactorConfig),
    method: codeFactorKind,
  },
  returns: v.union(
    v.object({
      kind: v.literal("sent"),
      delivery: secondFactorDelivery,
      /** To be sent back with the code. */
      verifier: v.string(),
    }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, args) => {
    const subject = await findSubject(ctx, args);
    const { user, challenge } = subject;
    const { method } = args;
    const factors = await readAllSecondFactors(ctx, user, args.secondFactor);
    const origin = await requestOrigin(ctx);
    const found = decide("sendCodeAddress", {
      kind: method,
      factors,
      origin,
    });
    if (found.kind === "refused") {
      return found;
    }
    const answer = decide("sendCode", {
      call: {
        now: Date.now(),
        method,
        address: found.address,
        context: contextOf(subject, factors),
        request: await readLimits(ctx, found.keys),
      },
      pepper: await readPepper(ctx),
    });
    if (answer.kind === "refused") {
      return answer;
    }
    await writeLimits(ctx, answer.limits);
    const { delivery, write } = answer;
    if (write.kind === "insert") {
      await insertChallenge(ctx, write.row);
    } else if (challenge !== null) {
      const { sent } = write;
      await ctx.db.patch("SecondFactorChallenge", challenge._id, { sent });
    }
    const verifier = answer.verifier ?? args.verifier ?? "";
    return { kind: "sent" as const, delivery, verifier };
  },
});

/** Makes new recovery codes; those of before are void. */
export const issueRecoveryCodes = mutation({
  args: {
    userId: v.string(),
    sessionId: v.string(),
    secondFactor: v.optional(secondFactorConfig),
    stepUp: v.optional(stepUp),
  },
  returns: v.union(
    v.object({
      kind: v.literal("issued"),
      recoveryCodes: v.array(v.string()),
    }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, { userId, sessionId, secondFactor, stepUp }) => {
    const user = await findUser(ctx, userId);
    const decision = decide("recoveryCodesRegenerate", {
      call: {
        now: Date.now(),
        userId,
        factors: await readAllSecondFactors(ctx, user, secondFactor),
        authority: await readAuthority(ctx, { userId, sessionId }, stepUp),
        origin: await requestOrigin(ctx),
      },
      pepper: await readPepper(ctx),
    });
    if (decision.kind === "refused" || user === null) {
      return await recordRefusal(ctx, decision);
    }
    await record(ctx, decision.audit);
    const { codes, row } = decision.issued;
    await replaceRecoveryCodes(ctx, user._id, row);
    return { kind: "issued" as const, recoveryCodes: codes };
  },
});
