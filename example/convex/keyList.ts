import type { ApiKeyDocument } from "convex-gatehouse/server";
import { type Infer, v } from "convex/values";
import type { QueryCtx } from "./_generated/server";
import { auth } from "./auth";
import { quotaValidator, rateLimitValidator } from "./keyTerms";

/** How many working keys are shown, and how many others: more than one can have. */
const SHOWN = 100;

/** A key as pages list it. */
export const listedKey = v.object({
  _id: v.string(),
  _creationTime: v.number(),
  name: v.string(),
  /** How the key begins. */
  start: v.string(),
  scopes: v.array(v.string()),
  rateLimit: v.optional(rateLimitValidator),
  quota: v.optional(quotaValidator),
  enabled: v.boolean(),
  revoked: v.boolean(),
  /** Whether its quota is used up, for good. */
  isUsedUp: v.boolean(),
  /** Whether another key has taken its place. */
  isReplaced: v.boolean(),
  expiresAt: v.optional(v.number()),
  lastUsedAt: v.optional(v.number()),
  /** Who made it, of an organization's key. */
  maker: v.optional(
    v.object({
      name: v.string(),
      isYou: v.boolean(),
      /** Without the membership, the key does not work. */
      isMember: v.boolean(),
    }),
  ),
  /** Whether it is revoked when who made it leaves the organization. */
  revokeOnLeave: v.boolean(),
});

/**
 * The keys of a person or of an organization, newest first: those that were not
 * revoked before those that were.
 */
export async function readKeys(
  ctx: QueryCtx,
  owner: { userId: string } | { groupId: string },
): Promise<ApiKeyDocument[]> {
  const pages = await Promise.all(
    [false, true].map((revoked) =>
      auth.key.list(ctx, {
        ...{ where: { ...owner, revoked }, order: "desc", limit: SHOWN },
      }),
    ),
  );
  return pages.flatMap(({ items }) => items);
}

/** A key as pages list it. */
export function listedKeyOf(
  key: ApiKeyDocument,
  maker?: Infer<typeof listedKey>["maker"],
): Infer<typeof listedKey> {
  const { _id, _creationTime, name, start, rateLimit, quota } = key;
  const { enabled, revoked, expiresAt, lastUsedAt, revokeOnLeave } = key;
  return {
    ...{ _id, _creationTime, name, start, quota },
    ...{ enabled, revoked, expiresAt, lastUsedAt, maker, revokeOnLeave },
    scopes: key.scopes.flatMap(({ resource, actions }) =>
      actions.map((action) => `${resource}:${action}`),
    ),
    ...(rateLimit === undefined
      ? {}
      : {
          rateLimit: {
            maxRequests: rateLimit.maxRequests,
            windowMs: rateLimit.windowMs,
          },
        }),
    isUsedUp: key.exhaustedTime !== undefined,
    isReplaced: key.successorKeyId !== undefined,
  };
}
