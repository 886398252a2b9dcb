import { v } from "convex/values";
import { refusal } from "../schema/result.js";
import { query } from "./_generated/server.js";
import { decide } from "./accountsCore.js";

/** Where a redirect may go: inside the app, or to an origin it allows. */
export const resolve = query({
  args: {
    target: v.string(),
    siteUrl: v.string(),
    allowedOrigins: v.array(v.string()),
  },
  returns: v.union(
    v.object({ kind: v.literal("allowed"), url: v.string() }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: (_ctx, { target, siteUrl, allowedOrigins }) =>
    decide("resolveRedirect", { target, siteUrl, allowedOrigins }),
});
