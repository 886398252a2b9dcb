import type { Origin } from "../pkg/core.js";
import type { MutationCtx } from "./_generated/server.js";

/** The longest user agent that is kept, in characters, as in the core. */
const MAX_USER_AGENT_LENGTH = 512;

/**
 * Where the request came from that triggered this mutation, however deep it is
 * nested. Jobs have no address and no user agent. The user agent is the
 * client's to choose, so it is cut here, before anything stores it.
 */
export async function requestOrigin(ctx: MutationCtx): Promise<Origin> {
  const { ip, userAgent } = await ctx.meta.getRequestMetadata();
  return {
    ipAddress: ip ?? undefined,
    userAgent:
      userAgent === null
        ? undefined
        : // By character: half of one could not be stored.
          Array.from(userAgent).slice(0, MAX_USER_AGENT_LENGTH).join(""),
  };
}
