import type { SecondFactorSecrets } from "../pkg/core.js";
import type { MutationCtx } from "./_generated/server.js";
import { readPepper } from "./deploymentSecret.js";
import { decide } from "./accountsCore.js";

/** The most keys that are kept: one a year is plenty. */
const MAX_KEYS = 16;

/** The version of the first key. */
const FIRST_VERSION = 1;

/**
 * The keys that encrypt the secrets of authenticator apps, the newest first. The
 * first one is made on first use.
 */
export async function readKeyring(ctx: MutationCtx): Promise<string[]> {
  const stored = await ctx.db
    .query("DeploymentSecret")
    .withIndex("name", (q) => q.eq("name", "factorKey"))
    .order("desc")
    .take(MAX_KEYS);
  if (stored.length > 0) {
    return stored.map(({ value }) => value);
  }
  const value = decide("generateFactorKey", { version: FIRST_VERSION });
  await ctx.db.insert("DeploymentSecret", { name: "factorKey", value });
  return [value];
}

/** The secrets that second factors are proved by. */
export async function readSecondFactorSecrets(
  ctx: MutationCtx,
): Promise<SecondFactorSecrets> {
  return {
    pepper: await readPepper(ctx),
    keyring: await readKeyring(ctx),
  };
}
