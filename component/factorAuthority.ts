/** Who may change second factors. */
import type { Infer } from "convex/values";
import type { FactorAuthority, SessionRow } from "../pkg/core.js";
import type { sessionIdentity, stepUp } from "../schema/secondFactorConfig.js";
import type { QueryCtx } from "./_generated/server.js";
import { findSession } from "./sessionRows.js";

/**
 * On whose word a factor is changed: the user's, in the session that is named,
 * or the app's, if none is. A session that is over is nobody's.
 */
export async function readAuthority(
  ctx: QueryCtx,
  identity: Infer<typeof sessionIdentity> | undefined,
  { maxAge }: Infer<typeof stepUp> = {},
): Promise<FactorAuthority> {
  if (identity === undefined) {
    return { kind: "application" };
  }
  return {
    kind: "session",
    session: await findTheirs(ctx, identity),
    ...(maxAge === undefined ? {} : { maxAge }),
  };
}

/**
 * The session of a user. One that is not there, or somebody else's, is over: the
 * core says what that means.
 */
export async function findTheirs(
  ctx: QueryCtx,
  identity: Infer<typeof sessionIdentity>,
): Promise<SessionRow> {
  const session = await findSession(ctx, identity.sessionId);
  const isTheirs = session !== null && session.userId === identity.userId;
  return isTheirs ? session : over(identity);
}

function over({
  userId,
  sessionId,
}: Infer<typeof sessionIdentity>): SessionRow {
  return {
    ...{ _id: sessionId, userId, provider: "" },
    ...{ expirationTime: 0, lastActiveTime: 0, authenticationTime: 0 },
    authenticationMethods: [],
  };
}
