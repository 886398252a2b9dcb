import type { Infer } from "convex/values";
import type { IssueAnswer, SessionRow } from "../pkg/core.js";
import type { sessionConfig } from "../schema/config.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import type { MutationCtx } from "./_generated/server.js";
import { decide } from "./accountsCore.js";
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
): Promise<Pick<IssueAnswer, "token" | "refreshToken">> {
  const { token, refreshToken, row } = decide("sessionIssue", {
    now,
    config,
    session,
    signingKey: await readSigningKey(ctx, now, decide),
  });
  await ctx.db.insert("RefreshToken", {
    ...row,
    sessionId: session._id,
    // To the core, the user's id is any text.
    session: row.session as Doc<"RefreshToken">["session"],
  });
  return { token, refreshToken };
}
