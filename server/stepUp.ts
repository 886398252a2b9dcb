import { type Actor, actorArguments } from "./actor.js";
import type { AuthContext } from "./context.js";
import { readIdentity, type SessionIdentity } from "./identity.js";
import { refuse } from "./refuse.js";
import {
  secondFactorArguments,
  type StepUpOperations,
} from "./secondFactorConfig.js";
import type { AuthSettings } from "./settings.js";

/** Any context; an actor is looked for in the session of one that has it. */
export type ActorContext = Partial<AuthContext>;

type Settings = Pick<AuthSettings, "stepUp" | "secondFactor">;

/** How old a proof may be in a session that may have any age, in seconds. */
const ANY_AGE = 10 * 365 * 86_400;

/**
 * How fresh a session has to be, as the component takes it.
 *
 * @param operation What for; without one it is what the app has set for all.
 */
export function stepUpArguments(
  { stepUp = {} }: Settings,
  operation?: keyof StepUpOperations,
): { maxAge?: number } {
  const isOff = operation && stepUp.operations?.[operation] === false;
  return { maxAge: isOff ? ANY_AGE : stepUp.maxAge };
}

/**
 * Who changes a factor, as the component takes it: the actor with the session of
 * the caller, whose freshness the component decides. Without an actor the app
 * itself acts, and vouches for it.
 *
 * @throws `INVALID_PARAMETERS`, `NOT_SIGNED_IN` when there is an actor, but no
 *   session that could be fresh.
 */
export async function factorActorArguments(
  ctx: ActorContext,
  config: Settings,
  actor: Actor,
) {
  return {
    secondFactor: secondFactorArguments(config),
    stepUp: stepUpArguments(config, "removeFactor"),
    actor: await sessionOf(ctx, actorArguments(actor)),
  };
}

/**
 * The session that has to be fresh for an operation, as the component takes it;
 * none where the app itself acts, or has switched this off.
 *
 * @param actor Who acts, checked.
 * @throws `NOT_SIGNED_IN` when there is an actor, but no session that could be
 *   fresh.
 */
export async function freshnessArguments(
  ctx: ActorContext,
  config: Settings,
  operation: keyof StepUpOperations,
  actor: Actor,
) {
  const isOff = config.stepUp?.operations?.[operation] === false;
  const session = isOff ? undefined : await sessionOf(ctx, actor);
  return {
    freshness: session && {
      ...session,
      stepUp: stepUpArguments(config),
      secondFactor: secondFactorArguments(config),
    },
  };
}

async function sessionOf(
  { auth }: ActorContext,
  { actorUserId }: Actor,
): Promise<SessionIdentity | undefined> {
  if (actorUserId === undefined) {
    return undefined;
  }
  const identity = auth && (await readIdentity({ auth }));
  if (!identity) {
    refuse(
      "NOT_SIGNED_IN",
      "an actor does this in a session; leave the actor out where the app itself acts",
    );
  }
  return { userId: actorUserId, sessionId: identity.sessionId };
}
