import { defineTable } from "convex/server";
import { v } from "convex/values";

/**
 * Secrets of the deployment that are made on first use.
 *
 * Written once. Read by flows that send or redeem codes.
 */
export const deploymentSecretTable = defineTable({
  /** Which secret. */
  name: v.literal("pepper"),
  /** The secret, base64url. It never leaves the component. */
  value: v.string(),
}).index("name", ["name"]);
