import { queryGeneric, type RegisteredQuery } from "convex/server";
import { v } from "convex/values";
import type { ComponentApi } from "../component/_generated/component.js";
import { readEnrollmentIdentity } from "./identity.js";

/**
 * The public `isAuthenticated` query. It reads the session's row, so that a
 * client that watches it sees at once when the session ends elsewhere. It is true
 * of a restricted session, too.
 */
export function isAuthenticatedQuery(
  component: ComponentApi,
): RegisteredQuery<"public", Record<string, never>, Promise<boolean>> {
  return queryGeneric({
    args: {},
    returns: v.boolean(),
    async handler(ctx) {
      const identity = await readEnrollmentIdentity(ctx);
      return identity === null
        ? false
        : await ctx.runQuery(component.session.live.isValid, identity);
    },
  });
}
