import { type ObjectType, v } from "convex/values";
import { scopesFrom, scopeValidator } from "./keyScopes";

/** How many uses of a key there may be in a time. */
export const rateLimitValidator = v.object({
  maxRequests: v.number(),
  windowMs: v.number(),
});

/** How many uses of a key there are in all, and when there are new ones. */
export const quotaValidator = v.object({
  remaining: v.number(),
  refillAmount: v.optional(v.number()),
  refillInterval: v.optional(v.number()),
});

/** What a new key is to be like, whoever owns it: arguments of functions. */
export const newKeyArguments = {
  name: v.string(),
  scopes: v.array(scopeValidator),
  /** For how long it works; for ever when missing. */
  lifetimeMs: v.optional(v.number()),
  rateLimit: v.optional(rateLimitValidator),
  quota: v.optional(quotaValidator),
};

/** What is to become of a key. `null` takes a limit, or its end, away. */
export const keyChangeArguments = {
  name: v.optional(v.string()),
  scopes: v.optional(v.array(scopeValidator)),
  /** For how long it works from now on. */
  lifetimeMs: v.optional(v.union(v.number(), v.null())),
  rateLimit: v.optional(v.union(rateLimitValidator, v.null())),
  /** It is counted anew, also when it is the same. */
  quota: v.optional(v.union(quotaValidator, v.null())),
  enabled: v.optional(v.boolean()),
};

/** These arguments as `auth.key.create` takes them. */
export function newKeyTerms({
  name,
  scopes,
  lifetimeMs,
  rateLimit,
  quota,
}: ObjectType<typeof newKeyArguments>) {
  return {
    ...{ name, scopes: scopesFrom(scopes) },
    ...(lifetimeMs === undefined ? {} : { expiresAt: Date.now() + lifetimeMs }),
    ...(rateLimit === undefined ? {} : { rateLimit }),
    ...(quota === undefined ? {} : { quota }),
  };
}

/** These arguments as `auth.key.update` takes them. */
export function keyChange({
  scopes,
  lifetimeMs,
  ...others
}: ObjectType<typeof keyChangeArguments>) {
  return {
    ...others,
    ...(scopes === undefined ? {} : { scopes: scopesFrom(scopes) }),
    ...(lifetimeMs === undefined
      ? {}
      : { expiresAt: lifetimeMs === null ? null : Date.now() + lifetimeMs }),
  };
}
