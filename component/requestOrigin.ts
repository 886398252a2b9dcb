import type { Origin } from "../pkg/gatehouse.js";
import type { MutationCtx } from "./_generated/server.js";

/**
 * Where the request came from that triggered this mutation, however deep it is
 * nested. Jobs have no address and no user agent.
 */
export async function requestOrigin(ctx: MutationCtx): Promise<Origin> {
  const { ip, userAgent } = await ctx.meta.getRequestMetadata();
  return {
    ipAddress: ip ?? undefined,
    userAgent: userAgent ?? undefined,
  };
}
