/** What users may do in groups. Each question is one query. */
import { v, type Infer } from "convex/values";
import type { PermissionCheck } from "../pkg/core.js";
import { statement } from "../schema/groupRole.js";
import { groupsConfig, permissionRequest } from "../schema/groupsConfig.js";
import { refusal } from "../schema/result.js";
import type { Doc } from "./_generated/dataModel.js";
import { query, type QueryCtx } from "./_generated/server.js";
import { decide } from "./accessCore.js";
import { readLineage } from "./lineage.js";
import { refuse } from "./refusal.js";
import { findSession } from "./sessionRows.js";
import { readStanding } from "./standing.js";

const refused = v.object({ kind: v.literal("refused"), refusal });

/**
 * Whether a user may do something in a group, by any membership there or above
 * that counts. Reads the user, a group and a membership for each level, and the
 * roles that these memberships name by id.
 */
export const check = query({
  args: {
    config: groupsConfig,
    userId: v.string(),
    groupId: v.string(),
    request: permissionRequest,
  },
  returns: v.union(
    v.object({ kind: v.literal("allowed"), roles: v.array(v.string()) }),
    refused,
  ),
  handler: async (ctx, args) => await ask(ctx, args),
});

/** Everything that a user may do in a group. */
export const list = query({
  args: { config: groupsConfig, userId: v.string(), groupId: v.string() },
  returns: v.object({
    roles: v.array(v.string()),
    permissions: v.array(statement),
    secondFactorRequired: v.boolean(),
  }),
  handler: async (ctx, { config, userId, groupId }) => {
    const lineage = await readLineage(ctx, groupId);
    return decide("permissionList", {
      ...{ now: Date.now(), permissions: config.permissions, lineage },
      standing: await readStanding(ctx, userId, lineage),
    });
  },
});

/**
 * Whether the user of a verified access token, whose session goes on, may do
 * something in a group: the one that is named, or else the one that the user
 * has selected. Without a request, a membership is enough.
 */
export const authorize = query({
  args: {
    config: groupsConfig,
    userId: v.string(),
    sessionId: v.string(),
    groupId: v.union(v.string(), v.null()),
    request: v.optional(permissionRequest),
  },
  returns: v.union(
    v.object({
      kind: v.literal("allowed"),
      groupId: v.string(),
      roles: v.array(v.string()),
    }),
    refused,
  ),
  handler: async (ctx, args) => {
    const session = await findSession(ctx, args.sessionId);
    if (session?.userId !== args.userId) {
      return refuse("NOT_SIGNED_IN", "you are not signed in");
    }
    const groupId =
      args.groupId ?? (await ctx.db.get("User", session.userId))?.activeGroupId;
    if (groupId === undefined) {
      return refuse("NO_ACTIVE_GROUP", "no group is selected");
    }
    const answer = await ask(ctx, { ...args, groupId, session });
    return answer.kind === "allowed" ? { ...answer, groupId } : answer;
  },
});

type Question = {
  config: Infer<typeof groupsConfig>;
  userId: string;
  groupId: string;
  request?: Infer<typeof permissionRequest>;
  session?: Doc<"Session">;
};

async function ask(
  ctx: QueryCtx,
  { config, userId, groupId, ...question }: Question,
): Promise<PermissionCheck> {
  const lineage = await readLineage(ctx, groupId);
  return decide("permissionCheck", {
    ...{ now: Date.now(), permissions: config.permissions, lineage },
    ...{ request: question.request },
    sessionExpirationTime: question.session?.expirationTime,
    standing: {
      ...(await readStanding(ctx, userId, lineage)),
      sessionMethods: question.session?.authenticationMethods,
    },
  });
}
