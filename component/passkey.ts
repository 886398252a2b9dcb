/** The passkeys of users: looking at them, renaming and removing them. */
import { v } from "convex/values";
import { passkeyDocument } from "../schema/passkey.js";
import { doneOrRefused } from "../schema/result.js";
import {
  secondFactorConfig,
  sessionIdentity,
  stepUp,
} from "../schema/secondFactorConfig.js";
import type { Doc } from "./_generated/dataModel.js";
import { mutation, query, type QueryCtx } from "./_generated/server.js";
import { readAccounts } from "./accountRows.js";
import { record } from "./auditRows.js";
import { decide } from "./accountsCore.js";
import { passkeyDocumentOf, readPasskeys } from "./passkeyRows.js";
import { readAuthority } from "./factorAuthority.js";
import { recordRefusal } from "./recordedRefusal.js";
import { refusedBy } from "./refusal.js";
import { requestOrigin } from "./requestOrigin.js";
import { applyRemoval } from "./factorRemoval.js";
import { readAllSecondFactors } from "./secondFactorRows.js";
import { findUser } from "./userRows.js";

const operation = {
  passkeyId: v.string(),
  /** Who does it; missing when the app does. */
  actorUserId: v.optional(v.string()),
};

/** The passkeys of a user, oldest first. */
export const list = query({
  args: { userId: v.string() },
  returns: v.array(passkeyDocument),
  handler: async (ctx, { userId }) => {
    const user = await findUser(ctx, userId);
    const passkeys = user === null ? [] : await readPasskeys(ctx, user._id);
    return passkeys.map(passkeyDocumentOf);
  },
});

/** Gives a passkey another name. */
export const rename = mutation({
  args: { ...operation, name: v.string() },
  returns: doneOrRefused,
  handler: async (ctx, { passkeyId, actorUserId, name }) => {
    const passkey = await findById(ctx, passkeyId);
    const origin = await requestOrigin(ctx);
    const decision = decide("passkeyRename", {
      operation: { origin, passkey, actorUserId },
      name,
    });
    if (decision.kind === "refused" || passkey === null) {
      return refusedBy(decision);
    }
    await ctx.db.patch("Passkey", passkey._id, { name: decision.name ?? name });
    await record(ctx, decision.audit);
    return { kind: "done" as const };
  },
});

/** Removes a passkey, unless it is the user's last way to sign in. */
export const remove = mutation({
  args: {
    passkeyId: v.string(),
    secondFactor: v.optional(secondFactorConfig),
    /** The session in which its owner removes it; missing when the app does. */
    actor: v.optional(sessionIdentity),
    stepUp: v.optional(stepUp),
  },
  returns: doneOrRefused,
  handler: async (ctx, { passkeyId, secondFactor, actor, stepUp }) => {
    const passkey = await findById(ctx, passkeyId);
    const user =
      passkey === null ? null : await ctx.db.get("User", passkey.userId);
    const factors = await readAllSecondFactors(ctx, user, secondFactor);
    const accounts = user === null ? [] : await readAccounts(ctx, user._id);
    const decision = decide("passkeyRemove", {
      ...{ now: Date.now(), passkey: passkey ?? undefined, factors },
      ways: accounts.length + factors.passkeys,
      authority: await readAuthority(ctx, actor, stepUp),
      origin: await requestOrigin(ctx),
    });
    if (decision.kind === "refused" || passkey === null) {
      return await recordRefusal(ctx, decision);
    }
    await ctx.db.delete("Passkey", passkey._id);
    await record(ctx, decision.audit);
    await applyRemoval(ctx, passkey.userId, decision.removal);
    return { kind: "done" as const };
  },
});

async function findById(
  ctx: QueryCtx,
  id: string,
): Promise<Doc<"Passkey"> | null> {
  const passkeyId = ctx.db.normalizeId("Passkey", id);
  return passkeyId === null ? null : await ctx.db.get("Passkey", passkeyId);
}
