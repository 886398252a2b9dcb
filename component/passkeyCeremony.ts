/** Rows of ceremonies with passkeys. */
import type { CeremonyRow, Origin } from "../pkg/core.js";
import type { Id } from "./_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "./_generated/server.js";
import { decide } from "./accountsCore.js";
import { readLimits } from "./limits.js";

/** Stores the beginning of a ceremony. */
export async function insertCeremony(
  ctx: MutationCtx,
  { verifierHash, expirationTime, userId, sessionId, ...passkey }: CeremonyRow,
): Promise<void> {
  const session =
    sessionId === undefined ? null : ctx.db.normalizeId("Session", sessionId);
  const user = userId === undefined ? null : ctx.db.normalizeId("User", userId);
  await ctx.db.insert("AuthVerifier", {
    ...{ verifierHash, expirationTime },
    passkey: { ...passkey, ...(user === null ? {} : { userId: user }) },
    ...(session === null ? {} : { sessionId: session }),
  });
}

/** The counter of ceremonies that the network of a request has begun. */
export async function readBegun(ctx: MutationCtx, origin: Origin) {
  return await readLimits(ctx, { begun: decide("passkeyBegunKey", origin) });
}

/** The ceremony that a verifier names, with the id of its row. */
export async function findCeremony(
  ctx: QueryCtx,
  verifier: string,
): Promise<{ _id: Id<"AuthVerifier">; row: CeremonyRow } | null> {
  const presented = decide("passkeyPresent", verifier);
  if (presented.kind === "refused") {
    return null;
  }
  const stored = await ctx.db
    .query("AuthVerifier")
    .withIndex("verifierHash", (q) =>
      q.eq("verifierHash", presented.verifierHash),
    )
    .unique();
  if (stored?.passkey === undefined) {
    return null;
  }
  const { _id, verifierHash, expirationTime, sessionId, passkey } = stored;
  return { _id, row: { verifierHash, expirationTime, sessionId, ...passkey } };
}
