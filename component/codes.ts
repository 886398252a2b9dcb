import type { MutationCtx } from "./_generated/server.js";

/** Deletes the codes that were sent to an identifier, for whatever purpose. */
export async function deleteCodes(
  ctx: MutationCtx,
  provider: string,
  identifier: string,
): Promise<void> {
  for (const purpose of ["email-verification", "password-reset"] as const) {
    const code = await ctx.db
      .query("VerificationCode")
      .withIndex("provider_purpose_identifier", (q) =>
        q
          .eq("provider", provider)
          .eq("purpose", purpose)
          .eq("identifier", identifier),
      )
      .unique();
    if (code !== null) {
      await ctx.db.delete("VerificationCode", code._id);
    }
  }
}
