import { v } from "convex/values";
import { doneOrRefused } from "../schema/result.js";
import { secondFactorConfig, stepUp } from "../schema/secondFactorConfig.js";
import { query } from "./_generated/server.js";
import { decide } from "./accessCore.js";
import { checkFresh } from "./freshness.js";

/** Whether a session has proved enough, recently enough (RFC 9470). */
export const check = query({
  args: {
    userId: v.string(),
    sessionId: v.string(),
    secondFactor: v.optional(secondFactorConfig),
    stepUp: v.optional(stepUp),
    /** Whether two factors are needed even of a user who has one. */
    needsTwo: v.optional(v.boolean()),
  },
  returns: doneOrRefused,
  handler: async (ctx, args) => await checkFresh(ctx, decide, args),
});
