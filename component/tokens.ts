import type { Infer } from "convex/values";
import type { IssueAnswer } from "../pkg/gatehouse.js";
import type { sessionConfig } from "../schema/config.js";
import type { Id } from "./_generated/dataModel.js";
import type { MutationCtx } from "./_generated/server.js";
import { decide } from "./core.js";
import { deleteRefreshToken } from "./sessionRows.js";
import { readSigningKey } from "./signingKey.js";

/**
 * Makes the first tokens of a session and stores what recognises them. A
 * session has one family of refresh tokens: one that it had before ends.
 */
export async function issueTokens(
  ctx: MutationCtx,
  now: number,
  sessionId: Id<"Session">,
  config: Infer<typeof sessionConfig>,
): Promise<Pick<IssueAnswer, "token" | "refreshToken">> {
  const session = await ctx.db.get("Session", sessionId);
  if (session === null) {
    throw new Error("A session is opened before its tokens are issued");
  }
  const { token, refreshToken, row } = decide("sessionIssue", {
    now,
    config,
    session,
    signingKey: await readSigningKey(ctx, now),
  });
  await deleteRefreshToken(ctx, sessionId);
  await ctx.db.insert("RefreshToken", { sessionId, ...row });
  return { token, refreshToken };
}
