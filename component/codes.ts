import type { Infer } from "convex/values";
import type { codePurpose } from "../schema/verificationCode.js";
import type { Doc } from "./_generated/dataModel.js";
import type { MutationCtx } from "./_generated/server.js";

/** The code that was sent to an identifier for a purpose, if there is one. */
export async function findCode(
  ctx: MutationCtx,
  provider: string,
  purpose: Infer<typeof codePurpose>,
  identifier: string,
): Promise<Doc<"VerificationCode"> | null> {
  return await ctx.db
    .query("VerificationCode")
    .withIndex("provider_purpose_identifier", (q) =>
      q
        .eq("provider", provider)
        .eq("purpose", purpose)
        .eq("identifier", identifier),
    )
    .unique();
}

/** What codes are sent for. */
const PURPOSES = [
  "email-verification",
  "password-reset",
  "passkey-sign-up",
] as const;

/** Deletes the codes that were sent to an identifier, for whatever purpose. */
export async function deleteCodes(
  ctx: MutationCtx,
  provider: string,
  identifier: string,
): Promise<void> {
  for (const purpose of PURPOSES) {
    const code = await findCode(ctx, provider, purpose, identifier);
    if (code !== null) {
      await ctx.db.delete("VerificationCode", code._id);
    }
  }
}
