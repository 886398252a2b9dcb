/** Whose second factor is proved, and for what. */
import { v } from "convex/values";
import type { AttemptContext, SecondFactors, SessionRow } from "../pkg/core.js";
import { sessionIdentity } from "../schema/secondFactorConfig.js";
import type { Doc } from "./_generated/dataModel.js";
import type { QueryCtx } from "./_generated/server.js";
import { decide } from "./accountsCore.js";
import { findTheirs } from "./factorAuthority.js";
import { findUser } from "./userRows.js";

/** For what a factor is proved: a sign-in that waits, or a session. */
export const proves = {
  /** What the sign-in that waits has answered. */
  verifier: v.optional(v.string()),
  /** The session that is to be fresh. */
  identity: v.optional(sessionIdentity),
};

/** Whose factor is proved, and for what. */
type Subject = {
  user: Doc<"User"> | null;
  challenge: Doc<"SecondFactorChallenge"> | null;
  /** The session that is to be fresh, also one that is over. */
  session: SessionRow | null;
};

/** Finds whose factor is proved. What is not there proves nobody's. */
export async function findSubject(
  ctx: QueryCtx,
  {
    verifier,
    identity,
  }: { verifier?: string; identity?: { userId: string; sessionId: string } },
): Promise<Subject> {
  if (verifier === undefined) {
    const session =
      identity === undefined ? null : await findTheirs(ctx, identity);
    const user = session === null ? null : await findUser(ctx, session.userId);
    return { user, challenge: null, session };
  }
  const presented = decide("secondFactorPresent", verifier);
  const challenge =
    presented.kind === "malformed"
      ? null
      : await ctx.db
          .query("SecondFactorChallenge")
          .withIndex("verifierHash", (q) =>
            q.eq("verifierHash", presented.verifierHash),
          )
          .unique();
  const user =
    challenge === null ? null : await findUser(ctx, challenge.userId);
  return { user, challenge, session: null };
}

/** The subject in the form in which the core is asked. */
export function contextOf(
  { challenge, session }: Subject,
  factors: SecondFactors,
): AttemptContext {
  return session === null
    ? { kind: "challenge", challenge: challenge ?? undefined }
    : { kind: "stepUp", session, factors };
}
