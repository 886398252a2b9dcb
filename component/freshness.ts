/** Asking whether a session is fresh enough for a sensitive operation. */
import { type Infer, v } from "convex/values";
import type { Decision, SharedDecisions } from "../pkg/core.js";
import { secondFactorConfig, stepUp } from "../schema/secondFactorConfig.js";
import type { QueryCtx } from "./_generated/server.js";
import { readSecondFactors } from "./secondFactorRows.js";
import { findSession } from "./sessionRows.js";
import { findUser } from "./userRows.js";
import type { Decide } from "./wasmModule.js";

/** A session that has to be fresh for a sensitive operation. */
export const freshness = v.object({
  userId: v.string(),
  sessionId: v.string(),
  secondFactor: v.optional(secondFactorConfig),
  stepUp: v.optional(stepUp),
});

/** The same as a type. */
type Freshness = Infer<typeof freshness>;

/** Asks the core whether a session is fresh, if one has to be. */
export async function askFresh(
  ctx: QueryCtx,
  decide: Decide<SharedDecisions>,
  args: Freshness | undefined,
): Promise<Decision> {
  return args === undefined
    ? { kind: "done" }
    : await checkFresh(ctx, decide, args);
}

/**
 * Asks the core whether a session is fresh.
 *
 * @param decide The module of the core that the caller loads anyway.
 */
export async function checkFresh(
  ctx: QueryCtx,
  decide: Decide<SharedDecisions>,
  args: Freshness & { needsTwo?: boolean },
): Promise<Decision> {
  const { userId, sessionId, secondFactor, stepUp, needsTwo } = args;
  const user = await findUser(ctx, userId);
  return decide("sessionFresh", {
    ...{ now: Date.now(), userId, needsTwo, maxAge: stepUp?.maxAge },
    session: (await findSession(ctx, sessionId)) ?? undefined,
    factors: await readSecondFactors(ctx, user, secondFactor),
  });
}
