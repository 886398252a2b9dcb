/** Addresses for codes as a second factor: enrolling and removing them. */
import { v } from "convex/values";
import { doneOrRefused, refusal } from "../schema/result.js";
import { signInResult } from "../schema/signInResult.js";
import {
  codeFactorKind,
  secondFactorConfig,
  secondFactorDelivery,
  sessionIdentity,
  stepUp,
} from "../schema/secondFactorConfig.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import { mutation, type QueryCtx } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { readPepper } from "./deploymentSecret.js";
import { readAuthority } from "./factorAuthority.js";
import { readSecondFactorSecrets } from "./factorKeyring.js";
import { readLimits, writeLimits } from "./limits.js";
import { recordRefusal } from "./recordedRefusal.js";
import { requestOrigin } from "./requestOrigin.js";
import { decide } from "./accountsCore.js";
import { readAllSecondFactors } from "./secondFactorRows.js";
import {
  applySecondFactor,
  confirmationOf,
  flow,
  readProofRows,
} from "./secondFactorSignIn.js";
import { applyRemoval } from "./factorRemoval.js";
import { findUser } from "./userRows.js";

/** Names an address, which waits for its first code; the app sends that. */
export const enroll = mutation({
  args: {
    userId: v.string(),
    sessionId: v.string(),
    secondFactor: v.optional(secondFactorConfig),
    method: codeFactorKind,
    /** The address or the number; for e-mail, the user's own when missing. */
    to: v.optional(v.string()),
    stepUp: v.optional(stepUp),
  },
  returns: v.union(
    v.object({
      kind: v.literal("sent"),
      delivery: secondFactorDelivery,
      codeFactorId: v.string(),
    }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, { userId, sessionId, method, to, ...args }) => {
    const user = await findUser(ctx, userId);
    const origin = await requestOrigin(ctx);
    const named = decide("codeFactorAddress", {
      kind: method,
      to,
      user,
      origin,
    });
    if (named.kind === "refused") {
      return named;
    }
    const answer = decide("codeFactorEnroll", {
      call: {
        now: Date.now(),
        userId,
        method,
        address: named.address,
        origin,
        factors: await readAllSecondFactors(ctx, user, args.secondFactor),
        authority: await readAuthority(ctx, { userId, sessionId }, args.stepUp),
        request: await readLimits(ctx, named.keys),
      },
      pepper: await readPepper(ctx),
    });
    if (answer.kind === "refused" || user === null) {
      return await recordRefusal(ctx, answer);
    }
    await writeLimits(ctx, answer.limits);
    for (const id of answer.remove) {
      await ctx.db.delete("CodeFactor", id as Id<"CodeFactor">);
    }
    const codeFactorId = await ctx.db.insert("CodeFactor", {
      ...{ ...answer.row, userId: user._id },
    });
    return { kind: "sent" as const, delivery: answer.delivery, codeFactorId };
  },
});

/** Makes an address live with its first code, and the session fresh. */
export const confirm = mutation({
  args: {
    ...flow,
    userId: v.string(),
    sessionId: v.string(),
    codeFactorId: v.string(),
    code: v.string(),
  },
  returns: signInResult,
  handler: async (ctx, { userId, sessionId, codeFactorId, code, ...args }) => {
    const user = await findUser(ctx, userId);
    const rows = await readProofRows(ctx, args, user);
    const factor = await findById(ctx, codeFactorId);
    const decided = decide("codeFactorConfirm", {
      call: { confirm: confirmationOf(rows, sessionId), factor, code },
      session: rows.session,
      secrets: await readSecondFactorSecrets(ctx),
    });
    return await applySecondFactor(ctx, args, rows, null, decided);
  },
});

/** Removes an address. */
export const remove = mutation({
  args: {
    codeFactorId: v.string(),
    secondFactor: v.optional(secondFactorConfig),
    /** The session in which its owner removes it; missing when the app does. */
    actor: v.optional(sessionIdentity),
    stepUp: v.optional(stepUp),
  },
  returns: doneOrRefused,
  handler: async (ctx, { codeFactorId, secondFactor, actor, stepUp }) => {
    const row = await findById(ctx, codeFactorId);
    const user = row === null ? null : await ctx.db.get("User", row.userId);
    const decision = decide("codeFactorRemove", {
      ...{ now: Date.now(), codeFactorId },
      factors: await readAllSecondFactors(ctx, user, secondFactor),
      authority: await readAuthority(ctx, actor, stepUp),
      origin: await requestOrigin(ctx),
    });
    if (decision.kind === "refused" || row === null) {
      return await recordRefusal(ctx, decision);
    }
    await record(ctx, decision.audit);
    await ctx.db.delete("CodeFactor", row._id);
    await applyRemoval(ctx, row.userId, decision.removal);
    return { kind: "done" as const };
  },
});

async function findById(
  ctx: QueryCtx,
  id: string,
): Promise<Doc<"CodeFactor"> | null> {
  const codeFactorId = ctx.db.normalizeId("CodeFactor", id);
  return codeFactorId === null
    ? null
    : await ctx.db.get("CodeFactor", codeFactorId);
}
