import type { FactorRemoval } from "../pkg/core.js";
import type { Id } from "./_generated/dataModel.js";
import type { MutationCtx } from "./_generated/server.js";
import {
  deleteRecoveryCodes,
  forgetTrustedDevices,
} from "./secondFactorRows.js";

/** Removes what goes with a factor. */
export async function applyRemoval(
  ctx: MutationCtx,
  userId: Id<"User">,
  removal: FactorRemoval,
): Promise<void> {
  if (removal.endsSecondFactor) {
    await deleteRecoveryCodes(ctx, userId);
  }
  if (removal.forgetsTrustedDevices) {
    await forgetTrustedDevices(ctx, userId);
  }
  if (removal.clearsSecondFactorTime) {
    await ctx.db.patch("User", userId, { secondFactorTime: undefined });
  }
}
