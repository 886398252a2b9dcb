/**
 * The verifications and operations that are measured, by the names that the
 * apps have for them.
 */

/** Verifications, all but one of keys that are accepted. */
export const verificationLabels = {
  "user/query": "user's key without limits, in a query",
  "user/free": "user's key without limits, in a mutation",
  "user/limited": "user's key with a rate limit",
  "user/quota": "user's key with a rate limit and a quota",
  "user/refused": "user's key whose rate limit is used up",
  "group/query": "group's key without limits, in a query",
  "group/free": "group's key without limits, in a mutation",
  "group/limited": "group's key with a rate limit",
  "group/quota": "group's key with a rate limit and a quota",
};

/** What the signed-in user does with their own keys. */
export const operationLabels = {
  create: "make a key, as the owner of 49",
  rotate: "replace a key by another",
  list: "list 50 of 1,000 keys",
};

/** So many uses that none is refused, however long it is measured. */
export const plenty = 1_000_000_000;

/** The fewest uses that are counted in as many rows as there can be. */
export const few = 128;

/** In milliseconds: no window ends while it is measured. */
export const day = 24 * 60 * 60 * 1000;

/**
 * @typedef {object} KeyApp What an app does for each; what it cannot do is
 *   missing.
 * @property {Partial<Record<keyof typeof verificationLabels, () =>
 *   Promise<void>>>} verifications Each throws when the key is refused,
 *   or the one that has to be refused is not.
 * @property {Partial<Record<keyof typeof operationLabels, () =>
 *   Promise<unknown>>>} operations In the order in which they run.
 */
