import { type Infer, v } from "convex/values";

/** What API keys can be made for: actions by resource. */
export const keyScopes = {
  profile: ["read"],
  report: ["read", "publish"],
} as const;

/** One of them, as people choose it. */
export const scopeValidator = v.union(
  v.literal("profile:read"),
  v.literal("report:read"),
  v.literal("report:publish"),
);

/** What a key can be made for. */
export type KeyScope = Infer<typeof scopeValidator>;

/** Chosen scopes as `auth.key` takes them. */
export function scopesFrom(chosen: readonly KeyScope[]) {
  return Object.entries(keyScopes)
    .map(([resource, actions]) => ({
      resource,
      actions: actions.filter((action) =>
        chosen.some((scope) => scope === `${resource}:${action}`),
      ),
    }))
    .filter(({ actions }) => actions.length > 0);
}
