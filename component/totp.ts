/** Authenticator apps of users: setting them up and removing them. */
import { v } from "convex/values";
import { doneOrRefused, refusal } from "../schema/result.js";
import { signInResult } from "../schema/signInResult.js";
import {
  secondFactorConfig,
  sessionIdentity,
  stepUp,
  totpConfig,
} from "../schema/secondFactorConfig.js";
import { totpFactorDocument } from "../schema/totpFactor.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import { mutation, query, type QueryCtx } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { readAuthority } from "./factorAuthority.js";
import { readKeyring, readSecondFactorSecrets } from "./factorKeyring.js";
import { recordRefusal } from "./recordedRefusal.js";
import { requestOrigin } from "./requestOrigin.js";
import { decide } from "./accountsCore.js";
import { readAllSecondFactors, readTotps } from "./secondFactorRows.js";
import {
  applySecondFactor,
  confirmationOf,
  flow,
  readProofRows,
} from "./secondFactorSignIn.js";
import { applyRemoval } from "./factorRemoval.js";
import { totpDocumentOf } from "./totpRows.js";
import { findUser } from "./userRows.js";

/** The authenticator apps of a user, live and pending. */
export const list = query({
  args: { userId: v.string() },
  returns: v.array(totpFactorDocument),
  handler: async (ctx, { userId }) => {
    const user = await findUser(ctx, userId);
    const totps = user === null ? [] : await readTotps(ctx, user._id);
    return totps.map(totpDocumentOf);
  },
});

/** Makes the secret of a new app, which waits for its first code. */
export const enroll = mutation({
  args: {
    config: totpConfig,
    secondFactor: v.optional(secondFactorConfig),
    userId: v.string(),
    sessionId: v.string(),
    name: v.optional(v.string()),
    stepUp: v.optional(stepUp),
  },
  returns: v.union(
    v.object({
      kind: v.literal("pending"),
      uri: v.string(),
      secret: v.string(),
      totpId: v.string(),
    }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, { config, userId, sessionId, name, ...args }) => {
    const user = await findUser(ctx, userId);
    const answer = decide("totpEnroll", {
      call: {
        now: Date.now(),
        config,
        userId,
        name,
        account: accountOf(user),
        factors: await readAllSecondFactors(ctx, user, args.secondFactor),
        authority: await readAuthority(ctx, { userId, sessionId }, args.stepUp),
        origin: await requestOrigin(ctx),
      },
      keyring: await readKeyring(ctx),
    });
    if (answer.kind === "refused" || user === null) {
      return await recordRefusal(ctx, answer);
    }
    for (const totpId of answer.remove) {
      await ctx.db.delete("TotpFactor", totpId as Id<"TotpFactor">);
    }
    const totpId = await ctx.db.insert("TotpFactor", {
      ...{ ...answer.row, userId: user._id },
    });
    const { uri, secret } = answer;
    return { kind: "pending" as const, uri, secret, totpId };
  },
});

/** Makes an app live with its first code, and the session fresh. */
export const confirm = mutation({
  args: {
    ...flow,
    userId: v.string(),
    sessionId: v.string(),
    totpId: v.string(),
    code: v.string(),
  },
  returns: signInResult,
  handler: async (ctx, { userId, sessionId, totpId, code, ...args }) => {
    const user = await findUser(ctx, userId);
    const rows = await readProofRows(ctx, args, user);
    const factor = await findById(ctx, totpId);
    const decided = decide("totpConfirm", {
      call: { confirm: confirmationOf(rows, sessionId), factor, code },
      session: rows.session,
      secrets: await readSecondFactorSecrets(ctx),
    });
    return await applySecondFactor(ctx, args, rows, null, decided);
  },
});

/** Removes an app. */
export const remove = mutation({
  args: {
    totpId: v.string(),
    secondFactor: v.optional(secondFactorConfig),
    /** The session in which its owner removes it; missing when the app does. */
    actor: v.optional(sessionIdentity),
    stepUp: v.optional(stepUp),
  },
  returns: doneOrRefused,
  handler: async (ctx, { totpId, secondFactor, actor, stepUp }) => {
    const totp = await findById(ctx, totpId);
    const user = totp === null ? null : await ctx.db.get("User", totp.userId);
    const decision = decide("totpRemove", {
      ...{ now: Date.now(), totpId },
      factors: await readAllSecondFactors(ctx, user, secondFactor),
      authority: await readAuthority(ctx, actor, stepUp),
      origin: await requestOrigin(ctx),
    });
    if (decision.kind === "refused" || totp === null) {
      return await recordRefusal(ctx, decision);
    }
    await record(ctx, decision.audit);
    await ctx.db.delete("TotpFactor", totp._id);
    await applyRemoval(ctx, totp.userId, decision.removal);
    return { kind: "done" as const };
  },
});

/** What authenticator apps show as the name of the account. */
function accountOf(user: Doc<"User"> | null): string {
  return user?.email ?? user?.phone ?? user?.name ?? user?._id ?? "";
}

async function findById(
  ctx: QueryCtx,
  id: string,
): Promise<Doc<"TotpFactor"> | null> {
  const totpId = ctx.db.normalizeId("TotpFactor", id);
  return totpId === null ? null : await ctx.db.get("TotpFactor", totpId);
}
