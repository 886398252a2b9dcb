import { defineTable } from "convex/server";
import { v } from "convex/values";

/**
 * Secrets of the deployment that are made on first use.
 *
 * Written once; of `factorKey`, which encrypts the secrets of authenticator apps,
 * the newest row encrypts and all decrypt. Read by flows that send or redeem
 * codes, and by second factors.
 */
export const deploymentSecretTable = defineTable({
  /** Which secret. */
  name: v.union(v.literal("pepper"), v.literal("factorKey")),
  /** The secret, base64url. It never leaves the component. */
  value: v.string(),
}).index("name", ["name"]);
