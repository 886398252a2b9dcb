import type { Doc, Id } from "./_generated/dataModel.js";
import type { QueryCtx } from "./_generated/server.js";

/** The most ways to sign in of one user that are read at once. */
const MAX_ACCOUNTS = 100;

/** The accounts of a user, as they are stored. */
export async function readAccounts(
  ctx: QueryCtx,
  userId: Id<"User">,
): Promise<Doc<"Account">[]> {
  return await ctx.db
    .query("Account")
    .withIndex("userId", (q) => q.eq("userId", userId))
    .take(MAX_ACCOUNTS);
}

/** The account of an identifier for which this deployment vouches. */
export async function findAccount(
  ctx: QueryCtx,
  provider: string,
  accountId: string,
): Promise<Doc<"Account"> | null> {
  return await ctx.db
    .query("Account")
    .withIndex("issuer_accountId", (q) =>
      q.eq("issuer", localIssuer(provider)).eq("accountId", accountId),
    )
    .unique();
}

/** The issuer of accounts whose identifiers this deployment vouches for. */
export function localIssuer(provider: string): string {
  return `local:${provider}`;
}
