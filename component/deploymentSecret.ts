import type { MutationCtx } from "./_generated/server.js";
import { decide } from "./accountsCore.js";

/**
 * The pepper that keys the hashes of short codes. It is made on first use; of
 * two first uses at once, Convex runs one again, which then finds it.
 */
export async function readPepper(ctx: MutationCtx): Promise<string> {
  const stored = await ctx.db
    .query("DeploymentSecret")
    .withIndex("name", (q) => q.eq("name", "pepper"))
    .unique();
  if (stored !== null) {
    return stored.value;
  }
  const value = decide("generatePepper", null);
  await ctx.db.insert("DeploymentSecret", { name: "pepper", value });
  return value;
}
