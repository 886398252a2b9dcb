import type { Doc } from "./_generated/dataModel.js";
import type { QueryCtx } from "./_generated/server.js";

/**
 * The most users with the same address that are looked through: one for each
 * provider with which somebody has left it unproven, and one who has proved it.
 */
const MAX_NAMESAKES = 64;

/**
 * The user who has proved an address. An address that nobody has proved is
 * nobody's.
 */
export async function findOwner(
  ctx: QueryCtx,
  email: string,
): Promise<Doc<"User"> | null> {
  return ownerAmong(await readNamesakes(ctx, email));
}

/**
 * The user whom an address names: who has proved it, or else the only one who
 * says that it is theirs. It proves nothing of the user.
 */
export async function findNamed(
  ctx: QueryCtx,
  email: string,
): Promise<Doc<"User"> | null> {
  const users = await readNamesakes(ctx, email);
  const [only = null, ...others] = users;
  return ownerAmong(users) ?? (others.length === 0 ? only : null);
}

function ownerAmong(users: Doc<"User">[]): Doc<"User"> | null {
  return (
    users.find(
      ({ emailVerificationTime }) => emailVerificationTime !== undefined,
    ) ?? null
  );
}

async function readNamesakes(
  ctx: QueryCtx,
  email: string,
): Promise<Doc<"User">[]> {
  return await ctx.db
    .query("User")
    .withIndex("email", (q) => q.eq("email", email))
    .take(MAX_NAMESAKES);
}
