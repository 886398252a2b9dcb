import { v } from "convex/values";
import type { QueryCtx } from "./_generated/server";
import { auth } from "./auth";
import { authMutation, authQuery } from "./functions";
import { listedKey, listedKeyOf, readKeys } from "./keyList";
import { newKeyArguments, newKeyTerms } from "./keyTerms";
import { personName } from "./personName";

/** The API keys of an organization, with who made them. */
export const list = authQuery({
  permissions: { apiKey: ["read"] },
  args: {},
  returns: v.array(listedKey),
  handler: async (ctx) => {
    const { userId, groupId } = ctx;
    const keys = await readKeys(ctx, { groupId });
    const makers = new Map<string, ReturnType<typeof readMaker>>();
    for (const { createdByUserId } of keys) {
      if (createdByUserId !== undefined && !makers.has(createdByUserId)) {
        makers.set(createdByUserId, readMaker(ctx, createdByUserId, groupId));
      }
    }
    return await Promise.all(
      keys.map(async (key) => {
        const { createdByUserId } = key;
        const maker =
          createdByUserId === undefined
            ? undefined
            : await makers.get(createdByUserId);
        return listedKeyOf(
          key,
          maker && { ...maker, isYou: createdByUserId === userId },
        );
      }),
    );
  },
});

/**
 * Makes a key of the organization. It can be used for no more than who makes it
 * may do there. The answer is the only copy of it.
 */
export const create = authMutation({
  permissions: { apiKey: ["create"] },
  args: {
    ...newKeyArguments,
    /** Whether it ends with the membership of who makes it. */
    revokeOnLeave: v.boolean(),
  },
  returns: v.string(),
  handler: async (ctx, { revokeOnLeave, ...terms }) => {
    const { raw } = await auth.key.create(ctx, {
      ...{ groupId: ctx.groupId, actorUserId: ctx.userId, revokeOnLeave },
      ...newKeyTerms(terms),
    });
    return raw;
  },
});

async function readMaker(ctx: QueryCtx, userId: string, groupId: string) {
  const [user, { membership }] = await Promise.all([
    auth.user.get(ctx, userId),
    auth.member.inherit(ctx, { userId, groupId }),
  ]);
  return { name: personName(user), isMember: membership !== null };
}
