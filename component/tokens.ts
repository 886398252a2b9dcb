import type { Infer } from "convex/values";
import type { IssueAnswer, SessionRow } from "../pkg/identity.js";
import type { sessionConfig } from "../schema/config.js";
import type { Id } from "./_generated/dataModel.js";
import type { MutationCtx } from "./_generated/server.js";
import type { SignInCore } from "./signInCore.js";
import { readSigningKey } from "./signingKeyRows.js";

/**
 * Makes the first tokens of a session and stores what recognises them.
 *
 * @param session The session as it is stored. It has no refresh token yet.
 */
export async function issueTokens(
  ctx: MutationCtx,
  now: number,
  session: SessionRow & { _id: Id<"Session"> },
  config: Infer<typeof sessionConfig>,
  core: SignInCore,
): Promise<Pick<IssueAnswer, "token" | "refreshToken">> {
  const { token, refreshToken, row } = core.sessionIssue({
    now,
    config,
    session,
    signingKey: await readSigningKey(ctx, now, core.signingKeyChoose),
  });
  await ctx.db.insert("RefreshToken", { sessionId: session._id, ...row });
  return { token, refreshToken };
}
