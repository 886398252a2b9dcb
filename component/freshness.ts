/** Asking whether a session is fresh enough for a sensitive operation. */
import { type Infer, v } from "convex/values";
import type { Decision, FreshSessionCall } from "../pkg/identity.js";
import { secondFactorConfig, stepUp } from "../schema/secondFactorConfig.js";
import type { QueryCtx } from "./_generated/server.js";
import { readSecondFactors } from "./secondFactorRows.js";
import { findSession } from "./sessionRows.js";
import { findUser } from "./userRows.js";

/** A session that has to be fresh for a sensitive operation. */
export const freshness = v.object({
  userId: v.string(),
  sessionId: v.string(),
  secondFactor: v.optional(secondFactorConfig),
  stepUp: v.optional(stepUp),
});

/** The same as a type. */
export type Freshness = Infer<typeof freshness>;

/** The core's decision, of the module that a function loads anyway. */
export type SessionFresh = (call: FreshSessionCall) => Decision;

/** Asks the core whether a session is fresh, if one has to be. */
export async function askFresh(
  ctx: QueryCtx,
  sessionFresh: SessionFresh,
  args: Freshness | undefined,
): Promise<Decision> {
  return args === undefined
    ? { kind: "done" }
    : await checkFresh(ctx, sessionFresh, args);
}

/**
 * Asks the core whether a session is fresh.
 *
 * @param sessionFresh The decision, of the module that the function loads.
 */
export async function checkFresh(
  ctx: QueryCtx,
  sessionFresh: SessionFresh,
  args: Freshness & { needsTwo?: boolean },
): Promise<Decision> {
  const { userId, sessionId, secondFactor, stepUp, needsTwo } = args;
  const user = await findUser(ctx, userId);
  return sessionFresh({
    ...{ now: Date.now(), userId, needsTwo, maxAge: stepUp?.maxAge },
    session: (await findSession(ctx, sessionId)) ?? undefined,
    factors: await readSecondFactors(ctx, user, secondFactor),
  });
}
