/**
 * What every proof of a second factor reads and writes: it finishes a sign-in,
 * or replaces the session by a fresh one.
 */
import type { Infer } from "convex/values";
import { v } from "convex/values";
import type {
  ConfirmCall,
  Origin,
  SecondFactorSession,
  SecondFactorSignIn,
  SecondFactorWrites,
} from "../pkg/core.js";
import { callbacks } from "../schema/callbackConfig.js";
import { sessionConfig } from "../schema/config.js";
import { signInArguments } from "../schema/secondFactorConfig.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import type { MutationCtx } from "./_generated/server.js";
import { decide } from "./accountsCore.js";
import { readLimits } from "./limits.js";
import { requestOrigin } from "./requestOrigin.js";
import {
  deleteRecoveryCodes,
  findRecoveryCodes,
  noteSecondFactor,
  readAllSecondFactors,
} from "./secondFactorRows.js";
import { readSessions } from "./sessionRows.js";
import { applySignIn, type SignInResult } from "./signInAnswer.js";
import { findPresentedDevice, type SignInArguments } from "./signInFactors.js";

/** What every such function is called with. */
export const flow = {
  sessionConfig,
  callbacks: v.optional(callbacks),
  /** Whether a new session gets tokens. */
  generateTokens: v.boolean(),
  ...signInArguments,
};

type Flow = SignInArguments & {
  sessionConfig: Infer<typeof sessionConfig>;
  callbacks?: Infer<typeof callbacks>;
  generateTokens: boolean;
};

/** The rows that a proof is decided by. */
type SecondFactorProofRows = {
  now: number;
  origin: Origin;
  user: Doc<"User"> | null;
  device: Doc<"TrustedDevice"> | null;
  recoveryCodes: Doc<"RecoveryCodes"> | null;
  /** The counter of the user. */
  lock: Awaited<ReturnType<typeof readLimits<"lock">>>["lock"];
  session: SecondFactorSession;
};

/** Reads what a proof of a user's factor is decided by. */
export async function readProofRows(
  ctx: MutationCtx,
  args: Flow,
  user: Doc<"User"> | null,
  trustDevice = false,
): Promise<SecondFactorProofRows> {
  const now = Date.now();
  const origin = await requestOrigin(ctx);
  const { trustedDevice, secondFactor, sessionConfig } = args;
  const device = await findPresentedDevice(ctx, trustedDevice);
  const recoveryCodes =
    user === null ? null : await findRecoveryCodes(ctx, user._id);
  const { lock } = await readLimits(ctx, {
    lock: decide("secondFactorKey", user?._id ?? ""),
  });
  const factors = await readAllSecondFactors(
    ...([ctx, user, secondFactor, device, { recoveryCodes }] as const),
  );
  const sessions = user === null ? [] : await readSessions(ctx, user._id);
  return {
    ...{ now, origin, user, device, recoveryCodes, lock },
    session: {
      ...{ now, sessionConfig, origin, sessions, factors, trustDevice },
      user: user ?? undefined,
    },
  };
}

/**
 * What the first proof of a factor is decided by, in the session in which the
 * factor was begun.
 */
export function confirmationOf(
  { now, origin, lock, recoveryCodes, session }: SecondFactorProofRows,
  sessionId: string,
): ConfirmCall {
  return {
    ...{ now, origin, lock },
    session: session.sessions.find(({ _id }) => _id === sessionId),
    factors: session.factors,
    recoveryCodes: recoveryCodes ?? undefined,
  };
}

/** Writes what a proof has changed, and answers the caller. */
export async function applySecondFactor(
  ctx: MutationCtx,
  args: Flow,
  { now, origin, user, device, recoveryCodes }: SecondFactorProofRows,
  challenge: Doc<"SecondFactorChallenge"> | null,
  { answer, writes, recoveryCodes: issued }: SecondFactorSignIn,
): Promise<SignInResult> {
  if (challenge !== null && writes.challenge.kind === "tried") {
    const { tries } = writes.challenge;
    await ctx.db.patch("SecondFactorChallenge", challenge._id, { tries });
  } else if (challenge !== null && writes.challenge.kind === "delete") {
    await ctx.db.delete("SecondFactorChallenge", challenge._id);
  }
  if (writes.recoveryCodes !== undefined && recoveryCodes !== null) {
    const codes = writes.recoveryCodes;
    await ctx.db.patch("RecoveryCodes", recoveryCodes._id, { codes });
  }
  const { factor, codeFactor } = writes;
  const isNew = factor?.verifiedTime !== undefined || codeFactor !== undefined;
  if (!isNew) {
    await writeFactor(ctx, writes);
  }
  const { sessionConfig, callbacks, generateTokens } = args;
  return await applySignIn(
    ctx,
    {
      now,
      origin,
      sessionConfig,
      callbacks,
      generateTokens,
      user,
      device,
      account: null,
      code: null,
      provider: answer.session?.provider ?? "",
      identifier: "",
      // A new factor becomes live with the session in which the person sees its
      // recovery codes, and not if the app's gate refuses that.
      afterSessionOpened: async () => {
        if (user === null || !isNew) {
          return;
        }
        await writeFactor(ctx, writes);
        if (issued !== undefined) {
          await replaceRecoveryCodes(ctx, user._id, issued);
        }
        await noteSecondFactor(ctx, user, now);
      },
    },
    answer,
  );
}

/** Writes what a proof has changed of the factor. */
async function writeFactor(
  ctx: MutationCtx,
  { factor, codeFactor }: SecondFactorWrites,
): Promise<void> {
  if (factor !== undefined) {
    const { totpId, ...patch } = factor;
    await ctx.db.patch("TotpFactor", totpId as Id<"TotpFactor">, patch);
  }
  if (codeFactor !== undefined) {
    const { codeFactorId, verifiedTime } = codeFactor;
    await ctx.db.patch("CodeFactor", codeFactorId as Id<"CodeFactor">, {
      ...{ verifiedTime, codeHash: undefined },
    });
  }
}

/** Stores new recovery codes in place of those of before. */
export async function replaceRecoveryCodes(
  ctx: MutationCtx,
  userId: Id<"User">,
  row: { codes: string[]; creationTime: number },
): Promise<void> {
  await deleteRecoveryCodes(ctx, userId);
  const { codes, creationTime } = row;
  await ctx.db.insert("RecoveryCodes", { userId, codes, creationTime });
}
