/** Rows of passkeys. */
import type { Infer } from "convex/values";
import type { passkeyDocument } from "../schema/passkey.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "./_generated/server.js";

/** The most passkeys of a user that are read: as many as the core lets one have. */
const MAX_PASSKEYS = 64;

/** A passkey without what recognises it. */
export function passkeyDocumentOf({
  credentialId: _credentialId,
  publicKey: _publicKey,
  counter: _counter,
  userHandle: _userHandle,
  ...passkey
}: Doc<"Passkey">): Infer<typeof passkeyDocument> {
  return passkey;
}

/** The passkeys of a user. */
export async function readPasskeys(
  ctx: QueryCtx,
  userId: Id<"User">,
): Promise<Doc<"Passkey">[]> {
  return await ctx.db
    .query("Passkey")
    .withIndex("userId", (q) => q.eq("userId", userId))
    .take(MAX_PASSKEYS);
}

/** The passkey of a credential, whoever's it is. */
export async function findPasskey(
  ctx: QueryCtx,
  credentialId: string,
): Promise<Doc<"Passkey"> | null> {
  return await ctx.db
    .query("Passkey")
    .withIndex("credentialId", (q) => q.eq("credentialId", credentialId))
    .unique();
}

/** Deletes passkeys: what is signed with them is nobody's from now on. */
export async function deletePasskeys(
  ctx: MutationCtx,
  passkeys: Doc<"Passkey">[],
): Promise<void> {
  for (const { _id } of passkeys) {
    await ctx.db.delete("Passkey", _id);
  }
}
